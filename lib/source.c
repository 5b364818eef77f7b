/* The text of one field, decoded once per event; a list gives a text for each of its members. */
/* SPDX-License-Identifier: MIT */
#include "source.h"
#include "memory.h"
#include "values.h"

#include <stdlib.h>

void source_init(struct source *source, const struct path *path)
{
	*source = (struct source){ .path = path, .screen = screen_new() };
}

void source_clear(struct source *source)
{
	screen_free(source->screen);
	free(source->texts);
	buffer_clear(&source->kept);
	buffer_clear(&source->scratch);
	*source = (struct source){ 0 };
}

void source_add(struct source *source, struct slice expression, size_t tag)
{
	screen_add(source->screen, expression, tag);
}

static void add_text(struct source *source, struct slice text)
{
	source->texts = memory_grow(source->texts, &source->room, source->count + 1, sizeof *source->texts);
	source->texts[source->count++] = text;
}

static void read_texts(struct source *source, const struct event *event)
{
	struct path_scalars scalars = path_scalars(source->path, event);
	struct slice value;
	source->count = 0;
	source->kept.len = 0;
	if (scalars.is_list) /* texts are never longer than their JSON */
		buffer_room(&source->kept, (size_t)(scalars.walk.end - scalars.walk.p));
	while (path_next(&scalars, &value))
		add_text(source, scalars.is_list ? values_text(value, &source->kept, &source->scratch)
						 : json_text(value, &source->scratch));
}

void source_read(struct source *source, const struct event *event)
{
	read_texts(source, event);
	source->left = screen_candidates(source->screen, source->texts, source->count, &source->candidates);
}
