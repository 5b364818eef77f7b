/* A JSON value as people read it in a table: no quotes, lists and objects on one line. */
/* SPDX-License-Identifier: MIT */
#include "cell.h"

#include "json.h"

/* The string whose text, still escaped, is key: its quotes stand around it. */
static struct slice name_value(struct slice key)
{
	return (struct slice){ key.ptr - 1, key.len + 2 };
}

static void add_members(struct buffer *text, struct slice value, bool named)
{
	struct json_walk walk = json_walk(value);
	struct buffer scratch = { 0 };
	struct slice key, member;

	while (json_next(&walk, &key, &member)) {
		if (text->len > 0)
			buffer_add(text, named ? SLICE(" ") : SLICE(", "));
		if (named) {
			buffer_add(text, json_text(name_value(key), &scratch));
			buffer_add_char(text, '=');
		}
		buffer_add(text, json_text(member, &scratch));
	}
	buffer_clear(&scratch);
}

struct slice cell_text(struct slice value, bool bare, struct buffer *text)
{
	const enum json_kind kind = json_kind(value);

	if (kind != JSON_KIND_ARRAY && kind != JSON_KIND_OBJECT)
		return json_text(value, text);
	text->len = 0;
	add_members(text, value, kind == JSON_KIND_OBJECT && !bare);
	return buffer_slice(text);
}
