/* Expressions that give up, never match, or can be led astray: told by their trees, and tried. */
/* SPDX-License-Identifier: MIT */
#include "lint_expression.h"

#include "pattern.h"
#include "regex.h"

enum {
	WIDE_MIN = 95,	  /* of the 95 printable characters: any */
	TRIES_MAX = 2000, /* texts for one expression */
};

struct attack {
	const struct regex *regex;
	struct pattern *pattern;
	struct buffer before, text;
	struct buffer whole; /* a text that matches: what the expression requires somewhere is in it */
	unsigned tries;
	size_t found; /* bytes of the shortest text on which it gave up */
};

/* One text: what leads to the place, the pump again and again, something that does not go on. */
static bool give_up(struct attack *attack, struct slice pump, size_t len, struct slice tail, bool whole)
{
	struct buffer *text = &attack->text;

	text->len = 0;
	buffer_add(text, buffer_slice(&attack->before));
	while (text->len + tail.len + pump.len <= len)
		buffer_add(text, pump);
	buffer_add(text, tail);
	if (whole)
		buffer_add(text, buffer_slice(&attack->whole));
	attack->tries++;
	return pattern_match(attack->pattern, buffer_slice(text), 0, NULL) == PATTERN_GAVE_UP;
}

static void attack_with(struct attack *attack, struct slice pump)
{
	static const char *const tails[] = { "", "!", " ", "\x01", "\n\n", "a", "0" };

	if (pump.len == 0)
		return;
	for (size_t len = 32; len <= LINT_TEXT_MAX && attack->found == 0; len *= 2)
		for (size_t i = 0; i < sizeof tails / sizeof *tails && attack->tries < TRIES_MAX; i++)
			if (give_up(attack, pump, len, slice_of(tails[i]), false) ||
			    give_up(attack, pump, len, slice_of(tails[i]), true)) {
				attack->found = attack->text.len;
				return;
			}
}

static bool is_unbounded(const struct regex_node *node)
{
	return node->kind == REGEX_REPEAT && node->max == REGEX_UNBOUNDED && !node->keeps;
}

/* Does anything in it give a choice: another repeat, or an alternative? */
static bool has_choice(const struct regex *regex, unsigned at)
{
	const struct regex_node *node = &regex->nodes[at];

	if (node->kind == REGEX_ALT || (node->kind == REGEX_REPEAT && node->min != node->max))
		return true;
	for (unsigned child = node->child; child != 0; child = regex->nodes[child].next)
		if (has_choice(regex, child))
			return true;
	return false;
}

/* Texts of what is repeated: of each of its alternatives, wherever they stand. */
static void pump_choices(struct attack *attack, unsigned at)
{
	const struct regex_node *node = &attack->regex->nodes[at];
	struct buffer pump = { 0 };

	for (int once = 0; once <= 1; once++) {
		pump.len = 0;
		regex_sample(attack->regex, at, once, &pump);
		attack_with(attack, buffer_slice(&pump));
	}
	buffer_clear(&pump);
	for (unsigned child = node->child; child != 0 && attack->found == 0; child = attack->regex->nodes[child].next)
		pump_choices(attack, child);
}

/* The set that a repeat repeats, through groups; NULL where it is more than one character. */
static const struct regex_node *set_in(const struct regex *regex, unsigned at)
{
	const struct regex_node *node = &regex->nodes[at];

	while (node->kind == REGEX_GROUP || node->kind == REGEX_REPEAT ||
	       (node->kind == REGEX_SEQ && node->child != 0 && regex->nodes[node->child].next == 0))
		node = &regex->nodes[node->child];
	return node->kind == REGEX_SET ? node : NULL;
}

/* Is there a repeat without end in it that could stand alone: in groups, or between what may be empty? */
static const struct regex_node *lone_set(const struct regex *regex, unsigned at)
{
	const struct regex_node *node = &regex->nodes[at];

	if (is_unbounded(node))
		return set_in(regex, node->child);
	if (node->kind == REGEX_GROUP && !node->keeps && node->child != 0)
		return lone_set(regex, node->child);
	if (node->kind == REGEX_SEQ && node->child != 0 && regex->nodes[node->child].next == 0)
		return lone_set(regex, node->child);
	return NULL;
}

/* Neighbours that take the same characters: each way to share them is tried. */
static void pump_neighbours(struct attack *attack, unsigned at)
{
	const struct regex *regex = attack->regex;
	const struct regex_node *left = lone_set(regex, at);

	for (unsigned next = regex->nodes[at].next; left != NULL && next != 0; next = regex->nodes[next].next) {
		const struct regex_node *right = lone_set(regex, next);
		uint64_t both[4] = { 0 };
		for (int i = 0; i < 4 && right != NULL; i++)
			both[i] = left->set[i] & right->set[i];
		const char byte = (char)regex_byte(both);
		if (byte != '\0')
			attack_with(attack, (struct slice){ &byte, 1 });
		if (regex_least(regex, next) > (right != NULL ? 1 : 0))
			return;
	}
}

/* Each place in the tree, with a text that leads to it. */
static void attack_node(struct attack *attack, unsigned at)
{
	const struct regex_node *node = &attack->regex->nodes[at];

	if (attack->found > 0 || attack->tries >= TRIES_MAX || attack->before.len > LINT_TEXT_MAX / 2)
		return;
	if (is_unbounded(node) && has_choice(attack->regex, node->child))
		pump_choices(attack, node->child);
	const size_t before = attack->before.len;
	for (unsigned child = node->child; child != 0; child = attack->regex->nodes[child].next) {
		if (node->kind == REGEX_SEQ)
			pump_neighbours(attack, child);
		attack_node(attack, child);
		if (node->kind == REGEX_SEQ)
			regex_sample(attack->regex, child, false, &attack->before);
	}
	attack->before.len = before;
}

size_t lint_gives_up(struct slice expression)
{
	struct regex regex;
	struct error ignored;
	struct attack attack = { .regex = &regex };

	if (regex_read(&regex, expression) && (attack.pattern = pattern_new(expression, false, &ignored)) != NULL) {
		regex_sample(&regex, regex.root, false, &attack.whole);
		attack_node(&attack, regex.root);
	}
	pattern_free(attack.pattern);
	buffer_clear(&attack.before);
	buffer_clear(&attack.text);
	buffer_clear(&attack.whole);
	regex_clear(&regex);
	return attack.found;
}

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
	const struct regex_node *set = is_unbounded(node) ? set_in(regex, node->child) : NULL;
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
