/* What is no text in a line of log: colours, and NULs or a byte order mark before it. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_PLAIN_H
#define SIEM_PLAIN_H

#include "buffer.h"

/* May something of that kind stand before the line? Says no to nearly all. */
static inline bool plain_begins(struct slice line)
{
	return line.ptr[0] == '\0' || line.ptr[0] == '\x1b' || line.ptr[0] == '\xef';
}

/*
 * True, and *plain is the line without NULs (what a machine leaves that lost its power, and a writer whose file was
 * truncated) and byte order marks at its start, and without sequences that set colours ("ESC[1;31m") anywhere; it
 * stands in to, with INPUT_SLACK bytes behind it. False where there is nothing of that kind, or nothing else.
 */
bool plain_text(struct slice line, struct buffer *to, struct slice *plain);

#endif
