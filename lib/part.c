/* What a text must have in it for a test to hold: literals of expressions, the plain stretches of wildcards. */
/* SPDX-License-Identifier: MIT */
#include "part.h"

#include "literal.h"

/* Whoever wants them. */
struct taker {
	void (*take)(void *data, struct slice part);
	void *data;
};

/* The longest stretch between the signs of a wildcard. */
static struct slice plain_part(struct slice text)
{
	struct slice longest = { text.ptr, 0 };

	while (text.len > 0) {
		size_t len = 0;
		while (len < text.len && memchr("*?\\", text.ptr[len], 3) == NULL)
			len++;
		if (len > longest.len)
			longest = slice_first(text, len);
		text = slice_after(text, len < text.len ? len + 1 : len);
	}
	return longest;
}

static bool give(const struct taker *taker, struct slice text)
{
	struct buffer folded = { 0 };

	if (text.len > 0) {
		buffer_add(&folded, text);
		fold_text(folded.ptr, folded.len);
		taker->take(taker->data, buffer_slice(&folded));
		buffer_clear(&folded);
	}
	return text.len > 0;
}

static bool of_expression(const struct taker *taker, struct slice expression)
{
	struct literal_set set;

	if (!literal_required(expression, &set))
		return false;
	for (size_t i = 0; i < set.count; i++)
		if (!give(taker, (struct slice){ set.rows[i].text, set.rows[i].len }))
			return false;
	return true;
}

static bool of_value(const struct taker *taker, const struct criterion *criterion, const struct criterion_value *value)
{
	switch (criterion->op) {
	case CRITERION_EQUAL:
		return value->kind != VALUE_NUMBER &&
		       give(taker, value->kind == VALUE_WILDCARD ? plain_part(value->text) : value->text);
	case CRITERION_CONTAINS:
	case CRITERION_STARTSWITH:
	case CRITERION_ENDSWITH:
		return give(taker, value->text);
	case CRITERION_RE:
		return of_expression(taker, value->text);
	default:
		return false;
	}
}

static bool of_values(const struct taker *taker, const struct criterion *criterion)
{
	for (size_t i = 0; i < criterion->count; i++)
		if (!of_value(taker, criterion, &criterion->values[i]))
			return false;
	return criterion->count > 0;
}

/* Values that are compared as a whole are looked up: nothing is to be searched for then. */
bool part_each(const struct criterion *criterion, void (*take)(void *data, struct slice part), void *data)
{
	if (criterion->op == CRITERION_EQUAL && criterion->plain == criterion->count)
		return false;
	return of_values(&(struct taker){ take, data }, criterion);
}
