/* Sets of short texts, one of which must stand in a text for an expression to match it. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_LITERAL_SET_H
#define SIEM_LITERAL_SET_H

#include "slice.h"

enum {
	LITERAL_MAX = 24,   /* bytes of a text */
	LITERALS_MAX = 256, /* texts of a set */
};

/* The capitals of ASCII are folded. */
struct literal {
	size_t len;
	char text[LITERAL_MAX];
};

/* Each text once. */
struct literal_set {
	size_t count;
	struct literal rows[LITERALS_MAX];
};

/* Makes it the set of the empty text. */
void literal_set_empty(struct literal_set *set);

/* False where there is no room. */
bool literal_set_add(struct literal_set *set, struct slice text);

void literal_set_copy(struct literal_set *set, const struct literal_set *from);

/* Adds those of another; false where there is no room, and some may have been added. */
bool literal_set_join(struct literal_set *set, const struct literal_set *other);

/* The same for texts that are only searched for: where there is no room, those in set are cut to their first bytes. */
bool literal_set_join_heads(struct literal_set *set, const struct literal_set *other);

/* Each of set followed by each of tail; false, and set as it was, where there is no room. */
bool literal_set_follow(struct literal_set *set, const struct literal_set *tail);

/* Makes set the one of the two that fewer texts are likely to have; a set that has no text or the empty one says
 * nothing, and is the last choice. */
void literal_set_prefer(struct literal_set *set, const struct literal_set *other);

/* Leaves out those that have another one in them: where they are, it is. */
void literal_set_reduce(struct literal_set *set);

/* How likely a place in a log is to have this text: an estimate from how often its bytes are seen. */
double literal_likely(struct slice text);

#endif
