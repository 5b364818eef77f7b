/* Stamps: strict dates, every notation we promise, what is shown comes back, and the C library agrees on days. */
/* SPDX-License-Identifier: MIT */
#include "../../lib/stamp.h"
#include "check.h"

#include <time.h>

static void iso(const char *text, const char *shown)
{
	struct slice rest = slice_of(text);
	struct stamp stamp;
	char printed[STAMP_TEXT_MAX];

	if (CHECK(stamp_read(&rest, &stamp) && rest.len == 0))
		CHECK_TEXT(((struct slice){ printed, stamp_print(printed, &stamp) }), shown);
	else
		printf("  %s\n", text);
}

static void no_iso(const char *text)
{
	struct slice rest = slice_of(text);
	struct stamp stamp;

	if (!CHECK(!stamp_read(&rest, &stamp) || rest.len > 0))
		printf("  %s\n", text);
}

static void test_iso(void)
{
	iso("2024-06-10T12:00:00Z", "2024-06-10T12:00:00Z");
	iso("2024-06-10t12:00:00z", "2024-06-10T12:00:00Z");
	iso("2024-06-10 12:00:00,5+0200", "2024-06-10T12:00:00.5+02:00");
	iso("2024-06-10T12:00:00.123456-03:30", "2024-06-10T12:00:00.123456-03:30");
	iso("2024-06-10T12:00:00.123456789012345+05", "2024-06-10T12:00:00.123456+05:00");
	iso("2024-06-10T12:00:00.000+05:45", "2024-06-10T12:00:00.000+05:45");
	iso("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z");
	iso("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z");
	iso("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z");
	iso("1969-12-31T23:59:59.25Z", "1969-12-31T23:59:59.25Z");
	iso("2016-12-31T23:59:60Z", "2016-12-31T23:59:60Z");
	iso("2016-12-31T23:59:60.5+01:00", "2016-12-31T23:59:60.5+01:00");
	no_iso("2023-02-29T00:00:00Z");
	no_iso("1900-02-29T00:00:00Z");
	no_iso("2024-11-31T00:00:00Z");
	no_iso("2024-00-10T00:00:00Z");
	no_iso("2024-13-10T00:00:00Z");
	no_iso("2024-01-00T00:00:00Z");
	no_iso("0000-01-01T00:00:00Z");
	no_iso("2024-06-10T24:00:00Z");
	no_iso("2024-06-10T12:60:00Z");
	no_iso("2024-06-10T12:00:61Z");
	no_iso("2024-06-10T12:00:00+24:00");
	no_iso("2024-06-10T12:00:00+02:60");
	no_iso("2024-06-10T12:00:00");
	no_iso("2024-06-10T12:00:00.Z");
	no_iso("2024-6-10T12:00:00Z");
	no_iso("24-06-10T12:00:00Z");
	no_iso("");
}

static void bsd(const char *text, int month, int day, int hour, const char *left)
{
	struct slice rest = slice_of(text);
	struct civil civil;

	if (!CHECK(civil_read_bsd(&rest, &civil))) {
		printf("  %s\n", text);
		return;
	}
	CHECK_NUMBER(civil.year, 0);
	CHECK_NUMBER(civil.month * 10000 + civil.day * 100 + civil.hour, month * 10000 + day * 100 + hour);
	CHECK_TEXT(rest, left);
}

static void no_bsd(const char *text)
{
	struct slice rest = slice_of(text);
	struct civil civil;

	if (!CHECK(!civil_read_bsd(&rest, &civil)))
		printf("  %s\n", text);
	CHECK(rest.ptr == text);
}

static void test_bsd(void)
{
	bsd("Jun 10 12:00:00 web1", 6, 10, 12, " web1");
	bsd("Jun  1 00:00:00", 6, 1, 0, "");
	bsd("Jun 1 23:59:60 x", 6, 1, 23, " x");
	bsd("Jun 01 12:00:00 x", 6, 1, 12, " x");
	bsd("FEB 29 12:00:00.123 x", 2, 29, 12, " x");
	bsd("dec 31 12:00:00. x", 12, 31, 12, ". x");
	no_bsd("Jun 31 12:00:00 x");
	no_bsd("Feb 30 12:00:00 x");
	no_bsd("Jan 32 12:00:00 x");
	no_bsd("Jan 0 12:00:00 x");
	no_bsd("Jan 00 12:00:00 x");
	no_bsd("Juni 1 12:00:00 x");
	no_bsd("Jux 10 12:00:00 x");
	no_bsd("Jun 10 24:00:00 x");
	no_bsd("Jun 10 12:00 x");
	no_bsd("Jun 100 12:00:00 x");
	no_bsd("Jun10 12:00:00 x");
	no_bsd("Jun 10 1");
	no_bsd("");
}

/* Every day of 800 years: timegm is the oracle. */
static void test_days(void)
{
	unsigned wrong = 0;

	for (int64_t days = -146097; days < 146097; days++) {
		struct tm tm = { 0 };
		time_t t = (time_t)(days * 86400);
		int year, month, day;
		gmtime_r(&t, &tm);
		civil_from_days(days, &year, &month, &day);
		wrong += year != tm.tm_year + 1900 || month != tm.tm_mon + 1 || day != tm.tm_mday;
		wrong += civil_days(year, month, day) != days;
	}
	CHECK_NUMBER(wrong, 0);
}

int main(void)
{
	test_iso();
	test_bsd();
	test_days();
	return check_end();
}
