/* Points in time as logs write them: strict dates, microseconds, the writer's own offset. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_STAMP_H
#define SIEM_STAMP_H

#include "slice.h"

#define MICROSECOND INT64_C(1)
#define MILLISECOND (1000 * MICROSECOND)
#define SECOND	    (1000000 * MICROSECOND)
#define MINUTE	    (60 * SECOND)
#define HOUR	    (60 * MINUTE)
#define DAY	    (24 * HOUR)

enum {
	STAMP_TEXT_MAX = 40, /* bytes that stamp_print writes at most */
};

/* A point in time and how it was written. */
struct stamp {
	int64_t time;	      /* microseconds since 1970-01-01T00:00:00Z */
	int32_t offset;	      /* seconds east of UTC in which it is shown */
	unsigned char digits; /* of the second's fraction, 0 to 6 */
	bool utc;	      /* shown with "Z" */
	bool leap;	      /* written with second 60: shown so, time is that of the next second's start */
};

/* Fields of a date as read; nothing is normalised. */
struct civil {
	int year, month, day;	  /* 1.. */
	int hour, minute, second; /* second may be 60 */
	int microsecond;
	unsigned char digits; /* of the fraction, at most 6 (further ones are dropped) */
};

/* Days from 1970-01-01 to a Gregorian date (H. Hinnant, "chrono-compatible low-level date algorithms"). */
int64_t civil_days(int year, int month, int day);
void civil_from_days(int64_t days, int *year, int *month, int *day);

/* Is it a date and time that exists (31 November is none; second 60 is one)? */
bool civil_valid(const struct civil *civil);

/* Microseconds since 1970 as if it stood in UTC; it must be valid. */
int64_t civil_time(const struct civil *civil);

/*
 * These read a stamp at the start of *text, move *text behind it and return true; or they
 * return false and leave *text alone. What they read is valid.
 */

/*
 * "2024-06-10", 'T', 't' or blank, "12:00:00", optional fraction (".123", ",123"): RFC 3339 without the zone.
 * Year 0001 to 9999.
 */
bool civil_read_iso(struct slice *text, struct civil *civil);

/*
 * "Jun 10 12:00:00", "Jun  1 12:00:00", month in any case, one- or two-digit day (RFC 3164 4.1.2); year is 0: it is not
 * known, and 29 February passes. Also with a year, 1970 to 2099: "Jun 10 2024 12:00:00", "Jun 10 12:00:00 2024",
 * "2024 Jun 10 12:00:00".
 */
bool civil_read_bsd(struct slice *text, struct civil *civil);

/*
 * ".123" or ",123" at the start of *text, moved behind: microsecond and digits, 0 where there is none. A point without
 * digits is left alone.
 */
void civil_read_fraction(struct slice *text, struct civil *civil);

/* "Z", "z", "+02:00", "+0200", "-03": seconds east of UTC, at most 23:59 hours. */
bool zone_read_offset(struct slice *text, int32_t *offset, bool *utc);

/* A whole RFC 3339 stamp with its offset. */
bool stamp_read(struct slice *text, struct stamp *stamp);

/*
 * Writes RFC 3339 to to (STAMP_TEXT_MAX bytes), with the digits and offset it has; returns the length.
 * Years beyond 9999 are shown as 0000.
 */
size_t stamp_print(char *to, const struct stamp *stamp);

/* For many stamps: those of one minute, with as many digits, differ in their seconds alone. {0} is no minute. */
struct stamp_minute {
	int64_t start; /* in local time, microseconds since 1970 */
	int32_t offset;
	unsigned char digits;
	bool utc, known;
};

/* As stamp_print, and remembers the minute. */
size_t stamp_print_minute(struct stamp_minute *minute, char *to, const struct stamp *stamp);

/* Is it of the minute that is remembered? */
static inline bool stamp_is_of_minute(const struct stamp_minute *minute, const struct stamp *stamp)
{
	return (uint64_t)(stamp->time + stamp->offset * SECOND) - (uint64_t)minute->start < MINUTE &&
	       stamp->offset == minute->offset && stamp->digits == minute->digits && stamp->utc == minute->utc &&
	       minute->known && !stamp->leap;
}

/* Of such a one: turns the text of another stamp of the minute into its own. */
void stamp_print_seconds(const struct stamp_minute *minute, char *text, const struct stamp *stamp);

#endif
