/* Captures that who chooses a part of the text, such as the name of a login, can move to a value of theirs. */
/* SPDX-License-Identifier: MIT */
#include "lint_chosen.h"

#include "regex.h"

#include <ctype.h>

enum {
	WAY_MAX = 512,
	WORD_MAX = 16,
};

/* The nodes that a text passes one after the other, in order; groups open at their own place. */
struct way {
	const struct regex *regex;
	unsigned nodes[WAY_MAX];
	bool captured[WAY_MAX];
	size_t count;
};

static const struct regex_node *regex_at(const struct regex *regex, unsigned node)
{
	return &regex->nodes[node];
}

/* Any text at all: endless, and of a set that has blanks as well as what addresses and names are made of. */
static bool is_any_text(const struct regex *regex, unsigned at)
{
	static const char wanted[] = " \"'=:,;[](){}<>./-_azAZ09";
	const struct regex_node *node = regex_at(regex, at);

	if (node->kind != REGEX_REPEAT || node->max != (unsigned)REGEX_UNBOUNDED)
		return false;
	const struct regex_node *set = regex_at(regex, node->child);
	if (set->kind != REGEX_SET)
		return false;
	for (const char *c = wanted; *c != '\0'; c++)
		if (!regex_has(set, (unsigned char)*c))
			return false;
	return true;
}

static bool holds_any_text(const struct regex *regex, unsigned at)
{
	if (is_any_text(regex, at))
		return true;
	for (unsigned child = regex_at(regex, at)->child; child != 0; child = regex_at(regex, child)->next)
		if (holds_any_text(regex, child))
			return true;
	return false;
}

/* Choices and repeats are passed as one; rows and groups are gone into. */
static void walk(struct way *way, unsigned at, bool captured)
{
	const struct regex_node *node = regex_at(way->regex, at);

	if (way->count == WAY_MAX)
		return;
	captured = captured || node->group > 0;
	way->captured[way->count] = captured;
	way->nodes[way->count++] = at;
	if (node->kind != REGEX_SEQ && node->kind != REGEX_GROUP)
		return;
	for (unsigned child = node->child; child != 0; child = regex_at(way->regex, child)->next)
		walk(way, child, captured);
}

/* The one letter or digit of a set, in small letters; 0: it has others. */
static char letter_of(const struct regex_node *set)
{
	char found = '\0';

	for (int c = 0; set->kind == REGEX_SET && c < 128; c++)
		if (regex_has(set, (unsigned char)c)) {
			if (found != '\0' && found != tolower(c))
				return '\0';
			found = (char)tolower(c);
		}
	return isalnum((unsigned char)found) ? found : '\0';
}

/* Something between a word and what it speaks of: blanks, quotes and the like, which may be left out. */
static bool is_between(const struct regex *regex, unsigned at)
{
	const struct regex_node *node = regex_at(regex, at);

	if (node->kind == REGEX_REPEAT)
		node = regex_at(regex, node->child);
	for (unsigned c = '0'; c <= 'z'; c++)
		if (node->kind != REGEX_SET || (isalnum((int)c) && regex_has(node, c)))
			return false;
	return true;
}

/* Does a word stand right before this place, after which somebody's own text comes? */
static bool is_behind_word(const struct way *way, size_t i)
{
	static const char *const words[] = { "user", "username", "login", "account", "name", "for", NULL };
	char word[WORD_MAX + 1];
	size_t at = sizeof word - 1;

	word[at] = '\0';
	while (i > 0 && is_between(way->regex, way->nodes[i - 1]))
		i--;
	for (char c; at > 0 && i > 0 && (c = letter_of(regex_at(way->regex, way->nodes[i - 1]))) != '\0'; i--)
		word[--at] = c;
	for (const char *const *one = words; *one != NULL; one++)
		if (strcmp(*one, word + at) == 0)
			return true;
	return false;
}

/* A group of which the text is narrow: what takes any text is no value that could be faked. */
static bool is_value(const struct regex *regex, unsigned at)
{
	const struct regex_node *node = regex_at(regex, at);
	return node->kind == REGEX_GROUP && node->group > 0 && !holds_any_text(regex, at);
}

/* From this place the way goes to the end of the text without any text in it. */
static bool is_held_by_end(const struct way *way, size_t from)
{
	const unsigned last = way->nodes[way->count - 1];

	for (size_t i = from; i < way->count; i++) {
		const enum regex_kind kind = regex_at(way->regex, way->nodes[i])->kind;
		if (kind != REGEX_SEQ && kind != REGEX_GROUP && holds_any_text(way->regex, way->nodes[i]))
			return false;
	}
	return regex_at(way->regex, last)->kind == REGEX_END;
}

/* It looks ahead over any text: for a second place that would fit, most likely. */
static bool looks_ahead(const struct regex *regex)
{
	for (unsigned at = 1; at < regex->count; at++)
		if (regex_at(regex, at)->kind == REGEX_LOOK && holds_any_text(regex, at))
			return true;
	return false;
}

static unsigned chosen_group(const struct regex *regex)
{
	struct way way = { .regex = regex };
	bool chosen = false;

	walk(&way, regex->root, false);
	if (way.count == WAY_MAX || looks_ahead(regex))
		return 0;
	for (size_t i = 0; i < way.count; i++) {
		const struct regex_node *node = regex_at(regex, way.nodes[i]);
		if (is_any_text(regex, way.nodes[i])) /* what is as long as may be leads to the last place */
			chosen = node->lazy && (chosen || way.captured[i] || is_behind_word(&way, i));
		else if (chosen && is_value(regex, way.nodes[i]) && !is_held_by_end(&way, i))
			return node->group;
	}
	return 0;
}

unsigned lint_chosen_group(struct slice expression)
{
	struct regex regex;
	const unsigned group = regex_read(&regex, expression) ? chosen_group(&regex) : 0;

	regex_clear(&regex);
	return group;
}
