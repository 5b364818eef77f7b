/* UTF-8 to the letter of RFC 3629: no surrogates, no overlong forms, nothing above U+10FFFF. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_UTF8_H
#define SIEM_UTF8_H

#include "slice.h"

/* Length of the sequence at p (p < end), 1 to 4, or 0 where there is none. */
size_t utf8_length(const char *p, const char *end);

/* The code point of a sequence of that length. */
uint32_t utf8_code(const char *p, size_t length);

/* Writes a code point (surrogates, and what is too large, as U+FFFD) to to, 4 bytes at most; returns the length. */
size_t utf8_put(char *to, uint32_t code);

bool utf8_valid(struct slice bytes);

#endif
