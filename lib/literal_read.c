/* Reads items, heads of groups and repeats of an expression; what could mean something else loses all of it. */
/* SPDX-License-Identifier: MIT */
#include "literal_read.h"
#include "fold.h"

bool literal_read_is(struct literal_read *read, char c)
{
	if (read->p == read->end || *read->p != c)
		return false;
	read->p++;
	return true;
}

static bool one_of(char c, const char *list)
{
	return c != '\0' && strchr(list, c) != NULL;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return fold(c) >= 'a' && fold(c) <= 'z';
}

static bool is_ascii(char c)
{
	return ((unsigned char)c & 0x80) == 0;
}

/* The next character, of UTF-8. */
static struct slice take_character(struct literal_read *read)
{
	const char *start = read->p++;
	if (!is_ascii(*start))
		while (read->p < read->end && ((unsigned char)*read->p & 0xc0) == 0x80)
			read->p++;
	return (struct slice){ start, (size_t)(read->p - start) };
}

static bool add_character(const struct literal_read *read, struct literal_set *texts, struct slice character)
{
	return (!read->caseless || is_ascii(character.ptr[0])) && literal_set_add(texts, character);
}

static enum literal_item read_character(struct literal_read *read, struct literal_set *texts)
{
	texts->count = 0;
	return add_character(read, texts, take_character(read)) ? LITERAL_ITEM_TEXTS : LITERAL_ITEM_ANY;
}

static enum literal_item lose(struct literal_read *read)
{
	read->lost = true;
	return LITERAL_ITEM_ANY;
}

/* Passes the digits of "\x5c"; those in braces lose. */
static enum literal_item pass_hex(struct literal_read *read)
{
	if (read->p < read->end && *read->p == '{')
		return lose(read);
	for (int i = 0; i < 2 && read->p < read->end && (is_digit(*read->p) || one_of(fold(*read->p), "abcdef")); i++)
		read->p++;
	return LITERAL_ITEM_ANY;
}

static enum literal_item read_escape(struct literal_read *read, struct literal_set *texts)
{
	if (read->p == read->end)
		return lose(read);
	const char c = *read->p;
	if (!is_digit(c) && !is_letter(c))
		return read_character(read, texts);
	read->p++;
	if (one_of(c, "bBAzZGK"))
		return LITERAL_ITEM_PLACE;
	if (one_of(c, "dDwWsShHvVRX") || one_of(c, "tnrfea"))
		return LITERAL_ITEM_ANY;
	if (c == 'x')
		return pass_hex(read);
	if (is_digit(c) && c != '0' && (read->p == read->end || !is_digit(*read->p)))
		return LITERAL_ITEM_ANY; /* what a group has matched */
	return lose(read);
}

/* Passes "[:alpha:]" inside of a class; false where it is a bracket and no more. */
static bool pass_posix(struct literal_read *read)
{
	const char *p = read->p + 1;
	if (p == read->end || !one_of(*p, ":.="))
		return false;
	while (++p < read->end && (is_letter(*p) || *p == '^'))
		;
	if (read->end - p < 2 || p[0] != ':' || p[1] != ']')
		return lose(read);
	read->p = p + 2;
	return true;
}

/* Reads a member of a class; false where it is no single character. */
static bool read_member(struct literal_read *read, struct literal_set *texts)
{
	if (*read->p == '[' && pass_posix(read))
		return false;
	if (*read->p == '-') {
		read->p++;
		return false; /* a range, or as good as one */
	}
	if (*read->p != '\\')
		return add_character(read, texts, take_character(read));
	read->p++;
	if (read->p == read->end || one_of(*read->p, "QEcN")) {
		read->lost = true;
		return false;
	}
	if (is_letter(*read->p) || is_digit(*read->p)) {
		read->p++;
		return false;
	}
	return add_character(read, texts, take_character(read));
}

static enum literal_item read_class(struct literal_read *read, struct literal_set *texts)
{
	bool few = !literal_read_is(read, '^'), first = true;
	texts->count = 0;
	while (!read->lost && read->p < read->end && (first || *read->p != ']')) {
		few = read_member(read, texts) && few;
		first = false;
	}
	if (!literal_read_is(read, ']'))
		return lose(read);
	return few ? LITERAL_ITEM_TEXTS : LITERAL_ITEM_ANY;
}

enum literal_item literal_read_item(struct literal_read *read, struct literal_set *texts)
{
	switch (*read->p) {
	case '^':
	case '$':
		read->p++;
		return LITERAL_ITEM_PLACE;
	case '.':
		read->p++;
		return LITERAL_ITEM_ANY;
	case '[':
		read->p++;
		return read_class(read, texts);
	case '\\':
		read->p++;
		return read_escape(read, texts);
	case '*':
	case '+':
	case '?':
		return lose(read);
	default:
		return read_character(read, texts);
	}
}

/* Passes "(?i)" or the head of "(?i:..)", behind the '?'. Where spaces mean nothing, we do not understand. */
static enum literal_group read_options(struct literal_read *read)
{
	bool on = true;
	for (; read->p < read->end && one_of(*read->p, "imsnJU-"); read->p++)
		if (*read->p == '-')
			on = false;
		else if (*read->p == 'i')
			read->caseless = on;
	if (literal_read_is(read, ')'))
		return LITERAL_GROUP_OPTIONS;
	if (!literal_read_is(read, ':'))
		read->lost = true;
	return LITERAL_GROUP_PLAIN;
}

static enum literal_group read_name(struct literal_read *read, char end)
{
	while (read->p < read->end && (is_letter(*read->p) || is_digit(*read->p) || *read->p == '_'))
		read->p++;
	if (!literal_read_is(read, end))
		read->lost = true;
	return LITERAL_GROUP_PLAIN;
}

enum literal_group literal_read_group(struct literal_read *read)
{
	if (literal_read_is(read, '*'))
		return LITERAL_GROUP_VERB;
	if (!literal_read_is(read, '?'))
		return LITERAL_GROUP_PLAIN;
	if (literal_read_is(read, '|') || literal_read_is(read, '>'))
		return LITERAL_GROUP_PLAIN;
	if (literal_read_is(read, '\''))
		return read_name(read, '\'');
	if (literal_read_is(read, 'P')) {
		if (!literal_read_is(read, '<'))
			read->lost = true;
		return read_name(read, '>');
	}
	const bool behind = literal_read_is(read, '<');
	if (literal_read_is(read, '='))
		return LITERAL_GROUP_LOOK;
	if (literal_read_is(read, '!'))
		return LITERAL_GROUP_LOOK_NOT;
	return behind ? read_name(read, '>') : read_options(read);
}

/* (*ACCEPT) would make what follows needless, and it is not alone. */
enum literal_verb literal_read_verb(struct literal_read *read)
{
	static const char *const harmless[] = { "COMMIT", "PRUNE", "SKIP", "THEN" };
	const char *start = read->p;
	while (read->p < read->end && is_letter(*read->p))
		read->p++;
	const struct slice name = { start, (size_t)(read->p - start) };
	if (!literal_read_is(read, ')'))
		read->lost = true;
	if (slice_is(name, "F") || slice_is(name, "FAIL"))
		return LITERAL_VERB_FAIL;
	for (size_t i = 0; i < sizeof harmless / sizeof harmless[0]; i++)
		if (slice_is(name, harmless[i]))
			return LITERAL_VERB_OTHER;
	read->lost = true;
	return LITERAL_VERB_OTHER;
}

static bool pass_digits(const char **p, const char *end, bool *nonzero)
{
	const char *start = *p;
	for (*nonzero = false; *p < end && is_digit(**p); ++*p)
		*nonzero |= **p != '0';
	return *p > start;
}

/* "{2}" "{2,}" "{2,3}"; what only newer or older libraries take for one loses. */
static enum literal_repeat read_braces(struct literal_read *read)
{
	const char *p = read->p + 1;
	bool some, more;
	if (p == read->end || !(is_digit(*p) || one_of(*p, ", \t")))
		return LITERAL_ONCE;
	const bool number = pass_digits(&p, read->end, &some);
	if (p < read->end && *p == ',') {
		p++;
		pass_digits(&p, read->end, &more);
	}
	if (!number || p == read->end || *p != '}') {
		read->lost = true;
		return LITERAL_ONCE;
	}
	read->p = p + 1;
	return some ? LITERAL_ONCE_OR_MORE : LITERAL_ANY_TIMES;
}

enum literal_repeat literal_read_repeat(struct literal_read *read)
{
	enum literal_repeat repeat = LITERAL_ONCE;
	if (read->lost || read->p == read->end)
		return LITERAL_ONCE;
	if (*read->p == '{')
		repeat = read_braces(read);
	else if (literal_read_is(read, '?'))
		repeat = LITERAL_AT_MOST_ONCE;
	else if (literal_read_is(read, '+'))
		repeat = LITERAL_ONCE_OR_MORE;
	else if (literal_read_is(read, '*'))
		repeat = LITERAL_ANY_TIMES;
	if (repeat != LITERAL_ONCE && !literal_read_is(read, '?'))
		literal_read_is(read, '+'); /* lazy, possessive: the same texts */
	return repeat;
}
