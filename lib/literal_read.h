/* The words that a regular expression is written in, as far as they tell what must stand in a text. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_LITERAL_READ_H
#define SIEM_LITERAL_READ_H

#include "literal_set.h"

/* A place in an expression. */
struct literal_read {
	const char *p, *end;
	unsigned depth; /* of groups: whoever reads them counts */
	bool caseless;	/* (?i) is on */
	bool lost;	/* something was not understood: all of the expression says nothing */
};

/* Passes c where it is the next; true if it was. */
bool literal_read_is(struct literal_read *read, char c);

enum literal_item {
	LITERAL_ITEM_TEXTS, /* one of the texts */
	LITERAL_ITEM_PLACE, /* no text: such as ^ */
	LITERAL_ITEM_ANY,   /* some text */
};

/* Reads what is no group. */
enum literal_item literal_read_item(struct literal_read *read, struct literal_set *texts);

enum literal_group {
	LITERAL_GROUP_PLAIN,
	LITERAL_GROUP_LOOK,
	LITERAL_GROUP_LOOK_NOT,
	LITERAL_GROUP_OPTIONS, /* (?i), read to its end */
	LITERAL_GROUP_VERB,
};

/* Reads the head of a group, behind its '('. Sets caseless as it says: for a group to be set back at its end. */
enum literal_group literal_read_group(struct literal_read *read);

enum literal_verb { LITERAL_VERB_OTHER, LITERAL_VERB_FAIL };

/* Reads a verb behind "(*", to its end. */
enum literal_verb literal_read_verb(struct literal_read *read);

enum literal_repeat { LITERAL_ONCE, LITERAL_AT_MOST_ONCE, LITERAL_ONCE_OR_MORE, LITERAL_ANY_TIMES };

/* Reads how often the item before may stand; LITERAL_ONCE where nothing says so. */
enum literal_repeat literal_read_repeat(struct literal_read *read);

#endif
