/* The latest different values that were seen, as many as are asked for; of each a hash and its latest sight. */
/* SPDX-License-Identifier: MIT */
#include "latest.h"

#include "memory.h"

#include <stdlib.h>

enum {
	LATEST_SIZE_FIRST = 4,
};

static struct latest_value *value_at(const struct latest *latest, uint32_t place)
{
	return place > 0 ? &latest->values[place - 1] : NULL;
}

static uint32_t *bucket_of(const struct latest *latest, const uint64_t hash[2])
{
	return &latest->buckets[hash[0] & (latest->size - 1)];
}

static uint32_t find(const struct latest *latest, const uint64_t hash[2])
{
	if (latest->size == 0)
		return 0;
	uint32_t place = *bucket_of(latest, hash);
	while (place > 0 && memcmp(value_at(latest, place)->hash, hash, 2 * sizeof *hash) != 0)
		place = value_at(latest, place)->next;
	return place;
}

static void into_bucket(struct latest *latest, uint32_t place)
{
	struct latest_value *value = value_at(latest, place);
	uint32_t *bucket = bucket_of(latest, value->hash);
	value->next = *bucket;
	*bucket = place;
}

static void out_of_bucket(struct latest *latest, uint32_t place)
{
	const struct latest_value *value = value_at(latest, place);
	uint32_t *link = bucket_of(latest, value->hash);
	while (*link != place)
		link = &value_at(latest, *link)->next;
	*link = value->next;
}

static void widen(struct latest *latest)
{
	free(latest->buckets);
	latest->size = latest->size > 0 ? 2 * latest->size : LATEST_SIZE_FIRST;
	latest->buckets = memory_new(latest->size, sizeof *latest->buckets);
	for (size_t i = 0; i < latest->count; i++)
		into_bucket(latest, (uint32_t)i + 1);
}

static void unlink_value(struct latest *latest, const struct latest_value *value)
{
	*(value->older ? &value_at(latest, value->older)->newer : &latest->oldest) = value->newer;
	*(value->newer ? &value_at(latest, value->newer)->older : &latest->newest) = value->older;
}

/* Into its place by time, mostly the newest. */
static void link_value(struct latest *latest, uint32_t place)
{
	struct latest_value *value = value_at(latest, place);

	value->older = latest->newest;
	value->newer = 0;
	while (value->older > 0 && value_at(latest, value->older)->sight.time > value->sight.time) {
		value->newer = value->older;
		value->older = value_at(latest, value->older)->older;
	}
	*(value->older ? &value_at(latest, value->older)->newer : &latest->oldest) = place;
	*(value->newer ? &value_at(latest, value->newer)->older : &latest->newest) = place;
}

/* A place for a new value: that of the oldest where there is no more room. */
static uint32_t new_place(struct latest *latest, size_t most)
{
	if (latest->count >= most) {
		const uint32_t oldest = latest->oldest;
		out_of_bucket(latest, oldest);
		unlink_value(latest, value_at(latest, oldest));
		return oldest;
	}
	if (latest->count == latest->size)
		widen(latest);
	latest->values = memory_grow(latest->values, &latest->room, latest->count + 1, sizeof *latest->values);
	return (uint32_t)++latest->count;
}

/* What it would take the place of: its own sight before, or the oldest where there is no more room; or NULL. */
static const struct latest_value *replaced(const struct latest *latest, uint32_t place, size_t most)
{
	if (place > 0)
		return value_at(latest, place);
	return latest->count >= most ? latest_oldest(latest) : NULL;
}

bool latest_see(struct latest *latest, const uint64_t hash[2], const struct sight *sight, size_t most)
{
	uint32_t place = find(latest, hash);
	const struct latest_value *old = replaced(latest, place, most);

	if (old != NULL && most > 1 && old->sight.time > sight->time)
		return false;
	if (place > 0) {
		unlink_value(latest, value_at(latest, place));
	} else {
		place = new_place(latest, most);
		memcpy(value_at(latest, place)->hash, hash, 2 * sizeof *hash);
		into_bucket(latest, place);
	}
	value_at(latest, place)->sight = *sight;
	link_value(latest, place);
	return true;
}

const struct latest_value *latest_oldest(const struct latest *latest)
{
	return value_at(latest, latest->oldest);
}

const struct latest_value *latest_newest(const struct latest *latest)
{
	return value_at(latest, latest->newest);
}

const struct latest_value *latest_newer(const struct latest *latest, const struct latest_value *value)
{
	return value_at(latest, value->newer);
}

void latest_clear(struct latest *latest)
{
	free(latest->values);
	free(latest->buckets);
	*latest = (struct latest){ 0 };
}
