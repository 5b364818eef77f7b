/* The id of an event: a ULID that is a pure function of its time, its machine and its line. */
/* SPDX-License-Identifier: MIT */
#include "id.h"

#include "memory.h"
#include "scan.h"
#include "status.h"

#include <err.h>
#include <stdalign.h>
#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum {
	WAYS = 7,
	SETS = ID_REMEMBERED / (WAYS + 1), /* a set is a cache line */
	COPY_MAX = 4096,		   /* texts up to here are put together on the stack */
	NEAR_MAX = 512,			   /* and up to here in steps, which are faster than a call */
	STEP = 64,
};

static inline struct id id_from(int64_t time, XXH128_hash_t hash)
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

/* Two letters for each ten bits. */
/* clang-format off */
#define EACH(c) \
	c "0" c "1" c "2" c "3" c "4" c "5" c "6" c "7" c "8" c "9" c "A" c "B" c "C" c "D" c "E" c "F" \
	c "G" c "H" c "J" c "K" c "M" c "N" c "P" c "Q" c "R" c "S" c "T" c "V" c "W" c "X" c "Y" c "Z"
static const char pairs[] =
	EACH("0") EACH("1") EACH("2") EACH("3") EACH("4") EACH("5") EACH("6") EACH("7")
	EACH("8") EACH("9") EACH("A") EACH("B") EACH("C") EACH("D") EACH("E") EACH("F")
	EACH("G") EACH("H") EACH("J") EACH("K") EACH("M") EACH("N") EACH("P") EACH("Q")
	EACH("R") EACH("S") EACH("T") EACH("V") EACH("W") EACH("X") EACH("Y") EACH("Z");
/* clang-format on */

/* The lowest 5 * count bits, count even, as letters. */
static inline void put_letters(char *to, uint64_t bits, int count)
{
#pragma GCC unroll 5
	for (int at = count - 2; at >= 0; at -= 2, bits >>= 10)
		memcpy(to + at, pairs + 2 * (bits & 1023), 2);
}

void id_print(char to[static ID_LEN], struct id id)
{
	put_letters(to, id.milliseconds, 10);
	put_letters(to + 10, (uint64_t)id.hash_high << 24 | id.hash_low >> 40, 8);
	put_letters(to + 18, id.hash_low, 8);
}

/* Of each letter its five bits, plus one; 0 for what is none. */
/* clang-format off */
static const unsigned char letter_values[256] = {
	['0'] = 1, ['1'] = 2, ['2'] = 3, ['3'] = 4, ['4'] = 5, ['5'] = 6, ['6'] = 7, ['7'] = 8,
	['8'] = 9, ['9'] = 10, ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
	['G'] = 17, ['H'] = 18, ['J'] = 19, ['K'] = 20, ['M'] = 21, ['N'] = 22, ['P'] = 23, ['Q'] = 24,
	['R'] = 25, ['S'] = 26, ['T'] = 27, ['V'] = 28, ['W'] = 29, ['X'] = 30, ['Y'] = 31, ['Z'] = 32,
};
/* clang-format on */

/* The bits of count letters; false where one is not in the alphabet. */
static bool get_letters(const char *p, int count, uint64_t *bits)
{
	*bits = 0;
	for (int i = 0; i < count; i++) {
		const unsigned value = letter_values[(unsigned char)p[i]];
		if (value == 0)
			return false;
		*bits = *bits << 5 | (value - 1);
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

int id_compare(struct id a, struct id b)
{
	if (a.milliseconds != b.milliseconds)
		return a.milliseconds < b.milliseconds ? -1 : 1;
	if (a.hash_high != b.hash_high)
		return a.hash_high < b.hash_high ? -1 : 1;
	return (a.hash_low > b.hash_low) - (a.hash_low < b.hash_low);
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

/* Keys, 0 where there is none yet, and how often their lines have come again. next is the place to be filled next. */
struct set {
	alignas(64) uint64_t keys[WAYS];
	uint8_t next;
	uint8_t repeated; /* bit per key: counts says how often it has been seen; else once */
};

struct id_memory {
	struct set sets[SETS];
	uint32_t counts[SETS][WAYS];
};

struct id_memory *id_memory_new(void)
{
	struct id_memory *memory = aligned_alloc(alignof(struct id_memory), sizeof *memory);

	if (memory == NULL)
		err(STATUS_FAILED, "memory");
	memset(memory, 0, sizeof *memory);
	return memory;
}

void id_memory_clear(struct id_memory *memory)
{
	memset(memory->sets, 0, sizeof memory->sets);
}

void id_memory_free(struct id_memory *memory)
{
	free(memory);
}

static inline uint64_t key_of(struct id id)
{
	uint64_t key = id.hash_low ^ id.milliseconds * UINT64_C(0x9e3779b97f4a7c15);

	return key != 0 ? key : 1;
}

/* How often this id has been seen; it is counted. */
static inline uint32_t seen(struct id_memory *memory, uint64_t key)
{
	struct set *set = &memory->sets[key % SETS];
	uint32_t *counts = memory->counts[key % SETS];
	const unsigned same = scan_words8(set, key) & ((1u << WAYS) - 1);
	unsigned way;

	if (same != 0) {
		way = (unsigned)__builtin_ctz(same);
		uint32_t count = set->repeated >> way & 1 ? counts[way] : 1;
		counts[way] = count + 1;
		set->repeated |= (uint8_t)(1u << way);
		return count;
	}
	way = set->next;
	set->next = (uint8_t)(way + 1 < WAYS ? way + 1 : 0);
	set->keys[way] = key;
	set->repeated &= (uint8_t) ~(1u << way);
	return 0;
}

/* As hash_parts, unseeded. */
static inline XXH128_hash_t hash_near(struct slice log_source, struct slice line)
{
	char copy[NEAR_MAX + STEP];
	char *at = copy + log_source.len;

	if (log_source.len >= NEAR_MAX || line.len > NEAR_MAX - 1 - log_source.len)
		return hash_parts(log_source, line, 0);
	if (log_source.len > 0)
		memcpy(copy, log_source.ptr, log_source.len);
	*at++ = '\0';
	for (size_t i = 0; i < line.len; i += STEP)
		memcpy(at + i, line.ptr + i, STEP);
	return XXH3_128bits(copy, log_source.len + 1 + line.len);
}

struct id id_look(const struct id_memory *memory, int64_t time, struct slice log_source, struct slice line)
{
	struct id id = id_from(time, hash_near(log_source, line));

	__builtin_prefetch(&memory->sets[key_of(id) % SETS], 1);
	return id;
}

void id_settle(struct id_memory *memory, char to[static ID_LEN], const struct id *first, int64_t time,
	       struct slice log_source, struct slice line)
{
	const uint32_t k = seen(memory, key_of(*first));

	id_print(to, k == 0 ? *first : id_of(time, log_source, line, k));
}

struct id id_take(struct id_memory *memory, int64_t time, struct slice log_source, struct slice line)
{
	const struct id first = id_of(time, log_source, line, 0);
	const uint32_t k = seen(memory, key_of(first));

	return k == 0 ? first : id_of(time, log_source, line, k);
}
