/* The latest different values that were seen, as many as are asked for; of each a hash and its latest sight. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_LATEST_H
#define SIEM_LATEST_H

#include "sight.h"

struct latest_value {
	uint64_t hash[2];
	struct sight sight;
	uint32_t older, newer; /* places, from 1; 0: none */
	uint32_t next;	       /* in the same bucket */
};

/* {0} is empty; latest_clear releases. */
struct latest {
	struct latest_value *values;
	size_t room, count;
	uint32_t *buckets; /* places, from 1 */
	size_t size;	   /* of buckets, a power of two, or 0 */
	uint32_t oldest, newest;
};

/*
 * The value was seen: it goes to its place by time, and where there are more than most (at least 1), the oldest is
 * forgotten. False where nothing changes: it was seen later, or is older than most others. Of one value alone, the
 * last that comes is the latest.
 */
bool latest_see(struct latest *latest, const uint64_t hash[2], const struct sight *sight, size_t most);

/* The oldest, then the next newer one; NULL behind the newest. */
const struct latest_value *latest_oldest(const struct latest *latest);
const struct latest_value *latest_newer(const struct latest *latest, const struct latest_value *value);

/* NULL where there is none. */
const struct latest_value *latest_newest(const struct latest *latest);

void latest_clear(struct latest *latest);

#endif
