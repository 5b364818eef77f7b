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

static const struct sight *ring_get(const struct ring *ring, size_t i)
{
	const size_t at = ring->at + i;
	return &ring->sights[at < ring->count ? at : at - ring->count];
}

static struct sight *ring_at(struct ring *ring, size_t i)
{
	return (struct sight *)(uintptr_t)ring_get(ring, i);
}

/* A late one goes to its place. Older than all of a full ring, it has one only if it completes a window with them. */
static bool put_late(struct ring *ring, const struct sight *sight, size_t most, int64_t time_int)
{
	const bool is_oldest = ring->count == most && sight->time < ring_get(ring, 0)->time;
	size_t i = most - 1; /* then the newest has no part in that window */

	if (is_oldest && ring_get(ring, most - 2)->time - sight->time >= time_int)
		return false;
	if (!is_oldest) {
		ring_next(ring, most);
		i = ring->count - 1;
	}
	for (; i > 0 && ring_get(ring, i - 1)->time > sight->time; i--)
		*ring_at(ring, i) = *ring_get(ring, i - 1);
	*ring_at(ring, i) = *sight;
	return true;
}

/* The window is (t - time_int, t]: it breaches when the event_limit-th before the newest is still inside. */
static enum verdict limit_match(const struct rule *rule, void *state, struct hand *hand)
{
	struct ring *ring = state;
	const size_t most = (size_t)rule->event_limit + 1;
	int64_t newest = hand->sight.time;

	if (ring->count > 0 && hand->mixed && most > 1) {
		if (!put_late(ring, &hand->sight, most, rule->time_int))
			return VERDICT_MATCH;
		newest = ring_get(ring, ring->count - 1)->time;
	} else {
		*ring_next(ring, most) = hand->sight;
	}
	const bool breach = ring->count == most && (most == 1 || ring->sights[ring->at].time > newest - rule->time_int);
	return breach ? VERDICT_BREACH : VERDICT_MATCH;
}

/* Where it is full, what is older than all has a place only if it completes a window with the oldest. */
static int64_t limit_from(const struct rule *rule, const void *state)
{
	const struct ring *ring = state;

	if (rule->event_limit == 0 || ring->count == 0)
		return INT64_MAX;
	const int64_t oldest = ring_get(ring, 0)->time;
	if (ring->count <= (size_t)rule->event_limit)
		return oldest - rule->time_int;
	const int64_t completes = ring_get(ring, ring->count - 2)->time - rule->time_int;
	return completes < oldest ? completes : oldest - 1;
}

static int64_t limit_until(const struct rule *rule, const void *state)
{
	const struct ring *ring = state;
	if (rule->event_limit == 0 || ring->count == 0)
		return INT64_MIN;
	return ring_get(ring, ring->count - 1)->time + rule->time_int;
}

static void limit_broke(const struct rule *rule, const void *state, struct taking *taking)
{
	const struct ring *ring = state;

	(void)rule;
	for (size_t i = 0; i < ring->count; i++)
		taking->take(taking, ring_get(ring, i), 1);
}

static void limit_save(const struct rule *rule, const void *state, struct buffer *to)
{
	const struct ring *ring = state;

	(void)rule;
	buffer_add_char(to, '[');
	for (size_t i = 0; i < ring->count; i++) {
		if (i > 0)
			buffer_add_char(to, ',');
		sight_write(to, ring_get(ring, i));
	}
	buffer_add_char(to, ']');
}

static bool limit_restore(const struct rule *rule, void *state, const json_t *json)
{
	size_t i;
	json_t *one;

	json_array_foreach(json, i,
			   one) if (!sight_read(one, ring_next(state, (size_t)rule->event_limit + 1))) return false;
	return json_is_array(json);
}

static void limit_release(void *state)
{
	free(((struct ring *)state)->sights);
}

const struct ruletype ruletype_limit = {
	.key = "event_limit",
	.read = ruletype_read_limit,
	.steps = rule_wants,
	.begins = 1,
	.state_size = sizeof(struct ring),
	.match = limit_match,
	.until = limit_until,
	.from = limit_from,
	.broke = limit_broke,
	.save = limit_save,
	.restore = limit_restore,
	.release = limit_release,
};
