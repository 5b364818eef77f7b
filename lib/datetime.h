/* Time stamps in any of the notations that programs use, by a table of them. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_DATETIME_H
#define SIEM_DATETIME_H

#include "zone.h"

/* What a stamp says. */
struct datetime {
	bool absolute; /* it counts seconds since 1970: stamp is all there is */
	struct stamp stamp;
	struct civil civil; /* else: valid; year 0: it has none, month 0: no date at all */
	bool has_offset, utc;
	int32_t offset; /* seconds east of UTC */
};

enum {
	DATETIME_MIN = sizeof "12:00:00" - 1, /* bytes of the shortest */
};

enum datetime_place {
	DATETIME_FIRST,	 /* the line starts here, but for a bracket: also what elsewhere would be any number */
	DATETIME_WITHIN, /* a word starts here */
};

/*
 * Reads a stamp at the start of *text, moves *text behind it and returns true; or returns false and leaves *text
 * alone. INPUT_SLACK bytes behind the text can be read. Dates are strict. Of notations that differ in the order of day,
 * month and year alone, those are left out that give no date, or one after latest (microseconds since 1970), and
 * what is left must be one; but "17/06/09 12:00:00" is year, month, day where a word in capitals stands behind it.
 */
bool datetime_read(struct slice *text, enum datetime_place place, int64_t latest, struct datetime *out);

/* An example for each notation, for tests; NULL behind the last. */
const char *datetime_sample(size_t i);

#endif
