/* Stamps: what is printed reads back equal, and the C library's calendar says the same. */
/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "../../lib/input.h"
#include "../../lib/stamp.h"

#include <stdlib.h>
#include <time.h>

/* The C library's count of seconds to a date. */
static int64_t library_time(const struct civil *civil)
{
	struct tm tm = { .tm_year = civil->year - 1900,
			 .tm_mon = civil->month - 1,
			 .tm_mday = civil->day,
			 .tm_hour = civil->hour,
			 .tm_min = civil->minute,
			 .tm_sec = civil->second };

	return timegm(&tm);
}

static void check_civil(const struct civil *civil)
{
	MUST(civil->month >= 1 && civil->month <= 12 && civil->day >= 1 && civil->day <= 31);
	MUST(civil_valid(civil) && civil->digits <= 6 && civil->microsecond >= 0 && civil->microsecond < 1000000);
	MUST(civil_time(civil) == library_time(civil) * SECOND + civil->microsecond);
}

/* Both printers write the same, which reads back. */
static void check_printed(const struct stamp *stamp)
{
	static struct stamp_minute minute;
	static char again[STAMP_TEXT_MAX];
	char text[STAMP_TEXT_MAX];
	struct slice printed = { text, stamp_print(text, stamp) }, rest = printed;
	struct stamp back;

	MUST(printed.len <= STAMP_TEXT_MAX);
	if (stamp_is_of_minute(&minute, stamp))
		stamp_print_seconds(&minute, again, stamp);
	else
		MUST(stamp_print_minute(&minute, again, stamp) == printed.len);
	MUST_SAME(printed, ((struct slice){ again, printed.len }));
	MUST(stamp_read(&rest, &back) && rest.len == 0);
	MUST(back.time == stamp->time && back.offset == stamp->offset && back.digits == stamp->digits);
	MUST(back.utc == stamp->utc && back.leap == stamp->leap);
}

static bool is_shown(const struct stamp *stamp)
{
	int64_t local = stamp->time + stamp->offset * SECOND - (stamp->leap ? SECOND : 0);

	return local >= civil_days(1, 1, 1) * DAY && local < civil_days(10000, 1, 1) * DAY;
}

static void check_iso(struct slice text)
{
	struct slice rest = text, behind = text;
	struct civil civil;
	struct stamp stamp;
	bool date = civil_read_iso(&rest, &civil), whole = stamp_read(&behind, &stamp);

	MUST(!whole || date);
	if (!date) {
		MUST(rest.ptr == text.ptr && rest.len == text.len);
		return;
	}
	MUST(rest.len < text.len && rest.ptr + rest.len == text.ptr + text.len);
	check_civil(&civil);
	if (!whole)
		return;
	MUST(stamp.time == civil_time(&civil) - stamp.offset * SECOND && stamp.leap == (civil.second == 60));
	MUST(abs(stamp.offset) < 24 * 3600 && (!stamp.utc || stamp.offset == 0));
	if (is_shown(&stamp))
		check_printed(&stamp);
}

static void check_bsd(struct slice text)
{
	struct slice rest = text;
	struct civil civil;

	if (!civil_read_bsd(&rest, &civil)) {
		MUST(rest.ptr == text.ptr && rest.len == text.len);
		return;
	}
	MUST(rest.len < text.len && rest.ptr + rest.len == text.ptr + text.len);
	MUST(civil.year == 0 || (civil.year >= 1970 && civil.year <= 2099));
	civil.year = civil.year != 0 ? civil.year : 2000;
	check_civil(&civil);
}

/* Any number is a time, any time of the years that can be shown has its date. */
static void check_number(struct slice bytes)
{
	struct {
		int64_t time;
		int32_t offset;
		unsigned char digits, marks;
	} in = { 0 };
	const int64_t first = civil_days(1, 1, 1) * DAY, last = civil_days(10000, 1, 1) * DAY;
	int year, month, day;
	time_t seconds;
	struct tm tm;

	memcpy(&in, bytes.ptr, bytes.len < sizeof in ? bytes.len : sizeof in);
	in.time = first + (int64_t)((uint64_t)in.time % (uint64_t)(last - first));
	civil_from_days((in.time - first) / DAY + first / DAY, &year, &month, &day);
	seconds = (time_t)((in.time - first) / SECOND + first / SECOND);
	MUST(gmtime_r(&seconds, &tm) != NULL);
	MUST(tm.tm_year + 1900 == year && tm.tm_mon + 1 == month && tm.tm_mday == day);
	MUST(civil_days(year, month, day) == (in.time - first) / DAY + first / DAY);

	static const int64_t parts[] = { 1000000, 100000, 10000, 1000, 100, 10, 1 };
	struct stamp stamp = { .digits = in.digits % 7, .utc = in.marks & 1 };
	stamp.time = first + (in.time - first) / parts[stamp.digits] * parts[stamp.digits];
	stamp.offset = stamp.utc ? 0 : in.offset % (24 * 60) * 60;
	stamp.leap = (in.marks & 2) && (stamp.time - first) / SECOND % 60 == 0;
	if (is_shown(&stamp))
		check_printed(&stamp);
}

static void run(const struct fuzz_target *target, struct slice bytes)
{
	char *line = fuzz_line(bytes, (unsigned)bytes.len);
	struct slice text = { line, bytes.len };

	(void)target;
	check_iso(text);
	check_bsd(text);
	check_number(text);
	free(line);
}

static const char *const seeds[] = { "2024-06-10T12:00:00.123456+02:00",
				     "2016-12-31 23:59:60Z",
				     "0001-01-01t00:00:00,5-23:59",
				     "Jun 10 2024 12:00:00.123",
				     "Feb 29 23:59:60",
				     "jun  1 12:00:00 2024 x",
				     "2024 Jun 10 12:00:00",
				     NULL };

const struct fuzz_target fuzz_stamp = { "stamp", 64, run, seeds, NULL };
