/* Texts of which an event must have one to match criteria: what many rules need is looked for all at once. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_NEED_H
#define SIEM_NEED_H

#include "criterion.h"

enum need_kind {
	NEED_WHOLE = 1, /* a value of the field is this text */
	NEED_PART = 2,	/* it is a part of one */
};

enum {
	NEED_PART_MIN = 3, /* bytes of a part that is worth looking for */
};

/* The case of ASCII letters does not count, even where the criteria say that it does. */
struct need {
	const struct path *path; /* borrowed from the criterion */
	enum need_kind kind;
	char *text; /* folded */
	size_t len;
};

/* {0} is empty; needs_clear releases. */
struct needs {
	struct need *list;
	size_t count, room;
};

/*
 * Adds texts of these kinds (bits of enum need_kind): where the test holds, the event has one of them. False, with
 * nothing added, where there are none to be named.
 */
bool needs_of_criterion(struct needs *needs, const struct criterion *criterion, unsigned kinds);

/* Takes off what was added behind so many. */
void needs_cut(struct needs *needs, size_t count);
void needs_clear(struct needs *needs);

#endif
