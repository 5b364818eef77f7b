/* Criteria: does an event match? The words of rules, helpers' "when" and siem-select. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_MATCH_H
#define SIEM_MATCH_H

#include "event.h"

#include <jansson.h>

struct match;

/*
 * Compiles criteria (siem-rules(5)): an object is AND, an array is OR. Files of |in are read relative to dir
 * (NULL: the current folder). NULL with *err filled: what is unknown is named with the nearest valid word.
 */
struct match *match_new(const json_t *criteria, const char *dir, struct error *err);
void match_free(struct match *match);

/* A match that gave up at the regex limit counts as none, and is counted in match_gave_up. */
bool match_event(struct match *match, const struct event *event);
/* Do the criteria ask for this field? */
bool match_mentions(const struct match *match, enum field field);

/* Can an event match, and must it, of which only this field is known? */
bool match_could(struct match *match, enum field field, const struct event *event);
bool match_must(struct match *match, enum field field, const struct event *event);

/*
 * Adds what is needed, of these kinds (need.h): an event that matches has one of it. It borrows from the criteria.
 * False, with nothing added, where that is not known.
 */
struct needs;
bool match_needs(const struct match *match, struct needs *needs, unsigned kinds);

/* Adds its tests to those that are asked once (answers.h). */
struct answers;
void match_share(struct match *match, struct answers *answers);

uint64_t match_gave_up(const struct match *match);

#endif
