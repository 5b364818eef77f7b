/* The latest events that have been counted: each counts once, however often it is read. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_COUNTED_H
#define SIEM_COUNTED_H

#include "id.h"

enum {
	/* At least so many of the latest are known by their ids; all before them are taken as known. */
	COUNTED_KEPT = 1 << 14,
	COUNTED_MAX = 1 << 17, /* where so many are of one point in time, further ones of it are not remembered */
};

struct counted_event {
	struct id id;
	int64_t time;
};

/* {.horizon = INT64_MIN} has none; counted_clear releases. */
struct counted {
	int64_t horizon; /* what is before it counts as counted */
	struct counted_event *events;
	size_t count, room;
	uint32_t *slots; /* places in events, from 1 */
	size_t size;	 /* of slots, a power of two, or 0 */
	uint64_t seed;
};

/* False where this event has been counted before, or is taken as such. */
bool counted_add(struct counted *counted, int64_t time, struct id id);

/* One that a state remembers, in its order; false where there is no room for it. */
bool counted_restore(struct counted *counted, int64_t time, struct id id);

void counted_clear(struct counted *counted);

#endif
