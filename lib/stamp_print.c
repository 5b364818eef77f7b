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

size_t stamp_print_minute(struct stamp_minute *minute, char *to, const struct stamp *stamp)
{
	const int64_t local = stamp->time + stamp->offset * SECOND;

	*minute = (struct stamp_minute){
		.start = (local / MINUTE - (local % MINUTE < 0)) * MINUTE,
		.offset = stamp->offset,
		.digits = stamp->digits,
		.utc = stamp->utc,
		.known = !stamp->leap,
	};
	return stamp_print(to, stamp);
}

void stamp_print_seconds(const struct stamp_minute *minute, char *text, const struct stamp *stamp)
{
	const unsigned within = (unsigned)(stamp->time + stamp->offset * SECOND - minute->start);

	text = put_two(text + sizeof "2024-06-10T12:00:" - 1, (int)(within / SECOND));
	if (stamp->digits > 0) {
		char fraction[sizeof ".000000"];
		put_fraction(fraction, (int)(within % SECOND), stamp->digits);
		memcpy(text, fraction, 1 + (size_t)stamp->digits);
	}
}
