/* What an event must have one of to match criteria: for many rules it is looked for all at once. */
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

/* Of nearly all events, of events of some kinds, of those where a format or a helper found something of its own. */
static unsigned cost_of_field(enum field field)
{
	switch (field) {
	case FIELD_EXTENDED:
	case FIELD_NONE:
		return 20;
	case FIELD_SOURCE_HOST:
	case FIELD_SOURCE_PORT:
	case FIELD_DEST_HOST:
	case FIELD_DEST_PORT:
	case FIELD_USER:
	case FIELD_PROTOCOL:
		return 60;
	default:
		return field < FIELD_EVENT_END ? NEED_COST_MAX : 10; /* of SIEM events */
	}
}

static unsigned cost_of(const struct path *path, enum need_kind kind, size_t len)
{
	if (kind == NEED_THERE)
		return path->count > 0 ? cost_of_field(FIELD_EXTENDED) : cost_of_field(path->field);
	if (kind == NEED_PART && len < 4)
		return 15;
	return kind == NEED_PART ? 3 : 2;
}

static void add_need(struct needs *needs, const struct criterion *criterion, enum need_kind kind, struct slice text)
{
	const struct path *path = &criterion->path;
	struct need need = { path, kind, memory_text(text), text.len, cost_of(path, kind, text.len) };

	fold_text(need.text, need.len);
	needs->list = memory_grow(needs->list, &needs->room, needs->count + 1, sizeof *needs->list);
	needs->list[needs->count++] = need;
}

static bool add_text(struct needs *needs, const struct criterion *criterion, enum need_kind kind, struct slice text)
{
	const bool ok = kind == NEED_WHOLE || text.len >= NEED_PART_MIN;
	if (ok)
		add_need(needs, criterion, kind, text);
	return ok;
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

static bool add_values(struct needs *needs, const struct criterion *criterion, unsigned kinds)
{
	for (size_t i = 0; i < criterion->count; i++)
		if (!add_value(needs, criterion, &criterion->values[i], kinds))
			return false;
	return criterion->count > 0;
}

bool needs_of_criterion(struct needs *needs, const struct criterion *criterion, unsigned kinds)
{
	const size_t before = needs->count;

	if (add_values(needs, criterion, kinds))
		return true;
	needs_cut(needs, before);
	if (!(kinds & NEED_THERE) || (criterion->op == CRITERION_EXISTS && !criterion->wanted))
		return false;
	add_need(needs, criterion, NEED_THERE, SLICE(""));
	return true;
}

unsigned needs_cost(const struct needs *needs, size_t count)
{
	unsigned cost = 0;

	for (size_t i = count; i < needs->count && cost < NEED_COST_MAX; i++)
		cost += needs->list[i].cost;
	return cost < NEED_COST_MAX ? cost : NEED_COST_MAX;
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
