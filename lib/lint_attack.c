/* Texts on which an expression gives up, made of the places in its tree where one text can be read in many ways. */
/* SPDX-License-Identifier: MIT */
#include "lint_expression.h"

#include "pattern.h"
#include "regex.h"

enum {
	TRIES_MAX = 2000, /* texts for one expression */
	TEXT_FIRST = 32,  /* bytes of the shortest, which is doubled up to LINT_TEXT_MAX */
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
	for (size_t len = TEXT_FIRST; len <= LINT_TEXT_MAX && attack->found == 0; len *= 2)
		for (size_t i = 0; i < sizeof tails / sizeof *tails && attack->tries < TRIES_MAX; i++)
			if (give_up(attack, pump, len, slice_of(tails[i]), false) ||
			    give_up(attack, pump, len, slice_of(tails[i]), true)) {
				attack->found = attack->text.len;
				return;
			}
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

/* Is there a repeat without end in it that could stand alone: in groups, or between what may be empty? */
static const struct regex_node *lone_set(const struct regex *regex, unsigned at)
{
	const struct regex_node *node = &regex->nodes[at];

	if (regex_is_unbounded(node))
		return regex_set_in(regex, node->child);
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
	if (regex_is_unbounded(node) && has_choice(attack->regex, node->child))
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
