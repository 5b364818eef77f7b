/* What stands in angle brackets: "<34>" at the start of a line, "<auth.info>" behind the stamp of BSD's syslogd -v. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_PRIORITY_H
#define SIEM_FORMAT_PRIORITY_H

#include "format.h"

/* What the functions below do where the first byte does not rule it out. */
void priority_read_any(struct slice *line, struct parsed *out);
void priority_read_any_names(struct slice *text, struct parsed *out);
void priority_read_any_id(struct slice *text, struct parsed *out);

/*
 * "<34>" at the start of *line, moved behind, and the length of a frame before it (RFC 6587, "123 <34>"): facility and
 * severity. Numbers above 191, with a leading zero, or anything else in such brackets gives neither, and a fault. No
 * brackets, nothing done.
 */
static inline void priority_read(struct slice *line, struct parsed *out)
{
	/* Most lines in files have none. */
	if (line->len > 0 && (line->ptr[0] == '<' || (unsigned char)(line->ptr[0] - '0') < 10))
		priority_read_any(line, out);
}

/* "<4.6>", "<auth.info>" and the blank behind, at the start of *text, moved behind; anything else is left alone. */
static inline void priority_read_names(struct slice *text, struct parsed *out)
{
	if (text->len > 0 && text->ptr[0] == '<')
		priority_read_any_names(text, out);
}

/*
 * "auth.info" of busybox, "auth|security:info" of AIX and the blank behind, at the start of *text, moved behind. False,
 * and nothing done, where there is anything else.
 */
bool priority_read_word(struct slice *text, struct parsed *out);

/*
 * "notice tmm1[1234]: ": a word for the severity alone and the blank behind, before a program with a pid (F5), moved
 * behind. False, and nothing done, where there is anything else.
 */
bool priority_read_severity(struct slice *text, struct parsed *out);

/* "[ID 800047 auth.info] " of Solaris, at the start of *text, moved behind: the number is extended.msgid. */
static inline void priority_read_id(struct slice *text, struct parsed *out)
{
	if (text->len > 0 && text->ptr[0] == '[')
		priority_read_any_id(text, out);
}

/* As priority_read, for a line that no format knows: only what is certain is taken off. */
void priority_read_bare(struct slice *line, struct parsed *out);

#endif
