/* What a text must have in it for a regular expression to match: proven from the expression alone. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_LITERAL_H
#define SIEM_LITERAL_H

#include "literal_set.h"

/*
 * Takes an expression as pattern_new compiles it, case-sensitive but for what (?i) says. True: every text that it
 * matches has one of set in it, once the capitals of ASCII are folded in the text, unless literal_blind(text). False:
 * nothing is known. What is not understood for certain makes nothing known. The time is linear in the expression.
 */
bool literal_required(struct slice expression, struct literal_set *set);

/*
 * Has the text a LONG S or a KELVIN SIGN, which match s and k where case does not count? Such a text may lack what is
 * required: it is for all expressions. To be asked of each text; those of ASCII take hardly any time.
 */
bool literal_blind(struct slice text);

#endif
