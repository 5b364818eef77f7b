/* One rule at work: its keys, their episodes, and what it had to pass over. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_WATCH_H
#define SIEM_WATCH_H

#include "episode.h"
#include "window.h"

/* What all rules at work share. */
struct shared {
	struct window_options options;
	struct timers timers; /* when to look at each key again */
	struct buffer *to;
	struct buffer text; /* of the key in hand */
	uint64_t event;	    /* number of the event in hand */
};

struct watch {
	struct rule *rule;
	struct shared *shared;
	struct keys keys;
	uint64_t order;	    /* of its next key, for timers that are due at the same time */
	uint64_t lacking;   /* events without one of the "by" fields */
	uint64_t crowded;   /* events with more keys than BY_KEYS_MAX */
	uint64_t forgotten; /* idle keys that had to make room while they still mattered */
	uint64_t overflow;  /* events of keys for which there was no room */
};

/* place is that of the rule among all rules. */
void watch_init(struct watch *watch, struct rule *rule, struct shared *shared, size_t place, uint64_t seed);

/* The event in hand, at its time: counts for each of its keys if the rule wants it. */
void watch_event(struct watch *watch, const struct event *event, const struct sight *sight);

/* The key is due: its episode ends, or it is forgotten, or it is looked at again later. */
void watch_due(struct key *key);

/* True if something was passed over; then it has been told on stderr. */
bool watch_report(const struct watch *watch);

/* Releases a key and all that it holds, its timer among it. */
void watch_forget(struct key *key);

/* Releases the rest, when all keys are forgotten. */
void watch_clear(struct watch *watch);

#endif
