/* Memory, or the end of the program with status 3: no caller can go on without it. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_MEMORY_H
#define SIEM_MEMORY_H

#include "slice.h"

/* Zeroed memory for count things of a size; the product is checked. Released with free. */
void *memory_new(size_t count, size_t size) __attribute__((malloc, alloc_size(1, 2)));

/* A copy of s with a NUL behind it; the caller owns it. */
char *memory_text(struct slice s) __attribute__((malloc));

/*
 * An array at p with room for *room things that shall hold at least need:
 * grows it by half as much again or more, and sets *room. New things are not zeroed.
 */
void *memory_grow(void *p, size_t *room, size_t need, size_t size);

#endif
