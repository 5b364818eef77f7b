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
	bsd("Jun 10 12:00:00 1969 x", 6, 10, 12, " 1969 x");
	bsd("Jun 10 12:00:00 20244 x", 6, 10, 12, " 20244 x");
	bsd("Jun 10 12:00:00 192.168.1.1 x", 6, 10, 12, " 192.168.1.1 x");
	no_bsd("Jun 10 1969 12:00:00 x");
	no_bsd("Feb 29 2023 12:00:00 x");
	no_bsd("Feb 29 12:00:00 2023 x");
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

static void bsd_year(const char *text, int year, const char *left)
{
	struct slice rest = slice_of(text);
	struct civil civil;

	if (!CHECK(civil_read_bsd(&rest, &civil)))
		return;
	CHECK_NUMBER(civil.year, year);
	CHECK_TEXT(rest, left);
}

static void test_bsd_years(void)
{
	bsd_year("Jun 10 2024 12:00:00 x", 2024, " x");
	bsd_year("Jun  1 2024 12:00:00.5: x", 2024, ": x");
	bsd_year("Jun 10 12:00:00 2024 x", 2024, " x");
	bsd_year("Jun 10 12:00:00 2024", 2024, "");
	bsd_year("Jun 10 12:00:00 2099: x", 2099, ": x");
	bsd_year("Feb 29 2024 12:00:00 x", 2024, " x");
}

/* 1 to 15 digits of a second: six are kept, none is rounded. */
static void test_fractions(void)
{
	const char all[] = "123456789012345";
	char text[64], wanted[64];

	for (int digits = 1; digits <= 15; digits++) {
		snprintf(text, sizeof text, "2024-06-10T12:00:00.%.*sZ", digits, all);
		snprintf(wanted, sizeof wanted, "2024-06-10T12:00:00.%.*sZ", digits < 6 ? digits : 6, all);
		iso(text, wanted);
	}
}

static uint64_t random_state = 1;

static int64_t random_below(int64_t n)
{
	random_state = random_state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (int64_t)((random_state >> 11) % (uint64_t)n);
}

/* Printing minute by minute gives what printing each by itself gives. */
static void test_minutes(void)
{
	struct stamp_minute minute = { 0 };
	char one[STAMP_TEXT_MAX], other[STAMP_TEXT_MAX] = "";
	int64_t time = 0;
	unsigned wrong = 0;

	for (int i = 0; i < 20000; i++) {
		time += random_below(9 * SECOND);
		if (random_below(50) == 0)
			time = random_below(8000000000 * SECOND) - 4000000000 * SECOND;
		struct stamp stamp = {
			.time = time,
			.offset = (int32_t)(random_below(9) == 0 ? (random_below(115) - 57) * 900 : 3600),
			.digits = (unsigned char)(random_below(3) == 0 ? random_below(7) : 0),
			.utc = random_below(20) == 0,
		};
		stamp.offset = stamp.utc ? 0 : stamp.offset;
		stamp.time -= stamp.digits == 0 ? stamp.time % SECOND : 0;
		stamp.leap = random_below(30) == 0 && stamp.time % MINUTE == 0 && stamp.offset % 60 == 0;
		size_t len = stamp_print(one, &stamp);
		if (stamp_is_of_minute(&minute, &stamp))
			stamp_print_seconds(&minute, other, &stamp);
		else
			wrong += stamp_print_minute(&minute, other, &stamp) != len;
		wrong += memcmp(one, other, len) != 0;
	}
	CHECK_NUMBER(wrong, 0);
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
	test_bsd_years();
	test_fractions();
	test_minutes();
	test_days();
	return check_end();
}
