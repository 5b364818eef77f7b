/* Criteria that hold wherever others do: proven from what they say. */
/* SPDX-License-Identifier: MIT */
#include "lint_implies.h"

#include "json.h"

enum {
	DEPTH_MAX = 32,
};

/* One test, made ready. */
struct test {
	struct criterion_words words;
	struct criterion criterion;
	json_t *values;
	bool ok;
};

static struct test test_of(const char *name, json_t *value)
{
	struct test test = { .ok = false };
	struct error ignored;

	test.values = json_is_array(value) ? json_incref(value) : json_pack("[O]", value);
	if (criterion_words_read(&test.words, name, &ignored) && !test.words.in && !test.words.all)
		test.ok = criterion_init(&test.criterion, &test.words, test.values, &ignored);
	return test;
}

static void test_clear(struct test *test)
{
	criterion_clear(&test->criterion);
	json_decref(test->values);
}

static bool has_letter(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (fold(text.ptr[i]) >= 'a' && fold(text.ptr[i]) <= 'z')
			return true;
	return false;
}

/* Does an event of which the field is this text alone pass? */
static bool text_passes(const struct criterion *criterion, struct slice text)
{
	struct buffer line = { 0 }, scratch = { 0 };
	struct event event;
	struct error ignored;
	struct path path = criterion->path;
	uint64_t gave_up = 0;

	buffer_add(&line, SLICE("{\"message\":"));
	json_add_string(&line, text);
	buffer_add_char(&line, '}');
	struct criterion here = *criterion;
	here.path = (struct path){ .name = path.name, .field = FIELD_MESSAGE };
	const bool ok = event_read(&event, buffer_slice(&line), &ignored) &&
			criterion_holds(&here, &event, &scratch, &gave_up) && gave_up == 0;
	buffer_clear(&line);
	buffer_clear(&scratch);
	return ok;
}

/* Is the case of letters the same to both, so that the one text that is tried stands for all? */
static bool case_is_safe(const struct criterion *a, const struct criterion *b, struct slice text)
{
	return a->cased || !(b->cased || b->op == CRITERION_RE) || !has_letter(text);
}

/* A text that starts so, ends so or has it in it. */
static bool part_implies(const struct criterion *a, const struct criterion *b, struct slice text)
{
	if (b->op == CRITERION_CONTAINS)
		return text_passes(b, text);
	return a->op == b->op && (b->op == CRITERION_STARTSWITH || b->op == CRITERION_ENDSWITH) && text_passes(b, text);
}

static bool value_implies(const struct criterion *a, const struct criterion *b, const struct criterion_value *value)
{
	if (!case_is_safe(a, b, value->text))
		return false;
	if (a->op == CRITERION_EQUAL)
		return value->kind == VALUE_PLAIN && text_passes(b, value->text);
	return a->op >= CRITERION_CONTAINS && a->op <= CRITERION_ENDSWITH && part_implies(a, b, value->text);
}

/* Numbers above 5 are above 3. */
static bool bound_implies(const struct criterion *a, const struct criterion *b)
{
	const bool up = a->op == CRITERION_GT || a->op == CRITERION_GTE;
	const bool b_up = b->op == CRITERION_GT || b->op == CRITERION_GTE;

	if (a->op < CRITERION_GT || a->op > CRITERION_LTE || b->op < CRITERION_GT || b->op > CRITERION_LTE ||
	    up != b_up)
		return false;
	const int order = number_compare(&a->values[0].number, &b->values[0].number);
	const bool same = a->op == b->op || b->op == CRITERION_GTE || b->op == CRITERION_LTE;
	return up ? order > 0 || (order == 0 && same) : order < 0 || (order == 0 && same);
}

static bool network_implies(const struct cidr *a, const struct cidr *b)
{
	for (size_t i = 0; i < a->count; i++) {
		bool inside = false;
		for (size_t j = 0; !inside && j < b->count; j++)
			inside = memcmp(&b->ranges[j].low, &a->ranges[i].low, sizeof(struct address)) <= 0 &&
				 memcmp(&b->ranges[j].high, &a->ranges[i].high, sizeof(struct address)) >= 0;
		if (!inside)
			return false;
	}
	return a->count > 0;
}

static bool each_value_implies(const struct criterion *a, const struct criterion *b)
{
	for (size_t i = 0; i < a->count; i++)
		if (!value_implies(a, b, &a->values[i]))
			return false;
	return a->count > 0;
}

bool lint_test_implies(const struct criterion *a, const struct criterion *b)
{
	if (strcmp(a->path.name, b->path.name) != 0 || a->op == CRITERION_EXISTS)
		return false;
	if (b->op == CRITERION_EXISTS)
		return b->wanted;
	if (a->op == CRITERION_CIDR)
		return b->op == CRITERION_CIDR && network_implies(&a->cidr, &b->cidr);
	return bound_implies(a, b) || each_value_implies(a, b);
}

/* Lists of values: all of the first stand in the second. */
static bool is_part(const json_t *a, const json_t *b)
{
	size_t i, j;
	json_t *left, *right;

	json_array_foreach(a, i, left)
	{
		bool found = false;
		json_array_foreach(b, j, right) found = found || json_equal(left, right);
		if (!found)
			return false;
	}
	return true;
}

static bool implies(const json_t *a, const json_t *b, int depth);

static bool member_implies(const char *a_name, json_t *a, const char *b_name, json_t *b, int depth)
{
	const bool a_not = strcmp(a_name, "not") == 0, b_not = strcmp(b_name, "not") == 0;

	if (a_not || b_not)
		return a_not && b_not && implies(b, a, depth + 1);
	if (strcmp(a_name, b_name) == 0 && json_equal(a, b))
		return true;
	struct test left = test_of(a_name, a), right = test_of(b_name, b);
	bool ok = left.ok && right.ok && strcmp(a_name, b_name) == 0 && is_part(left.values, right.values);
	ok = ok || (left.ok && right.ok && lint_test_implies(&left.criterion, &right.criterion));
	test_clear(&left);
	test_clear(&right);
	return ok;
}

static bool object_has(const json_t *a, const char *b_name, json_t *b, int depth)
{
	const char *name;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)a, name,
			    value) if (member_implies(name, value, b_name, b, depth)) return true;
	return false;
}

/* All members of b follow from a. */
static bool implies_object(const json_t *a, const json_t *b, int depth)
{
	const char *name;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)b, name, value) if (!object_has(a, name, value, depth)) return false;
	return true;
}

static bool implies(const json_t *a, const json_t *b, int depth)
{
	size_t i;
	json_t *one;

	if (depth > DEPTH_MAX)
		return false;
	if (json_equal(a, b))
		return true;
	if (json_is_array(a)) {
		json_array_foreach(a, i, one) if (!implies(one, b, depth + 1)) return false;
		return true;
	}
	if (json_is_array(b)) {
		json_array_foreach(b, i, one) if (implies(a, one, depth + 1)) return true;
		return false;
	}
	return implies_object(a, b, depth);
}

bool lint_implies(const json_t *a, const json_t *b)
{
	return implies(a, b, 1);
}
