/* The id of an event: a ULID that is a pure function of its time, its machine and its line. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_ID_H
#define SIEM_ID_H

#include "slice.h"

enum {
	ID_LEN = 26,
	ID_REMEMBERED = 1 << 16, /* lines among which a repeated one is recognised */
};

/* 48 bits of milliseconds, then 80 bits of hash. */
struct id {
	uint64_t milliseconds;
	uint16_t hash_high;
	uint64_t hash_low;
};

/*
 * Hash part: the low 80 bits of XXH3-128, seeded with k, of log source, a NUL byte, and the line.
 * time is microseconds since 1970; before 1970 the milliseconds are 0.
 */
struct id id_of(int64_t time, struct slice log_source, struct slice line, uint64_t k);

/* Hash part from any bytes; for SIEM events. */
struct id id_of_bytes(int64_t time, struct slice bytes);

/* 26 letters of Crockford's base32 (https://github.com/ulid/spec), no NUL. */
void id_print(char to[static ID_LEN], struct id id);

/* False where the text is no ULID: 26 letters of the alphabet, in upper case, the first at most 7. */
bool id_read(struct slice text, struct id *id);

/* Less than 0, 0 or more: the order of their texts. */
int id_compare(struct id a, struct id b);

/* The next free id after a collision: the hash part plus one. */
struct id id_next(struct id id);

/* The lowest id of a point in time (microseconds since 1970): ids below it are earlier. */
struct id id_floor(int64_t time);

/*
 * Counts identical lines with the same time stamp: k is 0 for the first, 1 for the next .. as long as no more
 * than about ID_REMEMBERED other lines stand between them (sets of eight, the oldest of a set is forgotten).
 */
struct id_memory;
struct id_memory *id_memory_new(void);
void id_memory_clear(struct id_memory *memory); /* at the start of each file */
void id_memory_free(struct id_memory *memory);

/* id_of with the k that is due. */
struct id id_take(struct id_memory *memory, int64_t time, struct slice log_source, struct slice line);

/*
 * The same in two steps, for who has other work until the memory answers: id_look gives id_of with k = 0, and
 * id_settle, with what that gave, counts the line and prints its id. INPUT_SLACK bytes behind line can be read.
 */
struct id id_look(const struct id_memory *memory, int64_t time, struct slice log_source, struct slice line);
void id_settle(struct id_memory *memory, char to[static ID_LEN], const struct id *first, int64_t time,
	       struct slice log_source, struct slice line);

#endif
