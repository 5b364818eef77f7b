/* Which of many expressions can match a text at all, told before any of them runs. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_SCREEN_H
#define SIEM_SCREEN_H

#include "slice.h"

/*
 * One screen for all expressions that look at the same field. A candidate may still fail to match;
 * an expression that is no candidate never matches. Expressions are as pattern_new compiles them, case-sensitive
 * but for (?i), and texts are valid UTF-8.
 */
struct screen;

struct screen *screen_new(void);
void screen_free(struct screen *screen);

/* Adds an expression; tag is what candidates are called by, and rises from one to the next. */
void screen_add(struct screen *screen, struct slice expression, size_t tag);

/* To be called when all are added. */
void screen_compile(struct screen *screen);

/*
 * The tags of those that can match one of the texts, rising; borrowed until the next call.
 * No text: no candidate. Returns how many.
 */
size_t screen_candidates(struct screen *screen, const struct slice *texts, size_t count, const size_t **tags);

#endif
