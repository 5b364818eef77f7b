/* What stands in angle brackets: "<34>" at the start of a line, "<auth.info>" behind the stamp of BSD's syslogd -v. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_PRIORITY_H
#define SIEM_FORMAT_PRIORITY_H

#include "format.h"

/*
 * "<34>" at the start of *line, moved behind, and the length of a frame before it (RFC 6587, "123 <34>"): facility and
 * severity. Numbers above 191, with a leading zero, or anything else in such brackets gives neither, and a fault. No
 * brackets, nothing done.
 */
void priority_read(struct slice *line, struct parsed *out);

/* "<4.6>", "<auth.info>" and the blank behind, at the start of *text, moved behind; anything else is left alone. */
void priority_read_names(struct slice *text, struct parsed *out);

/*
 * "auth.info" of busybox, "auth|security:info" of AIX and the blank behind, at the start of *text, moved behind. False,
 * and nothing done, where there is anything else.
 */
bool priority_read_word(struct slice *text, struct parsed *out);

/* "[ID 800047 auth.info] " of Solaris, at the start of *text, moved behind: the number is extended.msgid. */
void priority_read_id(struct slice *text, struct parsed *out);

/* As priority_read, for a line that no format knows: only what is certain is taken off. */
void priority_read_bare(struct slice *line, struct parsed *out);

#endif
