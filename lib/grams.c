/* Finding literals by the rarest of their grams: a bit for each hash, and behind it a chain of literals. */
/* SPDX-License-Identifier: MIT */
#include "grams.h"
#include "fold.h"
#include "literal_set.h"
#include "memory.h"

#include <stdlib.h>

enum {
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

struct grams {
	size_t width;
	struct entry *entries;
	size_t count, room;
	uint64_t *bits;
	uint32_t *chains;
	unsigned shift; /* what of a product is no hash */
};

struct grams *grams_new(size_t width)
{
	struct grams *grams = memory_new(1, sizeof *grams);
	grams->width = width;
	return grams;
}

void grams_free(struct grams *grams)
{
	if (grams == NULL)
		return;
	free(grams->entries);
	free(grams->bits);
	free(grams->chains);
	free(grams);
}

static size_t rarest_gram(const struct grams *grams, struct slice literal)
{
	size_t best = 0;
	double least = 1;
	for (size_t i = 0; i + grams->width <= literal.len; i++) {
		const double likely = literal_likely((struct slice){ literal.ptr + i, grams->width });
		if (likely < least) {
			least = likely;
			best = i;
		}
	}
	return best;
}

void grams_add(struct grams *grams, struct slice literal, size_t owner)
{
	grams->entries = memory_grow(grams->entries, &grams->room, grams->count + 1, sizeof *grams->entries);
	struct entry *entry = &grams->entries[grams->count++];
	*entry = (struct entry){ .before = rarest_gram(grams, literal), .owner = owner };
	entry->literal.len = literal.len;
	memcpy(entry->literal.text, literal.ptr, literal.len);
}

/* Letters of both cases have the same hash, some other bytes as well: what is found is compared. */
static inline uint32_t hash_at(const char *p, size_t width, unsigned shift)
{
	uint32_t gram = 0;
	memcpy(&gram, p, width);
	return ((gram | 0x20202020) * UINT32_C(0x9e3779b1)) >> shift;
}

static void chain(struct grams *grams, uint32_t number)
{
	struct entry *entry = &grams->entries[number];
	const uint32_t hash = hash_at(entry->literal.text + entry->before, grams->width, grams->shift);
	grams->bits[hash / 64] |= UINT64_C(1) << hash % 64;
	entry->next = grams->chains[hash >> CHAIN_SHIFT];
	grams->chains[hash >> CHAIN_SHIFT] = number;
}

void grams_compile(struct grams *grams)
{
	unsigned log = BITS_MIN_LOG;
	while (log < BITS_MAX_LOG && grams->count * BITS_EACH > (size_t)1 << log)
		log++;
	grams->shift = 32 - log;
	grams->bits = memory_new(((size_t)1 << log) / 64, sizeof *grams->bits);
	const size_t chains = (size_t)1 << (log - CHAIN_SHIFT);
	grams->chains = memory_new(chains, sizeof *grams->chains);
	for (size_t i = 0; i < chains; i++)
		grams->chains[i] = NONE;
	for (size_t i = 0; i < grams->count; i++)
		chain(grams, (uint32_t)i);
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
static void mark_at(const struct grams *grams, struct slice text, size_t at, uint32_t hash, uint64_t *marked)
{
	for (uint32_t i = grams->chains[hash >> CHAIN_SHIFT]; i != NONE; i = grams->entries[i].next) {
		const struct entry *entry = &grams->entries[i];
		uint64_t *word = &marked[entry->owner / 64];
		const uint64_t bit = UINT64_C(1) << entry->owner % 64;
		if (!(*word & bit) && stands_at(entry, text, at))
			*word |= bit;
	}
}

static inline void mark_all(const struct grams *grams, size_t width, struct slice text, uint64_t *marked)
{
	const uint64_t *bits = grams->bits;
	const unsigned shift = grams->shift;
	for (size_t at = 0; at + width <= text.len; at++) {
		const uint32_t hash = hash_at(text.ptr + at, width, shift);
		if (bits[hash / 64] >> hash % 64 & 1)
			mark_at(grams, text, at, hash, marked);
	}
}

/* The width is a constant in each: the compiler makes a load of it. */
void grams_mark(const struct grams *grams, struct slice text, uint64_t *marked)
{
	if (grams->count == 0)
		return;
	if (grams->width == 4)
		mark_all(grams, 4, text, marked);
	else
		mark_all(grams, 2, text, marked);
}
