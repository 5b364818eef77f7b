/* Stamps as web servers and proxies write them: 10/Oct/2023:13:55:36 -0700. */
/* SPDX-License-Identifier: MIT */
#include "clf.h"

#include "../scan.h"

enum {
	LEN = sizeof "10/Oct/2023:13:55:36" - 1,
	CLOCK = sizeof "13:55:36" - 1,
	MINUTE_LEN = sizeof "10/Oct/2023:13:55:" - 1,
	WHOLE_LEN = sizeof "10/Oct/2023:13:55:36 -0700" - 1,
};

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Two digits at p; false where one is none. */
static inline bool take_two(const char *p, int *n)
{
	*n = (p[0] - '0') * 10 + (p[1] - '0');
	return is_digit(p[0]) && is_digit(p[1]);
}

/* Month of three letters in any case, 0 where it is none. */
static int month_of(const char *p)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";

	for (int i = 0; i < 12; i++)
		if (names[3 * i] == (p[0] | 0x20) && names[3 * i + 1] == (p[1] | 0x20) &&
		    names[3 * i + 2] == (p[2] | 0x20))
			return i + 1;
	return 0;
}

/* "06/10/2021:", month first: so cPanel writes. */
static bool take_numbers(const char *p, struct civil *civil)
{
	int century, year;

	if (!take_two(p, &civil->month) || p[2] != '/' || !take_two(p + 3, &civil->day) || p[5] != '/' ||
	    !take_two(p + 6, &century) || !take_two(p + 8, &year) || p[10] != ':')
		return false;
	civil->year = century * 100 + year;
	return true;
}

/* "10/Oct/2023:" */
static bool take_date(const char *p, struct civil *civil)
{
	int century, year;

	if (!take_two(p, &civil->day) || p[2] != '/' || p[6] != '/' || p[11] != ':')
		return false;
	civil->month = month_of(p + 3);
	if (!take_two(p + 7, &century) || !take_two(p + 9, &year))
		return false;
	civil->year = century * 100 + year;
	return civil->month > 0;
}

static bool take_clock(const char *p, struct civil *civil)
{
	return take_two(p, &civil->hour) && p[2] == ':' && take_two(p + 3, &civil->minute) && p[5] == ':' &&
	       take_two(p + 6, &civil->second);
}

static void take_offset(struct format_context *context, struct slice *text, const struct civil *civil,
			struct stamp *stamp)
{
	struct slice rest = *text;

	if (rest.len > 0 && rest.ptr[0] == ' ')
		rest = slice_after(rest, 1);
	if (!zone_read_offset(&rest, &stamp->offset, &stamp->utc)) {
		*stamp = zone_stamp(context->zone, civil);
		return;
	}
	stamp->time = civil_time(civil) - stamp->offset * SECOND;
	stamp->digits = civil->digits;
	stamp->leap = civil->second == 60;
	*text = rest;
}

/* The usual form, in the minute and with the offset of the last one. */
static inline bool same_minute(const struct format_context *context, struct slice line, struct stamp *stamp)
{
	const char *p = line.ptr, *last = context->clf.text, *second = p + MINUTE_LEN;

	if (line.len < WHOLE_LEN || !scan_same16(p, last, 16) || memcmp(p + 16, last + 16, MINUTE_LEN - 16) != 0)
		return false;
	if (memcmp(p + LEN, last + LEN, WHOLE_LEN - LEN) != 0 || second[0] < '0' || second[0] > '5' ||
	    !is_digit(second[1]))
		return false;
	*stamp = (struct stamp){
		.time = context->clf.time + ((second[0] - '0') * 10 + (second[1] - '0')) * SECOND,
		.offset = context->clf.offset,
	};
	return true;
}

/* Offsets are written with it: all seconds of a minute have the same. */
static void remember_minute(struct format_context *context, const char *text, int second, const struct stamp *stamp)
{
	memcpy(context->clf.text, text, WHOLE_LEN);
	context->clf.time = stamp->time - second * SECOND;
	context->clf.offset = stamp->offset;
}

/* Reads any stamp. */
static bool new_stamp(struct format_context *context, struct slice *line, struct stamp *stamp)
{
	struct slice rest = *line;
	struct civil civil;
	size_t len = LEN;

	if (rest.len < LEN)
		return false;
	if (rest.ptr[5] == '/')
		len--;
	if (!(rest.ptr[5] == '/' ? take_numbers(rest.ptr, &civil) : take_date(rest.ptr, &civil)))
		return false;
	if (!take_clock(rest.ptr + len - CLOCK, &civil) || civil.year == 0 || !civil_valid(&civil))
		return false;
	rest = slice_after(rest, len);
	civil_read_fraction(&rest, &civil);
	take_offset(context, &rest, &civil, stamp);
	if (rest.ptr - line->ptr == WHOLE_LEN && len == LEN && civil.digits == 0 && !stamp->leap &&
	    line->ptr[LEN] == ' ')
		remember_minute(context, line->ptr, civil.second, stamp);
	*line = rest;
	return true;
}

bool clf_stamp(struct format_context *context, struct slice *line, struct parsed *out)
{
	if (same_minute(context, *line, &out->stamp))
		*line = slice_after(*line, WHOLE_LEN);
	else if (!new_stamp(context, line, &out->stamp))
		return parsed_miss_stamp(out, *line, "d/b/Y:H:M:S", "a stamp such as 10/Oct/2023:13:55:36 -0700");
	return out->has_stamp = true;
}
