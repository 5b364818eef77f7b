/* The limit rule: more than event_limit events within time_int. A ring keeps the latest event_limit + 1. */
/* SPDX-License-Identifier: MIT */
#include "ruletype.h"

#include "../memory.h"

#include <stdlib.h>

struct ring {
	struct sight *sights;
	size_t room;  /* grows up to event_limit + 1: most keys never come near their limit */
	size_t count; /* as many are there */
	size_t at;    /* of the oldest; 0 until the ring is full */
};

static bool limit_read(struct rule *rule, const json_t *json, struct error *err)
{
	const json_t *limit = json_object_get(json, "event_limit");
	if (!json_is_integer(limit) || json_integer_value(limit) < 0 || json_integer_value(limit) > RULE_LIMIT_MAX)
		return error_set(err, "event_limit: must be a whole number from 0 to %d", RULE_LIMIT_MAX);
	rule->event_limit = json_integer_value(limit);
	if (rule->event_limit > 0 && rule->time_int == 0)
		return error_set(err, "time_int: within what time? 10 (minutes) or \"90s\"");
	return true;
}

static struct sight *ring_next(struct ring *ring, size_t most)
{
	if (ring->count == most) {
		struct sight *oldest = &ring->sights[ring->at];
		ring->at = ring->at + 1 < most ? ring->at + 1 : 0;
		return oldest;
	}
	ring->sights = memory_grow(ring->sights, &ring->room, ring->count + 1, sizeof *ring->sights);
	return &ring->sights[ring->count++];
}

/* The window is (t - time_int, t]: it breaches when the event_limit-th before this one is still inside. */
static bool limit_match(const struct rule *rule, void *state, const struct sight *sight)
{
	struct ring *ring = state;
	const size_t most = (size_t)rule->event_limit + 1;

	*ring_next(ring, most) = *sight;
	return ring->count == most && (most == 1 || ring->sights[ring->at].time > sight->time - rule->time_int);
}

static int64_t limit_until(const struct rule *rule, const void *state)
{
	const struct ring *ring = state;
	if (rule->event_limit == 0)
		return INT64_MIN;
	const size_t latest = ring->at > 0 ? ring->at - 1 : ring->count - 1;
	return ring->sights[latest].time + rule->time_int;
}

static size_t limit_broke(const void *state)
{
	return ((const struct ring *)state)->count;
}

static const struct sight *limit_sight(const void *state, size_t i)
{
	const struct ring *ring = state;
	const size_t at = ring->at + i;
	return &ring->sights[at < ring->count ? at : at - ring->count];
}

static void limit_release(void *state)
{
	free(((struct ring *)state)->sights);
}

const struct ruletype ruletype_limit = {
	.key = "event_limit",
	.read = limit_read,
	.state_size = sizeof(struct ring),
	.match = limit_match,
	.until = limit_until,
	.broke = limit_broke,
	.sight = limit_sight,
	.release = limit_release,
};
