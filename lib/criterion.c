/* One test of criteria, made ready: texts folded, numbers and networks read, expressions compiled. */
/* SPDX-License-Identifier: MIT */
#include "criterion.h"

#include "memory.h"

#include <stdio.h>
#include <stdlib.h>

static bool is_number_op(enum criterion_op op)
{
	return op >= CRITERION_GT && op <= CRITERION_LTE;
}

static struct slice string_of(const json_t *value)
{
	return (struct slice){ json_string_value(value), json_string_length(value) };
}

/* The text of a value: a number as it is compared with texts, true, false. */
static char *text_of(const json_t *value)
{
	char number[64];

	if (json_is_string(value))
		return memory_text(string_of(value));
	if (json_is_integer(value))
		snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	else if (json_is_real(value))
		snprintf(number, sizeof number, "%.17g", json_real_value(value));
	else
		snprintf(number, sizeof number, "%s", json_is_true(value) ? "true" : "false");
	return memory_text(slice_of(number));
}

static bool check_kind(const struct criterion *criterion, const json_t *value, struct error *err)
{
	if (json_is_null(value))
		return error_set(err, "null is never a value; to ask whether the field is there write '%s|exists'",
				 criterion->path.name);
	if (json_is_object(value))
		return error_set(err, "an object is no value; to look inside write '%s.NAME'", criterion->path.name);
	if (json_is_array(value))
		return error_set(err, "a list inside a list");
	return true;
}

static bool set_pattern(struct criterion_value *value, struct error *err)
{
	value->pattern = pattern_new(value->text, false, err);
	return value->pattern != NULL;
}

static bool set_number(struct criterion_value *value, struct error *err)
{
	return number_read(value->text, &value->number) || error_set(err, "'%s' is no number", value->memory);
}

static bool set_network(struct criterion *criterion, struct criterion_value *value, struct error *err)
{
	return cidr_add(&criterion->cidr, value->text) ||
	       error_set(err, "'%s' is no network: write 192.0.2.0/24 or 2001:db8::/32", value->memory);
}

static bool has_wildcard(struct slice text)
{
	return slice_find(text, '*') < text.len || slice_find(text, '?') < text.len ||
	       slice_find(text, '\\') < text.len;
}

static void set_text(struct criterion *criterion, struct criterion_value *value, bool number)
{
	if (!criterion->cased)
		fold_text(value->memory, value->text.len);
	if (criterion->op == CRITERION_CONTAINS) {
		value->needle = memory_new(1, sizeof *value->needle);
		needle_init(value->needle, value->text, criterion->cased);
	} else if (criterion->op == CRITERION_EQUAL && number && number_read(value->text, &value->number)) {
		value->kind = VALUE_NUMBER;
	} else if (criterion->op == CRITERION_EQUAL && has_wildcard(value->text)) {
		value->kind = VALUE_WILDCARD;
	}
}

static bool set_value(struct criterion *criterion, struct criterion_value *value, const json_t *from, struct error *err)
{
	if (!check_kind(criterion, from, err))
		return false;
	value->memory = text_of(from);
	value->text = slice_of(value->memory);
	if (json_is_string(from))
		value->text.len = json_string_length(from);
	if (criterion->op == CRITERION_RE)
		return set_pattern(value, err);
	if (is_number_op(criterion->op))
		return set_number(value, err);
	if (criterion->op == CRITERION_CIDR)
		return set_network(criterion, value, err);
	set_text(criterion, value, json_is_number(from));
	return true;
}

static int by_kind_and_text(const void *a, const void *b)
{
	const struct criterion_value *left = a, *right = b;
	if (left->kind != right->kind)
		return left->kind < right->kind ? -1 : 1;
	return slice_compare(left->text, right->text);
}

static void sort_values(struct criterion *criterion)
{
	qsort(criterion->values, criterion->count, sizeof *criterion->values, by_kind_and_text);
	while (criterion->plain < criterion->count && criterion->values[criterion->plain].kind == VALUE_PLAIN)
		criterion->plain++;
}

static bool set_exists(struct criterion *criterion, const json_t *values, struct error *err)
{
	const json_t *value = json_array_get(values, 0);
	if (json_array_size(values) != 1 || !json_is_boolean(value))
		return error_set(err, "must be true or false");
	criterion->wanted = json_is_true(value);
	return true;
}

bool criterion_init(struct criterion *criterion, const struct criterion_words *words, const json_t *values,
		    struct error *err)
{
	*criterion = (struct criterion){ .op = words->op, .cased = words->cased };
	if (!path_read(&criterion->path, words->field, err))
		return false;
	if (json_array_size(values) == 0)
		return error_set(err, "an empty list never matches");
	if (criterion->op == CRITERION_EXISTS)
		return set_exists(criterion, values, err);
	if (is_number_op(criterion->op) && json_array_size(values) != 1)
		return error_set(err, "takes one number, no list");
	criterion->values = memory_new(json_array_size(values), sizeof *criterion->values);
	for (; criterion->count < json_array_size(values); criterion->count++)
		if (!set_value(criterion, &criterion->values[criterion->count],
			       json_array_get(values, criterion->count), err)) {
			criterion->count++; /* what it holds already is to be released */
			return false;
		}
	sort_values(criterion);
	cidr_ready(&criterion->cidr);
	return true;
}

static int compare_values(const struct criterion *a, const struct criterion *b)
{
	for (size_t i = 0; i < a->count; i++) {
		const int order = by_kind_and_text(&a->values[i], &b->values[i]);
		if (order != 0)
			return order;
	}
	return 0;
}

int criterion_compare(const struct criterion *a, const struct criterion *b)
{
	const int order = strcmp(a->path.name, b->path.name);
	if (order != 0)
		return order;
	if (a->op != b->op)
		return a->op < b->op ? -1 : 1;
	if (a->cased != b->cased || a->wanted != b->wanted)
		return a->cased * 2 + a->wanted - b->cased * 2 - b->wanted;
	if (a->count != b->count)
		return a->count < b->count ? -1 : 1;
	return compare_values(a, b);
}

void criterion_clear(struct criterion *criterion)
{
	for (size_t i = 0; i < criterion->count; i++) {
		pattern_free(criterion->values[i].pattern);
		free(criterion->values[i].needle);
		free(criterion->values[i].memory);
	}
	free(criterion->values);
	cidr_clear(&criterion->cidr);
	path_clear(&criterion->path);
	*criterion = (struct criterion){ 0 };
}
