/* Stamps without an offset, stamps without a year: what they mean. */
/* SPDX-License-Identifier: MIT */
#include "zone.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#define LAST_SECOND INT64_C(253402300799) /* of the year 9999 */
#define QUARTER	    (15 * MINUTE)

enum {
	CLOCK_SKEW_DAYS = 1,  /* that a stamp without a year may lie after the reference */
	LEAP_YEARS_APART = 8, /* 1896 to 1904 */
	LAST_YEAR = 9999,
};

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* The C library takes an unknown name in $TZ for UTC and says nothing. Names of the database have a slash. */
static bool check_system_zone(struct error *err)
{
	const char *name = getenv("TZ"), *folder = getenv("TZDIR");
	struct stat about;
	char path[PATH_MAX];

	if (name == NULL || strchr(name, '/') == NULL)
		return true;
	name += name[0] == ':';
	if (name[0] == '/')
		snprintf(path, sizeof path, "%s", name);
	else
		snprintf(path, sizeof path, "%s/%s", folder != NULL ? folder : "/usr/share/zoneinfo", name);
	return stat(path, &about) == 0 ||
	       error_set(err, "$TZ '%s' is no time zone that is known here: no %s", name, path);
}

bool zone_init(struct zone *zone, const char *text, struct error *err)
{
	struct slice rest = slice_of(text);
	bool utc;

	*zone = (struct zone){ .quarter = INT64_MIN };
	tzset();
	if (text == NULL)
		return check_system_zone(err);
	zone->fixed = true;
	if (slice_equal_nocase(rest, SLICE("UTC")) || slice_equal_nocase(rest, SLICE("GMT")))
		return true;
	if (zone_read_offset(&rest, &zone->offset, &utc) && rest.len == 0)
		return true;
	return error_set(err, "'%s' is no offset to UTC such as +0500, -03:30 or Z; for a zone by name set $TZ", text);
}

static int32_t system_offset(int64_t seconds)
{
	time_t t = (time_t)seconds;
	struct tm tm;

	return localtime_r(&t, &tm) != NULL ? (int32_t)tm.tm_gmtoff : 0;
}

int32_t zone_offset_at(struct zone *zone, int64_t time)
{
	return zone->fixed ? zone->offset : system_offset(floor_div(time, SECOND));
}

/*
 * Offsets that may hold are those a day before and a day after: where they differ, each is tried. In a gap none
 * fits, and the one from before holds; in a fold both do, and the one from before is the first of the two.
 */
static int32_t find_offset(int64_t local)
{
	int64_t seconds = floor_div(local, SECOND);
	int32_t before = system_offset(seconds - 86400), after = system_offset(seconds + 86400);

	if (before == after || system_offset(seconds - before) == before)
		return before;
	return system_offset(seconds - after) == after ? after : before;
}

int32_t zone_offset(struct zone *zone, int64_t local)
{
	int64_t quarter;

	if (zone->fixed)
		return zone->offset;
	quarter = floor_div(local, QUARTER);
	if (quarter != zone->quarter) {
		zone->quarter = quarter;
		zone->of_quarter = find_offset(quarter * QUARTER);
		zone->shown = system_offset(floor_div(quarter * QUARTER, SECOND) - zone->of_quarter);
	}
	return zone->of_quarter;
}

struct stamp zone_stamp(struct zone *zone, const struct civil *civil)
{
	int64_t local = civil_time(civil);
	int32_t offset = zone_offset(zone, local);

	return (struct stamp){
		.time = local - offset * SECOND,
		.offset = zone->fixed ? offset : zone->shown,
		.digits = civil->digits,
		.leap = civil->second == 60,
	};
}

/* Is a local time later than that? The zone is asked only where it matters: it may take as long as a line. */
static bool is_later(struct zone *zone, int64_t local, int64_t latest)
{
	if (local < latest - DAY || local > latest + DAY)
		return local > latest;
	return local - zone_offset(zone, local) * SECOND > latest;
}

void zone_year(struct zone *zone, struct civil *civil, int64_t reference)
{
	int64_t latest = reference + CLOCK_SKEW_DAYS * DAY;
	int year, month, day;

	civil_from_days(floor_div(latest + DAY, DAY), &year, &month, &day);
	year = year < LAST_YEAR ? year : LAST_YEAR; /* a file may say that it was changed later */
	for (int tries = 0; tries <= LEAP_YEARS_APART; tries++, year--) {
		civil->year = year;
		if (civil_valid(civil) && !is_later(zone, civil_time(civil), latest))
			return;
	}
}

/* "2024-06-10", "2024-06-10 12:00", "2024-06-10T12:00:00.5", in the zone. */
static bool read_local(struct zone *zone, struct slice text, int64_t *time)
{
	static const char blank[] = "0000-00-00T00:00:00";
	char full[sizeof blank + 8];
	struct slice rest = { full, text.len > sizeof blank - 1 ? text.len : sizeof blank - 1 };
	struct civil civil;

	if (text.len >= sizeof full || (text.len != 10 && text.len != 16 && text.len < 19))
		return false;
	memcpy(full, blank, sizeof blank);
	memcpy(full, text.ptr, text.len);
	if (!civil_read_iso(&rest, &civil) || rest.len > 0)
		return false;
	*time = zone_stamp(zone, &civil).time;
	return true;
}

bool zone_read_time(struct zone *zone, struct slice text, int64_t now, int64_t *time, struct error *err)
{
	struct slice rest = text;
	struct stamp stamp;
	int64_t seconds;

	if (slice_is(text, "now")) {
		*time = now;
		return true;
	}
	if (text.len > 1 && text.ptr[0] == '@' && slice_number(slice_after(text, 1), 0, LAST_SECOND, &seconds)) {
		*time = seconds * SECOND;
		return true;
	}
	if (stamp_read(&rest, &stamp) && rest.len == 0) {
		*time = stamp.time;
		return true;
	}
	if (read_local(zone, text, time))
		return true;
	return error_set(err,
			 "'%.*s' is no time such as 2024-06-10T12:00:00+02:00, '2024-06-10 12:00', @1718000000 or now",
			 (int)(text.len < 60 ? text.len : 60), text.ptr);
}

int64_t wall_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec * SECOND + now.tv_nsec / 1000;
}
