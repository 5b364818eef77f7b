/* Reads a regular expression of PCRE2 into a tree; whatever is not certain ends it. */
/* SPDX-License-Identifier: MIT */
#include "regex_inside.h"

#include "memory.h"

#include <ctype.h>

enum {
	DEPTH_MAX = 100,
	REPEAT_MAX = 65535,
};

static unsigned read_choice(struct regex_reader *reader);

unsigned regex_node_new(struct regex_reader *reader, enum regex_kind kind)
{
	struct regex *regex = reader->regex;

	regex->nodes = memory_grow(regex->nodes, &regex->room, regex->count + 1, sizeof *regex->nodes);
	regex->nodes[regex->count] = (struct regex_node){ .kind = kind };
	return (unsigned)regex->count++;
}

bool regex_takes(struct regex_reader *reader, const char *text)
{
	const size_t len = strlen(text);
	if ((size_t)(reader->end - reader->p) < len || memcmp(reader->p, text, len) != 0)
		return false;
	reader->p += len;
	return true;
}

/* "(?i", "(?i-s:": behind the question mark; false where it is none. */
static bool read_options(struct regex_reader *reader)
{
	bool on = true;

	for (; reader->p < reader->end && *reader->p != ')' && *reader->p != ':'; reader->p++)
		if (*reader->p == '-')
			on = false;
		else if (*reader->p == 'i')
			reader->caseless = on;
		else if (*reader->p == 's')
			reader->dotall = on;
		else if (*reader->p == 'm')
			reader->multiline = on;
		else
			return false;
	return reader->p < reader->end;
}

/* The head of a group, behind its '('; false where it is not understood. *open: there is more than the head. */
static bool read_head(struct regex_reader *reader, struct regex_node *head, bool *open)
{
	*open = true;
	*head = (struct regex_node){ .kind = REGEX_GROUP };
	if (reader->p < reader->end && *reader->p == '*') { /* (*SKIP) and the like */
		while (reader->p < reader->end && *reader->p != ')')
			reader->p++;
		*open = false;
		return regex_takes(reader, ")");
	}
	if (!regex_takes(reader, "?")) {
		head->group = ++reader->groups;
		return true;
	}
	if (regex_takes(reader, ":"))
		return true;
	head->keeps = regex_takes(reader, ">");
	if (head->keeps)
		return true;
	if (regex_takes(reader, "=") || regex_takes(reader, "!") || regex_takes(reader, "<=") ||
	    regex_takes(reader, "<!")) {
		head->kind = REGEX_LOOK;
		return true;
	}
	if (regex_takes(reader, "P<") || regex_takes(reader, "<") || regex_takes(reader, "'")) {
		while (reader->p < reader->end && (isalnum((unsigned char)*reader->p) || *reader->p == '_'))
			reader->p++;
		head->group = ++reader->groups;
		return regex_takes(reader, ">") || regex_takes(reader, "'");
	}
	if (!read_options(reader))
		return false;
	*open = regex_takes(reader, ":");
	return *open || regex_takes(reader, ")");
}

static unsigned read_group(struct regex_reader *reader)
{
	struct regex_node head;
	bool open;
	const struct regex_reader before = *reader;

	if (reader->depth == DEPTH_MAX || !read_head(reader, &head, &open))
		return 0;
	const unsigned node = regex_node_new(reader, open ? head.kind : REGEX_PLACE);
	if (!open)
		return node;
	reader->regex->nodes[node] = head;
	reader->depth++;
	const unsigned child = read_choice(reader);
	reader->depth--;
	if (child == 0 || !regex_takes(reader, ")"))
		return 0;
	reader->regex->nodes[node].child = child;
	reader->caseless = before.caseless;
	reader->dotall = before.dotall;
	reader->multiline = before.multiline;
	return node;
}

static unsigned read_item(struct regex_reader *reader)
{
	uint64_t set[4] = { 0 };
	const char c = *reader->p++;

	if (c == '(')
		return read_group(reader);
	if (c == '[')
		return regex_read_class(reader);
	if (c == '\\')
		return regex_read_escape(reader);
	if (c == '^')
		return regex_node_new(reader, reader->multiline ? REGEX_PLACE : REGEX_START);
	if (c == '$')
		return regex_node_new(reader, reader->multiline ? REGEX_PLACE : REGEX_END);
	if (c == '*' || c == '+' || c == '?')
		return 0;
	if (c == '.') {
		if (!reader->dotall)
			regex_set_add(set, '\n');
		regex_set_not(set);
	} else if ((unsigned char)c & 0x80) {
		while (reader->p < reader->end && ((unsigned char)*reader->p & 0xc0) == 0x80)
			reader->p++;
		regex_set_range(set, 128, 255);
	} else {
		regex_set_add(set, (unsigned char)c);
	}
	return regex_set_of(reader, set);
}

static bool read_number(struct regex_reader *reader, unsigned *number)
{
	const char *start = reader->p;

	for (*number = 0; reader->p < reader->end && isdigit((unsigned char)*reader->p) && *number <= REPEAT_MAX;)
		*number = *number * 10 + (unsigned)(*reader->p++ - '0');
	return reader->p > start;
}

/* "{2,5}"; false, and nothing passed, where it is text. */
static bool read_braces(struct regex_reader *reader, unsigned *min, unsigned *max)
{
	const char *start = reader->p;

	if (regex_takes(reader, "{") && read_number(reader, min)) {
		*max = *min;
		if (regex_takes(reader, ",") && !read_number(reader, max))
			*max = REGEX_UNBOUNDED;
		if (regex_takes(reader, "}"))
			return true;
	}
	reader->p = start;
	return false;
}

static unsigned read_repeat(struct regex_reader *reader, unsigned item)
{
	unsigned min = 0, max = REGEX_UNBOUNDED;

	if (regex_takes(reader, "?"))
		max = 1;
	else if (regex_takes(reader, "+"))
		min = 1;
	else if (!regex_takes(reader, "*") && !read_braces(reader, &min, &max))
		return item;
	const unsigned node = regex_node_new(reader, REGEX_REPEAT);
	struct regex_node *repeat = &reader->regex->nodes[node];
	repeat->child = item;
	repeat->min = min;
	repeat->max = max;
	repeat->lazy = regex_takes(reader, "?");
	repeat->keeps = !repeat->lazy && regex_takes(reader, "+");
	return node;
}

static unsigned read_sequence(struct regex_reader *reader)
{
	const unsigned node = regex_node_new(reader, REGEX_SEQ);
	unsigned last = 0;

	while (reader->p < reader->end && *reader->p != '|' && *reader->p != ')') {
		unsigned item = read_item(reader);
		if (item == 0)
			return 0;
		item = read_repeat(reader, item);
		*(last == 0 ? &reader->regex->nodes[node].child : &reader->regex->nodes[last].next) = item;
		last = item;
	}
	return node;
}

static unsigned read_choice(struct regex_reader *reader)
{
	unsigned last = read_sequence(reader);

	if (last == 0 || reader->p == reader->end || *reader->p != '|')
		return last;
	const unsigned node = regex_node_new(reader, REGEX_ALT);
	reader->regex->nodes[node].child = last;
	while (regex_takes(reader, "|")) {
		const unsigned next = read_sequence(reader);
		if (next == 0)
			return 0;
		reader->regex->nodes[last].next = next;
		last = next;
	}
	return node;
}

bool regex_read(struct regex *regex, struct slice expression)
{
	struct regex_reader reader = { .regex = regex, .p = expression.ptr, .end = expression.ptr + expression.len };

	*regex = (struct regex){ 0 };
	regex_node_new(&reader, REGEX_PLACE); /* place 0 */
	regex->root = read_choice(&reader);
	return regex->root != 0 && reader.p == reader.end;
}
