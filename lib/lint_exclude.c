/* Tests of one value that exclude each other in ways that are easily overlooked. */
/* SPDX-License-Identifier: MIT */
#include "lint_exclude.h"

#include <stdio.h>

enum {
	START_MAX = 12, /* bytes of "255.255.255." */
};

/* The network that "192.0." is the start of; false where it is another text. */
static bool range_of_start(struct slice text, struct cidr *range)
{
	static const char *const rest[] = { "", "0.0.0/8", "0.0/16", "0/24" };
	char network[START_MAX + sizeof "0.0.0/8"];
	size_t dots = 0;

	if (text.len == 0 || text.len > START_MAX || text.ptr[text.len - 1] != '.')
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] != '.' && (text.ptr[i] < '0' || text.ptr[i] > '9'))
			return false;
		dots += text.ptr[i] == '.';
	}
	if (dots >= sizeof rest / sizeof *rest)
		return false;
	const int len = snprintf(network, sizeof network, "%.*s%s", (int)text.len, text.ptr, rest[dots]);
	return cidr_add(range, (struct slice){ network, (size_t)len });
}

static bool meets(const struct cidr *network, const struct cidr_range *range)
{
	for (size_t i = 0; i < network->count; i++)
		if (memcmp(&network->ranges[i].low, &range->high, sizeof range->high) <= 0 &&
		    memcmp(&range->low, &network->ranges[i].high, sizeof range->low) <= 0)
			return true;
	return false;
}

bool lint_start_excludes(const struct criterion *start, const struct criterion *network)
{
	bool excludes = start->op == CRITERION_STARTSWITH && network->op == CRITERION_CIDR;

	for (size_t i = 0; excludes && i < start->count; i++) {
		struct cidr one = { 0 };
		excludes = range_of_start(start->values[i].text, &one) && !meets(&network->cidr, one.ranges);
		cidr_clear(&one);
	}
	return excludes;
}

bool lint_gap_excludes(const struct criterion *from, const struct criterion *to)
{
	if (from->op != CRITERION_GT || to->op != CRITERION_LT || from->path.count > 0 ||
	    from->path.field == FIELD_NONE || field_table[from->path.field].kind != FIELD_NUMBER)
		return false;
	const struct number *low = &from->values[0].number, *high = &to->values[0].number;
	return low->whole && high->whole && low->exact < INT64_MAX && low->exact + 1 >= high->exact;
}
