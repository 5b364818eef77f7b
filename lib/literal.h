/* What a text must have in it for a regular expression to match: proven from the expression alone. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_LITERAL_H
#define SIEM_LITERAL_H

#include "literal_set.h"

/*
 * Takes an expression as pattern_new compiles it, case-sensitive but for what (?i) says. True: every text that it
 * matches has one of set in it, once the capitals of ASCII are folded in the text. False: nothing is known. What
 * is not understood for certain makes nothing known. The time is linear in the expression.
 */
bool literal_required(struct slice expression, struct literal_set *set);

#endif
