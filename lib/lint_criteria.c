/* Contradictions among tests that must hold together; an "any of" is one where each of its parts is. */
/* SPDX-License-Identifier: MIT */
#include "lint_criteria.h"

#include "lint_atoms.h"
#include "lint_exclude.h"
#include "lint_expression.h"
#include "lint_implies.h"

#include <stdlib.h>

enum {
	VALUES_MAX = 1000, /* of one test that are looked at */
};

bool lint_is_single(const struct path *path)
{
	return path->field != FIELD_NONE && path->count == 0 &&
	       (field_table[path->field].kind == FIELD_STRING || field_table[path->field].kind == FIELD_NUMBER);
}

/* It holds where the field is not there. */
static bool wants_absence(const struct atom *atom)
{
	return atom->criterion.op == CRITERION_EXISTS && atom->criterion.wanted == atom->negated;
}

static bool wants_presence(const struct atom *atom)
{
	return atom->criterion.op == CRITERION_EXISTS ? atom->criterion.wanted != atom->negated : !atom->negated;
}

/* The values that it names are all that the field can have. */
static bool is_finite(const struct atom *atom)
{
	const struct criterion *criterion = &atom->criterion;

	if (atom->negated || criterion->op != CRITERION_EQUAL || criterion->count > VALUES_MAX)
		return false;
	for (size_t i = 0; i < criterion->count; i++)
		if (criterion->values[i].kind == VALUE_WILDCARD)
			return false;
	return true;
}

static bool has_letters(const char *text)
{
	return strpbrk(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != NULL;
}

/* A value could be written in another way, which the test would take for another. */
static bool is_uncertain(const struct atom *from, const json_t *value, const struct criterion *test)
{
	const char *text = json_string_value(value);

	if (test->op == CRITERION_EXISTS)
		return true;
	if (text == NULL) {
		for (size_t i = 0; test->op == CRITERION_EQUAL && i < test->count; i++)
			if (test->values[i].kind != VALUE_NUMBER)
				return true;
		return test->op != CRITERION_EQUAL && !(test->op >= CRITERION_GT && test->op <= CRITERION_LTE);
	}
	return has_letters(text) && !from->criterion.cased && (test->cased || test->op == CRITERION_RE);
}

static bool value_holds(const struct criterion *test, const json_t *value)
{
	struct buffer scratch = { 0 };
	struct event event;
	struct error ignored;
	uint64_t gave_up = 0;

	json_t *object = json_pack("{s:O}", test->path.name, value);
	char *line = object ? json_dumps(object, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
	const bool holds = line != NULL && event_read(&event, slice_of(line), &ignored) &&
			   criterion_holds(test, &event, &scratch, &gave_up);
	json_decref(object);
	free(line);
	buffer_clear(&scratch);
	return holds;
}

/* None of the values that one names goes with the other. */
static bool values_exclude(const struct atom *finite, const struct atom *other)
{
	size_t i;
	json_t *value;

	json_array_foreach(finite->values, i, value)
	{
		if (is_uncertain(finite, value, &other->criterion) ||
		    value_holds(&other->criterion, value) != other->negated)
			return false;
	}
	return true;
}

/* Two ends of the same kind: one must be a part of the other. */
static bool ends_exclude(const struct criterion *a, const struct criterion *b)
{
	for (size_t i = 0; i < a->count; i++)
		for (size_t j = 0; j < b->count; j++) {
			const struct slice left = a->values[i].text, right = b->values[j].text;
			const size_t len = left.len < right.len ? left.len : right.len;
			const bool start = a->op == CRITERION_STARTSWITH;
			const struct slice one = start ? slice_first(left, len) : slice_after(left, left.len - len);
			const struct slice two = start ? slice_first(right, len) : slice_after(right, right.len - len);
			if (slice_equal_nocase(one, two))
				return false;
		}
	return true;
}

static bool is_lower(enum criterion_op op)
{
	return op == CRITERION_GT || op == CRITERION_GTE;
}

/* "More than a" and "less than b", where b is not above a. */
static bool numbers_exclude(const struct criterion *a, const struct criterion *b)
{
	if (!is_lower(a->op) || (b->op != CRITERION_LT && b->op != CRITERION_LTE))
		return false;
	const int order = number_compare(&a->values[0].number, &b->values[0].number);
	return order > 0 || (order == 0 && (a->op == CRITERION_GT || b->op == CRITERION_LT));
}

static bool networks_exclude(const struct cidr *a, const struct cidr *b)
{
	for (size_t i = 0; i < a->count; i++)
		for (size_t j = 0; j < b->count; j++)
			if (memcmp(&a->ranges[i].low, &b->ranges[j].high, sizeof(struct address)) <= 0 &&
			    memcmp(&b->ranges[j].low, &a->ranges[i].high, sizeof(struct address)) <= 0)
				return false;
	return true;
}

static bool exclude(const struct atom *a, const struct atom *b)
{
	const struct criterion *left = &a->criterion, *right = &b->criterion;

	if (wants_absence(a) && wants_presence(b))
		return true;
	if (!a->negated && b->negated &&
	    ((strcmp(a->name, b->name) == 0 && json_equal(a->values, b->values)) || lint_test_implies(left, right)))
		return true;
	if (!lint_is_single(&left->path))
		return false;
	if (is_finite(a) && right->op != CRITERION_EXISTS)
		return values_exclude(a, b);
	if (a->negated || b->negated)
		return false;
	if (left->op == right->op && (left->op == CRITERION_STARTSWITH || left->op == CRITERION_ENDSWITH))
		return ends_exclude(left, right);
	if (left->op == CRITERION_CIDR && right->op == CRITERION_CIDR)
		return networks_exclude(&left->cidr, &right->cidr);
	return numbers_exclude(left, right) || lint_gap_excludes(left, right) || lint_start_excludes(left, right);
}

/* Expressions alone, of which none can match. */
static bool never_matches(const struct atom *atom)
{
	size_t i;
	json_t *value;

	if (atom->negated || atom->criterion.op != CRITERION_RE)
		return false;
	json_array_foreach(atom->values, i, value)
	{
		if (!json_is_string(value) || !lint_never_matches(slice_of(json_string_value(value))))
			return false;
	}
	return true;
}

static bool atoms_exclude(struct proof *proof, size_t from)
{
	for (size_t i = from; i < proof->count; i++) {
		const struct atom *atom = &proof->atoms[i];
		if (never_matches(atom)) {
			buffer_printf(proof->why, "no text matches '%s'", atom->name);
			return true;
		}
		for (size_t j = 0; j < i; j++) {
			const struct atom *other = &proof->atoms[j];
			if (strcmp(atom->criterion.path.name, other->criterion.path.name) != 0 ||
			    !(exclude(atom, other) || exclude(other, atom)))
				continue;
			buffer_printf(proof->why, "%s'%s' and %s'%s' contradict each other",
				      other->negated ? "not " : "", other->name, atom->negated ? "not " : "",
				      atom->name);
			return true;
		}
	}
	return false;
}

static bool is_impossible(struct proof *proof, size_t atom, size_t choice);

/* Each part, together with what must hold besides. */
static bool choice_excludes(struct proof *proof, const json_t *choice)
{
	const size_t atoms = proof->count, choices = proof->choice_count;
	size_t i;
	json_t *part;
	bool all = true;

	json_array_foreach(choice, i, part)
	{
		proof->why->len = 0;
		lint_collect(proof, part, false);
		all = is_impossible(proof, atoms, choices);
		lint_drop_atoms(proof, atoms);
		proof->choice_count = choices;
		if (!all)
			break;
	}
	return all;
}

/* Those before atom and choice have been looked at. */
static bool is_impossible(struct proof *proof, size_t atom, size_t choice)
{
	if (atoms_exclude(proof, atom))
		return true;
	if (proof->depth == PROOF_DEPTH_MAX)
		return false;
	proof->depth++;
	bool impossible = false;
	for (; !impossible && choice < proof->choice_count; choice++)
		impossible = choice_excludes(proof, proof->choices[choice]);
	proof->depth--;
	return impossible;
}

static struct proof proof_of(const struct lint_together *together, struct buffer *why)
{
	struct proof proof = { .dir = together->dir, .why = why };

	if (together->when != NULL)
		lint_collect(&proof, together->when, false);
	if (together->step != NULL)
		lint_collect(&proof, together->step, false);
	if (together->unless != NULL)
		lint_collect(&proof, together->unless, true);
	return proof;
}

static void proof_clear(struct proof *proof)
{
	lint_drop_atoms(proof, 0);
	free(proof->atoms);
	free(proof->choices);
}

bool lint_impossible(const struct lint_together *together, struct buffer *why)
{
	struct proof proof = proof_of(together, why);
	const bool impossible = is_impossible(&proof, 0, 0);

	if (!impossible)
		why->len = 0;
	proof_clear(&proof);
	return impossible;
}

/* Each of its values can be written in one way only. */
static bool is_countable(const struct atom *atom)
{
	if (!is_finite(atom))
		return false;
	for (size_t i = 0; i < atom->criterion.count; i++)
		if (atom->criterion.values[i].kind != VALUE_PLAIN ||
		    (!atom->criterion.cased && has_letters(atom->criterion.values[i].memory)))
			return false;
	return true;
}

size_t lint_values_of(const struct lint_together *together, const struct path *path)
{
	struct proof proof = proof_of(together, NULL);
	size_t values = path->field == FIELD_SEVERITY && path->count == 0 ? 8 : SIZE_MAX;

	for (size_t i = 0; lint_is_single(path) && i < proof.count; i++)
		if (strcmp(proof.atoms[i].criterion.path.name, path->name) == 0 && is_countable(&proof.atoms[i]) &&
		    proof.atoms[i].criterion.count < values)
			values = proof.atoms[i].criterion.count;
	proof_clear(&proof);
	return values;
}
