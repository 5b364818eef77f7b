/* Years of stamps that have none: the latest that fits, counted backwards from the end of a file. */
/* SPDX-License-Identifier: MIT */
#include "year.h"

#include "memory.h"
#include "signal.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum {
	FIRST_YEAR =
	    1970, /* what a log counts back to at most: lines can be made up that drop half a year again and again */
	HALF_YEAR = 183,       /* days */
	HEAD_MAX = 64,	       /* bytes of a line that can hold priority and stamp */
	LINE_MAX_BYTES = 4096, /* longer ones are cut */
	DAY_LEN = 7,	       /* "Jun 10 " */
	LEAP_YEAR = 2000,
};

void year_begin(struct year *year, const struct input *in, int64_t reference)
{
	*year = (struct year){
		.reference = reference,
		.in = in,
		.before = -1,
		.places = year->places,
		.room = year->room,
	};
}

void year_clear(struct year *year)
{
	free(year->places);
	*year = (struct year){ 0 };
}

void year_refer(struct year *year, int64_t reference)
{
	year->reference = reference;
	year->month = 0;
}

/* Days from the start of a leap year. */
static int within_year(const struct civil *civil)
{
	return (int)(civil_days(LEAP_YEAR, civil->month, civil->day) - civil_days(LEAP_YEAR, 1, 1));
}

/* How many New Years lie between two stamps that follow each other. */
static int step(int before, int now)
{
	if (before < 0)
		return 0;
	return (now < before - HALF_YEAR) - (now > before + HALF_YEAR);
}

/* Behind "<34>". */
static struct slice behind_priority(struct slice line)
{
	size_t close;

	if (line.len == 0 || line.ptr[0] != '<')
		return line;
	close = slice_find(line, '>');
	return slice_after(line, close < line.len ? close + 1 : line.len);
}

static void add_place(struct year *year, off_t offset, int day)
{
	if (year->count > YEAR_PLACES_MAX)
		return;
	year->places = memory_grow(year->places, &year->room, year->count + 1, sizeof *year->places);
	year->places[year->count++] = (struct year_place){ offset, day, year->new_years };
}

bool year_seek(struct year *year, off_t offset)
{
	size_t first = 0, last = year->count;

	year->month = 0;
	if (!year->counted || !year->bounded)
		return !year->stopped;
	while (first < last) {
		const size_t middle = first + (last - first) / 2;
		if (year->places[middle].offset < offset)
			first = middle + 1;
		else
			last = middle;
	}
	year->before = first > 0 ? year->places[first - 1].day : -1;
	year->passed = first > 0 ? year->places[first - 1].new_years : 0;
	return year->count <= YEAR_PLACES_MAX;
}

/* The stamps at the end of a file, of one day or two, and the last one before them. */
struct ending {
	struct civil last, before; /* month 0: none */
	int day;		   /* of the first, within its year; -1: none */
	int new_years;		   /* up to the one before */
};

static void add_last(struct ending *ending, const struct civil *civil, int new_years)
{
	const int day = within_year(civil);

	if (ending->day < 0 || day < ending->day || day > ending->day + 1) {
		ending->before = ending->last;
		ending->new_years = new_years;
		ending->day = day;
	}
	ending->last = *civil;
}

/*
 * A clock that was not set yet writes 1 January, and a wrong one any day: at the end of a file that would put all
 * before it a year back. So what stands there does not count where its day is further from the reference than the last
 * one before it, and only because of it that one is not as late as it could be.
 */
static void end_years(struct year *year, struct zone *zone, struct ending *ending)
{
	zone_year(zone, &ending->last, year->reference);
	year->last_year = ending->last.year;
	if (ending->before.month == 0)
		return;
	zone_year(zone, &ending->before, year->reference);
	if (ending->before.year <= year->last_year - (year->new_years - ending->new_years) ||
	    civil_time(&ending->before) <= civil_time(&ending->last))
		return;
	year->last_year = ending->before.year;
	year->new_years = ending->new_years;
}

/* Goes through the stamps of a file; lines of the same day as the one before are passed over. */
static void count_lines(struct year *year, struct zone *zone, struct input *in)
{
	char day[DAY_LEN] = { 0 };
	struct ending ending = { .day = -1 };
	struct civil civil;
	int before = -1;
	off_t offset, next = 0;
	struct slice line;

	while (input_line(in, &line)) {
		offset = next;
		next += (off_t)(line.len + in->cut) + 1;
		line = behind_priority(slice_first(line, line.len < HEAD_MAX ? line.len : HEAD_MAX));
		if (line.len < DAY_LEN || memcmp(line.ptr, day, DAY_LEN) == 0)
			continue;
		memcpy(day, line.ptr, DAY_LEN);
		if (!civil_read_bsd(&line, &civil) || civil.year != 0)
			continue;
		add_last(&ending, &civil, year->new_years);
		year->new_years += step(before, within_year(&civil));
		if (before != within_year(&civil))
			add_place(year, offset, within_year(&civil));
		before = within_year(&civil);
	}
	year->bounded = before >= 0;
	if (year->bounded)
		end_years(year, zone, &ending);
}

/* The file once more, under a descriptor of its own, so that nobody's place in it moves. */
static void read_ahead(struct year *year, struct zone *zone)
{
	char own[sizeof "/proc/self/fd/" + 10], *path = own;
	struct stat about;
	struct input in;

	snprintf(own, sizeof own, "/proc/self/fd/%d", year->in->fd);
	if (stat(own, &about) != 0)
		path = (char *)(uintptr_t)year->in->path; /* no /proc here */
	input_init(&in, &path, 1, LINE_MAX_BYTES);
	in.quiet = true;
	in.counters = year->in->counters;
	in.data = year->in->data;
	count_lines(year, zone, &in);
	year->stopped = signal_stop();
	if (input_close(&in) != STATUS_OK)
		year->bounded = false;
}

/* The year of the line in hand, as the New Years between it and the last stamp have it. */
static int year_of_line(const struct year *year)
{
	const int first = year->last_year < FIRST_YEAR ? year->last_year : FIRST_YEAR;
	const int of_line = year->last_year - (year->new_years - year->passed);

	return of_line > first ? of_line : first;
}

static void find_year(const struct year *year, struct zone *zone, struct civil *civil)
{
	zone_year(zone, civil, year->reference);
	if (!year->bounded)
		return;
	for (int most = year_of_line(year); civil->year > most;) {
		civil->year = most;
		if (!civil_valid(civil))
			most--;
	}
}

/* Remembers the year of a day, unless the latest time that stamps can have lies within it. */
static void remember_day(struct year *year, struct zone *zone, const struct civil *civil)
{
	struct civil first = { .month = civil->month, .day = civil->day };
	struct civil last = { .month = civil->month, .day = civil->day, .hour = 23, .minute = 59, .second = 60 };

	find_year(year, zone, &first);
	find_year(year, zone, &last);
	year->month = first.year == last.year ? civil->month : 0;
	year->day = civil->day;
	year->of_day = first.year;
}

void year_set(struct year *year, struct zone *zone, struct civil *civil)
{
	int now;

	if (year_is_sure(year, civil)) {
		civil->year = year->of_day;
		return;
	}
	if (!year->counted) {
		year->counted = true;
		if (year->in != NULL && year->in->regular)
			read_ahead(year, zone);
	}
	now = within_year(civil);
	year->passed += step(year->before, now);
	year->before = now;
	find_year(year, zone, civil);
	remember_day(year, zone, civil);
}
