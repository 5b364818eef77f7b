/* Equal tests in the criteria of many rules: each is asked once of an event, after all were searched for together. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_ANSWERS_H
#define SIEM_ANSWERS_H

#include "criterion.h"
#include "view.h"

struct answers;

/* What they see of an event is the view, which is borrowed and compiled by whoever made it. */
struct answers *answers_new(struct view *view);

/* The tests are on their own again. */
void answers_free(struct answers *answers);

/* Adds a test, borrowed: criterion->answer leads to what it shares with its equals when all are compiled,
 * for as many places as the view has. */
void answers_add(struct answers *answers, struct criterion *criterion);
void answers_compile(struct answers *answers, size_t places);

enum {
	ANSWERS_NONE = UINT32_MAX,
};

/* The place that a test asks for; and its number among those there that are searched for, or ANSWERS_NONE. */
size_t answer_place(const struct criterion *criterion);
uint32_t answer_part(const struct criterion *criterion);

/* How likely it is that the search finds it: of few and long texts little. */
unsigned answer_cost(const struct criterion *criterion);

/* How many tests of the place are searched for: numbers are below that. */
size_t answers_parts(const struct answers *answers, size_t place);

/*
 * A bit for each of them, 64 in a word: 0 where the test certainly does not hold of the event in view. Borrowed until
 * the next event; the texts are gone through once.
 */
const uint64_t *answers_search(struct answers *answers, size_t place);

/*
 * As criterion_holds, for a test that has an answer. An event that is not the one of the view is asked all anew, with
 * scratch; *gave_up is raised as if each of the equals had been asked.
 */
bool answer_holds(const struct criterion *criterion, const struct event *event, struct buffer *scratch,
		  uint64_t *gave_up);

#endif
