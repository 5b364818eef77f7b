/* The rule shapes there are. A new one is a file beside this and a row here. */
/* SPDX-License-Identifier: MIT */
#include "ruletype.h"

#include "../stamp.h"

/* Those that may have event_limit too come before the limit rule. */
const struct ruletype *const ruletypes[] = {
	&ruletype_distinct,   &ruletype_sum,   &ruletype_sequence, &ruletype_all, &ruletype_expect,
	&ruletype_first_seen, &ruletype_limit, &ruletype_plain,	   NULL,
};

/* What goes with some shapes alone. */
static const struct {
	const char *member;
	const struct ruletype *with[3];
} members[] = {
	{ "event_limit", { &ruletype_limit, &ruletype_distinct, &ruletype_sum } },
	{ "forget", { &ruletype_first_seen } },
	{ "learn", { &ruletype_first_seen } },
	{ "by_list", { &ruletype_expect } },
};

static bool goes_with(size_t row, const struct ruletype *type)
{
	for (size_t i = 0; i < sizeof members[row].with / sizeof *members[row].with; i++)
		if (members[row].with[i] == type)
			return true;
	return false;
}

static bool check_members(const struct ruletype *type, const json_t *rule, struct error *err)
{
	for (const struct ruletype *const *row = ruletypes; (*row)->key != NULL; row++)
		if (*row != type && *row != &ruletype_limit && json_object_get(rule, (*row)->key) != NULL)
			return error_set(err, "%s: does not go with %s: a rule has one shape", (*row)->key,
					 type->key ? type->key : "that");
	for (size_t i = 0; i < sizeof members / sizeof *members; i++)
		if (json_object_get(rule, members[i].member) != NULL && !goes_with(i, type))
			return error_set(err, "%s: does not go with %s", members[i].member,
					 type->key ? type->key : "a rule that has no shape");
	return true;
}

const struct ruletype *ruletype_of(const json_t *rule, struct error *err)
{
	const struct ruletype *const *row = ruletypes;
	while ((*row)->key != NULL && json_object_get(rule, (*row)->key) == NULL)
		row++;
	return check_members(*row, rule, err) ? *row : NULL;
}

bool ruletype_read_limit(struct rule *rule, const json_t *json, struct error *err)
{
	const json_t *limit = json_object_get(json, "event_limit");
	if (!json_is_integer(limit) || json_integer_value(limit) < 0 || json_integer_value(limit) > RULE_LIMIT_MAX)
		return error_set(err, "event_limit: must be a whole number from 0 to %d", RULE_LIMIT_MAX);
	rule->event_limit = json_integer_value(limit);
	return rule->event_limit == 0 || ruletype_read_time(rule, err);
}

bool ruletype_read_time(const struct rule *rule, struct error *err)
{
	return rule->time_int > 0 || error_set(err, "time_int: within what time? 10 (minutes) or \"90s\"");
}

bool ruletype_read_field(struct rule *rule, const json_t *json, const char *name, struct error *err)
{
	const json_t *field = json_object_get(json, name);
	if (!json_is_string(field))
		return error_set(err, "%s: must be the name of a field", name);
	return path_read(&rule->field, slice_of(json_string_value(field)), err) || error_within(err, "%s", name);
}

bool ruletype_read_steps(struct rule *rule, const json_t *json, const char *name, struct error *err)
{
	size_t i;
	json_t *step;
	const json_t *list = json_object_get(json, name);

	if (!json_is_array(list) || json_array_size(list) < 2 || json_array_size(list) > STEPS_MAX)
		return error_set(err, "%s: must be a list of 2 to %d criteria", name, STEPS_MAX);
	json_array_foreach(list, i, step)
	{
		rule->steps[i] = match_new(step, rule->dir, err);
		if (rule->steps[i] == NULL)
			return error_within(err, "%s[%zu]", name, i);
		rule->step_count++;
	}
	return true;
}
