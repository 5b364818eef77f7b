/* Years of stamps that have none: the latest that fits, counted backwards from the end of a file. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_YEAR_H
#define SIEM_YEAR_H

#include "input.h"
#include "zone.h"

/*
 * A drop of more than half a year from one line to the next is a New Year; a rise of more than half a year is a late
 * line from the year before. The year of a line is the latest that does not put it after the reference plus a day,
 * nor beyond the year of the file's last stamp less the New Years that lie between. A day or two at the end of a file
 * do not count so, where the stamp before them lies nearer to the reference: a clock was wrong.
 *
 * Those are counted by reading a regular file once more, ahead of us, when its first such stamp is met; pipes
 * have no end to count from: there each stamp stands for itself.
 */
enum {
	YEAR_PLACES_MAX = 4096, /* that are remembered; a sorted file has one for each day */
};

struct year_place {
	off_t offset;  /* of a line whose stamp is of another day than the one before */
	int day;       /* within its year */
	int new_years; /* up to it, itself included */
};

struct year {
	int64_t reference;	/* microseconds since 1970 */
	const struct input *in; /* the file in hand */
	bool counted;		/* read ahead; false at the start of each file */
	bool stopped;		/* a signal ended that: no year is known, and no line is to be dated by it */
	bool bounded;		/* it could be, and these are of use: */
	int last_year;		/* of the file's last stamp */
	int new_years;		/* in the whole file, up to its last stamp */
	int passed;		/* up to the line in hand */
	int before;		/* day within its year of the stamp before; -1: none yet */
	struct year_place
	    *places; /* of the file that was read ahead, as far as there was room; kept for the next one */
	size_t count, room;
	int month, day; /* of the stamp before, where its whole day has one year; month 0: none */
	int of_day;	/* that year */
};

/* At the start of each file. */
void year_begin(struct year *year, const struct input *in, int64_t reference);

void year_clear(struct year *year);

/*
 * The next line is the one that starts at this offset: what was read ahead says how many New Years lie before. False
 * where it does not. Before anything was read ahead there is nothing to know, and it is true.
 */
bool year_seek(struct year *year, off_t offset);

/* The reference moves on: what is not read from a file is written now. */
void year_refer(struct year *year, int64_t reference);

/* Is the year that was set for this stamp that of its whole day? */
static inline bool year_is_sure(const struct year *year, const struct civil *civil)
{
	return civil->month == year->month && civil->day == year->day;
}

/* Sets civil->year. */
void year_set(struct year *year, struct zone *zone, struct civil *civil);

#endif
