/* Texts of names and values that become JSON objects: what their writers share. */
/* SPDX-License-Identifier: MIT */
#include "pairs.h"

#include "../json.h"

enum {
	NAME_MAX_BYTES = 64,
	PAIRS_MIN = 2,
};

void pairs_name(struct buffer *to, struct slice name)
{
	if (to->len > 0 && to->ptr[to->len - 1] != '{')
		buffer_add_char(to, ',');
	json_add_string(to, name);
	buffer_add(to, SLICE(":\""));
}

void pairs_add(struct buffer *to, struct slice name, struct slice value)
{
	pairs_name(to, name);
	json_add_escaped(to, value);
	buffer_add_char(to, '"');
}

/* 'name:"value"' at the start of *text, moved behind it and "; "; false where there is anything else. */
static bool take_pair(struct slice *text, struct slice *name, struct slice *value)
{
	const size_t colon = slice_find(*text, ':');
	size_t end = colon + 2;

	if (colon == 0 || colon > NAME_MAX_BYTES || end >= text->len || text->ptr[colon + 1] != '"')
		return false;
	while (end < text->len && (text->ptr[end] != '"' || text->ptr[end - 1] == '\\'))
		end++;
	if (end == text->len)
		return false;
	*name = slice_first(*text, colon);
	*value = slice_after(slice_first(*text, end), colon + 2);
	*text = slice_after(*text, end + 1);
	if (text->len > 0 && text->ptr[0] == ';')
		*text = slice_after(*text, 1);
	else if (text->len > 0)
		return false;
	*text = slice_trim(*text);
	return true;
}

/* Length of the name at the start, which ends with '='; 0: there is none. */
static size_t name_length(struct slice text)
{
	size_t n = 0;

	while (n < text.len && n < NAME_MAX_BYTES &&
	       (((text.ptr[n] | 0x20) >= 'a' && (text.ptr[n] | 0x20) <= 'z') || text.ptr[n] == '_' ||
		(n > 0 && ((text.ptr[n] >= '0' && text.ptr[n] <= '9') || text.ptr[n] == '-' || text.ptr[n] == '.'))))
		n++;
	return n < text.len && text.ptr[n] == '=' ? n : 0;
}

/* 'name="value"' or 'name=value' at the start of *text, moved behind it and its comma; false for anything else. */
static bool take_comma_pair(struct slice *text, struct slice *name, struct slice *value)
{
	const size_t n = name_length(*text);
	struct slice rest = slice_after(*text, n + (n > 0));
	const bool quoted = n > 0 && rest.len > 1 && rest.ptr[0] == '"';
	size_t end = quoted;

	if (n == 0)
		return false;
	while (end < rest.len && (quoted ? rest.ptr[end] != '"' || (end + 1 < rest.len && rest.ptr[end + 1] != ',')
					 : rest.ptr[end] != ','))
		end++;
	if (quoted && end == rest.len)
		return false;
	*name = slice_first(*text, n);
	*value = slice_after(slice_first(rest, end), quoted);
	rest = slice_after(rest, end + quoted);
	*text = slice_after(rest, rest.len > 0);
	if (text->len > 0 && text->ptr[0] == ' ')
		*text = slice_after(*text, 1);
	return true;
}

bool pairs_commas(struct slice text, struct buffer *to, size_t *count)
{
	struct slice name, value;
	size_t capitals = 0;

	while (capitals < text.len && capitals < 8 && text.ptr[capitals] >= 'A' && text.ptr[capitals] <= 'Z')
		capitals++;
	if (capitals > 0 && capitals < text.len && text.ptr[capitals] == ':')
		text = slice_after(text, capitals + 1);
	to->len = 0;
	buffer_add_char(to, '{');
	for (*count = 0; text.len > 0; ++*count) {
		if (!take_comma_pair(&text, &name, &value))
			return false;
		pairs_add(to, name, value);
	}
	buffer_add_char(to, '}');
	return true;
}

bool pairs_semicolons(struct slice text, struct buffer *to)
{
	const size_t open = slice_find(text, '[');
	struct slice name, value;
	size_t count = 0;

	to->len = 0;
	if (open == text.len || text.ptr[text.len - 1] != ']')
		return false;
	text = slice_trim(slice_after(slice_first(text, text.len - 1), open + 1));
	buffer_add_char(to, '{');
	for (; text.len > 0; count++) {
		if (!take_pair(&text, &name, &value))
			return false;
		pairs_add(to, name, value);
	}
	buffer_add_char(to, '}');
	return count >= PAIRS_MIN;
}
