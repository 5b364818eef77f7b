/* Sets of characters in an expression: classes, escapes, what (?i) adds. */
/* SPDX-License-Identifier: MIT */
#include "regex_inside.h"

#include <ctype.h>

void regex_set_add(uint64_t set[4], unsigned byte)
{
	set[byte / 64] |= UINT64_C(1) << byte % 64;
}

void regex_set_range(uint64_t set[4], unsigned from, unsigned to)
{
	for (unsigned byte = from; byte <= to; byte++)
		regex_set_add(set, byte);
}

void regex_set_not(uint64_t set[4])
{
	for (int i = 0; i < 4; i++)
		set[i] = ~set[i];
}

/* \d and the like; false where the letter is none of them. */
static bool set_letter(uint64_t set[4], char letter)
{
	uint64_t one[4] = { 0 };

	switch (tolower((unsigned char)letter)) {
	case 'd':
		regex_set_range(one, '0', '9');
		break;
	case 'w':
		regex_set_range(one, '0', '9');
		regex_set_range(one, 'A', 'Z');
		regex_set_range(one, 'a', 'z');
		regex_set_add(one, '_');
		break;
	case 's':
		regex_set_range(one, '\t', '\r');
		regex_set_add(one, ' ');
		break;
	case 'h':
		regex_set_add(one, '\t');
		regex_set_add(one, ' ');
		break;
	case 'n':
		if (letter == 'n')
			return false;
		regex_set_add(one, '\n');
		regex_set_not(one); /* \N */
		break;
	default:
		return false;
	}
	if (isupper((unsigned char)letter) && letter != 'N')
		regex_set_not(one);
	for (int i = 0; i < 4; i++)
		set[i] |= one[i];
	return true;
}

/* The byte that an escape stands for, behind its backslash; -1 where it is another kind. */
static int escaped_byte(struct regex_reader *reader)
{
	static const char names[] = "tnrfae", bytes[] = "\t\n\r\f\a\x1b";

	if (reader->p == reader->end)
		return -1;
	const char c = *reader->p++;
	const char *name = memchr(names, c, sizeof names - 1);
	if (name != NULL)
		return bytes[name - names];
	if (c == 'x') {
		int value = 0;
		for (int i = 0; i < 2 && reader->p < reader->end && isxdigit((unsigned char)*reader->p); i++) {
			const char digit = *reader->p++;
			value = value * 16 + (digit <= '9' ? digit - '0' : tolower((unsigned char)digit) - 'a' + 10);
		}
		return value > 0 && value < 128 ? value : -1;
	}
	return ispunct((unsigned char)c) ? c : -1;
}

static void set_fold(const struct regex_reader *reader, uint64_t set[4])
{
	for (unsigned byte = 'a'; reader->caseless && byte <= 'z'; byte++)
		if ((set[byte / 64] >> byte % 64 & 1) || (set[(byte - 32) / 64] >> (byte - 32) % 64 & 1)) {
			regex_set_add(set, byte);
			regex_set_add(set, byte - 32);
		}
}

unsigned regex_set_of(struct regex_reader *reader, uint64_t set[4])
{
	const unsigned node = regex_node_new(reader, REGEX_SET);

	set_fold(reader, set);
	memcpy(reader->regex->nodes[node].set, set, sizeof reader->regex->nodes[node].set);
	return node;
}

/* [:alpha:], behind its "[:". */
static bool read_named_class(struct regex_reader *reader, uint64_t set[4])
{
	static const struct {
		const char *name;
		int (*has)(int c);
	} classes[] = { { "alpha:]", isalpha }, { "digit:]", isdigit }, { "alnum:]", isalnum },
			{ "upper:]", isupper }, { "lower:]", islower }, { "space:]", isspace },
			{ "blank:]", isblank }, { "punct:]", ispunct }, { "xdigit:]", isxdigit },
			{ "print:]", isprint }, { "graph:]", isgraph }, { "cntrl:]", iscntrl } };

	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		if (regex_takes(reader, classes[i].name)) {
			for (int byte = 0; byte < 128; byte++)
				if (classes[i].has(byte))
					regex_set_add(set, (unsigned)byte);
			return true;
		}
	return false;
}

/* One character of a class that may start a range; -1: it was a set of its own, -2: not understood. */
static int read_class_byte(struct regex_reader *reader, uint64_t set[4])
{
	if (regex_takes(reader, "[:"))
		return read_named_class(reader, set) ? -1 : -2;
	const char c = *reader->p++;
	if ((unsigned char)c & 0x80) {
		regex_set_range(set, 128, 255);
		return -1;
	}
	if (c != '\\')
		return c;
	if (reader->p < reader->end && set_letter(set, *reader->p)) {
		reader->p++;
		return -1;
	}
	if (regex_takes(reader, "b"))
		return '\b';
	const int byte = escaped_byte(reader);
	return byte < 0 ? -2 : byte;
}

unsigned regex_read_class(struct regex_reader *reader)
{
	uint64_t set[4] = { 0 };
	const bool negated = regex_takes(reader, "^");

	for (bool first = true; reader->p < reader->end && (first || *reader->p != ']'); first = false) {
		const int from = read_class_byte(reader, set);
		if (from == -2)
			return 0;
		if (from < 0)
			continue;
		regex_set_add(set, (unsigned)from);
		if (reader->end - reader->p < 2 || reader->p[0] != '-' || reader->p[1] == ']')
			continue;
		reader->p++;
		const int to = read_class_byte(reader, set);
		if (to < from)
			return 0;
		regex_set_range(set, (unsigned)from, (unsigned)to);
	}
	if (!regex_takes(reader, "]"))
		return 0;
	set_fold(reader, set);
	if (negated)
		regex_set_not(set);
	return regex_set_of(reader, set);
}

unsigned regex_read_escape(struct regex_reader *reader)
{
	uint64_t set[4] = { 0 };

	if (reader->p == reader->end)
		return 0;
	if (set_letter(set, *reader->p)) {
		reader->p++;
		return regex_set_of(reader, set);
	}
	if (*reader->p >= '1' && *reader->p <= '9') { /* what a group has matched: of any length */
		while (reader->p < reader->end && isdigit((unsigned char)*reader->p))
			reader->p++;
		return regex_node_new(reader, REGEX_PLACE);
	}
	if (regex_takes(reader, "A"))
		return regex_node_new(reader, REGEX_START);
	if (regex_takes(reader, "z") || regex_takes(reader, "Z"))
		return regex_node_new(reader, REGEX_END);
	if (regex_takes(reader, "b") || regex_takes(reader, "B") || regex_takes(reader, "K") ||
	    regex_takes(reader, "G"))
		return regex_node_new(reader, REGEX_PLACE);
	const int byte = escaped_byte(reader);
	if (byte < 0)
		return 0;
	regex_set_add(set, (unsigned)byte);
	return regex_set_of(reader, set);
}
