/* Showing stamps: by hand, because each event has one. */
/* SPDX-License-Identifier: MIT */
#include "stamp.h"

enum {
	YEAR_MAX = 9999,
};

static inline char *put_two(char *to, int n)
{
	static const char pairs[] =
	    "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748"
	    "49505152535455565758596061626364656667686970717273747576777879808182838485868788899091929394959697"
	    "9899";

	memcpy(to, pairs + 2 * n, 2);
	return to + 2;
}

/* '-' or ':' or 'T' and two digits. */
static inline char *put_next(char *to, char mark, int n)
{
	*to = mark;
	return put_two(to + 1, n);
}

static char *put_offset(char *to, const struct stamp *stamp)
{
	int32_t minutes = (stamp->offset < 0 ? -stamp->offset : stamp->offset) / 60;

	if (stamp->utc) {
		*to = 'Z';
		return to + 1;
	}
	to = put_next(to, stamp->offset < 0 ? '-' : '+', minutes / 60);
	return put_next(to, ':', minutes % 60);
}

static char *put_fraction(char *to, int microsecond, int digits)
{
	if (digits == 0)
		return to;
	put_two(put_next(to, '.', microsecond / 10000), microsecond / 100 % 100);
	put_two(to + 5, microsecond % 100);
	return to + 1 + digits;
}

size_t stamp_print(char *to, const struct stamp *stamp)
{
	int64_t local = stamp->time + stamp->offset * SECOND - (stamp->leap ? SECOND : 0);
	int64_t days = local / DAY - (local % DAY < 0), within = local - days * DAY;
	int seconds = (int)(within / SECOND), year, month, day;
	char *p = to;

	civil_from_days(days, &year, &month, &day);
	year = year < 0 || year > YEAR_MAX ? 0 : year;
	p = put_two(p, year / 100);
	p = put_two(p, year % 100);
	p = put_next(p, '-', month);
	p = put_next(p, '-', day);
	p = put_next(p, 'T', seconds / 3600);
	p = put_next(p, ':', seconds / 60 % 60);
	p = put_next(p, ':', seconds % 60 + stamp->leap);
	p = put_fraction(p, (int)(within % SECOND), stamp->digits);
	return (size_t)(put_offset(p, stamp) - to);
}

size_t stamp_print_next(struct stamp_minute *last, char *to, const struct stamp *stamp)
{
	enum {
		HEAD = sizeof "2024-06-10T12:00:" - 1,
		TAIL = sizeof "2024-06-10T12:00:00" - 1,
		OFFSET = sizeof "+02:00" - 1
	};
	int64_t local = stamp->time + stamp->offset * SECOND - (stamp->leap ? SECOND : 0);
	uint64_t within = (uint64_t)local - (uint64_t)last->start;
	char *p = to + HEAD;

	if (last->len == 0 || within >= MINUTE || stamp->offset != last->offset || stamp->utc != last->utc) {
		struct stamp whole = { .time = stamp->time, .offset = stamp->offset, .utc = stamp->utc };
		whole.time -= stamp->leap ? SECOND : 0;
		last->len = stamp_print(last->text, &whole);
		last->start = (local / MINUTE - (local % MINUTE < 0)) * MINUTE;
		within = (uint64_t)(local - last->start);
		last->offset = stamp->offset;
		last->utc = stamp->utc;
	}
	memcpy(to, last->text, HEAD);
	p = put_two(p, (int)(within / SECOND) + stamp->leap);
	p = put_fraction(p, (int)(within % SECOND), stamp->digits);
	memcpy(p, last->text + TAIL, OFFSET);
	return (size_t)(p - to) + last->len - TAIL;
}
