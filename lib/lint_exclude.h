/* Tests of one value that exclude each other in ways that are easily overlooked. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_LINT_EXCLUDE_H
#define SIEM_LINT_EXCLUDE_H

#include "criterion.h"

/* "10.1." as the start of an address and a network that has none such. */
bool lint_start_excludes(const struct criterion *start, const struct criterion *network);

/* More than 3 and less than 4, of a field of whole numbers. */
bool lint_gap_excludes(const struct criterion *from, const struct criterion *to);

#endif
