/* Captures that who chooses a part of the text, such as the name of a login, can move to a value of theirs. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_LINT_CHOSEN_H
#define SIEM_LINT_CHOSEN_H

#include "slice.h"

/*
 * The number of the first group that can be moved so, 0: none. Before it stands a text that somebody chose (one that is
 * captured, or comes behind a word such as "user"), of any characters and as short as may be: the first place that
 * fits counts, and that may be in the chosen text. It cannot where what follows the group is said up to the end, nor
 * where the expression looks for a second such place.
 */
unsigned lint_chosen_group(struct slice expression);

#endif
