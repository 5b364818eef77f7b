/* Criteria taken apart into the tests that must hold together. */
/* SPDX-License-Identifier: MIT */
#include "lint_atoms.h"

#include "memory.h"
#include "value_list.h"

static void add_atom(struct proof *proof, const char *name, const struct criterion_words *words, json_t *values,
		     bool negated)
{
	struct error ignored;

	proof->atoms = memory_grow(proof->atoms, &proof->room, proof->count + 1, sizeof *proof->atoms);
	struct atom *atom = &proof->atoms[proof->count];
	*atom = (struct atom){ .name = name, .values = json_incref(values), .negated = negated };
	if (criterion_init(&atom->criterion, words, values, &ignored)) {
		proof->count++;
		return;
	}
	criterion_clear(&atom->criterion);
	json_decref(values);
}

void lint_drop_atoms(struct proof *proof, size_t count)
{
	for (; proof->count > count; proof->count--) {
		json_decref(proof->atoms[proof->count - 1].values);
		criterion_clear(&proof->atoms[proof->count - 1].criterion);
	}
}

/* Not all of them: which one does not hold, nobody knows, unless there is one alone. */
static void collect_all(struct proof *proof, const char *name, struct criterion_words *words, json_t *values,
			bool negated)
{
	size_t i;
	json_t *value;

	json_array_foreach(values, i, value)
	{
		json_t *one = json_pack("[O]", value);
		if (!negated || json_array_size(values) == 1)
			add_atom(proof, name, words, one, negated);
		json_decref(one);
	}
}

static void collect_test(struct proof *proof, const char *name, json_t *value, bool negated)
{
	struct criterion_words words;
	struct error ignored;

	if (!criterion_words_read(&words, name, &ignored))
		return;
	json_t *values = words.in		? value_list(value, proof->dir, &ignored)
			 : json_is_array(value) ? json_incref(value)
						: json_pack("[O]", value);
	if (values != NULL && words.all)
		collect_all(proof, name, &words, values, negated);
	else if (values != NULL)
		add_atom(proof, name, &words, values, negated);
	json_decref(values);
}

static void collect_object(struct proof *proof, const json_t *criteria, bool negated)
{
	const char *name;
	json_t *value;

	if (negated && json_object_size(criteria) != 1)
		return;
	json_object_foreach((json_t *)(uintptr_t)criteria, name, value)
	{
		if (strcmp(name, "not") == 0)
			lint_collect(proof, value, !negated);
		else
			collect_test(proof, name, value, negated);
	}
}

void lint_collect(struct proof *proof, const json_t *criteria, bool negated)
{
	size_t i;
	json_t *part;

	if (proof->depth == PROOF_DEPTH_MAX)
		return;
	proof->depth++;
	if (json_is_object(criteria)) {
		collect_object(proof, criteria, negated);
	} else if (negated || json_array_size(criteria) == 1) {
		json_array_foreach(criteria, i, part) lint_collect(proof, part, negated);
	} else if (json_array_size(criteria) > 0) {
		proof->choices =
		    memory_grow(proof->choices, &proof->choice_room, proof->choice_count + 1, sizeof *proof->choices);
		proof->choices[proof->choice_count++] = criteria;
	}
	proof->depth--;
}
