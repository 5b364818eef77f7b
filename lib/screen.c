/* Which of many expressions can match a text: those that require a literal it has, and those that require none. */
/* SPDX-License-Identifier: MIT */
#include "screen.h"
#include "grams.h"
#include "literal.h"
#include "memory.h"

#include <stdlib.h>

enum {
	LITERAL_MIN = 2,  /* bytes: a single one is in nearly all texts */
	SCREENED_MIN = 8, /* with fewer it is as fast to try them all */
};

struct screen {
	size_t *tags;
	size_t count, room;
	bool *screened; /* of each expression */
	size_t screened_room, screened_count;
	struct grams *grams; /* owners are places in tags */
	uint64_t *always,
	    *marked; /* bits of those that are always tried, and of those that can match the texts in hand */
	size_t *candidates;
};

struct screen *screen_new(void)
{
	struct screen *screen = memory_new(1, sizeof *screen);
	screen->grams = grams_new();
	return screen;
}

void screen_free(struct screen *screen)
{
	if (screen == NULL)
		return;
	grams_free(screen->grams);
	free(screen->tags);
	free(screen->screened);
	free(screen->always);
	free(screen->marked);
	free(screen->candidates);
	free(screen);
}

static struct slice text_of(const struct literal *literal)
{
	return (struct slice){ literal->text, literal->len };
}

static bool can_screen(const struct literal_set *set)
{
	for (size_t i = 0; i < set->count; i++)
		if (set->rows[i].len < LITERAL_MIN)
			return false;
	return true;
}

static bool add_literals(struct screen *screen, struct slice expression, size_t owner)
{
	struct literal_set set;
	if (!literal_required(expression, &set) || !can_screen(&set))
		return false;
	for (size_t i = 0; i < set.count; i++)
		grams_add(screen->grams, text_of(&set.rows[i]), owner);
	return true;
}

void screen_add(struct screen *screen, struct slice expression, size_t tag)
{
	const size_t number = screen->count++;
	screen->tags = memory_grow(screen->tags, &screen->room, screen->count, sizeof *screen->tags);
	screen->screened =
	    memory_grow(screen->screened, &screen->screened_room, screen->count, sizeof *screen->screened);
	screen->tags[number] = tag;
	screen->screened[number] = add_literals(screen, expression, number);
	screen->screened_count += screen->screened[number];
}

static size_t words_of(const struct screen *screen)
{
	return (screen->count + 63) / 64;
}

void screen_compile(struct screen *screen)
{
	grams_compile(screen->grams);
	screen->always = memory_new(words_of(screen), sizeof *screen->always);
	screen->marked = memory_new(words_of(screen), sizeof *screen->marked);
	screen->candidates = memory_new(screen->count, sizeof *screen->candidates);
	for (size_t i = 0; i < screen->count; i++)
		if (!screen->screened[i])
			screen->always[i / 64] |= UINT64_C(1) << i % 64;
}

/* Bits rise, and tags with them. */
static size_t collect(const struct screen *screen)
{
	size_t found = 0;
	for (size_t i = 0; i < words_of(screen); i++)
		for (uint64_t left = screen->marked[i]; left != 0; left &= left - 1)
			screen->candidates[found++] = screen->tags[i * 64 + (size_t)__builtin_ctzll(left)];
	return found;
}

size_t screen_candidates(struct screen *screen, const struct slice *texts, size_t count, const size_t **tags)
{
	*tags = screen->tags;
	if (count == 0)
		return 0;
	if (screen->screened_count < SCREENED_MIN)
		return screen->count;
	memcpy(screen->marked, screen->always, words_of(screen) * sizeof *screen->marked);
	for (size_t i = 0; i < count; i++) {
		if (literal_blind(texts[i]))
			return screen->count;
		grams_mark(screen->grams, texts[i], screen->marked);
	}
	*tags = screen->candidates;
	return collect(screen);
}
