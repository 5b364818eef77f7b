/* The sieve from inside, for the files that it is made of. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_SIEVE_INSIDE_H
#define SIEM_SIEVE_INSIDE_H

#include "answers.h"
#include "need.h"
#include "sieve.h"
#include "texts.h"

/*
 * A rule may need something of each of these, as far as it is known: something to be there, a whole text, a part of
 * one. Where only all three kinds together tell what it needs, that is its last one.
 */
enum slot { SLOT_THERE, SLOT_WHOLE, SLOT_PART, SLOT_COUNT };

/* What rules need, and which of them do. */
struct atom {
	size_t place;
	enum need_kind kind;
	struct slice text; /* of NEED_WHOLE; borrowed from the needs */
	uint32_t part;	   /* of NEED_PART: number of the test */
	enum slot slot;
	uint32_t rule;	    /* while they are gathered: each atom is that of one rule */
	bool more;	    /* the next one is the same for another slot */
	size_t word, words; /* the rules that need it: in these words of a set, */
	size_t bits;	    /* which begin here in bits */
};

/* All that is looked for in one place. */
struct sought {
	uint32_t there;	      /* an atom; TEXTS_NONE: none */
	struct texts *wholes; /* atoms, or NULL */
	uint32_t *parts;      /* atoms by number of the test, TEXTS_NONE: none; or NULL */
	size_t part_count;
	uint64_t *seekers; /* bit by rule: it needs some part in this place */
};

struct sieve {
	struct rule **rules;
	size_t rule_count;
	size_t words; /* of a set of rules */
	struct view *view;
	struct answers *answers;
	struct needs needs;
	struct sought *sought; /* by place */
	size_t places;
	struct atom *atoms;
	size_t count, room;
	uint64_t *bits;
	size_t bit_count, bit_room;
	uint64_t *without[SLOT_COUNT]; /* rules of which is not known that they need something */
	uint64_t *found[SLOT_COUNT];
	uint64_t *left;
};

/* Each atom is there: puts them to where they are looked for, and takes all of that away again. */
void sieve_hang(struct sieve *sieve);
void sieve_unhang(struct sieve *sieve);

#endif
