/* What is asked of the tree of an expression. */
/* SPDX-License-Identifier: MIT */
#include "regex.h"

#include <stdlib.h>

enum {
	SAMPLE_REPEAT_MAX = 100,
	SAMPLE_MAX = 4096,
};

void regex_clear(struct regex *regex)
{
	free(regex->nodes);
	*regex = (struct regex){ 0 };
}

size_t regex_least(const struct regex *regex, unsigned at)
{
	const struct regex_node *node = &regex->nodes[at];
	size_t least = 0;

	if (node->kind == REGEX_SET)
		return 1;
	if (node->kind >= REGEX_START)
		return 0;
	if (node->kind == REGEX_REPEAT)
		return node->min == 0 ? 0 : regex_least(regex, node->child);
	for (unsigned child = node->child; child != 0; child = regex->nodes[child].next) {
		const size_t one = regex_least(regex, child);
		if (node->kind == REGEX_ALT)
			least = child == node->child || one < least ? one : least;
		else
			least += one;
	}
	return least;
}

const struct regex_node *regex_set_in(const struct regex *regex, unsigned at)
{
	const struct regex_node *node = &regex->nodes[at];

	while (node->kind == REGEX_GROUP || node->kind == REGEX_REPEAT ||
	       (node->kind == REGEX_SEQ && node->child != 0 && regex->nodes[node->child].next == 0))
		node = &regex->nodes[node->child];
	return node->kind == REGEX_SET ? node : NULL;
}

unsigned regex_byte(const uint64_t set[4])
{
	static const char liked[] = "ax0 .-_/:,;=\"'()[]{}<>!?@#$%^&*+|~`\\";

	for (const char *byte = liked; *byte != '\0'; byte++)
		if (set[*byte / 64] >> *byte % 64 & 1)
			return (unsigned char)*byte;
	for (unsigned byte = 1; byte < 128; byte++)
		if (set[byte / 64] >> byte % 64 & 1)
			return byte;
	return 0;
}

static void sample_children(const struct regex *regex, const struct regex_node *node, bool once, struct buffer *to)
{
	for (unsigned child = node->child; child != 0; child = regex->nodes[child].next) {
		regex_sample(regex, child, once, to);
		if (node->kind == REGEX_ALT)
			return;
	}
}

void regex_sample(const struct regex *regex, unsigned at, bool once, struct buffer *to)
{
	const struct regex_node *node = &regex->nodes[at];

	if (node->kind == REGEX_SET) {
		const unsigned byte = regex_byte(node->set);
		buffer_add(to, byte > 0 ? (struct slice){ (const char[]){ (char)byte }, 1 } : SLICE("\xc3\xa4"));
	} else if (node->kind == REGEX_REPEAT) {
		const unsigned times = once && node->min == 0 && node->max == REGEX_UNBOUNDED ? 1 : node->min;
		for (unsigned i = 0; i < times && i < SAMPLE_REPEAT_MAX && to->len < SAMPLE_MAX; i++)
			regex_sample(regex, node->child, once, to);
	} else if (node->kind < REGEX_START) {
		sample_children(regex, node, once, to);
	}
}
