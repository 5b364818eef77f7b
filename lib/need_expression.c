/* Which text an expression needs: only what is certain, of expressions that are simple enough. */
/* SPDX-License-Identifier: MIT */
#include "need.h"

#include <ctype.h>

/* Behind a class, "[^]a-z[:alpha:]]"; the whole rest where it has no end. */
static size_t class_end(struct slice text)
{
	size_t at = 1;

	if (at < text.len && text.ptr[at] == '^')
		at++;
	if (at < text.len && text.ptr[at] == ']')
		at++;
	while (at < text.len && text.ptr[at] != ']') {
		const bool named = text.ptr[at] == '[' && at + 1 < text.len && text.ptr[at + 1] == ':';
		if (text.ptr[at] == '\\')
			at++;
		else if (named)
			at += 1 + slice_find(slice_after(text, at + 1), ']');
		at++;
	}
	return at < text.len ? at + 1 : text.len;
}

/* Behind a group with all that is in it. */
static size_t group_end(struct slice text)
{
	size_t depth = 0, at = 0;

	while (at < text.len) {
		const char c = text.ptr[at];
		if (c == '[') {
			at += class_end(slice_after(text, at));
			continue;
		}
		depth += c == '(';
		if (c == ')' && --depth == 0)
			return at + 1;
		at += c == '\\' && at + 1 < text.len ? 2 : 1;
	}
	return text.len;
}

/* A choice at the top may leave out anything; options, quoting and comments change what signs mean. */
static bool is_simple(struct slice text)
{
	for (size_t at = 0; at < text.len; at++) {
		const struct slice rest = slice_after(text, at);
		if (slice_starts(rest, SLICE("\\Q")) || slice_starts(rest, SLICE("\\E")) ||
		    slice_starts(rest, SLICE("(*")))
			return false;
		if (!slice_starts(rest, SLICE("(?")))
			continue;
		const bool group =
		    slice_starts(rest, SLICE("(?:")) || slice_starts(rest, SLICE("(?P<")) ||
		    (slice_starts(rest, SLICE("(?<")) && rest.len > 3 && isalpha((unsigned char)rest.ptr[3]));
		if (!group)
			return false;
	}
	return true;
}

/* Where the next element ends; *literal where it is one byte that stands for itself, and then *byte. */
static size_t element(struct slice text, bool *literal, char *byte)
{
	const char c = text.ptr[0];

	*literal = false;
	if (c == '[')
		return class_end(text);
	if (c == '(')
		return group_end(text);
	if (c == '\\') {
		*literal = text.len > 1 && ispunct((unsigned char)text.ptr[1]);
		*byte = text.len > 1 ? text.ptr[1] : c;
		return text.len > 1 ? 2 : 1;
	}
	*literal = memchr(".^$|)*+?{}", c, 10) == NULL && !((unsigned char)c & 0x80);
	*byte = c;
	return 1;
}

/* Letters and digits behind a backslash may take more signs with them: what follows is not taken for text. */
static bool is_letter_escape(struct slice text)
{
	return text.ptr[0] == '\\' && text.len > 1 && !ispunct((unsigned char)text.ptr[1]) &&
	       memchr("sSdDwWbB", text.ptr[1], 8) == NULL;
}

static void keep_longest(struct buffer *run, struct buffer *longest)
{
	if (run->len > longest->len) {
		longest->len = 0;
		buffer_add(longest, buffer_slice(run));
	}
	run->len = 0;
}

static bool read_runs(struct slice text, struct buffer *run, struct buffer *longest)
{
	while (text.len > 0) {
		bool literal;
		char byte;
		if (text.ptr[0] == '|' || is_letter_escape(text))
			return false;
		const size_t len = element(text, &literal, &byte);
		const char next = len < text.len ? text.ptr[len] : '\0';
		if (next == '*' || next == '?' || next == '{')
			literal = false; /* it may come not at all */
		if (literal)
			buffer_add_char(run, byte);
		if (!literal || next == '+')
			keep_longest(run, longest);
		text = slice_after(text, len);
		if (next == '{') { /* {2,3}: digits are no text */
			const size_t end = slice_find(text, '}');
			for (size_t i = 1; i < end; i++)
				if (!isdigit((unsigned char)text.ptr[i]) && text.ptr[i] != ',')
					return false;
			text = slice_after(text, end < text.len ? end + 1 : end);
		}
	}
	keep_longest(run, longest);
	return true;
}

struct slice need_of_expression(struct slice expression, struct buffer *scratch)
{
	struct buffer run = { 0 };

	scratch->len = 0;
	const bool certain = is_simple(expression) && read_runs(expression, &run, scratch);
	buffer_clear(&run);
	return certain ? buffer_slice(scratch) : (struct slice){ 0 };
}
