/* The text of one field, read once per event for all expressions that look at it. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_SOURCE_H
#define SIEM_SOURCE_H

#include "path.h"
#include "screen.h"

struct source {
	const struct path *path; /* borrowed */
	struct screen *screen;

	/* of the event in hand */
	struct slice *texts; /* one, or one for each member of a list */
	size_t count, room;
	struct buffer kept, scratch;
	const size_t *candidates; /* tags of the expressions that may match, rising; whoever takes them moves this */
	size_t left;
};

void source_init(struct source *source, const struct path *path);
void source_clear(struct source *source);

/* Adds an expression; tags rise. screen_compile(source->screen) when all are there. */
void source_add(struct source *source, struct slice expression, size_t tag);

/* Takes texts and candidates from an event; the texts are borrowed from it and valid until the next one. */
void source_read(struct source *source, const struct event *event);

#endif
