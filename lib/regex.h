/* The shape of a regular expression as a tree: for looking at what it does, never for matching. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_REGEX_H
#define SIEM_REGEX_H

#include "buffer.h"

enum {
	REGEX_UNBOUNDED = ~0U >> 1,
};

enum regex_kind {
	REGEX_SET,    /* one character */
	REGEX_SEQ,    /* its children, one after the other */
	REGEX_ALT,    /* one of its children */
	REGEX_REPEAT, /* its child, min to max times */
	REGEX_GROUP,  /* its child; group > 0: captured */
	REGEX_START,  /* the start of the text */
	REGEX_END,    /* its end */
	REGEX_PLACE,  /* another place, which has no length */
	REGEX_LOOK,   /* what is looked at ahead or behind: its child */
};

struct regex_node {
	enum regex_kind kind;
	unsigned child, next; /* 0: none; the children of one are a list */
	uint64_t set[4];      /* of REGEX_SET: bytes; all above 127 stand for any character that is not ASCII */
	unsigned min, max;
	bool keeps;	/* of REGEX_REPEAT, GROUP: it gives nothing back (possessive, atomic) */
	bool lazy;	/* of REGEX_REPEAT */
	unsigned group; /* from 1 */
};

/* Place 0 is unused. */
struct regex {
	struct regex_node *nodes;
	size_t count, room;
	unsigned root;
};

/* False where it has something that is not understood here; regex_clear releases in either case. */
bool regex_read(struct regex *regex, struct slice expression);
void regex_clear(struct regex *regex);

static inline bool regex_has(const struct regex_node *node, unsigned byte)
{
	return node->set[byte / 64] >> byte % 64 & 1;
}

/* A repeat without end that gives back what it took. */
static inline bool regex_is_unbounded(const struct regex_node *node)
{
	return node->kind == REGEX_REPEAT && node->max == REGEX_UNBOUNDED && !node->keeps;
}

/* The set that a node is made of, through groups and repeats; NULL where it is more than one character. Borrowed. */
const struct regex_node *regex_set_in(const struct regex *regex, unsigned node);

/* Bytes that each text has at least which it matches. */
size_t regex_least(const struct regex *regex, unsigned node);

/* Adds a short text that it matches, places aside; what may repeat without end is taken at least once where once. */
void regex_sample(const struct regex *regex, unsigned node, bool once, struct buffer *to);

/* A byte of the set that is easily read, 0 where it has none. */
unsigned regex_byte(const uint64_t set[4]);

#endif
