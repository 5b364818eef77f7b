/* Making a sieve: what each rule needs, and where all of it is looked for. */
/* SPDX-License-Identifier: MIT */
#include "sieve_inside.h"

#include "memory.h"
#include "ruletypes/ruletype.h"

#include <stdlib.h>

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

static void add_atom(struct sieve *sieve, const struct need *need, size_t rule, enum slot slot)
{
	const struct atom atom = {
		.place = answer_place(need->criterion),
		.kind = need->kind,
		.text = need->text,
		.part = need->kind == NEED_PART ? answer_part(need->criterion) : 0,
		.slot = slot,
		.rule = (uint32_t)rule,
	};

	sieve->atoms = memory_grow(sieve->atoms, &sieve->room, sieve->count + 1, sizeof *sieve->atoms);
	sieve->atoms[sieve->count++] = atom;
}

/* True where what the rule needs, of these kinds, tells something. */
static bool add_needs(struct sieve *sieve, size_t rule, unsigned kinds, enum slot slot)
{
	const size_t before = sieve->needs.count;

	if (!needs_of_rule(&sieve->needs, sieve->rules[rule], kinds))
		return false;
	if (needs_cost(&sieve->needs, before) >= NEED_COST_MAX) {
		needs_cut(&sieve->needs, before);
		return false;
	}
	sieve->without[slot][rule / 64] &= ~(UINT64_C(1) << rule % 64);
	for (size_t i = before; i < sieve->needs.count; i++)
		add_atom(sieve, &sieve->needs.list[i], rule, slot);
	return true;
}

static void add_rule(struct sieve *sieve, size_t place)
{
	const bool whole = add_needs(sieve, place, NEED_WHOLE, SLOT_WHOLE);
	const bool part = add_needs(sieve, place, NEED_PART, SLOT_PART);

	add_needs(sieve, place, NEED_THERE, SLOT_THERE);
	if (!whole && !part)
		add_needs(sieve, place, NEED_WHOLE | NEED_PART | NEED_THERE, SLOT_PART);
}

static int by_need(const void *a, const void *b)
{
	const struct atom *left = a, *right = b;

	if (left->place != right->place)
		return left->place < right->place ? -1 : 1;
	if (left->kind != right->kind)
		return left->kind < right->kind ? -1 : 1;
	if (left->part != right->part)
		return left->part < right->part ? -1 : 1;
	const int order = slice_compare(left->text, right->text);
	if (order != 0)
		return order;
	if (left->slot != right->slot)
		return left->slot < right->slot ? -1 : 1;
	return (left->rule > right->rule) - (left->rule < right->rule);
}

static bool same_need(const struct atom *a, const struct atom *b)
{
	return a->place == b->place && a->kind == b->kind && a->part == b->part && slice_equal(a->text, b->text);
}

static void set_rules(struct sieve *sieve, struct atom *atom, const struct atom *first, size_t count)
{
	atom->word = first[0].rule / 64;
	atom->words = first[count - 1].rule / 64 - atom->word + 1;
	atom->bits = sieve->bit_count;
	sieve->bit_count += atom->words;
	sieve->bits = memory_grow(sieve->bits, &sieve->bit_room, sieve->bit_count, sizeof *sieve->bits);
	memset(&sieve->bits[atom->bits], 0, atom->words * sizeof *sieve->bits);
	for (size_t i = 0; i < count; i++)
		sieve->bits[atom->bits + first[i].rule / 64 - atom->word] |= UINT64_C(1) << first[i].rule % 64;
}

/* One atom for all rules that need the same: they stand side by side, in the order of the rules. */
static void join_atoms(struct sieve *sieve)
{
	size_t kept = 0;

	if (sieve->count > 0)
		qsort(sieve->atoms, sieve->count, sizeof *sieve->atoms, by_need);
	for (size_t i = 0, end; i < sieve->count; i = end) {
		struct atom atom = sieve->atoms[i];
		for (end = i + 1;
		     end < sieve->count && same_need(&atom, &sieve->atoms[end]) && atom.slot == sieve->atoms[end].slot;)
			end++;
		set_rules(sieve, &atom, &sieve->atoms[i], end - i);
		atom.more = end < sieve->count && same_need(&atom, &sieve->atoms[end]);
		sieve->atoms[kept++] = atom;
	}
	sieve->count = kept;
}

static void share(struct sieve *sieve, const struct rule *rule)
{
	if (rule->when != NULL)
		match_share(rule->when, sieve->answers);
	if (rule->unless != NULL)
		match_share(rule->unless, sieve->answers);
	for (size_t i = 0; i < RULE_STEPS_MAX; i++)
		if (rule->steps[i] != NULL)
			match_share(rule->steps[i], sieve->answers);
}

static void make_sets(struct sieve *sieve)
{
	sieve->words = (sieve->rule_count + 63) / 64;
	sieve->left = memory_new(sieve->words, sizeof(uint64_t));
	for (size_t slot = 0; slot < SLOT_COUNT; slot++) {
		sieve->without[slot] = memory_new(sieve->words, sizeof(uint64_t));
		sieve->found[slot] = memory_new(sieve->words, sizeof(uint64_t));
		memset(sieve->without[slot], 0xff, sieve->words * sizeof(uint64_t));
	}
}

struct sieve *sieve_new(struct rule *const *rules, size_t count)
{
	struct sieve *sieve = memory_new(1, sizeof *sieve);

	sieve->rules = memory_new(count, sizeof(struct rule *));
	sieve->rule_count = count;
	sieve->view = view_new();
	sieve->answers = answers_new(sieve->view);
	make_sets(sieve);
	for (size_t i = 0; i < count; i++) {
		sieve->rules[i] = rules[i];
		share(sieve, rules[i]);
	}
	sieve->places = view_compile(sieve->view);
	answers_compile(sieve->answers, sieve->places);
	for (size_t i = 0; i < count; i++)
		add_rule(sieve, i);
	join_atoms(sieve);
	sieve_hang(sieve);
	return sieve;
}

void sieve_free(struct sieve *sieve)
{
	if (sieve == NULL)
		return;
	sieve_unhang(sieve);
	for (size_t slot = 0; slot < SLOT_COUNT; slot++) {
		free(sieve->without[slot]);
		free(sieve->found[slot]);
	}
	answers_free(sieve->answers);
	view_free(sieve->view);
	needs_clear(&sieve->needs);
	free(sieve->rules);
	free(sieve->atoms);
	free(sieve->bits);
	free(sieve->left);
	free(sieve);
}
