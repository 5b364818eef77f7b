/* UTF-16 becomes UTF-8, in pieces of any size: what Windows exports. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_UTF16_H
#define SIEM_UTF16_H

#include "slice.h"

/* Where a text is cut may lie within a character; {0} is not UTF-16 at all. */
struct utf16 {
	bool on, big;	/* big: the high byte comes first */
	bool odd, pair; /* there is a byte, the first half of a pair of units, whose rest comes */
	unsigned char byte;
	uint32_t high;
};

enum {
	UTF16_MARK = 2,	 /* bytes of a byte order mark */
	UTF16_ROOM = 16, /* bytes that may come besides three for each two */
};

/* Does a text start with the byte order mark of UTF-16? Then *utf16 is what reads what follows. */
bool utf16_begins(struct utf16 *utf16, struct slice text);

/* Puts the UTF-8 of from to to, 3 bytes for 2 and UTF16_ROOM at most; returns how many. Half pairs become U+FFFD. */
size_t utf16_put(struct utf16 *utf16, struct slice from, char *to);

/* The same of what is left at the end of the text. */
size_t utf16_end(struct utf16 *utf16, char *to);

#endif
