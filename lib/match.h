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
 * Adds texts of these kinds (need.h), of which an event that matches has one; they borrow from the criteria. False,
 * with nothing added, where there are none.
 */
struct needs;
bool match_needs(const struct match *match, struct needs *needs, unsigned kinds);

uint64_t match_gave_up(const struct match *match);

#endif
