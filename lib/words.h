/* Texts that the line of a record must have in it to match criteria: a database can look for them, and sends less. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_WORDS_H
#define SIEM_WORDS_H

#include "match.h"

enum {
	WORDS_GROUPS_MAX = 8,
	WORDS_MAX = 64, /* of all groups */
};

/* A run of bytes that JSON writes as they are, or as \u escapes; at least two. */
struct word {
	char *text; /* folded: the case of ASCII letters does not count */
	size_t len;
	unsigned group;
};

/* {0} is empty, which asks for nothing; words_clear releases. */
struct words {
	struct word list[WORDS_MAX]; /* group by group */
	size_t count;
	unsigned groups;
};

/*
 * Adds a group: a line whose record matches has one of its words in it, in any case of ASCII letters, or has a \u
 * escape, which can be any letter. Nothing where that cannot be said, or there is no room.
 */
void words_add(struct words *words, const struct match *match);
void words_clear(struct words *words);

#endif
