/* Holding a rule against an event. */
/* SPDX-License-Identifier: MIT */
#include "rule.h"

bool rule_asks(struct match *match, const struct event *event, enum fed fed)
{
	if (fed != FED_NOT && !match_mentions(match, FIELD_SOURCE_RULE))
		return false;
	if (fed == FED_LATER && !match_mentions(match, FIELD_PHASE))
		return false;
	return match_event(match, event);
}

unsigned rule_wants(struct rule *rule, const struct event *event, enum fed fed)
{
	return rule->when != NULL && rule_asks(rule->when, event, fed) &&
	       (rule->unless == NULL || !match_event(rule->unless, event));
}

unsigned rule_steps(struct rule *rule, const struct event *event, enum fed fed)
{
	unsigned steps = 0;

	if (rule->when != NULL && !match_event(rule->when, event))
		return 0;
	for (size_t i = 0; i < rule->step_count; i++)
		steps |= (unsigned)rule_asks(rule->steps[i], event, fed) << i;
	return steps != 0 && (rule->unless == NULL || !match_event(rule->unless, event)) ? steps : 0;
}

uint64_t rule_gave_up(const struct rule *rule)
{
	uint64_t sum = (rule->when ? match_gave_up(rule->when) : 0) + (rule->unless ? match_gave_up(rule->unless) : 0);
	for (size_t i = 0; i < RULE_STEPS_MAX && rule->steps[i] != NULL; i++)
		sum += match_gave_up(rule->steps[i]);
	return sum;
}
