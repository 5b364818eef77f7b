/* Holding criteria against an event: all of it, or what is known of it. */
/* SPDX-License-Identifier: MIT */
#include "match_inside.h"

#include "answers.h"

#include <stdlib.h>

void match_free(struct match *match)
{
	if (match == NULL)
		return;
	for (size_t i = 0; i < match->count; i++) {
		if (match->nodes[i].criterion == NULL)
			continue;
		criterion_clear(match->nodes[i].criterion);
		free(match->nodes[i].criterion);
	}
	free(match->nodes);
	buffer_clear(&match->scratch);
	free(match);
}

static bool holds(struct match *match, size_t at, const struct event *event)
{
	const struct node *node = &match->nodes[at];

	if (node->kind == NODE_TEST)
		return (node->criterion->answer != NULL ? answer_holds : criterion_holds)(
		    node->criterion, event, &match->scratch, &match->gave_up);
	if (node->kind == NODE_NOT)
		return !holds(match, at + 1, event);
	for (size_t child = at + 1; child < node->next; child = match->nodes[child].next)
		if (holds(match, child, event) == (node->kind == NODE_OR))
			return node->kind == NODE_OR;
	return node->kind == NODE_AND;
}

bool match_event(struct match *match, const struct event *event)
{
	return holds(match, 0, event);
}

bool match_mentions(const struct match *match, enum field field)
{
	return match->mentioned >> field & 1;
}

/* Bits of what it can be, where all fields but one are unknown. */
enum { CAN_BE_FALSE = 1, CAN_BE_TRUE = 2 };

static unsigned can_be(struct match *match, size_t at, enum field field, const struct event *event)
{
	const struct node *node = &match->nodes[at];

	if (node->kind == NODE_TEST && node->criterion->path.field != field)
		return CAN_BE_FALSE | CAN_BE_TRUE;
	if (node->kind == NODE_TEST)
		return holds(match, at, event) ? CAN_BE_TRUE : CAN_BE_FALSE;
	if (node->kind == NODE_NOT) {
		const unsigned inner = can_be(match, at + 1, field, event);
		return (inner & CAN_BE_TRUE ? CAN_BE_FALSE : 0U) | (inner & CAN_BE_FALSE ? CAN_BE_TRUE : 0U);
	}
	unsigned any = 0, all = CAN_BE_FALSE | CAN_BE_TRUE;
	for (size_t child = at + 1; child < node->next; child = match->nodes[child].next) {
		const unsigned one = can_be(match, child, field, event);
		any |= one;
		all &= one;
	}
	return node->kind == NODE_AND ? (any & CAN_BE_FALSE) | (all & CAN_BE_TRUE)
				      : (any & CAN_BE_TRUE) | (all & CAN_BE_FALSE);
}

bool match_could(struct match *match, enum field field, const struct event *event)
{
	return can_be(match, 0, field, event) & CAN_BE_TRUE;
}

bool match_must(struct match *match, enum field field, const struct event *event)
{
	return can_be(match, 0, field, event) == CAN_BE_TRUE;
}

void match_share(struct match *match, struct answers *answers)
{
	for (size_t i = 0; i < match->count; i++)
		if (match->nodes[i].kind == NODE_TEST)
			answers_add(answers, match->nodes[i].criterion);
}

uint64_t match_gave_up(const struct match *match)
{
	return match->gave_up;
}
