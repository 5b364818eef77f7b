/* Texts of which an event must have one to match criteria: what many rules need is looked for all at once. */
/* SPDX-License-Identifier: MIT */
#include "need.h"

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

/* What a value of the criterion needs, and of what kind. */
static struct slice text_of(const struct criterion *criterion, const struct criterion_value *value,
			    enum need_kind *kind, struct buffer *scratch)
{
	*kind = NEED_PART;
	switch (criterion->op) {
	case CRITERION_EQUAL:
		if (value->kind == VALUE_WILDCARD)
			return plain_part(value->text);
		*kind = NEED_WHOLE;
		return value->text;
	case CRITERION_CONTAINS:
	case CRITERION_STARTSWITH:
	case CRITERION_ENDSWITH:
		return value->text;
	case CRITERION_RE:
		return need_of_expression(value->text, scratch);
	default:
		return (struct slice){ 0 };
	}
}

static bool add_value(struct needs *needs, const struct criterion *criterion, const struct criterion_value *value,
		      unsigned kinds)
{
	struct buffer scratch = { 0 };
	enum need_kind kind;

	const struct slice text = text_of(criterion, value, &kind, &scratch);
	const bool ok =
	    (kinds & kind) != 0 && value->kind != VALUE_NUMBER && (kind == NEED_WHOLE || text.len >= NEED_PART_MIN);
	if (ok) {
		struct need need = { &criterion->path, kind, memory_text(text), text.len };
		fold_text(need.text, need.len);
		needs->list = memory_grow(needs->list, &needs->room, needs->count + 1, sizeof *needs->list);
		needs->list[needs->count++] = need;
	}
	buffer_clear(&scratch);
	return ok;
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
