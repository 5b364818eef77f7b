/* Texts of which an event must have one to match criteria: what many rules need is looked for all at once. */
/* SPDX-License-Identifier: MIT */
#include "need.h"

#include "literal.h"
#include "memory.h"

#include <stdlib.h>

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

static bool add_text(struct needs *needs, const struct criterion *criterion, enum need_kind kind, struct slice text)
{
	if (kind == NEED_PART && text.len < NEED_PART_MIN)
		return false;
	struct need need = { &criterion->path, kind, memory_text(text), text.len };
	fold_text(need.text, need.len);
	needs->list = memory_grow(needs->list, &needs->room, needs->count + 1, sizeof *needs->list);
	needs->list[needs->count++] = need;
	return true;
}

static bool add_expression(struct needs *needs, const struct criterion *criterion, struct slice expression)
{
	struct literal_set set;

	if (!literal_required(expression, &set))
		return false;
	for (size_t i = 0; i < set.count; i++)
		if (!add_text(needs, criterion, NEED_PART, (struct slice){ set.rows[i].text, set.rows[i].len }))
			return false;
	return true;
}

/* Some may have been added where there are not all. */
static bool add_value(struct needs *needs, const struct criterion *criterion, const struct criterion_value *value,
		      unsigned kinds)
{
	const enum need_kind kind =
	    criterion->op == CRITERION_EQUAL && value->kind == VALUE_PLAIN ? NEED_WHOLE : NEED_PART;

	if ((kinds & kind) == 0 || value->kind == VALUE_NUMBER)
		return false;
	switch (criterion->op) {
	case CRITERION_EQUAL:
		return add_text(needs, criterion, kind,
				value->kind == VALUE_WILDCARD ? plain_part(value->text) : value->text);
	case CRITERION_CONTAINS:
	case CRITERION_STARTSWITH:
	case CRITERION_ENDSWITH:
		return add_text(needs, criterion, kind, value->text);
	case CRITERION_RE:
		return add_expression(needs, criterion, value->text);
	default:
		return false;
	}
}

bool needs_of_criterion(struct needs *needs, const struct criterion *criterion, unsigned kinds)
{
	const size_t before = needs->count;

	for (size_t i = 0; i < criterion->count; i++)
		if (!add_value(needs, criterion, &criterion->values[i], kinds)) {
			needs_cut(needs, before);
			return false;
		}
	return criterion->count > 0;
}

void needs_cut(struct needs *needs, size_t count)
{
	while (needs->count > count)
		free(needs->list[--needs->count].text);
}

void needs_clear(struct needs *needs)
{
	needs_cut(needs, 0);
	free(needs->list);
	*needs = (struct needs){ 0 };
}
