/* Rules bring their own tests: events, and what should come of them (siem-rules(5)). */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_TRIAL_H
#define SIEM_TRIAL_H

#include "rule.h"

struct trials {
	unsigned passed, failed;
};

/* Runs the tests of a rule, enabled or not, and adds a line for each to *to: "ok ..", or "not ok .." and why. */
void trials_run(struct trials *trials, const struct rule *rule, struct buffer *to);

#endif
