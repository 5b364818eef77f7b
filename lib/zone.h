/* Stamps without an offset, stamps without a year: what they mean. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_ZONE_H
#define SIEM_ZONE_H

#include "stamp.h"
#include "error.h"

/*
 * Either a fixed offset (-z +0500) or the time zone of $TZ or the system, daylight saving included.
 * In the hour that a change of clocks skips, the offset before the change holds (02:30 becomes 03:30
 * on the new clock); in the hour that comes twice, the first of the two is taken.
 * The offset is remembered for the quarter of an hour it was asked for: clocks change only there.
 */
struct zone {
	bool fixed;
	int32_t offset;	    /* if fixed, seconds east of UTC */
	int64_t quarter;    /* last asked, in quarters of an hour of local time; INT64_MIN: none */
	int32_t of_quarter; /* its offset */
	int32_t shown;	    /* what the clock shows then: another one where a change of clocks skips that quarter */
};

/* text NULL: the system's zone; else "+0500", "-03:30", "+05", "Z", "UTC". False with *err filled. */
bool zone_init(struct zone *zone, const char *text, struct error *err);

/* Offset in seconds east of UTC that holds at a local time (microseconds since 1970 as if it were UTC). */
int32_t zone_offset(struct zone *zone, int64_t local);

/* The same for a point in time (microseconds since 1970). */
int32_t zone_offset_at(struct zone *zone, int64_t time);

/* A civil time in this zone. */
struct stamp zone_stamp(struct zone *zone, const struct civil *civil);

/*
 * The latest year that does not put a civil time without year after reference plus a day
 * (29 February goes to a leap year); then civil->year is set. reference: microseconds since 1970.
 */
void zone_year(struct zone *zone, struct civil *civil, int64_t reference);

/*
 * A time as people give it on the command line: RFC 3339, "2024-06-10", "2024-06-10 12:00[:00]" (in zone), "now",
 * "@1718000000".
 */
bool zone_read_time(struct zone *zone, struct slice text, int64_t now, int64_t *time, struct error *err);

/* "now": the wall clock in microseconds since 1970. The only place that reads it. */
int64_t wall_clock(void);

#endif
