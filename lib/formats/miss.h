/* How far formats get in a line that they do not read, for siem-parse --why. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_MISS_H
#define SIEM_FORMAT_MISS_H

#include "../slice.h"

struct format;

/*
 * The place in a line at which the format that got furthest had to give up; of several there the first that was tried,
 * those that are sure of their lines before the others.
 */
struct miss {
	const struct format *trying; /* set by who calls its read */
	const struct format *format; /* NULL: none has said a word */
	const char *at;
	const char
	    *what; /* that was expected there, or, where it is a fault, all that is to be said; a constant text */
	bool fault;
	bool lone; /* there is but one format to be tried */
};

/* Forgets the line before. */
void miss_begin(struct miss *miss, bool lone);

/* The format being tried did not find what it wanted at this byte of the line. */
void miss_note(struct miss *miss, const char *at, const char *what, bool fault);

/*
 * A stamp was not read: where it leaves its shape, or has a number out of range. In the shape Y is a year, m and b are
 * a month in digits and by its name, d and e a day of two and of one or two digits, H, M and S the time, a the day of
 * the week, t the T or blank of ISO 8601; all else stands for itself. what names the stamp as a whole.
 */
void miss_stamp(struct miss *miss, struct slice text, const char *shape, const char *what);

#endif
