/* Texts that the line of a record must have in it to match criteria: a database can look for them, and sends less. */
/* SPDX-License-Identifier: MIT */
#include "words.h"

#include "match_inside.h"
#include "memory.h"
#include "part.h"

#include <stdlib.h>

enum {
	WORD_MIN = 2, /* bytes */
};

/* JSON may write it with a backslash in front: a quote, a backslash, a slash, what is below a blank. */
static bool is_plain(char c)
{
	return (unsigned char)c >= ' ' && c != '"' && c != '\\' && c != '/';
}

/* The longest run of the text that stands in a line as it is. */
static struct slice plain_run(struct slice text)
{
	struct slice longest = { text.ptr, 0 };

	for (size_t at = 0, len; at < text.len; at += len + 1) {
		for (len = 0; at + len < text.len && is_plain(text.ptr[at + len]); len++)
			;
		if (len > longest.len)
			longest = (struct slice){ text.ptr + at, len };
	}
	return longest;
}

/* The group in hand; it fails where a word is too short or there are too many. */
struct group {
	struct words *words;
	bool failed;
};

static void add_word(void *data, struct slice text)
{
	struct group *group = data;
	struct words *words = group->words;
	const struct slice run = plain_run(text);

	group->failed |= run.len < WORD_MIN || words->count == WORDS_MAX;
	if (group->failed)
		return;
	words->list[words->count++] = (struct word){ memory_text(run), run.len, words->groups };
}

/* Tests that compare with whole values have no parts that are searched for: the values are. */
static bool add_test(struct group *group, const struct criterion *test)
{
	if (part_each(test, add_word, group))
		return !group->failed;
	if (test->op != CRITERION_EQUAL || test->count == 0 || test->plain != test->count)
		return false;
	for (size_t i = 0; i < test->count; i++)
		add_word(group, test->values[i].text);
	return !group->failed;
}

static void cut(struct words *words, size_t count)
{
	while (words->count > count)
		free(words->list[--words->count].text);
}

static bool add_node(struct words *words, const struct match *match, size_t at);

/* All children hold: one of them is enough. */
static bool add_first(struct words *words, const struct match *match, size_t at)
{
	for (size_t child = at + 1; child < match->nodes[at].next; child = match->nodes[child].next)
		if (add_node(words, match, child))
			return true;
	return false;
}

/* Any of the children holds: the words of all. */
static bool add_all(struct words *words, const struct match *match, size_t at)
{
	const size_t before = words->count;

	for (size_t child = at + 1; child < match->nodes[at].next; child = match->nodes[child].next)
		if (!add_node(words, match, child)) {
			cut(words, before);
			return false;
		}
	return words->count > before;
}

/* All words of the node, or none of them. */
static bool add_node(struct words *words, const struct match *match, size_t at)
{
	struct group group = { words, false };
	const size_t before = words->count;

	switch (match->nodes[at].kind) {
	case NODE_AND:
		return add_first(words, match, at);
	case NODE_OR:
		return add_all(words, match, at);
	case NODE_TEST:
		if (add_test(&group, match->nodes[at].criterion))
			return true;
		cut(words, before);
		return false;
	default:
		return false;
	}
}

void words_add(struct words *words, const struct match *match)
{
	if (words->groups < WORDS_GROUPS_MAX && add_node(words, match, 0))
		words->groups++;
}

void words_clear(struct words *words)
{
	cut(words, 0);
	words->groups = 0;
}
