/* The events of the latest point in time that have been counted: each counts once, however often it is read. */
/* SPDX-License-Identifier: MIT */
#include "counted.h"

#include "memory.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum {
	COUNTED_SIZE_FIRST = 16,
};

static bool same(const struct id *a, const struct id *b)
{
	return a->hash_low == b->hash_low && a->hash_high == b->hash_high && a->milliseconds == b->milliseconds;
}

/* The slot of the id, or the free one where it belongs. */
static uint32_t *slot_of(const struct counted *counted, const struct id *id)
{
	const uint64_t parts[] = { id->milliseconds << 16 | id->hash_high, id->hash_low };
	uint64_t at = XXH3_64bits_withSeed(parts, sizeof parts, counted->seed);
	while (counted->slots[at & (counted->size - 1)] != 0 &&
	       !same(&counted->ids[counted->slots[at & (counted->size - 1)] - 1], id))
		at++;
	return &counted->slots[at & (counted->size - 1)];
}

static void widen(struct counted *counted)
{
	free(counted->slots);
	counted->size = counted->size > 0 ? 2 * counted->size : COUNTED_SIZE_FIRST;
	counted->slots = memory_new(counted->size, sizeof *counted->slots);
	for (size_t i = 0; i < counted->count; i++)
		*slot_of(counted, &counted->ids[i]) = (uint32_t)i + 1;
}

static void empty(struct counted *counted, int64_t time)
{
	if (counted->count > 0)
		memset(counted->slots, 0, counted->size * sizeof *counted->slots);
	if (counted->size > COUNTED_SIZE_FIRST && counted->count < counted->size / 8) {
		free(counted->slots); /* emptying many places for a few ids takes time */
		counted->slots = NULL;
		counted->size = 0;
	}
	counted->count = 0;
	counted->time = time;
}

bool counted_add(struct counted *counted, int64_t time, struct id id)
{
	if (time != counted->time)
		empty(counted, time);
	if (2 * counted->count >= counted->size)
		widen(counted);
	uint32_t *slot = slot_of(counted, &id);
	if (*slot != 0)
		return false;
	if (counted->count == COUNTED_MAX)
		return true;
	counted->ids = memory_grow(counted->ids, &counted->room, counted->count + 1, sizeof *counted->ids);
	counted->ids[counted->count++] = id;
	*slot = (uint32_t)counted->count;
	return true;
}

void counted_clear(struct counted *counted)
{
	free(counted->ids);
	free(counted->slots);
	*counted = (struct counted){ 0 };
}
