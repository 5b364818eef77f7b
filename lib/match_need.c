/* Which texts an event needs to match criteria. */
/* SPDX-License-Identifier: MIT */
#include "match_inside.h"

#include "need.h"

static bool node_needs(const struct match *match, size_t at, struct needs *needs, unsigned kinds);

/* One of the children is enough: that which needs what is rarest. */
static bool any_needs(const struct match *match, size_t at, struct needs *needs, unsigned kinds)
{
	const size_t before = needs->count;
	size_t best = 0;
	unsigned least = NEED_COST_MAX + 1;

	for (size_t child = at + 1; child < match->nodes[at].next; child = match->nodes[child].next) {
		if (!node_needs(match, child, needs, kinds))
			continue;
		const unsigned cost = needs_cost(needs, before);
		if (cost < least) {
			least = cost;
			best = child;
		}
		needs_cut(needs, before);
	}
	return least < NEED_COST_MAX + 1 && node_needs(match, best, needs, kinds);
}

/* Any of the children may be what holds: all that they need. */
static bool all_needs(const struct match *match, size_t at, struct needs *needs, unsigned kinds)
{
	const size_t before = needs->count;

	for (size_t child = at + 1; child < match->nodes[at].next; child = match->nodes[child].next)
		if (!node_needs(match, child, needs, kinds)) {
			needs_cut(needs, before);
			return false;
		}
	return needs->count > before;
}

static bool node_needs(const struct match *match, size_t at, struct needs *needs, unsigned kinds)
{
	switch (match->nodes[at].kind) {
	case NODE_TEST:
		return needs_of_criterion(needs, match->nodes[at].criterion, kinds);
	case NODE_AND:
		return any_needs(match, at, needs, kinds);
	case NODE_OR:
		return all_needs(match, at, needs, kinds);
	default:
		return false;
	}
}

bool match_needs(const struct match *match, struct needs *needs, unsigned kinds)
{
	return node_needs(match, 0, needs, kinds);
}
