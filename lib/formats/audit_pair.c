/* Pairs of audit records: key=value, key="value", key='key=value ..', and what stands between them. */
/* SPDX-License-Identifier: MIT */
#include "audit_pair.h"

#include "../hex.h"

enum {
	ENRICHED = 0x1d, /* auditd adds names of numbers behind it */
};

static bool is_key(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26 || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
	       c == '[' || c == ']';
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == ENRICHED;
}

/* Up to the closing mark, or to the end where there is none. */
static struct slice take_quoted(struct slice *text, char mark)
{
	struct slice rest = slice_after(*text, 1);
	size_t n = slice_find(rest, mark);

	*text = slice_after(rest, n < rest.len ? n + 1 : n);
	return slice_first(rest, n);
}

static size_t word_length(struct slice text)
{
	size_t n = 0;

	while (n < text.len && !is_space(text.ptr[n]))
		n++;
	return n;
}

/* Without what closes a list or a quote around the pair: "addr=192.0.2.1, terminal=ssh res=failed)'". */
static struct slice without_end(struct slice value)
{
	if (slice_starts(value, SLICE("(null)")))
		return slice_first(value, sizeof "(null)" - 1);
	while (value.len > 0 && memchr(",)'", value.ptr[value.len - 1], 3) != NULL)
		value.len--;
	return value;
}

/* "op=adding user id=7": more words, up to the next pair. */
static size_t words_length(struct slice text)
{
	size_t n = word_length(text);

	while (n + 1 < text.len && text.ptr[n] == ' ') {
		const size_t more = word_length(slice_after(text, n + 1));
		const struct slice word = slice_first(slice_after(text, n + 1), more);
		if (more == 0 || slice_find(word, '=') < more || word.ptr[0] == ':')
			break;
		n += 1 + more;
	}
	return n;
}

static struct slice take_bare(struct slice *text, struct slice key)
{
	bool words = slice_is(key, "op") || slice_is(key, "reason");
	size_t n = words ? words_length(*text) : word_length(*text);
	struct slice value = slice_first(*text, n);

	*text = slice_after(*text, n);
	return without_end(value);
}

/* The value at the start of the text; false where it only opens more pairs, or is no value. */
static bool take_value(struct slice *text, struct audit_pair *pair)
{
	char mark = text->len > 0 ? text->ptr[0] : ' ';

	pair->quoted = mark == '"' || mark == '\'';
	if (mark == '\'' && slice_is(pair->key, "msg")) {
		*text = slice_after(*text, 1);
		return false;
	}
	if (mark == '{') { /* SADDR={ saddr_fam=inet .. }: decoded already */
		(void)take_quoted(text, '}');
		return false;
	}
	pair->value = pair->quoted ? take_quoted(text, mark) : take_bare(text, pair->key);
	return true;
}

bool audit_pair_next(struct slice *text, struct audit_pair *pair)
{
	while (text->len > 0) {
		size_t n = 0;
		while (n < text->len && is_key(text->ptr[n]))
			n++;
		pair->key = slice_first(*text, n);
		*text = slice_after(*text, n);
		if (text->len == 0)
			return false;
		const bool equals = text->ptr[0] == '=';
		*text = slice_after(*text, 1);
		if (n > 0 && equals && take_value(text, pair))
			return true;
	}
	return false;
}

bool audit_pair_unknown(const struct audit_pair *pair)
{
	return pair->value.len == 0 || slice_is(pair->value, "?") || slice_is(pair->value, "(null)");
}

/* Texts with a blank, a quote or a control in them are written as digits, capital ones; others in quotes. */
static bool is_encoded(const struct audit_pair *pair)
{
	if (pair->quoted || pair->value.len == 0 || pair->value.len % 2 != 0)
		return false;
	for (size_t i = 0; i < pair->value.len; i++)
		if (hex_digit(pair->value.ptr[i]) < 0 || pair->value.ptr[i] >= 'a')
			return false;
	return true;
}

void audit_pair_decode(const struct audit_pair *pair, struct buffer *to)
{
	size_t n = pair->value.len / 2;
	char *room;

	if (!is_encoded(pair)) {
		buffer_add(to, pair->value);
		return;
	}
	room = buffer_room(to, n);
	for (size_t i = 0; i < n; i++) {
		int byte = hex_digit(pair->value.ptr[2 * i]) << 4 | hex_digit(pair->value.ptr[2 * i + 1]);
		room[i] = (char)(byte != 0 ? byte : ' ');
	}
	to->len += n;
}

static bool is_capital(struct slice key)
{
	for (size_t i = 0; i < key.len; i++)
		if (key.ptr[i] >= 'a' && key.ptr[i] <= 'z')
			return false;
	return key.len > 0 && key.ptr[0] >= 'A' && key.ptr[0] <= 'Z';
}

struct slice audit_pair_name(const struct audit_pair *pair, char to[AUDIT_NAME_MAX])
{
	const struct slice key = pair->key, end = is_capital(key) ? SLICE("_name") : (struct slice){ 0 };

	for (size_t i = 0; i < key.len; i++)
		to[i] = (char)(key.ptr[i] >= 'A' && key.ptr[i] <= 'Z' ? key.ptr[i] | 0x20 : key.ptr[i]);
	if (end.len > 0)
		memcpy(to + key.len, end.ptr, end.len);
	to[key.len + end.len] = '\0';
	return (struct slice){ to, key.len + end.len };
}
