/* Rules whose alerts never come alone, as another matches all that they match. */
/* SPDX-License-Identifier: MIT */
#include "lint_shadow.h"

#include "lint_implies.h"
#include "ruletypes/ruletype.h"

static bool same_by(const struct rule *a, const struct rule *b)
{
	if (a->by_count != b->by_count)
		return false;
	for (size_t i = 0; i < a->by_count; i++) {
		bool found = false;
		for (size_t j = 0; !found && j < b->by_count; j++)
			found = strcmp(a->by[i].name, b->by[j].name) == 0;
		if (!found)
			return false;
	}
	return true;
}

static bool counts(const struct rule *rule)
{
	return rule->type == &ruletype_limit || rule->type == &ruletype_plain;
}

/* What is excepted of b is excepted of a. */
static bool excepts_less(const struct rule *a, const struct rule *b)
{
	const json_t *left = json_object_get(a->source, "unless"), *right = json_object_get(b->source, "unless");

	return right == NULL || (left != NULL && lint_implies(right, left));
}

bool lint_shadowed(const struct rule *a, const struct rule *b)
{
	/* SIEM events are only seen by those that ask for source_rule. */
	return !a->feeds && counts(a) && counts(b) && a->severity >= b->severity && same_by(a, b) &&
	       a->event_limit >= b->event_limit && (b->event_limit == 0 || a->time_int <= b->time_int) &&
	       lint_implies(json_object_get(a->source, "when"), json_object_get(b->source, "when")) &&
	       excepts_less(a, b);
}
