/* Finding literals by the rarest of their grams: a bit for each hash, and behind it a chain of literals. */
/* SPDX-License-Identifier: MIT */
#include "grams.h"
#include "fold.h"
#include "literal_set.h"
#include "memory.h"

#include <stdlib.h>

enum {
	WIDE = 4, /* bytes of a gram, where the literal has as many */
	NARROW = 2,
	STEP_MAX = 4,
	BITS_EACH = 16, /* of the table, for a literal: one in so many places is looked at in vain */
	BITS_MIN_LOG = 10,
	BITS_MAX_LOG = 22,
	CHAIN_SHIFT = 4, /* hashes that share a chain: 2^4 */
	NONE = UINT32_MAX,
};

struct entry {
	struct literal literal;
	size_t before; /* bytes of it before its gram */
	size_t owner;
	uint32_t next; /* of the chain */
};

/* The literals whose grams have the same width. */
struct layer {
	struct entry *entries;
	size_t count, room;
	uint64_t *bits;
	uint32_t *chains;
	unsigned shift;	       /* what of a product is no hash */
	size_t shortest, step; /* so many places from one that is looked at to the next */
};

struct grams {
	struct layer wide, narrow, single;
};

struct grams *grams_new(void)
{
	return memory_new(1, sizeof(struct grams));
}

static void clear(struct layer *layer)
{
	free(layer->entries);
	free(layer->bits);
	free(layer->chains);
}

void grams_free(struct grams *grams)
{
	if (grams == NULL)
		return;
	clear(&grams->wide);
	clear(&grams->narrow);
	clear(&grams->single);
	free(grams);
}

/* Where the rarest of so many grams side by side stand. */
static size_t rarest_grams(struct slice literal, size_t width, size_t step)
{
	size_t best = 0;
	double least = (double)step;
	for (size_t i = 0; i + width + step - 1 <= literal.len; i++) {
		double likely = 0;
		for (size_t k = 0; k < step; k++)
			likely += literal_likely((struct slice){ literal.ptr + i + k, width });
		if (likely < least) {
			least = likely;
			best = i;
		}
	}
	return best;
}

/* Of a long one, what stands around its rarest gram. */
static void add(struct layer *layer, size_t width, struct slice literal, size_t owner)
{
	const size_t gram = rarest_grams(literal, width, 1), around = (LITERAL_MAX - width) / 2;
	const size_t start = literal.len > LITERAL_MAX && gram > around ? gram - around : 0;
	literal = slice_after(literal, start);
	layer->entries = memory_grow(layer->entries, &layer->room, layer->count + 1, sizeof *layer->entries);
	struct entry *entry = &layer->entries[layer->count++];
	*entry = (struct entry){ .owner = owner };
	entry->literal.len = literal.len < LITERAL_MAX ? literal.len : LITERAL_MAX;
	memcpy(entry->literal.text, literal.ptr, entry->literal.len);
	if (layer->shortest == 0 || entry->literal.len < layer->shortest)
		layer->shortest = entry->literal.len;
}

void grams_add(struct grams *grams, struct slice literal, size_t owner)
{
	if (literal.len < NARROW)
		add(&grams->single, 1, literal, owner);
	else if (literal.len < WIDE)
		add(&grams->narrow, NARROW, literal, owner);
	else
		add(&grams->wide, WIDE, literal, owner);
}

/* Letters of both cases have the same hash, some other bytes as well: what is found is compared. */
static inline uint32_t hash_at(const char *p, size_t width, unsigned shift)
{
	uint32_t gram = 0;
	memcpy(&gram, p, width);
	return ((gram | 0x20202020) * UINT32_C(0x9e3779b1)) >> shift;
}

static void chain(struct layer *layer, size_t width, uint32_t number)
{
	struct entry *entry = &layer->entries[number];
	const uint32_t hash = hash_at(entry->literal.text + entry->before, width, layer->shift);
	layer->bits[hash / 64] |= UINT64_C(1) << hash % 64;
	entry->next = layer->chains[hash >> CHAIN_SHIFT];
	layer->chains[hash >> CHAIN_SHIFT] = number;
}

/*
 * Where each literal has room for more grams than one side by side, not all places have to be looked at: of two grams
 * that follow each other one stands at an even place. So each literal is there as often as places are passed over.
 */
static void repeat_entries(struct layer *layer, size_t width)
{
	const size_t most = layer->shortest > width ? layer->shortest - width + 1 : 1, count = layer->count;
	layer->step = most < 2 ? 1 : most < STEP_MAX ? 2 : STEP_MAX;
	layer->entries = memory_grow(layer->entries, &layer->room, count * layer->step + 1, sizeof *layer->entries);
	for (size_t i = 0; i < count; i++) {
		const struct slice text = { layer->entries[i].literal.text, layer->entries[i].literal.len };
		layer->entries[i].before = rarest_grams(text, width, layer->step);
		for (size_t k = 1; k < layer->step; k++) {
			layer->entries[layer->count] = layer->entries[i];
			layer->entries[layer->count++].before += k;
		}
	}
}

static void compile(struct layer *layer, size_t width)
{
	unsigned log = BITS_MIN_LOG;
	repeat_entries(layer, width);
	while (log < BITS_MAX_LOG && layer->count * BITS_EACH > (size_t)1 << log)
		log++;
	layer->shift = 32 - log;
	layer->bits = memory_new(((size_t)1 << log) / 64, sizeof *layer->bits);
	const size_t chains = (size_t)1 << (log - CHAIN_SHIFT);
	layer->chains = memory_new(chains, sizeof *layer->chains);
	for (size_t i = 0; i < chains; i++)
		layer->chains[i] = NONE;
	for (size_t i = 0; i < layer->count; i++)
		chain(layer, width, (uint32_t)i);
}

void grams_compile(struct grams *grams)
{
	compile(&grams->wide, WIDE);
	compile(&grams->narrow, NARROW);
	compile(&grams->single, 1);
}

static bool stands_at(const struct entry *entry, struct slice text, size_t at)
{
	if (at < entry->before || text.len - (at - entry->before) < entry->literal.len)
		return false;
	const char *p = text.ptr + at - entry->before;
	for (size_t i = 0; i < entry->literal.len; i++)
		if (fold(p[i]) != entry->literal.text[i])
			return false;
	return true;
}

/* Whose literal stands with its gram at the place; those that are marked are not asked again. */
static void mark_at(const struct layer *layer, struct slice text, size_t at, uint32_t hash, uint64_t *marked)
{
	for (uint32_t i = layer->chains[hash >> CHAIN_SHIFT]; i != NONE; i = layer->entries[i].next) {
		const struct entry *entry = &layer->entries[i];
		uint64_t *word = &marked[entry->owner / 64];
		const uint64_t bit = UINT64_C(1) << entry->owner % 64;
		if (!(*word & bit) && stands_at(entry, text, at))
			*word |= bit;
	}
}

static inline void mark_all(const struct layer *layer, size_t width, struct slice text, uint64_t *marked)
{
	const uint64_t *bits = layer->bits;
	const unsigned shift = layer->shift;
	const size_t step = layer->step;
	for (size_t at = 0; at + width <= text.len; at += step) {
		const uint32_t hash = hash_at(text.ptr + at, width, shift);
		if (bits[hash / 64] >> hash % 64 & 1)
			mark_at(layer, text, at, hash, marked);
	}
}

/* The width is a constant in each: the compiler makes a load of it. */
void grams_mark(const struct grams *grams, struct slice text, uint64_t *marked)
{
	if (grams->wide.count > 0)
		mark_all(&grams->wide, WIDE, text, marked);
	if (grams->narrow.count > 0)
		mark_all(&grams->narrow, NARROW, text, marked);
	if (grams->single.count > 0)
		mark_all(&grams->single, 1, text, marked);
}
