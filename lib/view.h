/* An event as many criteria see it: each place that they ask for is looked up once, its texts are read once. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_VIEW_H
#define SIEM_VIEW_H

#include "path.h"

struct view;

struct view *view_new(void);
void view_free(struct view *view);

/* Adds a place and returns its number, from 0; the same for paths of the same name. The path is borrowed. */
size_t view_add(struct view *view, const struct path *path);

/* To be called when all are added; returns how many places there are. */
size_t view_compile(struct view *view);

/* The event from now on; borrowed. */
void view_event(struct view *view, const struct event *event);

/* Is it this one? */
bool view_is(const struct view *view, const struct event *event);

/* A number of the event, which no other before had. */
uint64_t view_number(const struct view *view);

/* Is there something at the place: path_value? */
bool view_has(const struct view *view, size_t place);

/* The places that have something, in no order; borrowed until the next event. Returns how many. */
size_t view_places(const struct view *view, const uint32_t **places);

/*
 * The text of the one scalar at the place, without quotes and escapes; NULL where there is none, or a list or an
 * object. Borrowed until the next event.
 */
const struct slice *view_text(struct view *view, size_t place);

/*
 * Goes through the texts of the scalars in the list at the place; there are none where there is no list. Each is
 * borrowed until the next one. "while (view_next(view, &list, &text)) ..".
 */
struct view_list {
	struct path_scalars scalars;
};
struct view_list view_list(const struct view *view, size_t place);
bool view_next(struct view *view, struct view_list *list, struct slice *text);

#endif
