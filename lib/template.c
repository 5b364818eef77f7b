/* The message of an alert: text with {field}, {count}, {sum} and {by} in it. */
/* SPDX-License-Identifier: MIT */
#include "template.h"

#include "memory.h"

#include <stdlib.h>

static struct template_part *add_part(struct template *template, enum template_kind kind, struct slice text)
{
	template->parts = memory_grow(template->parts, &template->room, template->count + 1, sizeof *template->parts);
	template->parts[template->count] = (struct template_part){ .kind = kind, .text = text };
	return &template->parts[template->count++];
}

static bool add_name(struct template *template, struct slice name, struct error *err)
{
	if (slice_is(name, "count")) {
		add_part(template, TEMPLATE_COUNT, name);
		return true;
	}
	if (slice_is(name, "sum")) {
		add_part(template, TEMPLATE_SUM, name);
		return true;
	}
	if (slice_is(name, "by")) {
		add_part(template, TEMPLATE_BY, name);
		return true;
	}
	return path_read(&add_part(template, TEMPLATE_FIELD, name)->path, name, err);
}

/* What starts with a brace: "{{", "}}" or "{name}"; *rest is moved behind it. */
static bool take_brace(struct template *template, struct slice *rest, struct error *err)
{
	if (rest->len > 1 && rest->ptr[1] == rest->ptr[0]) {
		add_part(template, TEMPLATE_TEXT, slice_first(*rest, 1));
		*rest = slice_after(*rest, 2);
		return true;
	}
	const size_t end = slice_find(*rest, '}');
	if (rest->ptr[0] == '}' || end == rest->len)
		return error_set(err, "a brace without its partner (a brace itself is written twice)");
	const struct slice name = { rest->ptr + 1, end - 1 };
	*rest = slice_after(*rest, end + 1);
	return add_name(template, name, err);
}

bool template_read(struct template *template, struct slice source, struct error *err)
{
	*template = (struct template){ .source = memory_text(source) };
	struct slice rest = { template->source, source.len };

	while (rest.len > 0) {
		size_t plain = slice_find(rest, '{');
		plain = slice_find(slice_first(rest, plain), '}');
		if (plain > 0)
			add_part(template, TEMPLATE_TEXT, slice_first(rest, plain));
		rest = slice_after(rest, plain);
		if (rest.len > 0 && !take_brace(template, &rest, err))
			return false;
	}
	return true;
}

void template_clear(struct template *template)
{
	for (size_t i = 0; i < template->count; i++)
		path_clear(&template->parts[i].path);
	free(template->parts);
	free(template->source);
	*template = (struct template){ 0 };
}

/* Adds a value as far as there is room, and takes that off. True where it was whole. */
static bool add_value(struct buffer *to, struct slice value, size_t *room)
{
	struct buffer scratch = { 0 };
	struct slice text = json_text(value, &scratch);
	const bool whole = text.len <= *room;

	if (!whole) {
		text.len = *room;
		while (text.len > 0 && ((unsigned char)text.ptr[text.len] & 0xc0) == 0x80)
			text.len--;
	}
	*room -= text.len;
	json_add_escaped(to, text);
	buffer_add(to, whole ? SLICE("") : SLICE("…"));
	buffer_clear(&scratch);
	return whole;
}

static void add_field(struct buffer *to, const struct path *path, const struct event *event)
{
	struct path_scalars scalars = path_scalars(path, event);
	size_t room = TEMPLATE_VALUE_MAX;
	struct slice value;
	bool any = false, whole = true;

	while (whole && path_next(&scalars, &value)) {
		if (any)
			buffer_add(to, SLICE(", "));
		whole = add_value(to, value, &room);
		any = true;
	}
	if (!any)
		buffer_add_char(to, '-');
}

static void add_key(struct buffer *to, struct slice object)
{
	struct json_walk walk = json_walk(object);
	struct slice name, value;
	bool any = false;

	while (json_next(&walk, &name, &value)) {
		size_t room = TEMPLATE_VALUE_MAX;
		if (any)
			buffer_add(to, SLICE(", "));
		add_value(to, value, &room);
		any = true;
	}
}

void template_fill(const struct template *template, const struct event *event, struct slice key, struct buffer *to)
{
	for (size_t i = 0; i < template->count; i++) {
		const struct template_part *part = &template->parts[i];
		switch (part->kind) {
		case TEMPLATE_TEXT:
			json_add_escaped(to, part->text);
			break;
		case TEMPLATE_FIELD:
			add_field(to, &part->path, event);
			break;
		case TEMPLATE_COUNT:
			buffer_add(to, SLICE("\0c"));
			break;
		case TEMPLATE_SUM:
			buffer_add(to, SLICE("\0s"));
			break;
		case TEMPLATE_BY:
			add_key(to, key);
			break;
		}
	}
}

void template_write(struct slice filled, uint64_t count, int64_t sum, struct buffer *to)
{
	buffer_add_char(to, '"');
	for (;;) {
		const size_t plain = slice_find(filled, '\0');
		buffer_add(to, slice_first(filled, plain));
		if (filled.len - plain < 2)
			break;
		buffer_add_number(to, filled.ptr[plain + 1] == 's' ? sum : (int64_t)count);
		filled = slice_after(filled, plain + 2);
	}
	buffer_add_char(to, '"');
}
