/* The latest events that have been counted: each counts once, however often it is read. */
/* SPDX-License-Identifier: MIT */
#include "counted.h"

#include "memory.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum {
	COUNTED_SIZE_FIRST = 16,
};

/* The slot of the id, or the free one where it belongs. */
static uint32_t *slot_of(const struct counted *counted, const struct id *id)
{
	const uint64_t parts[] = { id->milliseconds << 16 | id->hash_high, id->hash_low };
	uint64_t at = XXH3_64bits_withSeed(parts, sizeof parts, counted->seed);
	while (counted->slots[at & (counted->size - 1)] != 0 &&
	       id_compare(counted->events[counted->slots[at & (counted->size - 1)] - 1].id, *id) != 0)
		at++;
	return &counted->slots[at & (counted->size - 1)];
}

static void fill_slots(struct counted *counted)
{
	memset(counted->slots, 0, counted->size * sizeof *counted->slots);
	for (size_t i = 0; i < counted->count; i++)
		*slot_of(counted, &counted->events[i].id) = (uint32_t)i + 1;
}

static void widen(struct counted *counted)
{
	free(counted->slots);
	counted->size = counted->size > 0 ? 2 * counted->size : COUNTED_SIZE_FIRST;
	counted->slots = memory_new(counted->size, sizeof *counted->slots);
	fill_slots(counted);
}

static int by_time(const void *a, const void *b)
{
	const struct counted_event *left = a, *right = b;

	if (left->time != right->time)
		return left->time < right->time ? -1 : 1;
	return id_compare(left->id, right->id);
}

static bool is_sorted(const struct counted *counted)
{
	size_t i = 1;

	while (i < counted->count && counted->events[i - 1].time <= counted->events[i].time)
		i++;
	return i >= counted->count;
}

/* Points in time go as a whole. */
static void forget_oldest(struct counted *counted)
{
	if (!is_sorted(counted))
		qsort(counted->events, counted->count, sizeof *counted->events, by_time);
	counted->horizon = counted->events[counted->count - COUNTED_KEPT].time;
	size_t first = counted->count - COUNTED_KEPT;
	while (first > 0 && counted->events[first - 1].time == counted->horizon)
		first--;
	counted->count -= first;
	memmove(counted->events, counted->events + first, counted->count * sizeof *counted->events);
	fill_slots(counted);
}

/* NULL where it is there. */
static uint32_t *free_slot(struct counted *counted, const struct id *id)
{
	if (2 * counted->count >= counted->size)
		widen(counted);
	uint32_t *slot = slot_of(counted, id);
	return *slot == 0 ? slot : NULL;
}

static void put(struct counted *counted, uint32_t *slot, int64_t time, struct id id)
{
	counted->events = memory_grow(counted->events, &counted->room, counted->count + 1, sizeof *counted->events);
	counted->events[counted->count++] = (struct counted_event){ id, time };
	*slot = (uint32_t)counted->count;
}

/* When to forget follows from what a state saves: wherever it is cut, a stream goes on in the same way. */
bool counted_add(struct counted *counted, int64_t time, struct id id)
{
	if (time < counted->horizon)
		return false;
	uint32_t *slot = free_slot(counted, &id);
	if (slot == NULL)
		return false;
	if (counted->count == COUNTED_MAX)
		return true;
	put(counted, slot, time, id);
	if (counted->count % COUNTED_KEPT == 0 && counted->count > COUNTED_KEPT)
		forget_oldest(counted);
	return true;
}

bool counted_restore(struct counted *counted, int64_t time, struct id id)
{
	uint32_t *slot = counted->count < COUNTED_MAX ? free_slot(counted, &id) : NULL;
	if (slot == NULL)
		return false;
	put(counted, slot, time, id);
	return true;
}

void counted_clear(struct counted *counted)
{
	free(counted->events);
	free(counted->slots);
	*counted = (struct counted){ 0 };
}
