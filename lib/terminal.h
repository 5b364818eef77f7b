/* Showing text of unknown origin to a person: nothing in it may move the terminal. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_TERMINAL_H
#define SIEM_TERMINAL_H

#include "buffer.h"

/*
 * Adds text. C0, C1 and DEL, invisible and bidirectional format characters, and bytes that are not UTF-8
 * are shown as \n, \t, \r, \xNN (control characters and bytes) or \u{NNNN}. At most columns wide (SIZE_MAX: any
 * width), "…" at the end where it was cut; wide characters count two, combining ones nothing (those
 * without a letter, and more than eight on one, are escaped). Returns the width.
 * No locale is asked: see width.h.
 */
size_t terminal_add(struct buffer *to, struct slice text, size_t columns);

/* The same into a C string for messages: at most size bytes with the NUL. Returns to. */
const char *terminal_text(char *to, size_t size, struct slice text);

/* Columns of the terminal at fd ($COLUMNS first, 80 where nobody knows), or 0 where it is none. */
size_t terminal_width(int fd);

/* May colour be used there: a terminal, no $NO_COLOR that is set and not empty, $TERM not "dumb"? */
bool terminal_colour(int fd);

#endif
