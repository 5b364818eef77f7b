/* Where to begin in a file that is sorted by time, found without reading what stands before. */
/* SPDX-License-Identifier: MIT */
#include "since.h"

#include "formats/table.h"
#include "memory.h"
#include "signal.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	LOOK_FIRST = 32 << 10, /* bytes that a look reads at first, */
	LOOK_MAX = 4 << 20,    /* and at most, while it finds no stamp in them */
};

/* A file, and what two looks into it have shown: the time at low lies before since, that at high does not. */
struct since {
	struct parse *parse;
	const struct input *in;
	off_t size;
	off_t low, high;
	int64_t low_time, high_time;
	bool remembers; /* a format goes by lines before those that a look sees */
	char *block;
	size_t room;
};

/* Reads the lines of a block until one has a stamp: its offset in the block, or -1. */
static ssize_t find_stamp(struct since *since, size_t start, size_t len, bool last, int64_t *time)
{
	while (start < len) {
		const char *at = since->block + start, *newline = memchr(at, '\n', len - start);
		struct slice line = { at, newline != NULL ? (size_t)(newline - at) : len - start };
		if (newline == NULL && !last)
			return -1;
		const enum parse_look found =
		    line.len <= parse_line_max(NULL) ? parse_look(since->parse, line, time) : PARSE_NO_STAMP;
		since->remembers |= found == PARSE_REMEMBERS;
		if (found != PARSE_NO_STAMP)
			return found == PARSE_STAMP ? at - since->block : -1;
		start += line.len + 1;
	}
	return -1;
}

/* The first line with a stamp that starts at or behind a place: where, and its time. False: none is near. */
static bool look(struct since *since, off_t place, off_t *where, int64_t *time)
{
	const off_t from = place > 0 ? place - 1 : 0; /* a newline there makes the place itself the start of a line */
	ssize_t n, found = -1;

	for (size_t len = LOOK_FIRST; found < 0 && len <= LOOK_MAX && !since->remembers && !signal_stop(); len *= 4) {
		since->block = memory_grow(since->block, &since->room, len + INPUT_SLACK, 1);
		n = pread(since->in->fd, since->block, len, from);
		const char *newline = n > 0 && place > 0 ? memchr(since->block, '\n', (size_t)n) : NULL;
		if (n <= 0 || (place > 0 && newline == NULL))
			continue;
		found = find_stamp(since, newline != NULL ? (size_t)(newline - since->block) + 1 : 0, (size_t)n,
				   !since->in->growing && from + n >= since->size, time);
	}
	*where = from + found;
	return found >= 0;
}

/* The same with the years that stamps have there. */
static bool look_dated(struct since *since, off_t place, off_t *where, int64_t *time)
{
	struct year *year = &since->parse->year;

	for (;;) {
		const bool counted = year->counted;
		if (!year_seek(year, place) || !look(since, place, where, time))
			return false;
		if (year->counted == counted)
			return true;
	}
}

/* Halves what lies between low and high until little is left; false where the file turns out not to be sorted. */
static bool narrow(struct since *since)
{
	off_t where;
	int64_t time;

	while (since->high - since->low > SINCE_MARGIN) {
		const off_t middle = since->low + (since->high - since->low) / 2;
		if (!look_dated(since, middle, &where, &time) || time < since->low_time || time > since->high_time)
			return false;
		if (time < since->parse->since) {
			since->low = where;
			since->low_time = time;
		} else {
			since->high = middle;
			since->high_time = time;
		}
	}
	return true;
}

/* The start of a line so much before low that what is a little out of order is found; 0: the start of the file. */
static off_t place_before(struct since *since)
{
	const off_t from = since->low - SINCE_MARGIN;
	const char *newline;
	ssize_t n;

	if (from <= 0)
		return 0;
	since->block = memory_grow(since->block, &since->room, SINCE_MARGIN + INPUT_SLACK, 1);
	n = pread(since->in->fd, since->block, SINCE_MARGIN, from);
	newline = n > 0 ? memchr(since->block, '\n', (size_t)n) : NULL;
	return newline != NULL ? from + (newline - since->block) + 1 : 0;
}

/* The file must begin before that time, with a stamp: what stands before the first one has the reference's time. */
static bool begins_before(struct since *since)
{
	int64_t blank_time = since->parse->before.time;

	if (!look_dated(since, 0, &since->low, &since->low_time) || since->low_time >= since->parse->since)
		return false;
	return since->low == 0 || blank_time < since->parse->since;
}

/* Where reading is to begin; 0: at the start. */
static off_t find_place(struct since *since)
{
	off_t where;
	int64_t last;

	if (!begins_before(since))
		return 0;
	since->high = since->size;
	since->high_time = INT64_MAX;
	/* Nothing new at all is what who asks every minute finds mostly. */
	if (since->size > SINCE_MARGIN && look_dated(since, since->size - SINCE_MARGIN, &where, &last) &&
	    last >= since->low_time && last < since->parse->since) {
		since->low = where;
		since->low_time = last;
	}
	return narrow(since) ? place_before(since) : 0;
}

/* Lines that stand before the place: --why tells of lines by number, and for that alone all are read. */
static uint64_t count_lines(const struct input *in, off_t place, char *block)
{
	uint64_t count = 0;
	ssize_t n = 1;

	for (off_t at = 0; at < place && n > 0 && !signal_stop(); at += n) {
		const off_t left = place - at;
		n = pread(in->fd, block, left < SINCE_MARGIN ? (size_t)left : SINCE_MARGIN, at);
		for (const char *p = block; n > 0 && (p = memchr(p, '\n', (size_t)(block + n - p))) != NULL; p++)
			count++;
	}
	return count;
}

void since_seek(struct parse *parse, struct input *in)
{
	struct since since = { .parse = parse, .in = in };
	struct stat about;
	off_t place = 0;

	if (parse->since == INT64_MIN || !in->regular || in->compressed || in->utf16.on || fstat(in->fd, &about) != 0 ||
	    about.st_size <= 2 * (off_t)SINCE_MARGIN || parse->only == &format_sojson)
		return;
	since.size = about.st_size;
	place = find_place(&since);
	if (place > 0 && !year_seek(&parse->year, place))
		place = 0;
	if (place > 0)
		input_seek(in, place);
	else
		year_seek(&parse->year, 0);
	if (place > 0 && parse->why.asked)
		in->line_number = count_lines(in, place, since.block); /* it has SINCE_MARGIN bytes of room */
	free(since.block);
	parse_looked(parse, (uint64_t)place);
}
