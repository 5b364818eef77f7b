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
