/* Values each once: a few are compared one by one, more are found by a hash with a random seed. */
/* SPDX-License-Identifier: MIT */
#include "values.h"
#include "json.h"
#include "memory.h"
#include "seed.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <stdlib.h>

enum {
	FEW = 16,
	SLOTS = 2048, /* a power of two, about twice VALUES_MAX */
};

void values_clear(struct values *values)
{
	values->count = 0;
	values->bytes = 0;
	values->hashed = false;
}

void values_free(struct values *values)
{
	free(values->items);
	free(values->slots);
	*values = (struct values){ 0 };
}

/* The slot that has this value, or the empty one where it belongs. */
static uint16_t *find_slot(const struct values *values, struct slice value)
{
	size_t at = (size_t)XXH3_64bits_withSeed(value.ptr, value.len, values->seed) % SLOTS;
	while (values->slots[at] != 0 && !slice_equal(values->items[values->slots[at] - 1], value))
		at = (at + 1) % SLOTS;
	return &values->slots[at];
}

static void start_hashing(struct values *values)
{
	if (values->slots == NULL) {
		values->slots = memory_new(SLOTS, sizeof *values->slots);
		values->seed = seed_new();
	} else {
		memset(values->slots, 0, SLOTS * sizeof *values->slots);
	}
	for (size_t i = 0; i < values->count; i++)
		*find_slot(values, values->items[i]) = (uint16_t)(i + 1);
	values->hashed = true;
}

static bool is_there(const struct values *values, struct slice value)
{
	if (values->hashed)
		return *find_slot(values, value) != 0;
	for (size_t i = 0; i < values->count; i++)
		if (slice_equal(values->items[i], value))
			return true;
	return false;
}

enum values_result values_add(struct values *values, struct slice value)
{
	if (is_there(values, value))
		return VALUES_THERE;
	if (values->count == VALUES_MAX || values->bytes + value.len > VALUES_BYTES_MAX)
		return VALUES_FULL;
	if (values->count == FEW && !values->hashed)
		start_hashing(values);
	values->items = memory_grow(values->items, &values->room, values->count + 1, sizeof *values->items);
	values->items[values->count++] = value;
	values->bytes += value.len;
	if (values->hashed)
		*find_slot(values, value) = (uint16_t)values->count;
	return VALUES_ADDED;
}

struct slice values_text(struct slice json, struct buffer *kept, struct buffer *scratch)
{
	const struct slice text = json_text(json, scratch);
	if (text.len == 0 || text.ptr != scratch->ptr)
		return text;
	const size_t start = kept->len;
	buffer_add(kept, text);
	return (struct slice){ kept->ptr + start, text.len };
}
