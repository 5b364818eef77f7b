/* The id of an event: a ULID that is a pure function of its time, its machine and its line. */
/* SPDX-License-Identifier: MIT */
#include "id.h"

#include "memory.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum {
	WAYS = 8,
	SETS = ID_REMEMBERED / WAYS,
	COPY_MAX = 4096, /* texts up to here are put together on the stack */
};

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static struct id id_from(int64_t time, XXH128_hash_t hash)
{
	return (struct id){
		.milliseconds = time > 0 ? (uint64_t)time / 1000 & UINT64_C(0xffffffffffff) : 0,
		.hash_high = (uint16_t)hash.high64,
		.hash_low = hash.low64,
	};
}

/* Log source, NUL, line: hashed in one piece, which is faster than in three. */
static XXH128_hash_t hash_parts(struct slice log_source, struct slice line, uint64_t k)
{
	char copy[COPY_MAX];
	XXH3_state_t state;

	if (log_source.len < COPY_MAX && line.len < COPY_MAX - 1 - log_source.len) {
		if (log_source.len > 0)
			memcpy(copy, log_source.ptr, log_source.len);
		copy[log_source.len] = '\0';
		memcpy(copy + log_source.len + 1, line.ptr, line.len);
		return XXH3_128bits_withSeed(copy, log_source.len + 1 + line.len, k);
	}
	XXH3_INITSTATE(&state);
	XXH3_128bits_reset_withSeed(&state, k);
	XXH3_128bits_update(&state, log_source.ptr, log_source.len);
	XXH3_128bits_update(&state, "", 1);
	XXH3_128bits_update(&state, line.ptr, line.len);
	return XXH3_128bits_digest(&state);
}

struct id id_of(int64_t time, struct slice log_source, struct slice line, uint64_t k)
{
	return id_from(time, hash_parts(log_source, line, k));
}

struct id id_of_bytes(int64_t time, struct slice bytes)
{
	return id_from(time, XXH3_128bits(bytes.ptr, bytes.len));
}

/* count letters of five bits, the last one first. */
static void put_letters(char *end, uint64_t bits, int count)
{
	for (int i = 1; i <= count; i++, bits >>= 5)
		end[-i] = alphabet[bits & 31];
}

void id_print(char to[static ID_LEN], struct id id)
{
	put_letters(to + 10, id.milliseconds, 10);
	put_letters(to + 18, (uint64_t)id.hash_high << 24 | id.hash_low >> 40, 8);
	put_letters(to + 26, id.hash_low & UINT64_C(0xffffffffff), 8);
}

/* The bits of count letters; false where one is not in the alphabet. */
static bool get_letters(const char *p, int count, uint64_t *bits)
{
	*bits = 0;
	for (int i = 0; i < count; i++) {
		const char *at = p[i] != '\0' ? strchr(alphabet, p[i]) : NULL;
		if (at == NULL)
			return false;
		*bits = *bits << 5 | (uint64_t)(at - alphabet);
	}
	return true;
}

bool id_read(struct slice text, struct id *id)
{
	uint64_t time, middle, low;

	if (text.len != ID_LEN || text.ptr[0] > '7')
		return false;
	if (!get_letters(text.ptr, 10, &time) || !get_letters(text.ptr + 10, 8, &middle) ||
	    !get_letters(text.ptr + 18, 8, &low))
		return false;
	*id = (struct id){ time, (uint16_t)(middle >> 24), (middle & 0xffffff) << 40 | low };
	return true;
}

struct id id_next(struct id id)
{
	if (++id.hash_low == 0)
		id.hash_high++;
	return id;
}

struct id id_floor(int64_t time)
{
	return (struct id){ .milliseconds = time > 0 ? (uint64_t)time / 1000 : 0 };
}

/* Sets of eight keys; counts[i] lines with keys[i] have been seen. next is the place of a set to be filled next. */
struct id_memory {
	uint64_t keys[SETS][WAYS];
	uint32_t counts[SETS][WAYS];
	uint8_t next[SETS];
};

struct id_memory *id_memory_new(void)
{
	return memory_new(1, sizeof(struct id_memory));
}

void id_memory_clear(struct id_memory *memory)
{
	memset(memory, 0, sizeof *memory);
}

void id_memory_free(struct id_memory *memory)
{
	free(memory);
}

/* How often this id has been seen; it is counted. */
static uint32_t seen(struct id_memory *memory, struct id id)
{
	uint64_t key = id.hash_low ^ id.milliseconds * UINT64_C(0x9e3779b97f4a7c15);
	size_t set = key % SETS, way;

	for (way = 0; way < WAYS; way++)
		if (memory->keys[set][way] == key && memory->counts[set][way] > 0)
			return memory->counts[set][way]++;
	way = memory->next[set]++ % WAYS;
	memory->keys[set][way] = key;
	memory->counts[set][way] = 1;
	return 0;
}

struct id id_take(struct id_memory *memory, int64_t time, struct slice log_source, struct slice line)
{
	struct id id = id_of(time, log_source, line, 0);
	uint32_t k = seen(memory, id);

	return k == 0 ? id : id_of(time, log_source, line, k);
}
