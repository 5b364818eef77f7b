/* Expressions that never match, or can be led astray: told by their trees. */
/* SPDX-License-Identifier: MIT */
#include "lint_expression.h"

#include "regex.h"

enum {
	WIDE_MIN = 95, /* of the 95 printable characters: any */
};

/* A walk from left to right. */
struct course {
	const struct regex *regex;
	bool passed; /* at least one character was, for certain */
	bool ended;  /* at the end of the text, but for a newline */
};

static bool is_impossible(struct course *course, unsigned at);

/* All alternatives are; what is certain behind them is what is certain behind each. */
static bool alternatives_are(struct course *course, const struct regex_node *node)
{
	struct course after = { course->regex, true, true };
	bool all = true;

	for (unsigned child = node->child; child != 0; child = course->regex->nodes[child].next) {
		struct course one = *course;
		if (is_impossible(&one, child))
			continue;
		all = false;
		after.passed = after.passed && one.passed;
		after.ended = after.ended && one.ended;
	}
	*course = after;
	return all;
}

static bool is_impossible(struct course *course, unsigned at)
{
	const struct regex_node *node = &course->regex->nodes[at];

	switch (node->kind) {
	case REGEX_SET:
		course->passed = true;
		return course->ended && !regex_has(node, '\n');
	case REGEX_START:
		return course->passed;
	case REGEX_END:
		course->ended = true;
		return false;
	case REGEX_PLACE:
	case REGEX_LOOK:
		return false;
	case REGEX_ALT:
		return alternatives_are(course, node);
	default:
		if (node->kind == REGEX_REPEAT && node->min == 0)
			return false;
		for (unsigned child = node->child; child != 0; child = course->regex->nodes[child].next)
			if (is_impossible(course, child))
				return true;
		return false;
	}
}

bool lint_never_matches(struct slice expression)
{
	struct regex regex;
	struct course course = { .regex = &regex };
	const bool never = regex_read(&regex, expression) && is_impossible(&course, regex.root);

	regex_clear(&regex);
	return never;
}

static bool is_wide(const struct regex *regex, unsigned at)
{
	const struct regex_node *node = &regex->nodes[at];
	const struct regex_node *set = regex_is_unbounded(node) ? regex_set_in(regex, node->child) : NULL;
	int count = 0;

	for (unsigned byte = ' '; set != NULL && byte <= '~'; byte++)
		count += regex_has(set, byte);
	return count >= WIDE_MIN;
}

/* Is each way through it bound to the end of the text? */
static bool is_bound(const struct regex *regex, unsigned at)
{
	const struct regex_node *node = &regex->nodes[at];

	if (node->kind == REGEX_END)
		return true;
	for (unsigned child = node->child; child != 0; child = regex->nodes[child].next) {
		const bool bound = (node->kind == REGEX_SEQ || node->kind == REGEX_ALT || node->kind == REGEX_GROUP) &&
				   is_bound(regex, child);
		if (node->kind == REGEX_ALT ? !bound : bound)
			return node->kind != REGEX_ALT;
	}
	return node->kind == REGEX_ALT;
}

struct search {
	const struct regex *regex;
	bool wide;    /* ".*" stands before, */
	bool leading; /* and before that, nothing that takes text */
	bool begun;   /* something that takes text does */
	bool guarded; /* before, all of the text was looked at */
};

/* ".*" in what is looked at: whoever writes that asks whether there are others. */
static bool looks_wide(const struct regex *regex, unsigned at)
{
	if (is_wide(regex, at))
		return true;
	for (unsigned child = regex->nodes[at].child; child != 0; child = regex->nodes[child].next)
		if (looks_wide(regex, child))
			return true;
	return false;
}

/* The first group behind something that takes anything. */
static unsigned group_behind(struct search *search, unsigned at)
{
	const struct regex *regex = search->regex;
	const struct regex_node *node = &regex->nodes[at];
	const struct search before = *search;
	unsigned group = node->group > 0 && search->wide ? node->group : 0;

	search->guarded = search->guarded || (node->kind == REGEX_LOOK && looks_wide(regex, at));
	if (node->kind == REGEX_LOOK || search->guarded)
		return 0;
	if (is_wide(regex, at)) {
		search->leading = search->wide ? search->leading : !search->begun;
		search->wide = true;
	}
	search->begun = search->begun || node->kind == REGEX_SET;
	struct search after = *search;
	for (unsigned child = node->child; child != 0 && group == 0; child = regex->nodes[child].next) {
		struct search one = node->kind == REGEX_ALT ? before : *search;
		group = group_behind(&one, child);
		after.leading = after.leading || one.leading;
		after.wide = after.wide || one.wide;
		after.begun = after.begun || one.begun;
		if (node->kind != REGEX_ALT || group > 0)
			*search = one;
	}
	if (node->kind == REGEX_ALT && group == 0)
		*search = after;
	return group;
}

unsigned lint_movable_group(struct slice expression, bool *leading)
{
	struct regex regex;
	struct search search = { .regex = &regex };
	unsigned group = 0;

	if (regex_read(&regex, expression) && !is_bound(&regex, regex.root))
		group = group_behind(&search, regex.root);
	*leading = search.leading;
	regex_clear(&regex);
	return group;
}
