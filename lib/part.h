/* What a text must have in it for a test to hold, whatever else it asks. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_PART_H
#define SIEM_PART_H

#include "criterion.h"

/*
 * Gives texts, folded and none of them empty: where the test holds of a text that is not blind (literal.h), one of them
 * stands in it. False where that is not known, and some may have been given. Each is borrowed until take returns.
 */
bool part_each(const struct criterion *criterion, void (*take)(void *data, struct slice part), void *data);

#endif
