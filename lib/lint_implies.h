/* Criteria that hold wherever others do: proven from what they say. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_LINT_IMPLIES_H
#define SIEM_LINT_IMPLIES_H

#include "criterion.h"

/* Does every event that passes the first test also pass the second? True is certain, false says nothing. */
bool lint_test_implies(const struct criterion *a, const struct criterion *b);

/* The same of criteria, which are resolved (let.h) and can be read. What |in names is only equal to itself. */
bool lint_implies(const json_t *a, const json_t *b);

#endif
