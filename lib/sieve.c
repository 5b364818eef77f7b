/* Of many rules those that an event can match at all, found by the texts that they need. */
/* SPDX-License-Identifier: MIT */
#include "sieve.h"

#include "fold.h"
#include "memory.h"
#include "need.h"
#include "ruletypes/ruletype.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum {
	GRAM = NEED_PART_MIN, /* bytes of a part that are looked at first */
	HEADS = 1 << 13,
	FOLDED_MAX = 256, /* bytes of a value that can be a whole text somebody needs */
	WHOLE = 0,	  /* a rule may need a whole text, and a part of one besides */
	PART = 1,
	SLOTS = 2,
};

struct sought;

/* A text that a rule needs. */
struct atom {
	struct slice text; /* folded; borrowed from the needs */
	struct sought *field;
	enum need_kind kind;
	uint32_t gram;	 /* of a part */
	uint32_t offset; /* of the gram in it */
	uint32_t rule, slot;
	uint32_t next;	    /* place of the next one with that hash, from 1; 0: none */
	size_t word, words; /* the rules that need it: in these words of a set, */
	size_t bits;	    /* which begin here in bits */
};

/* All that is looked for in one field. */
struct sought {
	const struct path *path;
	uint32_t whole[HEADS], part[HEADS];
	bool has_whole, has_part;
};

struct sieve {
	struct needs needs;
	struct sought **fields;
	size_t field_count, field_room;
	struct atom *atoms;
	size_t count, room;
	uint64_t *bits;
	size_t bit_count, bit_room;
	size_t words;		  /* of a set of rules */
	uint64_t *without[SLOTS]; /* rules that need nothing there */
	uint64_t *found[SLOTS];
	uint64_t *left;
	uint64_t seed;
	struct buffer scratch;
};

static uint32_t head_of_whole(const struct sieve *sieve, struct slice text)
{
	return (uint32_t)XXH3_64bits_withSeed(text.ptr, text.len, sieve->seed) & (HEADS - 1);
}

static uint32_t head_of_gram(uint32_t gram)
{
	return (gram * UINT32_C(2654435761)) >> (32 - 13);
}

static struct sought *field_of(struct sieve *sieve, const struct path *path)
{
	for (size_t i = 0; i < sieve->field_count; i++)
		if (strcmp(sieve->fields[i]->path->name, path->name) == 0)
			return sieve->fields[i];
	sieve->fields = memory_grow(sieve->fields, &sieve->field_room, sieve->field_count + 1, sizeof(struct sought *));
	struct sought *field = memory_new(1, sizeof *field);
	field->path = path;
	sieve->fields[sieve->field_count++] = field;
	return field;
}

static uint32_t gram_at(struct slice text, size_t at)
{
	uint32_t gram = 0;
	for (size_t i = 0; i < GRAM; i++)
		gram = gram << 8 | (unsigned char)text.ptr[at + i];
	return gram;
}

/* How many texts have a gram of this head: in field->part, until the texts themselves are hung there. */
static void count_grams(struct sought *field, struct slice text)
{
	for (size_t at = 0; at + GRAM <= text.len; at++)
		field->part[head_of_gram(gram_at(text, at))]++;
}

/* Of the grams of a part, the one that fewest texts have is what it is looked for by. */
static void choose_gram(const struct sought *field, struct atom *atom)
{
	uint32_t least = UINT32_MAX;

	for (size_t at = 0; at + GRAM <= atom->text.len; at++) {
		const uint32_t gram = gram_at(atom->text, at), others = field->part[head_of_gram(gram)];
		if (others >= least)
			continue;
		least = others;
		atom->offset = (uint32_t)at;
		atom->gram = gram;
	}
}

static void add_atom(struct sieve *sieve, const struct need *need, size_t rule, unsigned slot)
{
	struct sought *field = field_of(sieve, need->path);
	const struct atom atom = { .text = { need->text, need->len },
				   .field = field,
				   .kind = need->kind,
				   .rule = (uint32_t)rule,
				   .slot = slot };

	*(need->kind == NEED_WHOLE ? &field->has_whole : &field->has_part) = true;
	sieve->atoms = memory_grow(sieve->atoms, &sieve->room, sieve->count + 1, sizeof *sieve->atoms);
	sieve->atoms[sieve->count++] = atom;
}

static int by_text(const void *a, const void *b)
{
	const struct atom *left = a, *right = b;

	if (left->field != right->field)
		return strcmp(left->field->path->name, right->field->path->name);
	if (left->kind != right->kind || left->slot != right->slot)
		return (int)(left->kind * 2 + left->slot) - (int)(right->kind * 2 + right->slot);
	const int order = slice_compare(left->text, right->text);
	return order != 0 ? order : (left->rule > right->rule) - (left->rule < right->rule);
}

static bool same_text(const struct atom *a, const struct atom *b)
{
	return a->field == b->field && a->kind == b->kind && a->slot == b->slot && slice_equal(a->text, b->text);
}

/* One atom for all rules that need the same text: they stand side by side, in the order of the rules. */
static void join_atoms(struct sieve *sieve)
{
	size_t kept = 0;

	if (sieve->count > 0)
		qsort(sieve->atoms, sieve->count, sizeof *sieve->atoms, by_text);
	for (size_t i = 0, end; i < sieve->count; i = end) {
		struct atom atom = sieve->atoms[i];
		for (end = i + 1; end < sieve->count && same_text(&atom, &sieve->atoms[end]);)
			end++;
		atom.word = atom.rule / 64;
		atom.words = sieve->atoms[end - 1].rule / 64 - atom.word + 1;
		atom.bits = sieve->bit_count;
		sieve->bit_count += atom.words;
		sieve->bits = memory_grow(sieve->bits, &sieve->bit_room, sieve->bit_count, sizeof *sieve->bits);
		memset(&sieve->bits[atom.bits], 0, atom.words * sizeof *sieve->bits);
		for (; i < end; i++)
			sieve->bits[atom.bits + sieve->atoms[i].rule / 64 - atom.word] |= UINT64_C(1)
											  << sieve->atoms[i].rule % 64;
		sieve->atoms[kept++] = atom;
	}
	sieve->count = kept;
}

/* All are there: now each has its place. */
static void hang_atoms(struct sieve *sieve)
{
	join_atoms(sieve);
	for (size_t i = 0; i < sieve->count; i++)
		if (sieve->atoms[i].kind == NEED_PART)
			count_grams(sieve->atoms[i].field, sieve->atoms[i].text);
	for (size_t i = 0; i < sieve->count; i++)
		if (sieve->atoms[i].kind == NEED_PART)
			choose_gram(sieve->atoms[i].field, &sieve->atoms[i]);
	for (size_t i = 0; i < sieve->field_count; i++)
		memset(sieve->fields[i]->part, 0, sizeof sieve->fields[i]->part);
	for (size_t i = 0; i < sieve->count; i++) {
		struct atom *atom = &sieve->atoms[i];
		uint32_t *head = atom->kind == NEED_WHOLE ? &atom->field->whole[head_of_whole(sieve, atom->text)]
							  : &atom->field->part[head_of_gram(atom->gram)];
		atom->next = *head;
		*head = (uint32_t)i + 1;
	}
}

/* An event that interests a rule with steps matches one of them, and the rest as well. */
static bool needs_of_rule(struct needs *needs, const struct rule *rule, unsigned kinds)
{
	const size_t before = needs->count;
	bool ok = true, any = false;

	if (rule->when != NULL && rule->type->when_is_asked && match_needs(rule->when, needs, kinds))
		return true;
	if (rule->when != NULL && !rule->type->when_is_asked) {
		ok = match_needs(rule->when, needs, kinds);
		any = true;
	}
	for (size_t i = 0; ok && i < RULE_STEPS_MAX; i++)
		if (rule->steps[i] != NULL) {
			ok = match_needs(rule->steps[i], needs, kinds);
			any = true;
		}
	if (!ok)
		needs_cut(needs, before);
	return ok && any;
}

static void add_rule(struct sieve *sieve, const struct rule *rule, size_t place)
{
	const unsigned kinds[SLOTS] = { NEED_WHOLE, NEED_PART };
	bool any = false;

	for (unsigned slot = 0; slot <= SLOTS; slot++) {
		const size_t before = sieve->needs.count;
		if (slot == SLOTS && any)
			return;
		const unsigned wanted = slot < SLOTS ? kinds[slot] : NEED_WHOLE | NEED_PART;
		if (!needs_of_rule(&sieve->needs, rule, wanted))
			continue;
		any = true;
		sieve->without[slot % SLOTS][place / 64] &= ~(UINT64_C(1) << place % 64);
		for (size_t i = before; i < sieve->needs.count; i++)
			add_atom(sieve, &sieve->needs.list[i], place, slot % SLOTS);
	}
}

struct sieve *sieve_new(struct rule *const *rules, size_t count, uint64_t seed)
{
	struct sieve *sieve = memory_new(1, sizeof *sieve);

	sieve->seed = seed;
	sieve->words = (count + 63) / 64;
	sieve->left = memory_new(sieve->words, sizeof(uint64_t));
	for (size_t slot = 0; slot < SLOTS; slot++) {
		sieve->without[slot] = memory_new(sieve->words, sizeof(uint64_t));
		sieve->found[slot] = memory_new(sieve->words, sizeof(uint64_t));
		memset(sieve->without[slot], 0xff, sieve->words * sizeof(uint64_t));
	}
	for (size_t i = 0; i < count; i++)
		add_rule(sieve, rules[i], i);
	hang_atoms(sieve);
	return sieve;
}

void sieve_free(struct sieve *sieve)
{
	if (sieve == NULL)
		return;
	for (size_t i = 0; i < sieve->field_count; i++)
		free(sieve->fields[i]);
	for (size_t slot = 0; slot < SLOTS; slot++) {
		free(sieve->without[slot]);
		free(sieve->found[slot]);
	}
	free(sieve->fields);
	free(sieve->atoms);
	free(sieve->bits);
	free(sieve->left);
	needs_clear(&sieve->needs);
	buffer_clear(&sieve->scratch);
	free(sieve);
}

static void find(struct sieve *sieve, const struct atom *atom)
{
	for (size_t i = 0; i < atom->words; i++)
		sieve->found[atom->slot][atom->word + i] |= sieve->bits[atom->bits + i];
}

static void look_for_whole(struct sieve *sieve, const struct sought *field, struct slice text)
{
	char folded[FOLDED_MAX];
	const bool is_long = text.len > sizeof folded;

	/* The few long ones are compared one by one: every chain is gone through. */
	for (size_t i = 0; i < text.len && !is_long; i++)
		folded[i] = fold(text.ptr[i]);
	for (size_t head = 0; head < HEADS; head++) {
		if (!is_long)
			head = head_of_whole(sieve, (struct slice){ folded, text.len });
		for (uint32_t place = field->whole[head]; place > 0; place = sieve->atoms[place - 1].next)
			if (fold_equal(sieve->atoms[place - 1].text, text, false))
				find(sieve, &sieve->atoms[place - 1]);
		if (!is_long)
			return;
	}
}

static void look_at_gram(struct sieve *sieve, uint32_t place, uint32_t gram, struct slice text, size_t at)
{
	for (; place > 0; place = sieve->atoms[place - 1].next) {
		const struct atom *atom = &sieve->atoms[place - 1];
		if (atom->gram == gram && at >= atom->offset && text.len - (at - atom->offset) >= atom->text.len &&
		    fold_equal(atom->text, (struct slice){ text.ptr + at - atom->offset, atom->text.len }, false))
			find(sieve, atom);
	}
}

static void look_for_parts(struct sieve *sieve, const struct sought *field, struct slice text)
{
	uint32_t gram = 0;

	for (size_t i = 0; i < text.len; i++) {
		gram = (gram << 8 | (unsigned char)fold(text.ptr[i])) & 0xffffff;
		const uint32_t place = field->part[head_of_gram(gram)];
		if (place > 0 && i + 1 >= GRAM)
			look_at_gram(sieve, place, gram, text, i + 1 - GRAM);
	}
}

static void look_into(struct sieve *sieve, const struct sought *field, const struct event *event)
{
	struct path_scalars scalars = path_scalars(field->path, event);
	struct slice value;

	while (path_next(&scalars, &value)) {
		const struct slice text = json_text(value, &sieve->scratch);
		if (field->has_whole)
			look_for_whole(sieve, field, text);
		if (field->has_part)
			look_for_parts(sieve, field, text);
	}
}

const uint64_t *sieve_event(struct sieve *sieve, const struct event *event)
{
	for (size_t slot = 0; slot < SLOTS; slot++)
		memcpy(sieve->found[slot], sieve->without[slot], sieve->words * sizeof(uint64_t));
	for (size_t i = 0; i < sieve->field_count; i++)
		look_into(sieve, sieve->fields[i], event);
	for (size_t word = 0; word < sieve->words; word++)
		sieve->left[word] = sieve->found[WHOLE][word] & sieve->found[PART][word];
	return sieve->left;
}
