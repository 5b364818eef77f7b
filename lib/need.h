/* What an event must have one of to match criteria: for many rules it is looked for all at once. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_NEED_H
#define SIEM_NEED_H

#include "answers.h"

enum need_kind {
	NEED_WHOLE = 1, /* a value of the field is this text */
	NEED_PART = 2,	/* the test may hold, by what is searched for (answers.h) */
	NEED_THERE = 4, /* there is something at all */
};

enum {
	NEED_COST_MAX = 1000, /* what costs so much nearly all events have */
};

/* The case of ASCII letters does not count, even where the criteria say that it does. */
struct need {
	const struct criterion *criterion; /* which has an answer */
	enum need_kind kind;
	struct slice text; /* of NEED_WHOLE: folded; borrowed from memory */
	char *memory;
	unsigned cost; /* the more, the likelier an event has it */
};

/* {0} is empty; needs_clear releases. */
struct needs {
	struct need *list;
	size_t count, room;
};

/*
 * Adds what is needed, of these kinds (bits of enum need_kind): where the test holds, the event has one of it. False,
 * with nothing added, where that is not known.
 */
bool needs_of_criterion(struct needs *needs, const struct criterion *criterion, unsigned kinds);

/* Of what was added behind so many: the more, the likelier an event has one of them. */
unsigned needs_cost(const struct needs *needs, size_t count);

/* Takes off what was added behind so many. */
void needs_cut(struct needs *needs, size_t count);
void needs_clear(struct needs *needs);

#endif
