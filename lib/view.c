/* Looking up many places of an event in one walk through it. */
/* SPDX-License-Identifier: MIT */
#include "view_inside.h"

#include "memory.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum {
	HEADS_MIN = 16,
};

struct view *view_new(void)
{
	return memory_new(1, sizeof(struct view));
}

void view_free(struct view *view)
{
	if (view == NULL)
		return;
	for (size_t i = 0; i < view->count; i++)
		buffer_clear(&view->places[i].scratch);
	free(view->places);
	free(view->heads);
	free(view->list);
	buffer_clear(&view->scratch);
	free(view);
}

size_t view_add(struct view *view, const struct path *path)
{
	for (size_t i = 0; i < view->count; i++)
		if (strcmp(view->places[i].path->name, path->name) == 0)
			return i;
	view->places = memory_grow(view->places, &view->room, view->count + 1, sizeof *view->places);
	view->places[view->count] = (struct place){ .path = path };
	return view->count++;
}

/* Looked up by its first step, inside of extended or, where that has no such name, among what others have added? */
static bool is_inner(const struct path *path)
{
	return path->count > 0 && (path->field == FIELD_NONE || path->field == FIELD_EXTENDED);
}

static uint32_t *head_of(const struct view *view, struct slice name)
{
	return &view->heads[XXH3_64bits(name.ptr, name.len) & view->mask];
}

static void hang(struct view *view, size_t number)
{
	struct place *place = &view->places[number];
	const struct path *path = place->path;
	uint32_t *head = is_inner(path) ? head_of(view, path->steps[0]) : &view->fields[path->field];

	view->inner += is_inner(path);
	view->bare += path->field == FIELD_NONE;
	if (!is_inner(path))
		view->asked |= UINT64_C(1) << path->field;
	place->next = *head;
	*head = (uint32_t)number + 1;
}

size_t view_compile(struct view *view)
{
	size_t size = HEADS_MIN;

	while (size < 2 * view->count)
		size *= 2;
	view->mask = size - 1;
	view->heads = memory_new(size, sizeof *view->heads);
	view->list = memory_new(view->count, sizeof *view->list);
	for (size_t i = 0; i < view->count; i++)
		hang(view, i);
	return view->count;
}

/* Takes down whether the place is found, and where: of a name that stands twice the last one counts. */
static void note(struct view *view, struct place *place, struct slice value, size_t step)
{
	bool found = true;

	for (; found && step < place->path->count; step++)
		found = json_member(value, place->path->steps[step], &value);
	place->found = found ? view->number : 0;
	place->value = value;
	if (place->listed == view->number)
		return;
	place->listed = view->number;
	view->list[view->listed++] = (uint32_t)(place - view->places);
}

static void look_at_fields(struct view *view)
{
	for (uint64_t left = view->event->present & view->asked; left != 0; left &= left - 1) {
		const enum field field = (enum field)__builtin_ctzll(left);
		for (uint32_t at = view->fields[field]; at > 0; at = view->places[at - 1].next)
			note(view, &view->places[at - 1], view->event->value[field], 0);
	}
}

static struct slice plain_name(struct view *view, struct slice name)
{
	if (memchr(name.ptr, '\\', name.len) == NULL)
		return name;
	return json_text((struct slice){ name.ptr - 1, name.len + 2 }, &view->scratch);
}

/* Members of extended; or those of the whole line, for places that extended does not have. */
static void look_at_members(struct view *view, struct slice object, bool in_extended)
{
	struct json_walk walk = json_walk(object);
	struct slice name, value;

	while (walk.named && json_next(&walk, &name, &value)) {
		name = plain_name(view, name);
		for (uint32_t at = *head_of(view, name); at > 0; at = view->places[at - 1].next) {
			struct place *place = &view->places[at - 1];
			if (slice_equal(place->path->steps[0], name) &&
			    (in_extended || (place->path->field == FIELD_NONE && place->found != view->number)))
				note(view, place, value, 1);
		}
	}
}

/* SIEM events have more places where something can be: one after the other, in the room that knows them. */
static void look_everywhere(struct view *view)
{
	struct slice value;

	for (size_t i = 0; i < view->count; i++)
		if (path_value(view->places[i].path, view->event, &value))
			note(view, &view->places[i], value, view->places[i].path->count);
}

static void drop_nulls(struct view *view)
{
	size_t kept = 0;

	for (size_t i = 0; i < view->listed; i++) {
		struct place *place = &view->places[view->list[i]];
		if (place->found == view->number && json_kind(place->value) != JSON_KIND_NULL)
			view->list[kept++] = view->list[i];
		else
			place->found = 0;
	}
	view->listed = kept;
}

static void give_back(struct view *view)
{
	for (size_t i = 0; i < view->count; i++)
		if (view->places[i].scratch.size > VIEW_KEPT_MAX)
			buffer_clear(&view->places[i].scratch);
	view->large = false;
}

void view_event(struct view *view, const struct event *event)
{
	if (view->large)
		give_back(view);
	view->event = event;
	view->number++;
	view->listed = 0;
	if (event_has(event, FIELD_KEY) || (event->unknown > 0 && event->repeated)) {
		look_everywhere(view);
	} else {
		look_at_fields(view);
		if (view->inner > 0 && event_has(event, FIELD_EXTENDED))
			look_at_members(view, event->value[FIELD_EXTENDED], true);
		if (view->bare > 0 && event->unknown > 0)
			look_at_members(view, event->line, false);
	}
	drop_nulls(view);
}

bool view_is(const struct view *view, const struct event *event)
{
	return view->event == event;
}

uint64_t view_number(const struct view *view)
{
	return view->number;
}

bool view_has(const struct view *view, size_t place)
{
	return view->places[place].found == view->number;
}

size_t view_places(const struct view *view, const uint32_t **places)
{
	*places = view->list;
	return view->listed;
}
