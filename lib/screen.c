/* Which of many expressions can match a text: for now all of them, see screen.h. */
/* SPDX-License-Identifier: MIT */
#include "screen.h"
#include "memory.h"

#include <stdlib.h>

struct screen {
	size_t *tags;
	size_t count, room;
};

struct screen *screen_new(void)
{
	return memory_new(1, sizeof(struct screen));
}

void screen_free(struct screen *screen)
{
	if (screen == NULL)
		return;
	free(screen->tags);
	free(screen);
}

void screen_add(struct screen *screen, struct slice expression, size_t tag)
{
	(void)expression;
	screen->tags = memory_grow(screen->tags, &screen->room, screen->count + 1, sizeof *screen->tags);
	screen->tags[screen->count++] = tag;
}

void screen_compile(struct screen *screen)
{
	(void)screen;
}

size_t screen_candidates(struct screen *screen, const struct slice *texts, size_t count, const size_t **tags)
{
	(void)texts;
	*tags = screen->tags;
	return count > 0 ? screen->count : 0;
}
