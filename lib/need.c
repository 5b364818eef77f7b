/* What an event must have one of to match criteria: for many rules it is looked for all at once. */
/* SPDX-License-Identifier: MIT */
#include "need.h"

#include "memory.h"

#include <stdlib.h>

enum {
	COST_OF_WHOLE = 2,
	COST_OF_PART = 3,
	COST_OF_PART_MAX = 40,
};

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

static unsigned cost_of_place(const struct path *path)
{
	return cost_of_field(path->count > 0 ? FIELD_EXTENDED : path->field);
}

static void add(struct needs *needs, struct need need)
{
	needs->list = memory_grow(needs->list, &needs->room, needs->count + 1, sizeof *needs->list);
	needs->list[needs->count++] = need;
}

static void add_wholes(struct needs *needs, const struct criterion *criterion)
{
	for (size_t i = 0; i < criterion->count; i++) {
		struct need need = { .criterion = criterion, .kind = NEED_WHOLE, .cost = COST_OF_WHOLE };
		need.text = criterion->values[i].text;
		need.memory = memory_text(need.text);
		fold_text(need.memory, need.text.len);
		need.text.ptr = need.memory;
		add(needs, need);
	}
}

static void add_part(struct needs *needs, const struct criterion *criterion)
{
	const unsigned cost = COST_OF_PART + answer_cost(criterion);

	add(needs, (struct need){ .criterion = criterion,
				  .kind = NEED_PART,
				  .cost = cost < COST_OF_PART_MAX ? cost : COST_OF_PART_MAX });
}

bool needs_of_criterion(struct needs *needs, const struct criterion *criterion, unsigned kinds)
{
	const bool whole = criterion->op == CRITERION_EQUAL && criterion->plain == criterion->count;

	if ((kinds & NEED_WHOLE) && whole)
		add_wholes(needs, criterion);
	else if ((kinds & NEED_PART) && answer_part(criterion) != ANSWERS_NONE)
		add_part(needs, criterion);
	else if ((kinds & NEED_THERE) && (criterion->op != CRITERION_EXISTS || criterion->wanted))
		add(needs, (struct need){
			       .criterion = criterion, .kind = NEED_THERE, .cost = cost_of_place(&criterion->path) });
	else
		return false;
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
		free(needs->list[--needs->count].memory);
}

void needs_clear(struct needs *needs)
{
	needs_cut(needs, 0);
	free(needs->list);
	*needs = (struct needs){ 0 };
}
