/* What a rule shape is: the member of a rule that asks for it, and what it remembers of each key. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_RULETYPE_H
#define SIEM_RULETYPE_H

#include "../id.h"
#include "../rule.h"

/* What is remembered of an event: never the event itself. */
struct sight {
	int64_t time;
	struct id id; /* all zero where it has none */
};

/*
 * Events come in order of time. The memory of a key is state_size zeroed bytes at first and must stay bounded
 * by the rule (event_limit + 1 sights, say), whatever comes.
 */
struct ruletype {
	const char *key; /* "event_limit"; NULL: rules that have none of the keys */
	/* Reads what the shape has of its own and checks that the rest goes with it. */
	bool (*read)(struct rule *rule, const json_t *json, struct error *err);
	size_t state_size;
	/* A matching event is remembered; true where the window that ends with it breaches. */
	bool (*match)(const struct rule *rule, void *state, const struct sight *sight);
	/* The time from which on nothing that is remembered can matter. */
	int64_t (*until)(const struct rule *rule, const void *state);
	/* After a breach: how many events broke the limit, and the i-th of them, the oldest first. */
	size_t (*broke)(const void *state);
	const struct sight *(*sight)(const void *state, size_t i);
	/* Releases what the memory holds besides its own bytes. */
	void (*release)(void *state);
};

extern const struct ruletype ruletype_limit, ruletype_plain;

/* All shapes, ended by NULL; the one without a key comes last. */
extern const struct ruletype *const ruletypes[];

/* The shape of a rule. */
const struct ruletype *ruletype_of(const json_t *rule);

#endif
