/* The keys an event counts for: the values of some fields, as JSON objects. */
/* SPDX-License-Identifier: MIT */
#include "by.h"

#include "id.h"

static bool first_value(struct by *by, size_t i)
{
	by->scalars[i] = path_scalars(&by->paths[i], by->event);
	return path_next(&by->scalars[i], &by->values[i]);
}

bool by_start(struct by *by, const struct path *paths, size_t count, const struct event *event)
{
	by->paths = paths;
	by->count = count;
	by->event = event;
	by->done = false;
	for (size_t i = 0; i < count; i++)
		if (!first_value(by, i))
			return false;
	return true;
}

void by_start_all(struct by *by, const struct path *paths, size_t count, const struct event *event)
{
	by_start(by, paths, 0, event);
	by->count = count;
	for (size_t i = 0; i < count; i++)
		if (!first_value(by, i))
			by->values[i] = SLICE("null");
}

/* Memory must not grow with what an attacker puts into a name, and different names must stay different. */
static void add_cut(struct buffer *to, struct slice text)
{
	char hash[ID_LEN];
	struct slice start = slice_first(text, BY_VALUE_KEPT);

	while (start.len > 0 && ((unsigned char)text.ptr[start.len] & 0xc0) == 0x80)
		start.len--;
	id_print(hash, id_of_bytes(0, text));
	buffer_add_char(to, '"');
	json_add_escaped(to, start);
	buffer_add(to, SLICE("…#"));
	buffer_add(to, (struct slice){ hash + 10, ID_LEN - 10 });
	buffer_add_char(to, '"');
}

/* A string is written anew, so that one text has one form however it was escaped; a number stays as it is. */
static void add_value(struct buffer *to, struct slice value)
{
	struct buffer scratch = { 0 };
	const struct slice text = json_text(value, &scratch);

	if (text.len > BY_VALUE_MAX)
		add_cut(to, text);
	else if (json_kind(value) == JSON_KIND_STRING)
		json_add_string(to, text);
	else
		buffer_add(to, text);
	buffer_clear(&scratch);
}

/* A name of ours has nothing to escape. */
static void add_name(struct buffer *to, const struct path *path)
{
	if (path->field == FIELD_NONE || path->count > 0) {
		json_add_string(to, slice_of(path->name));
		return;
	}
	buffer_add_char(to, '"');
	buffer_add(to, (struct slice){ field_table[path->field].name, field_table[path->field].len });
	buffer_add_char(to, '"');
}

/* What is no list has one value, and stays where it is. */
static void advance(struct by *by)
{
	for (size_t i = by->count; i-- > 0;) {
		if (!by->scalars[i].is_list)
			continue;
		if (path_next(&by->scalars[i], &by->values[i]))
			return;
		if (!first_value(by, i))
			by->values[i] = SLICE("null");
	}
	by->done = true;
}

bool by_next(struct by *by, struct buffer *text)
{
	if (by->done)
		return false;
	text->len = 0;
	buffer_add_char(text, '{');
	for (size_t i = 0; i < by->count; i++) {
		if (i > 0)
			buffer_add_char(text, ',');
		add_name(text, &by->paths[i]);
		buffer_add_char(text, ':');
		add_value(text, by->values[i]);
	}
	buffer_add_char(text, '}');
	advance(by);
	return true;
}
