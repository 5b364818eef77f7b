/* The keys of one rule, found by their text; and which of them are idle, the longest first. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_KEYS_H
#define SIEM_KEYS_H

#include "timer.h"

#include <stdalign.h>
#include <stddef.h>

struct episode;
struct watch;

/* What is remembered of one value of "by". */
struct key {
	struct timer timer;  /* first, so that a timer leads to its key */
	struct watch *watch; /* the rule it belongs to */
	struct key *next;    /* in the same bucket */
	struct key *older, *newer;
	bool idle; /* in the list of those without an open episode */
	uint64_t hash;
	bool mixed;	 /* events of it came out of order: it may have several runs (runs.h) */
	int64_t high;	 /* the highest time of its matches, INT64_MIN before the first, */
	int64_t lag;	 /* and how far the clock was ahead of it when the latest came */
	uint64_t event;	 /* number of the event that counted last: a list may name a key twice */
	uint64_t seen;	 /* matches so far */
	uint64_t rested; /* number of the time when it was put to rest last */
	struct episode *episode;
	struct slice text;			    /* a JSON object, {"source_host":"192.0.2.1"} */
	alignas(max_align_t) unsigned char state[]; /* of the shape; the text stands behind it */
};

struct keys {
	struct key **buckets;
	size_t size, count; /* size is a power of two, or 0 */
	struct key *oldest, *newest;
	uint64_t rests; /* so many times a key was put to rest */
	uint64_t seed;	/* random: keys come from attackers */
};

struct keys keys_of(uint64_t seed);

/* A key of that text, or NULL; another one of the same text, or NULL. */
struct key *keys_find(const struct keys *keys, struct slice text);
struct key *keys_same(const struct key *key);

/* A new one, not idle; state is zeroed. */
struct key *keys_add(struct keys *keys, struct slice text, size_t state_size);

/* Takes it out and releases it; what its state and episode hold was released before. */
void keys_remove(struct keys *keys, struct key *key);

/* Makes it the newest idle key, or no idle one. */
void keys_rest(struct keys *keys, struct key *key);
void keys_wake(struct keys *keys, struct key *key);

/* All of them, in no order; the caller frees the list. */
struct key **keys_list(const struct keys *keys);

/* Releases the table, which must be empty. */
void keys_clear(struct keys *keys);

#endif
