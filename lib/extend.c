/* What helpers add to "extended": old text is copied as it stands, new values go into or behind it. */
/* SPDX-License-Identifier: MIT */
#include "extend.h"
#include "json.h"
#include "memory.h"

#include <stdlib.h>

static struct extend_name *find_name(const struct extend *extend, const char *name)
{
	for (size_t i = 0; i < extend->count; i++)
		if (strcmp(extend->names[i]->name, name) == 0)
			return extend->names[i];
	return NULL;
}

struct extend_name *extend_name(struct extend *extend, const char *name, bool list, const char *label,
				struct error *err)
{
	struct extend_name *known = find_name(extend, name);
	if (known != NULL && known->list != list) {
		error_set(err, "%s: '%s' is %s here, but %s in %s", label, name, list ? "var_name" : "a single text",
			  list ? "a single text" : "var_name", known->label);
		return NULL;
	}
	if (known != NULL)
		return known;

	known = memory_new(1, sizeof *known);
	known->name = memory_text(slice_of(name));
	known->list = list;
	known->label = label;
	extend->names = memory_grow(extend->names, &extend->room, extend->count + 1, sizeof(struct extend_name *));
	extend->names[extend->count++] = known;
	free(extend->begun);
	extend->begun = memory_new(extend->count, sizeof(struct extend_name *));
	return known;
}

void extend_free(struct extend *extend)
{
	for (size_t i = 0; i < extend->count; i++) {
		values_free(&extend->names[i]->values);
		buffer_clear(&extend->names[i]->kept);
		free(extend->names[i]->name);
		free(extend->names[i]);
	}
	free(extend->names);
	free(extend->begun);
	buffer_clear(&extend->scratch);
	*extend = (struct extend){ 0 };
}

void extend_begin(struct extend *extend, const struct event *event)
{
	for (size_t i = 0; i < extend->begun_count; i++)
		extend->begun[i]->begun = false;
	extend->begun_count = 0;
	extend->changed = false;
	extend->old = event_value(event, FIELD_EXTENDED);
	if (json_kind(extend->old) == JSON_KIND_NULL)
		extend->old = SLICE("{}");
	extend->is_odd = json_kind(extend->old) != JSON_KIND_OBJECT;
	extend->is_told = false;
}

/* Does anything stand there? null is nothing. */
static bool has_old(const struct extend_name *name)
{
	return json_kind(name->old) != JSON_KIND_NULL;
}

/* The values that stand in the list already, so that none is added twice. */
static void take_old_values(struct extend_name *name, struct buffer *scratch)
{
	name->kept.len = 0;
	buffer_room(&name->kept, name->old.len); /* texts are never longer than their JSON */
	if (json_kind(name->old) != JSON_KIND_ARRAY) {
		values_add(&name->values, values_text(name->old, &name->kept, scratch));
		return;
	}
	struct json_walk walk = json_walk(name->old);
	struct slice key, value;
	while (json_next(&walk, &key, &value))
		values_add(&name->values, values_text(value, &name->kept, scratch));
}

static void begin_name(struct extend *extend, struct extend_name *name)
{
	name->begun = true;
	name->changed = false;
	name->overflowed = false;
	name->single = name->old = (struct slice){ NULL, 0 };
	values_clear(&name->values);
	extend->begun[extend->begun_count++] = name;
	json_member(extend->old, slice_of(name->name), &name->old);
	if (name->list && has_old(name))
		take_old_values(name, &extend->scratch);
	name->there = name->values.count;
}

static bool add_value(struct extend_name *name, struct slice text)
{
	/* One text that stands there becomes the first of a list, even if it is the only one. */
	const bool is_list = !has_old(name) || json_kind(name->old) == JSON_KIND_ARRAY;
	switch (values_add(&name->values, text)) {
	case VALUES_ADDED:
		return true;
	case VALUES_FULL:
		name->full += !name->overflowed;
		name->overflowed = true;
		return false;
	default:
		return !is_list;
	}
}

static bool set_single(struct extend_name *name, struct slice text)
{
	if (name->single.len > 0 || has_old(name))
		return false;
	name->single = text;
	return true;
}

void extend_add(struct extend *extend, struct extend_name *name, struct slice text)
{
	if (text.len == 0)
		return;
	if (extend->is_odd) {
		extend->odd += !extend->is_told;
		extend->is_told = true;
		return;
	}
	if (!name->begun)
		begin_name(extend, name);
	if (name->list ? add_value(name, text) : set_single(name, text))
		name->changed = extend->changed = true;
}

/* The list: what stands there up to its bracket, then the new values. */
static void write_list(const struct extend_name *name, struct buffer *to)
{
	struct slice old = name->old, key, value;
	struct json_walk walk = json_walk(old);
	bool first = !has_old(name);
	if (json_kind(old) == JSON_KIND_ARRAY) {
		first = !json_next(&walk, &key, &value);
		buffer_add(to, slice_first(old, old.len - 1));
	} else {
		buffer_add_char(to, '[');
		buffer_add(to, first ? SLICE("") : old);
	}
	for (size_t i = name->there; i < name->values.count; i++, first = false) {
		if (!first)
			buffer_add_char(to, ',');
		json_add_string(to, name->values.items[i]);
	}
	buffer_add_char(to, ']');
}

static void write_value(const struct extend_name *name, struct buffer *to)
{
	if (name->list)
		write_list(name, to);
	else
		json_add_string(to, name->single);
}

/* Names that stand there change in place; where they stand decides the order. Returns how many, in front. */
static size_t sort_old_first(struct extend_name **names, size_t count)
{
	size_t old = 0;
	for (size_t i = 0; i < count; i++) {
		struct extend_name *name = names[i];
		if (!name->changed || name->old.len == 0)
			continue;
		size_t at = i;
		for (; at > old; at--)
			names[at] = names[at - 1];
		for (; at > 0 && names[at - 1]->old.ptr > name->old.ptr; at--)
			names[at] = names[at - 1];
		names[at] = name;
		old++;
	}
	return old;
}

void extend_write(struct extend *extend, struct buffer *to)
{
	struct slice rest = slice_first(extend->old, extend->old.len - 1), key, value;
	struct json_walk walk = json_walk(extend->old);
	bool first = !json_next(&walk, &key, &value);
	const size_t old = sort_old_first(extend->begun, extend->begun_count);

	for (size_t i = 0; i < old; i++) {
		const struct extend_name *name = extend->begun[i];
		const size_t unchanged = (size_t)(name->old.ptr - rest.ptr);
		buffer_add(to, slice_first(rest, unchanged));
		write_value(name, to);
		rest = slice_after(rest, unchanged + name->old.len);
	}
	buffer_add(to, rest);
	for (size_t i = old; i < extend->begun_count; i++) {
		const struct extend_name *name = extend->begun[i];
		if (!name->changed)
			continue;
		if (!first)
			buffer_add_char(to, ',');
		json_add_string(to, slice_of(name->name));
		buffer_add_char(to, ':');
		write_value(name, to);
		first = false;
	}
	buffer_add_char(to, '}');
}
