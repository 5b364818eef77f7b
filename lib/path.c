/* Where a name in criteria, "by", templates and column lists leads to in an event. */
/* SPDX-License-Identifier: MIT */
#include "path.h"

#include "memory.h"

#include <stdlib.h>

static bool add_step(struct path *path, struct slice step, struct error *err)
{
	if (step.len == 0)
		return error_set(err, "'%s' has an empty part", path->name);
	if (path->count == PATH_STEPS_MAX)
		return error_set(err, "'%s' has more than %d parts", path->name, PATH_STEPS_MAX);
	path->steps[path->count++] = step;
	return true;
}

bool path_read(struct path *path, struct slice name, struct error *err)
{
	struct slice rest;
	size_t dot = slice_find(name, '.');

	*path = (struct path){ .name = memory_text(name) };
	rest = slice_of(path->name);
	path->field = field_find(slice_first(rest, dot));
	if (path->field != FIELD_NONE)
		rest = slice_after(rest, dot < rest.len ? dot + 1 : dot);
	if (path->field != FIELD_NONE && dot == name.len)
		return true;
	for (;;) {
		dot = slice_find(rest, '.');
		if (!add_step(path, slice_first(rest, dot), err)) {
			path_clear(path);
			return false;
		}
		if (dot == rest.len)
			return true;
		rest = slice_after(rest, dot + 1);
	}
}

void path_clear(struct path *path)
{
	free(path->name);
	*path = (struct path){ 0 };
}

static bool walk_steps(const struct path *path, size_t from, struct slice *value)
{
	for (size_t i = from; i < path->count; i++)
		if (!json_member(*value, path->steps[i], value))
			return false;
	return true;
}

/* A name that is no field of ours: in extended, else among the names that others put into the line. */
static bool bare_value(const struct path *path, const struct event *event, struct slice *value)
{
	if (event_has(event, FIELD_EXTENDED)) {
		*value = event->value[FIELD_EXTENDED];
		if (walk_steps(path, 0, value))
			return true;
	}
	if (event_has(event, FIELD_KEY)) {
		*value = event->value[FIELD_KEY];
		if (walk_steps(path, 0, value))
			return true;
	}
	return event_unknown(event, path->steps[0], value) && walk_steps(path, 1, value);
}

static struct slice field_name(const struct path *path)
{
	return (struct slice){ field_table[path->field].name, field_table[path->field].len };
}

bool path_value(const struct path *path, const struct event *event, struct slice *value)
{
	if (path->field == FIELD_NONE)
		return bare_value(path, event, value) && json_kind(*value) != JSON_KIND_NULL;
	if (event_has(event, path->field))
		*value = event->value[path->field];
	else if (!event_has(event, FIELD_KEY) || !json_member(event->value[FIELD_KEY], field_name(path), value))
		return false;
	return walk_steps(path, 0, value) && json_kind(*value) != JSON_KIND_NULL;
}

struct path_scalars path_scalars(const struct path *path, const struct event *event)
{
	struct path_scalars scalars = { 0 };
	struct slice value;

	if (!path_value(path, event, &value) || json_kind(value) == JSON_KIND_OBJECT)
		return scalars;
	scalars.is_list = json_kind(value) == JSON_KIND_ARRAY;
	if (scalars.is_list)
		scalars.walk = json_walk(value);
	else
		scalars.one = value;
	return scalars;
}

bool path_next(struct path_scalars *scalars, struct slice *value)
{
	struct slice key;

	if (!scalars->is_list) {
		*value = scalars->one;
		scalars->one = (struct slice){ 0 };
		return value->len > 0;
	}
	while (json_next(&scalars->walk, &key, value)) {
		enum json_kind kind = json_kind(*value);
		if (kind != JSON_KIND_ARRAY && kind != JSON_KIND_OBJECT && kind != JSON_KIND_NULL)
			return true;
	}
	return false;
}
