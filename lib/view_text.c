/* Reading what stands at the places of an event. */
/* SPDX-License-Identifier: MIT */
#include "view_inside.h"

/* The usual kind is a string of a field of ours, of which is known that it has no escapes. */
static void read_text(struct view *view, struct place *place)
{
	const char first = place->value.ptr[0];
	const struct path *path = place->path;

	place->read = view->number;
	place->is_text = first != '{' && first != '[';
	if (first == '"' && path->field != FIELD_NONE && path->count == 0 && !event_has(view->event, FIELD_KEY) &&
	    !(view->event->escaped >> path->field & 1)) {
		place->text = (struct slice){ place->value.ptr + 1, place->value.len - 2 };
		return;
	}
	place->text = json_text(place->value, &place->scratch);
	view->large |= place->scratch.size > VIEW_KEPT_MAX;
}

const struct slice *view_text(struct view *view, size_t number)
{
	struct place *place = &view->places[number];

	if (place->found != view->number)
		return NULL;
	if (place->read != view->number)
		read_text(view, place);
	return place->is_text ? &place->text : NULL;
}

struct view_list view_list(const struct view *view, size_t number)
{
	const struct place *place = &view->places[number];

	if (place->found != view->number || place->value.ptr[0] != '[')
		return (struct view_list){ 0 };
	return (struct view_list){ { .is_list = true, .walk = json_walk(place->value) } };
}

bool view_next(struct view *view, struct view_list *list, struct slice *text)
{
	if (!list->scalars.is_list || !path_next(&list->scalars, text))
		return false;
	*text = json_text(*text, &view->scratch);
	return true;
}
