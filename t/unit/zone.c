/* Zones and years: gaps, folds, half hours, New Year and 29 February, against values from the tz database. */
/* SPDX-License-Identifier: MIT */
#include "../../lib/zone.h"
#include "../../lib/duration.h"
#include "check.h"

#include <stdlib.h>

static struct zone zone_named(const char *name)
{
	struct zone zone;
	struct error err;

	setenv("TZ", name, 1);
	CHECK(zone_init(&zone, NULL, &err));
	return zone;
}

static void shows(struct zone *zone, const char *local, const char *wanted)
{
	struct slice rest = slice_of(local);
	struct civil civil;
	struct stamp stamp;
	char text[STAMP_TEXT_MAX];

	if (!CHECK(civil_read_iso(&rest, &civil)))
		return;
	stamp = zone_stamp(zone, &civil);
	CHECK_TEXT(((struct slice){ text, stamp_print(text, &stamp) }), wanted);
}

static void test_system_zones(void)
{
	struct zone berlin = zone_named("Europe/Berlin");
	struct zone other;

	shows(&berlin, "2024-01-10T12:00:00", "2024-01-10T12:00:00+01:00");
	shows(&berlin, "2024-06-10T12:00:00.25", "2024-06-10T12:00:00.25+02:00");
	shows(&berlin, "2024-03-31T01:59:59", "2024-03-31T01:59:59+01:00");
	shows(&berlin, "2024-03-31T02:30:00", "2024-03-31T03:30:00+02:00"); /* skipped */
	shows(&berlin, "2024-03-31T03:00:00", "2024-03-31T03:00:00+02:00");
	shows(&berlin, "2023-10-29T02:30:00", "2023-10-29T02:30:00+02:00"); /* twice: the first */
	shows(&berlin, "2023-10-29T03:00:00", "2023-10-29T03:00:00+01:00");
	other = zone_named("America/New_York");
	shows(&other, "2024-11-03T01:30:00", "2024-11-03T01:30:00-04:00");
	shows(&other, "2024-11-03T02:00:00", "2024-11-03T02:00:00-05:00");
	other = zone_named("Australia/Lord_Howe");
	shows(&other, "2024-01-10T12:00:00", "2024-01-10T12:00:00+11:00");
	shows(&other, "2024-10-06T02:15:00", "2024-10-06T02:45:00+11:00");
	other = zone_named("Asia/Kathmandu");
	shows(&other, "2024-01-10T12:00:00", "2024-01-10T12:00:00+05:45");
}

static void test_fixed(void)
{
	struct zone zone;
	struct error err;

	CHECK(zone_init(&zone, "+0500", &err));
	shows(&zone, "2024-01-10T12:00:00", "2024-01-10T12:00:00+05:00");
	CHECK(zone_init(&zone, "-03:30", &err));
	shows(&zone, "2024-01-10T12:00:00", "2024-01-10T12:00:00-03:30");
	CHECK(zone_init(&zone, "utc", &err));
	CHECK(!zone_init(&zone, "+2500", &err));
	CHECK(!zone_init(&zone, "Berlin", &err));
	CHECK(!zone_init(&zone, "", &err));
}

static void year(const char *stamp, const char *reference, int wanted)
{
	struct zone zone;
	struct error err;
	struct slice text = slice_of(stamp), rest = slice_of(reference);
	struct civil civil;
	struct stamp now;

	CHECK(zone_init(&zone, "Z", &err) && civil_read_bsd(&text, &civil) && stamp_read(&rest, &now));
	zone_year(&zone, &civil, now.time);
	CHECK_NUMBER(civil.year, wanted);
}

static void test_years(void)
{
	year("Dec 31 23:59:59", "2024-01-01T00:00:05Z", 2023);
	year("Jan  1 00:00:05", "2023-12-31T23:59:58Z", 2024); /* a clock ahead */
	year("Jan  2 00:00:05", "2023-12-31T23:59:58Z", 2023); /* more than a day */
	year("Jun 10 12:00:00", "2024-06-09T12:00:00Z", 2024);
	year("Jun 10 12:00:01", "2024-06-09T12:00:00Z", 2023);
	year("Feb 29 12:00:00", "2026-06-01T00:00:00Z", 2024);
	year("Feb 29 12:00:00", "2024-02-28T12:00:00Z", 2024);
	year("Feb 29 12:00:00", "2024-02-28T11:00:00Z", 2020);
	year("Feb 29 12:00:00", "1904-02-01T00:00:00Z", 1896);
}

static void duration(const char *text, int64_t wanted)
{
	int64_t length = -1;

	CHECK(duration_read(slice_of(text), &length) == (wanted >= 0));
	CHECK_NUMBER(length, wanted);
}

static void test_durations(void)
{
	duration("90s", 90 * SECOND);
	duration("10m", 10 * MINUTE);
	duration("1h30m", 90 * MINUTE);
	duration("2w", 14 * DAY);
	duration("500ms", SECOND / 2);
	duration("7us", 7);
	duration("0s", 0);
	duration("36600d", 36600 * DAY);
	duration("36601d", -1);
	duration("99999999999999999999s", -1);
	duration("", -1);
	duration("10", -1);
	duration("m", -1);
	duration("-5m", -1);
	duration("5 m", -1);
	duration("5x", -1);
}

static void time_is(const char *text, const char *wanted)
{
	struct slice rest = wanted != NULL ? slice_of(wanted) : SLICE("");
	struct zone zone;
	struct error err;
	struct stamp stamp;
	int64_t time = -1;

	CHECK(zone_init(&zone, "+0200", &err));
	CHECK(zone_read_time(&zone, slice_of(text), 5 * SECOND, &time, &err) == (wanted != NULL));
	if (wanted != NULL && CHECK(stamp_read(&rest, &stamp)))
		CHECK_NUMBER(time, stamp.time);
}

static void test_times(void)
{
	time_is("now", "1970-01-01T00:00:05Z");
	time_is("@1718000000", "2024-06-10T06:13:20Z");
	time_is("2024-06-10", "2024-06-10T00:00:00+02:00");
	time_is("2024-06-10 12:00", "2024-06-10T12:00:00+02:00");
	time_is("2024-06-10T12:00:30", "2024-06-10T12:00:30+02:00");
	time_is("2024-06-10T12:00:30.5", "2024-06-10T12:00:30.5+02:00");
	time_is("2024-06-10T12:00:00-01:00", "2024-06-10T12:00:00-01:00");
	time_is("2024-06-31", NULL);
	time_is("yesterday", NULL);
	time_is("", NULL);
	time_is("@", NULL);
	time_is("@253402300799", "9999-12-31T23:59:59Z");
	time_is("@253402300800", NULL);
	time_is("2024-06-10 12:00:00 and much more text than fits", NULL);
}

int main(void)
{
	test_system_zones();
	test_fixed();
	test_years();
	test_durations();
	test_times();
	return check_end();
}
