/* What the syslog formats share: stamps and the machine. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_SYSLOG_H
#define SIEM_FORMAT_SYSLOG_H

#include "format.h"

enum {
	SYSLOG_WORD_MAX = 16, /* bytes in which the name of a facility ends */
};

/* A BSD stamp (civil_read_bsd) at the start of *line, moved behind; a year that it lacks comes from the context. */
bool syslog_bsd_stamp(struct format_context *context, struct slice *line, struct parsed *out);

/* An ISO stamp with offset, or without one, in the context's zone. */
bool syslog_iso_stamp(struct format_context *context, struct slice *line, struct parsed *out);

/* Moves *line behind the blanks at its start. */
static inline void syslog_blanks(struct slice *line)
{
	while (line->len > 0 && line->ptr[0] == ' ')
		*line = slice_after(*line, 1);
}

/*
 * Zone, facility and severity as words and the blanks behind them, at the start of *text behind a stamp without offset:
 * "CEST ", "daemon.info " (busybox, macOS). *text is moved behind; anything else is left alone.
 */
void syslog_any_words(struct slice *text, struct parsed *out);

static inline void syslog_words(struct slice *text, struct parsed *out)
{
	/* Nearly all machines have names in small letters, and no point or colon in them. */
	const char *p = text->ptr;
	const unsigned blanks = scan_bytes16(p, ' ');
	const unsigned marks = scan_bytes16(p, '.') | scan_bytes16(p, ':') | scan_bytes16(p, '|');
	size_t n = 0;

	if (text->len >= SYSLOG_WORD_MAX && (marks & (blanks ^ (blanks - 1))) == 0 && !(p[0] >= 'A' && p[0] <= 'Z'))
		return;
	while (n < SYSLOG_WORD_MAX && p[n] >= 'a' && p[n] <= 'z')
		n++;
	if ((n > 0 && (p[n] == '.' || p[n] == ':' || p[n] == '|')) || (p[0] >= 'A' && p[0] <= 'Z') ||
	    (p[n] >= '0' && p[n] <= '7' && (p[n + 1] == '.' || p[n + 1] == ':')))
		syslog_any_words(text, out);
}

/*
 * Takes the machine, one word and the blank behind it, off the start of *text. False where the text starts with
 * a program instead ("sshd[77]: ", "kernel: ", "%ASA-6-302015: "), or with what syslogd itself says.
 */
bool syslog_host(struct slice *text, struct parsed *out);

/*
 * What stands behind stamp and machine: program, pid and message; facility and severity where they stand there as
 * words; then what the message holds itself (payload.h, cisco.h).
 */
void syslog_text(struct format_context *context, struct slice text, struct parsed *out);

/* "[main]", "4711", "INFO", "I" behind the stamp, where the machine would stand: the log of an application. */
bool syslog_is_logger(struct slice rest);

#endif
