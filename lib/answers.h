/* Equal tests in the criteria of many rules: each is asked once of an event. */
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

/* Adds a test, borrowed: criterion->answer leads to what it shares with its equals when all are compiled. */
void answers_add(struct answers *answers, struct criterion *criterion);
void answers_compile(struct answers *answers);

/*
 * As criterion_holds, for a test that has an answer. An event that is not the one of the view is asked all anew, with
 * scratch; *gave_up is raised as if each of the equals had been asked.
 */
bool answer_holds(const struct criterion *criterion, const struct event *event, struct buffer *scratch,
		  uint64_t *gave_up);

#endif
