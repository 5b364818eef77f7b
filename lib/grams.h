/* Many literals searched for in one pass: at each place a few bytes tell whether any of them can stand there. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_GRAMS_H
#define SIEM_GRAMS_H

#include "slice.h"

/*
 * A set of literals, each with the number of its owner, searched for by grams: four bytes of them, two or one where
 * they have no more. A place costs one look into a table of bits that stays in the first cache, whatever the number of
 * literals; an automaton has to wait at each byte for the state that the byte before has led to.
 */
struct grams;

struct grams *grams_new(void);
void grams_free(struct grams *grams);

/* Adds a literal, folded, not empty; copied. Of one longer than LITERAL_MAX so many bytes are searched for: its rarest.
 */
void grams_add(struct grams *grams, struct slice literal, size_t owner);

/* To be called when all are added. */
void grams_compile(struct grams *grams);

/* Sets the bits of those owners in marked that have a literal in the text; the text's capitals are folded. */
void grams_mark(const struct grams *grams, struct slice text, uint64_t *marked);

#endif
