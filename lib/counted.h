/* The events of the latest point in time that have been counted: each counts once, however often it is read. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_COUNTED_H
#define SIEM_COUNTED_H

#include "id.h"

enum {
	COUNTED_MAX = 1 << 17, /* of one point in time; further ones are not remembered */
};

/* {0} has none; counted_clear releases. */
struct counted {
	int64_t time;
	struct id *ids;
	size_t count, room;
	uint32_t *slots; /* places in ids, from 1 */
	size_t size;	 /* of slots, a power of two, or 0 */
	uint64_t seed;
};

/* False where this event is there already. Times never go back; a later one empties it. */
bool counted_add(struct counted *counted, int64_t time, struct id id);

void counted_clear(struct counted *counted);

#endif
