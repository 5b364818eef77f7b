/* Finding a text among many: by its length first, then by a hash in which letters have no case. */
/* SPDX-License-Identifier: MIT */
#include "texts.h"

#include "fold.h"
#include "memory.h"

#include <stdlib.h>

#define FACTOR UINT64_C(0x9e3779b97f4a7c15)
#define SPACES UINT64_C(0x2020202020202020)

enum {
	LENGTHS = 64, /* the last stands for all that are longer */
	HEADS_MIN = 8,
};

struct row {
	struct slice text;
	uint32_t number;
	uint32_t next; /* place of one with that hash, from 1; 0: none */
};

struct texts {
	struct row *rows;
	size_t count, room;
	uint32_t *heads;
	size_t mask;
	uint64_t lengths; /* bit by length: there is one */
};

struct texts *texts_new(void)
{
	return memory_new(1, sizeof(struct texts));
}

void texts_free(struct texts *texts)
{
	if (texts == NULL)
		return;
	free(texts->rows);
	free(texts->heads);
	free(texts);
}

static uint64_t length_bit(size_t len)
{
	return UINT64_C(1) << (len < LENGTHS ? len : LENGTHS - 1);
}

/* The last bytes, seven at most. */
static uint64_t tail(const char *p, size_t len)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < len; i++)
		bytes = bytes << 8 | (unsigned char)p[i];
	return bytes;
}

/* Letters of both cases have the same hash, some other bytes as well: what is found is compared. */
static uint64_t hash_of(struct slice text)
{
	uint64_t hash = text.len * FACTOR, bytes;

	for (; text.len >= sizeof bytes; text = slice_after(text, sizeof bytes)) {
		memcpy(&bytes, text.ptr, sizeof bytes);
		hash = (hash ^ (bytes | SPACES)) * FACTOR;
		hash ^= hash >> 32;
	}
	hash = (hash ^ (tail(text.ptr, text.len) | SPACES)) * FACTOR;
	return hash ^ hash >> 32;
}

void texts_add(struct texts *texts, struct slice text, uint32_t number)
{
	texts->rows = memory_grow(texts->rows, &texts->room, texts->count + 1, sizeof *texts->rows);
	texts->rows[texts->count++] = (struct row){ .text = text, .number = number };
	texts->lengths |= length_bit(text.len);
}

void texts_compile(struct texts *texts)
{
	size_t size = HEADS_MIN;

	while (size < 2 * texts->count)
		size *= 2;
	texts->mask = size - 1;
	texts->heads = memory_new(size, sizeof *texts->heads);
	for (size_t i = 0; i < texts->count; i++) {
		uint32_t *head = &texts->heads[hash_of(texts->rows[i].text) & texts->mask];
		texts->rows[i].next = *head;
		*head = (uint32_t)i + 1;
	}
}

uint32_t texts_find(const struct texts *texts, struct slice text)
{
	if (!(texts->lengths & length_bit(text.len)))
		return TEXTS_NONE;
	for (uint32_t at = texts->heads[hash_of(text) & texts->mask]; at > 0; at = texts->rows[at - 1].next)
		if (fold_equal(texts->rows[at - 1].text, text, false))
			return texts->rows[at - 1].number;
	return TEXTS_NONE;
}
