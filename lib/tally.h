/* How often each value of some fields was seen, the top of them first. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_TALLY_H
#define SIEM_TALLY_H

#include "by.h"
#include "error.h"

enum {
	TALLY_BYTES_MAX = 512 << 20, /* of what is remembered: some millions of values */
};

struct tally_row {
	uint64_t hash;
	uint64_t event; /* number of the event that was counted last: a list may name a value twice */
	uint64_t count;
	struct slice text; /* the values, as members of a JSON object: "user":"root","source_port":22 */
};

/* {0} counts by nothing; tally_clear releases. */
struct tally {
	struct path by[BY_FIELDS_MAX];
	size_t by_count;

	/* of tally.c alone */
	struct tally_row *rows;
	size_t count, room;
	uint32_t *slots; /* hash table of row numbers from 1; size is a power of two, or 0 */
	size_t size;
	struct buffer texts; /* of all rows, one behind the other */
	uint64_t seed, events;
	struct by key;
	struct buffer text;
};

/* Counts by this field too, a name as in criteria. False with *err filled where it is none, or one too many. */
bool tally_by(struct tally *tally, const char *name, struct error *err);

/* Counts the event for each of its values; what it lacks is null. False where no more values can be remembered. */
bool tally_event(struct tally *tally, const struct event *event);

/*
 * The rows, the most frequent first, those seen equally often by their text. Then comes tally_empty, which
 * forgets them and keeps the memory.
 */
const struct tally_row *tally_rows(struct tally *tally, size_t *count);
void tally_empty(struct tally *tally);
void tally_clear(struct tally *tally);

#endif
