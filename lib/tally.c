/* How often each value of some fields was seen, the top of them first. */
/* SPDX-License-Identifier: MIT */
#include "tally.h"

#include "memory.h"
#include "seed.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum {
	SIZE_FIRST = 256, /* slots */
};

bool tally_by(struct tally *tally, const char *name, struct error *err)
{
	if (tally->by_count == BY_FIELDS_MAX)
		return error_set(err, "at most %d fields can be counted by", BY_FIELDS_MAX);
	if (!path_read(&tally->by[tally->by_count], slice_of(name), err))
		return false;
	tally->by_count++;
	return true;
}

/* The slot where a row of that text is, or would be. */
static uint32_t *slot_of(const struct tally *tally, uint64_t hash, struct slice text)
{
	size_t at = hash & (tally->size - 1);

	for (; tally->slots[at] != 0; at = (at + 1) & (tally->size - 1)) {
		const struct tally_row *row = &tally->rows[tally->slots[at] - 1];
		if (row->hash == hash && slice_equal(row->text, text))
			break;
	}
	return &tally->slots[at];
}

static void widen(struct tally *tally)
{
	if (tally->size == 0)
		tally->seed = seed_new();
	tally->size = tally->size > 0 ? 2 * tally->size : SIZE_FIRST;
	free(tally->slots);
	tally->slots = memory_new(tally->size, sizeof *tally->slots);
	for (size_t i = 0; i < tally->count; i++) {
		const struct tally_row *row = &tally->rows[i];
		*slot_of(tally, row->hash, row->text) = (uint32_t)(i + 1);
	}
}

static size_t bytes_of(const struct tally *tally)
{
	return tally->texts.len + tally->count * sizeof *tally->rows + tally->size * sizeof *tally->slots;
}

/* A copy of the text; where the others had to move, the rows follow. */
static struct slice keep(struct tally *tally, struct slice text)
{
	const char *before = tally->texts.ptr;
	char *copy = buffer_room(&tally->texts, text.len);

	if (tally->texts.ptr != before)
		for (size_t i = 0, at = 0; i < tally->count; at += tally->rows[i++].text.len)
			tally->rows[i].text.ptr = tally->texts.ptr + at;
	buffer_add(&tally->texts, text);
	return (struct slice){ copy, text.len };
}

static struct tally_row *row_of(struct tally *tally, struct slice text)
{
	if (2 * tally->count >= tally->size)
		widen(tally);
	const uint64_t hash = XXH3_64bits_withSeed(text.ptr, text.len, tally->seed);
	uint32_t *slot = slot_of(tally, hash, text);

	if (*slot != 0)
		return &tally->rows[*slot - 1];
	if (bytes_of(tally) + text.len > TALLY_BYTES_MAX)
		return NULL;
	tally->rows = memory_grow(tally->rows, &tally->room, tally->count + 1, sizeof *tally->rows);
	tally->rows[tally->count] = (struct tally_row){ .hash = hash, .text = keep(tally, text) };
	*slot = (uint32_t)++tally->count;
	return &tally->rows[tally->count - 1];
}

bool tally_event(struct tally *tally, const struct event *event)
{
	struct tally_row *row;

	tally->events++;
	by_start_all(&tally->key, tally->by, tally->by_count, event);
	for (size_t n = 0; n < BY_KEYS_MAX && by_next(&tally->key, &tally->text); n++) {
		/* The key is an object; what is kept are its members. */
		row = row_of(tally, (struct slice){ tally->text.ptr + 1, tally->text.len - 2 });
		if (row == NULL)
			return false;
		row->count += row->event != tally->events;
		row->event = tally->events;
	}
	return true;
}

static int compare(const void *left, const void *right)
{
	const struct tally_row *a = left, *b = right;

	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return slice_compare(a->text, b->text);
}

const struct tally_row *tally_rows(struct tally *tally, size_t *count)
{
	if (tally->count > 0)
		qsort(tally->rows, tally->count, sizeof *tally->rows, compare);
	*count = tally->count;
	return tally->rows;
}

void tally_empty(struct tally *tally)
{
	tally->count = 0;
	tally->texts.len = 0;
	if (tally->size > 0)
		memset(tally->slots, 0, tally->size * sizeof *tally->slots);
}

void tally_clear(struct tally *tally)
{
	for (size_t i = 0; i < tally->by_count; i++)
		path_clear(&tally->by[i]);
	free(tally->rows);
	free(tally->slots);
	buffer_clear(&tally->texts);
	buffer_clear(&tally->text);
	*tally = (struct tally){ 0 };
}
