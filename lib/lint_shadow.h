/* Rules whose alerts never come alone, as another matches all that they match. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_LINT_SHADOW_H
#define SIEM_LINT_SHADOW_H

#include "rule.h"

/*
 * Does b report wherever a does, and is no less severe? Both count events; b matches all that a matches, per the same,
 * and asks for no more within no less time. True is certain.
 */
bool lint_shadowed(const struct rule *a, const struct rule *b);

#endif
