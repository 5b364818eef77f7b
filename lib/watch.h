/* One rule at work: its keys, their episodes, and what it had to pass over. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_WATCH_H
#define SIEM_WATCH_H

#include "episode.h"
#include "feedback.h"
#include "output.h"
#include "window.h"

enum {
	WATCH_ORDER_BITS = 44, /* of the number of a key within its rule */
};

/* What all rules at work share. */
struct shared {
	struct window_options options;
	struct timers timers; /* when to look at each key again */
	struct buffer *to;
	struct feedback feedback; /* SIEM events that rules have asked for */
	struct buffer text;	  /* of the key in hand */
	struct origin origin;	  /* of the episode that opens */
	uint64_t event;		  /* number of the event in hand, */
	int64_t arrival;	  /* and the clock when it came, */
	bool leaps;		  /* to where nothing may follow: what it touches is out of order from then on */
	uint64_t seed;
	bool ending; /* no more events: what did not come until now is not missing */
};

struct watch {
	struct rule *rule;
	struct shared *shared;
	struct keys keys;
	bool begun;	    /* it has seen an event, */
	int64_t since;	    /* the first at this time */
	uint64_t order;	    /* of its next key, for timers that are due at the same time */
	uint64_t lacking;   /* events without one of the "by" fields */
	uint64_t valueless; /* events without the field that the shape asks for */
	uint64_t crowded;   /* events with more keys than BY_KEYS_MAX */
	uint64_t forgotten; /* idle keys that had to make room while they still mattered */
	uint64_t overflow;  /* events of keys for which there was no room */
	uint64_t screened;  /* expressions that gave up when events were only looked at */
};

/* place is that of the rule among all rules. */
void watch_init(struct watch *watch, struct rule *rule, struct shared *shared, size_t place);

/* The first event came at this time, unless there was one before: what is listed is waited for from then on. */
void watch_begin(struct watch *watch, int64_t time);

/* The event in hand: counts for each of its keys if the rule wants it. */
void watch_event(struct watch *watch, const struct event *event, const struct sight *sight, enum fed fed);

/* Would it count? Nothing is changed. */
bool watch_wants(struct watch *watch, const struct event *event);

/* The key is due: its episode ends, or it is forgotten, or it is looked at again later. */
void watch_due(struct key *key);

/* Ends all open episodes at this time: the rule is taken out of use. */
void watch_end(struct watch *watch, int64_t now);

/* True if something was passed over; then it has been told on stderr. */
bool watch_report(const struct watch *watch);

/* Writes what it remembers: a line of JSON for the rule, {"rule": .., "as": ..}, then one for each key, sorted. */
void watch_save(const struct watch *watch, struct output *to);

/*
 * Takes that again: the member "as" of the first line, each other line with the text of its key, and when all are
 * there, what comes next for each of them. False where it is not what was written.
 */
bool watch_restore(struct watch *watch, const json_t *as);
bool watch_restore_key(struct watch *watch, struct slice key, const json_t *line);
void watch_restored(struct watch *watch);

/* Has it an open episode? Ends that, as of this time. */
bool watch_is_open(const struct key *key);
void watch_close(struct key *key, int64_t time);

/* The time, by its own events, from which on nothing of it matters unless another one comes. */
int64_t watch_until(const struct key *key);

/* The key has changed: it is idle or not, and due at another time. */
void watch_settle(struct key *key);

/* Releases a key and all that it holds, its timer among it. */
void watch_forget(struct key *key);

/* Releases the rest, with its keys. */
void watch_clear(struct watch *watch);

#endif
