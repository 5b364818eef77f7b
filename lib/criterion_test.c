/* Holding an event against one test of criteria. */
/* SPDX-License-Identifier: MIT */
#include "criterion.h"

static bool among_plain(const struct criterion *criterion, struct slice text)
{
	size_t from = 0, to = criterion->plain;
	while (from < to) {
		const size_t middle = from + (to - from) / 2;
		const int order = fold_compare(criterion->values[middle].text, text, criterion->cased);
		if (order == 0)
			return true;
		if (order > 0)
			to = middle;
		else
			from = middle + 1;
	}
	return false;
}

static bool equals(const struct criterion *criterion, struct slice text)
{
	struct number number;

	if (among_plain(criterion, text))
		return true;
	if (criterion->plain == criterion->count)
		return false;
	const bool is_number = number_read(text, &number);
	for (size_t i = criterion->plain; i < criterion->count; i++) {
		const struct criterion_value *value = &criterion->values[i];
		if (value->kind == VALUE_NUMBER ? is_number && number_compare(&value->number, &number) == 0
						: wildcard_match(value->text, text, criterion->cased))
			return true;
	}
	return false;
}

static bool is_pattern(const struct criterion_value *value, struct slice text, uint64_t *gave_up)
{
	const enum pattern_result result = pattern_match(value->pattern, text, 0, NULL);
	*gave_up += result == PATTERN_GAVE_UP;
	return result == PATTERN_MATCH;
}

static bool compares(enum criterion_op op, const struct number *limit, struct slice text)
{
	struct number number;

	if (!number_read(text, &number))
		return false;
	const int order = number_compare(&number, limit);
	switch (op) {
	case CRITERION_GT:
		return order > 0;
	case CRITERION_GTE:
		return order >= 0;
	case CRITERION_LT:
		return order < 0;
	default:
		return order <= 0;
	}
}

/* One of the values that are not looked up all at once. */
static bool value_fits(const struct criterion *criterion, const struct criterion_value *value, struct slice text,
		       uint64_t *gave_up)
{
	const size_t len = value->text.len;

	switch (criterion->op) {
	case CRITERION_CONTAINS:
		return needle_in(value->needle, text);
	case CRITERION_STARTSWITH:
		return text.len >= len && fold_equal(value->text, slice_first(text, len), criterion->cased);
	case CRITERION_ENDSWITH:
		return text.len >= len && fold_equal(value->text, slice_after(text, text.len - len), criterion->cased);
	case CRITERION_RE:
		return is_pattern(value, text, gave_up);
	default:
		return compares(criterion->op, &value->number, text);
	}
}

bool criterion_fits(const struct criterion *criterion, struct slice text, uint64_t *gave_up)
{
	struct address address;

	if (criterion->op == CRITERION_EQUAL)
		return equals(criterion, text);
	if (criterion->op == CRITERION_CIDR)
		return address_read(text, &address) && cidr_has(&criterion->cidr, &address);
	for (size_t i = 0; i < criterion->count; i++)
		if (value_fits(criterion, &criterion->values[i], text, gave_up))
			return true;
	return false;
}

/* Most tests ask for a field of ours that is a string without escapes, or not there: nothing to walk through then. */
static bool is_simple(const struct path *path, const struct event *event)
{
	if (path->field == FIELD_NONE || path->count > 0)
		return false;
	if (!event_has(event, path->field))
		return !event_has(event, FIELD_KEY); /* a SIEM event may have it there */
	return !(event->escaped >> path->field & 1) && event->value[path->field].ptr[0] == '"';
}

static bool simple_holds(const struct criterion *criterion, const struct event *event, uint64_t *gave_up)
{
	if (!event_has(event, criterion->path.field))
		return false;
	const struct slice quoted = event->value[criterion->path.field];
	return criterion_fits(criterion, (struct slice){ quoted.ptr + 1, quoted.len - 2 }, gave_up);
}

bool criterion_holds(const struct criterion *criterion, const struct event *event, struct buffer *scratch,
		     uint64_t *gave_up)
{
	struct slice value;

	if (criterion->op == CRITERION_EXISTS)
		return path_value(&criterion->path, event, &value) == criterion->wanted;
	if (is_simple(&criterion->path, event))
		return simple_holds(criterion, event, gave_up);
	struct path_scalars scalars = path_scalars(&criterion->path, event);
	while (path_next(&scalars, &value))
		if (criterion_fits(criterion, json_text(value, scratch), gave_up))
			return true;
	return false;
}
