/* Showing text of unknown origin to a person: nothing in it may move the terminal. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_TERMINAL_H
#define SIEM_TERMINAL_H

#include "buffer.h"

/*
 * Adds text with C0, DEL and C1 controls, bidirectional and other invisible format characters and
 * bytes that are not UTF-8 as \n, \t, \xNN or \u{NNNN}. At most columns wide (SIZE_MAX: any width), wide characters
 * count two, combining ones nothing (more than eight on one are escaped), "…" at the end where it was cut. Returns the width.
 * No locale is used: widths are those of Unicode's East Asian Width W and F.
 */
size_t terminal_add(struct buffer *to, struct slice text, size_t columns);

/* The same into a C string for messages: at most size bytes with the NUL. Returns to. */
const char *terminal_text(char *to, size_t size, struct slice text);

/* Columns of the terminal at fd ($COLUMNS first), or 0 where it is none. */
size_t terminal_width(int fd);

/* May colour be used there: a terminal, no $NO_COLOR that is set and not empty, $TERM not "dumb"? */
bool terminal_colour(int fd);

#endif
