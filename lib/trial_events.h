/* The events of a test in a rule: "three of these, ten seconds apart". */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_TRIAL_EVENTS_H
#define SIEM_TRIAL_EVENTS_H

#include "error.h"
#include "late.h"

#include <jansson.h>

enum {
	TRIAL_EVENTS_MAX = 100000, /* of one test */
};

/* {0} has none. They wait in the order of their times; late_take gives them, late_clear releases the rest. */
struct trial_events {
	struct late waiting;
	uint64_t count;
	int64_t at; /* of the latest item, since the start of the test */
};

/* Adds what a test says: time that passes, which waits as an empty line, or an event, n times: {"at": "90s", "n": 3,
 * "every": "10s", "message": ..}. False with *err filled. */
bool trial_events_add(struct trial_events *events, const json_t *json, struct error *err);

#endif
