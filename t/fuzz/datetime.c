/* Stamps in any notation: strict, alone responsible for their bytes, and of one mind with the other readers. */
/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "../../lib/datetime.h"
#include "../../lib/formats/when.h"
#include "../../lib/input.h"

#include <stdio.h>
#include <stdlib.h>

enum {
	FIRST_YEAR = 1970, /* of those written with four digits */
};

#define LATEST (INT64_C(1750000000) * SECOND)

static bool same_civil(const struct civil *a, const struct civil *b)
{
	return a->year == b->year && a->month == b->month && a->day == b->day && a->hour == b->hour &&
	       a->minute == b->minute && a->second == b->second && a->microsecond == b->microsecond &&
	       a->digits == b->digits;
}

static bool same_datetime(const struct datetime *a, const struct datetime *b)
{
	if (a->absolute != b->absolute)
		return false;
	if (a->absolute)
		return a->stamp.time == b->stamp.time && a->stamp.digits == b->stamp.digits &&
		       a->stamp.offset == b->stamp.offset && a->stamp.utc == b->stamp.utc;
	return same_civil(&a->civil, &b->civil) && a->has_offset == b->has_offset &&
	       (!a->has_offset || (a->offset == b->offset && a->utc == b->utc));
}

/* What was read, written as everybody writes it, reads the same. */
static void check_again(const struct datetime *read)
{
	const struct civil *civil = &read->civil;
	struct datetime back = { 0 };
	char text[100 + INPUT_SLACK] = "";
	struct slice rest = { text, 0 };
	int minutes = abs(read->offset) / 60;

	if (civil->year < FIRST_YEAR)
		return;
	rest.len = (size_t)snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d", civil->year, civil->month,
				    civil->day, civil->hour, civil->minute, civil->second);
	if (civil->digits > 0) {
		char digits[8];
		snprintf(digits, sizeof digits, "%06d", civil->microsecond);
		rest.len += (size_t)snprintf(text + rest.len, 12, ".%.*s", civil->digits, digits);
	}
	if (read->has_offset && read->utc)
		text[rest.len++] = 'Z';
	else if (read->has_offset)
		rest.len += (size_t)snprintf(text + rest.len, 12, "%c%02d:%02d", read->offset < 0 ? '-' : '+',
					     minutes / 60, minutes % 60);
	MUST(datetime_read(&rest, DATETIME_WITHIN, LATEST, &back) && rest.len == 0);
	MUST(same_datetime(read, &back));
}

static void check_read(const struct datetime *read)
{
	struct civil civil = read->civil;
	char text[STAMP_TEXT_MAX];
	struct slice printed = { text, 0 };
	struct stamp back;

	if (read->absolute) {
		printed.len = stamp_print(text, &read->stamp);
		MUST(stamp_read(&printed, &back) && back.time == read->stamp.time);
		return;
	}
	civil.year = civil.year != 0 ? civil.year : 2000;
	if (civil.month == 0)
		civil.month = civil.day = 1;
	MUST(civil_valid(&civil) && civil.digits <= 6 && civil.microsecond >= 0 && civil.microsecond < 1000000);
	MUST(!read->has_offset || (abs(read->offset) < 48 * 3600 && (!read->utc || read->offset == 0)));
	if (!read->has_offset || (abs(read->offset) < 24 * 3600 && read->offset % 60 == 0))
		check_again(read);
}

/* Where the reader for ISO stamps alone reads the same bytes, it reads the same. */
static void check_iso(struct slice text, size_t used, const struct datetime *read)
{
	struct slice rest = text;
	struct civil civil;

	if (!civil_read_iso(&rest, &civil) || read->absolute || text.len - rest.len > used)
		return;
	if (civil.digits == 0) {
		/* "12:00:00:123" is a fraction to one of them alone. */
		civil.digits = read->civil.digits;
		civil.microsecond = read->civil.microsecond;
	}
	MUST(same_civil(&civil, &read->civil));
}

static void run(const struct fuzz_target *target, struct slice bytes)
{
	for (int place = DATETIME_FIRST; place <= DATETIME_WITHIN; place++) {
		struct datetime first = { 0 }, second = { 0 };
		char *one = fuzz_line(bytes, 0), *other = fuzz_line(bytes, (unsigned)bytes.len + 1);
		struct slice text = { one, bytes.len }, again = { other, bytes.len };
		bool ok = datetime_read(&text, (enum datetime_place)place, LATEST, &first);
		MUST(ok == datetime_read(&again, (enum datetime_place)place, LATEST, &second));
		MUST(text.len == again.len && text.ptr + text.len == one + bytes.len);
		MUST(ok == (text.len < bytes.len));
		if (ok) {
			MUST(bytes.len - text.len >= DATETIME_MIN);
			MUST(same_datetime(&first, &second));
			check_read(&first);
			check_iso((struct slice){ one, bytes.len }, bytes.len - text.len, &first);
		}
		free(one);
		free(other);
	}
	(void)target;
}

static const char *const seeds[] = { "2024-06-10 12:00:00,123 INFO",
				     "Mon Jun 10 12:00:00.123456 2024",
				     "10/Jun/2024:12:00:00 +0200",
				     "6/10/2024, 9:00:00 PM",
				     "1718013600.123456",
				     "@400000004245e1c90a8b3c14",
				     "17/06/09 12:00:00 INFO",
				     "Mon Jun 10 12:00:00 CEST 2024",
				     "2024-06-10 12:00:00 GMT+02:00",
				     "20240610T120000Z",
				     "06/10-12:00:00.123456",
				     "31-05-2024 12:00:00",
				     "Mon, 10-Jun-2024 12:00:00 GMT",
				     NULL };

const struct fuzz_target fuzz_datetime = { "datetime", 80, run, seeds, NULL };

/* A field that is a stamp: the same whoever was asked before, and what it means can be written. */
static void run_when(const struct fuzz_target *target, struct slice bytes)
{
	static struct zone zone;
	static struct year year;
	static struct format_context used = { .zone = &zone, .year = &year };
	struct format_context fresh = { .zone = &zone, .year = &year };
	struct stamp first = { 0 }, second = { 0 }, back;
	struct error err;
	char text[STAMP_TEXT_MAX];
	struct slice printed = { text, 0 };
	bool ok;

	MUST(zone_init(&zone, "-0330", &err));
	year_begin(&year, NULL, LATEST);
	ok = when_read(&used, bytes, false, &first);
	MUST(ok == when_read(&fresh, bytes, false, &second));
	MUST(ok == when_read(&fresh, bytes, true, &back));
	if (ok) {
		MUST(first.time == second.time && first.offset == second.offset && first.digits == second.digits);
		printed.len = stamp_print(text, &first);
		MUST(stamp_read(&printed, &back) && printed.len == 0 && back.time == first.time);
	}
	(void)target;
	(void)when_is_clock(bytes);
}

static const char *const when_seeds[] = { "1718013600",
					  "1718013600123",
					  "2024-06-10T12:00:00.123456789Z",
					  "2024-06-10 12:00:00 +0000 UTC",
					  "2024/06/10 12:00:00",
					  "29/Apr/2021:08:47:53 +0000",
					  "Sep 09 2017 00:31:23 UTC",
					  "October 14, 2019 09:06:02",
					  "Wed, 02 Oct 2002 13:00:00 GMT",
					  "Oct 26, 2025 at 7:59:41.239 PM",
					  "/Date(1613125510123)/",
					  NULL };

const struct fuzz_target fuzz_when = { "when", 80, run_when, when_seeds, NULL };
