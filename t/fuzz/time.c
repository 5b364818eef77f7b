/* Times of people and of zones: durations, ranges, points, offsets, years, each against a plain way to the same. */
/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "../../lib/duration.h"
#include "../../lib/range.h"
#include "../../lib/zone.h"

#include <stdlib.h>
#include <time.h>

#define NOW (INT64_C(1718000000) * SECOND)

/* The sum of a duration in double precision: near enough to tell a wrong unit or an overflow. */
static void check_duration(struct slice text)
{
	static const struct {
		const char *unit;
		double length;
	} units[] = { { "us", 1 },   { "ms", 1e3 },  { "s", 1e6 },   { "m", 6e7 },
		      { "h", 36e8 }, { "d", 864e8 }, { "w", 6048e8 } };
	double sum = 0;
	int64_t microseconds;

	if (!duration_read(text, &microseconds))
		return;
	MUST(text.len > 0 && microseconds >= 0);
	while (text.len > 0) {
		double n = 0;
		size_t unit = 0;
		for (; text.len > 0 && text.ptr[0] >= '0' && text.ptr[0] <= '9'; text = slice_after(text, 1))
			n = n * 10 + (text.ptr[0] - '0');
		while (!slice_starts(text, slice_of(units[unit].unit)))
			MUST(++unit < sizeof units / sizeof units[0]);
		sum += n * units[unit].length;
		text = slice_after(text, strlen(units[unit].unit));
	}
	MUST(sum - (double)microseconds < 1 + sum * 1e-9 && (double)microseconds - sum < 1 + sum * 1e-9);
}

static void run_text(const struct fuzz_target *target, struct slice bytes)
{
	struct buffer text = { 0 };
	struct range range;
	struct zone zone;
	struct error err = { "" };
	int64_t time;

	(void)target;
	check_duration(bytes);
	buffer_add(&text, bytes);
	if (zone_init(&zone, buffer_text(&text), &err))
		MUST(zone.fixed && abs(zone.offset) < 24 * 3600);
	MUST(zone_init(&zone, "+0130", &err));
	if (zone_read_time(&zone, bytes, NOW, &time, &err))
		MUST(time >= civil_days(0, 1, 1) * DAY && time <= civil_days(10000, 1, 2) * DAY);
	err.text[0] = '\0';
	if (range_read(&range, &zone, bytes, &err))
		MUST(range.from <= range.to && (range.to - (SECOND - 1)) % SECOND == 0);
	else
		fuzz_words(&err);
	buffer_clear(&text);
}

static const char *const text_seeds[] = { "1h30m",
					  "500ms",
					  "2w3d4us",
					  "+0530",
					  "2024-06-10 12:00",
					  "@1718000000",
					  "20240610120000-20240610130000",
					  "240610120000-690610120000",
					  "now",
					  NULL };

const struct fuzz_target fuzz_times = { "times", 80, run_text, text_seeds, NULL };

/* Some zones: none, half hours, both hemispheres, and one that skipped a day. */
static const char *const zones[] = { "UTC",	     "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe",
				     "Pacific/Apia", "Asia/Kathmandu" };

/* The local time that the C library shows for a point in time. */
static int64_t shown(int64_t seconds)
{
	const time_t t = (time_t)seconds;
	struct tm tm;

	MUST(localtime_r(&t, &tm) != NULL);
	return timegm(&tm);
}

/* A stamp without offset: what it is taken for shows as it was written, or as in a gap; and no earlier time does. */
static void check_offset(struct zone *used, int64_t local)
{
	struct zone fresh;
	struct error err;
	int64_t seconds;

	MUST(zone_init(&fresh, NULL, &err));
	const int32_t offset = zone_offset(&fresh, local * SECOND);
	MUST(zone_offset(used, local * SECOND) == offset);
	seconds = local - offset;
	if (shown(seconds) != local) {
		/* A gap: nothing shows this time. */
		for (int64_t t = seconds - 26 * 3600; t <= seconds + 26 * 3600; t += 900)
			MUST(shown(t + (seconds % 900 + 900) % 900 - (t % 900 + 900) % 900) != local);
		return;
	}
	for (int64_t t = seconds - 3 * 3600; t < seconds; t += 900)
		MUST(shown(t) != local);
}

/* The latest year that is not after the reference and a day, found by trying them all. */
static void check_year(struct zone *zone, struct civil civil, int64_t reference)
{
	struct civil wanted = civil;

	for (wanted.year = 1972 + (int)(reference / DAY / 365); wanted.year > 0; wanted.year--)
		if (civil_valid(&wanted) && zone_stamp(zone, &wanted).time <= reference + DAY)
			break;
	zone_year(zone, &civil, reference);
	MUST(wanted.year == 0 || civil.year == wanted.year);
}

static void run_zone(const struct fuzz_target *target, struct slice bytes)
{
	struct {
		uint32_t local, reference;
		uint16_t other;
		unsigned char zone, month, day, hour, minute;
	} in = { 0 };
	struct zone used;
	struct error err;

	(void)target;
	memcpy(&in, bytes.ptr, bytes.len < sizeof in ? bytes.len : sizeof in);
	MUST(setenv("TZ", zones[in.zone % (sizeof zones / sizeof zones[0])], 1) == 0);
	MUST(zone_init(&used, NULL, &err));
	/* Since 1975: before, offsets changed by odd seconds. */
	const int64_t local = INT64_C(157766400) + in.local % UINT32_C(3000000000);
	zone_offset(&used, (local + in.other) * SECOND);
	check_offset(&used, local);
	struct civil civil = { 2000, 1 + in.month % 12, 1 + in.day % 31, in.hour % 24, in.minute % 60, 0, 0, 0 };
	if (civil_valid(&civil))
		check_year(&used, civil, (int64_t)in.reference * SECOND);
	MUST(setenv("TZ", "UTC", 1) == 0);
	tzset();
}

static const char *const zone_seeds[] = { "\x10\x20\x30\x60\x10\x20\x30\x60\x10\x20\x01\x02\x03\x04\x05",
					  "\x10\xab\x30\x60\x90\x20\x30\x60\x10\x20\x04\x02\x1d\x04\x05", NULL };

const struct fuzz_target fuzz_zone = { "zone", 16, run_zone, zone_seeds, NULL };
