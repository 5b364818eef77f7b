/* One rule, from its JSON object: each member has a row that says how it is read. */
/* SPDX-License-Identifier: MIT */
#include "rule.h"

#include "memory.h"
#include "ruletypes/ruletype.h"

#include <stdlib.h>

/* What is the same for all members while a rule is read. */
struct reading {
	struct rule *rule;
	const char *dir;
	struct error *err;
};

static bool read_text(const struct reading *reading, const json_t *value, char **text)
{
	if (!json_is_string(value) || json_string_length(value) == 0)
		return error_set(reading->err, "must be a text");
	free(*text);
	*text = memory_text((struct slice){ json_string_value(value), json_string_length(value) });
	return true;
}

static bool read_number(const struct reading *reading, const json_t *value, int64_t min, int64_t max, int64_t *number)
{
	if (!json_is_integer(value) || json_integer_value(value) < min || json_integer_value(value) > max)
		return error_set(reading->err, "must be a whole number from %lld to %lld", (long long)min,
				 (long long)max);
	*number = json_integer_value(value);
	return true;
}

static bool read_name(const struct reading *reading, const json_t *value)
{
	return read_text(reading, value, &reading->rule->name);
}

static bool read_desc(const struct reading *reading, const json_t *value)
{
	return read_text(reading, value, &reading->rule->desc);
}

static bool read_source_table(const struct reading *reading, const json_t *value)
{
	return read_text(reading, value, &reading->rule->source_table);
}

static bool read_out_table(const struct reading *reading, const json_t *value)
{
	return read_text(reading, value, &reading->rule->out_table);
}

static bool read_is_enabled(const struct reading *reading, const json_t *value)
{
	int64_t number = json_is_true(value);
	if (!json_is_boolean(value) && !read_number(reading, value, 0, 1, &number))
		return false;
	reading->rule->enabled = number != 0;
	return true;
}

static bool read_severity(const struct reading *reading, const json_t *value)
{
	return read_number(reading, value, 0, 7, &reading->rule->severity);
}

static bool read_when(const struct reading *reading, const json_t *value)
{
	reading->rule->when = match_new(value, reading->dir, reading->err);
	return reading->rule->when != NULL;
}

static bool read_unless(const struct reading *reading, const json_t *value)
{
	reading->rule->unless = match_new(value, reading->dir, reading->err);
	return reading->rule->unless != NULL;
}

static bool read_field(const struct reading *reading, const json_t *value)
{
	struct rule *rule = reading->rule;
	if (!json_is_string(value))
		return error_set(reading->err, "must be names of fields");
	if (rule->by_count == RULE_BY_MAX)
		return error_set(reading->err, "at most %d fields", RULE_BY_MAX);
	struct path *path = &rule->by[rule->by_count];
	if (!path_read(path, slice_of(json_string_value(value)), reading->err))
		return false;
	rule->by_count++;
	for (size_t i = 0; i + 1 < rule->by_count; i++)
		if (strcmp(rule->by[i].name, path->name) == 0)
			return error_set(reading->err, "'%s' stands twice", path->name);
	return true;
}

static bool read_by(const struct reading *reading, const json_t *value)
{
	size_t i;
	json_t *name;

	if (!json_is_array(value))
		return read_field(reading, value);
	json_array_foreach(value, i, name) if (!read_field(reading, name)) return false;
	return true;
}

static bool read_time_int(const struct reading *reading, const json_t *value)
{
	return rule_read_time(value, &reading->rule->time_int, reading->err);
}

static bool read_quiet(const struct reading *reading, const json_t *value)
{
	return rule_read_time(value, &reading->rule->quiet, reading->err);
}

static bool read_hold(const struct reading *reading, const json_t *value)
{
	return rule_read_time(value, &reading->rule->hold, reading->err);
}

static bool read_grow(const struct reading *reading, const json_t *value)
{
	return read_number(reading, value, 2, RULE_LIMIT_MAX, &reading->rule->grow);
}

static bool read_ids_max(const struct reading *reading, const json_t *value)
{
	return read_number(reading, value, 1, RULE_IDS_MAX, &reading->rule->ids_max);
}

static bool read_message(const struct reading *reading, const json_t *value)
{
	if (!json_is_string(value))
		return error_set(reading->err, "must be a text");
	const struct slice text = { json_string_value(value), json_string_length(value) };
	return template_read(&reading->rule->message, text, reading->err);
}

static bool read_tags(const struct reading *reading, const json_t *value)
{
	size_t i;
	json_t *tag;

	json_array_foreach(value, i, tag) if (!json_is_string(tag)) return error_set(reading->err,
										     "must be a list of texts");
	return json_is_array(value) || error_set(reading->err, "must be a list of texts");
}

static bool read_tests(const struct reading *reading, const json_t *value)
{
	if (!json_is_array(value))
		return error_set(reading->err, "must be a list");
	reading->rule->tests = json_deep_copy(value);
	return true;
}

/* Read by the shape, which knows what goes with what. */
static bool read_later(const struct reading *reading, const json_t *value)
{
	(void)reading;
	(void)value;
	return true;
}

static bool read_not_yet(const struct reading *reading, const json_t *value)
{
	(void)value;
	return error_set(reading->err, "this version does not know rules of this kind");
}

static const struct member {
	const char *name;
	bool (*read)(const struct reading *reading, const json_t *value);
	bool needed;
} members[] = {
	{ "name", read_name, true },
	{ "desc", read_desc, false },
	{ "is_enabled", read_is_enabled, false },
	{ "severity", read_severity, true },
	{ "when", read_when, true },
	{ "unless", read_unless, false },
	{ "by", read_by, false },
	{ "event_limit", read_later, false },
	{ "time_int", read_time_int, false },
	{ "quiet", read_quiet, false },
	{ "grow", read_grow, false },
	{ "hold", read_hold, false },
	{ "ids_max", read_ids_max, false },
	{ "message", read_message, false },
	{ "source_table", read_source_table, false },
	{ "out_table", read_out_table, false },
	{ "tags", read_tags, false },
	{ "tests", read_tests, false },
	{ "distinct", read_not_yet, false },
	{ "sequence", read_not_yet, false },
	{ "all", read_not_yet, false },
	{ "expect", read_not_yet, false },
	{ "first_seen", read_not_yet, false },
};

enum {
	MEMBERS = sizeof members / sizeof *members,
};

static bool unknown_member(const char *name, struct error *err)
{
	const char *names[MEMBERS + 1] = { NULL };
	for (size_t i = 0; i < MEMBERS; i++)
		names[i] = members[i].name;
	const char *near = nearest_word(slice_of(name), names);
	if (near == NULL)
		return error_set(err, "%s: a rule has no such member (siem-rules(5) names them)", name);
	return error_set(err, "%s: a rule has no such member; did you mean '%s'?", name, near);
}

static bool read_member(const struct reading *reading, const char *name, const json_t *value)
{
	for (size_t i = 0; i < MEMBERS; i++)
		if (strcmp(name, members[i].name) == 0)
			return members[i].read(reading, value) || error_within(reading->err, "%s", name);
	return unknown_member(name, reading->err);
}

static bool read_members(const struct reading *reading, const json_t *json)
{
	const char *name;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)json, name,
			    value) if (!read_member(reading, name, value)) return false;
	for (size_t i = 0; i < MEMBERS; i++)
		if (members[i].needed && json_object_get(json, members[i].name) == NULL)
			return error_set(reading->err, "%s: is missing", members[i].name);
	return true;
}

/* What was not said follows from what was. */
static bool complete(struct rule *rule, const json_t *json, struct error *err)
{
	if (rule->message.source == NULL && !template_read(&rule->message, slice_of(rule->name), err))
		return error_within(err, "message");
	if (json_object_get(json, "quiet") == NULL)
		rule->quiet = rule->time_int;
	rule->type = ruletype_of(json);
	return rule->type->read(rule, json, err);
}

struct rule *rule_new(const json_t *json, const char *dir, struct error *err)
{
	if (!json_is_object(json)) {
		error_set(err, "must be an object");
		return NULL;
	}
	struct rule *rule = memory_new(1, sizeof *rule);
	*rule = (struct rule){ .enabled = true, .ids_max = RULE_IDS_DEFAULT };
	const struct reading reading = { rule, dir, err };
	if (read_members(&reading, json) && complete(rule, json, err))
		return rule;
	rule_free(rule);
	return NULL;
}

void rule_free(struct rule *rule)
{
	if (rule == NULL)
		return;
	match_free(rule->when);
	match_free(rule->unless);
	for (size_t i = 0; i < rule->by_count; i++)
		path_clear(&rule->by[i]);
	template_clear(&rule->message);
	json_decref(rule->tests);
	free(rule->name);
	free(rule->desc);
	free(rule->source_table);
	free(rule->out_table);
	free(rule);
}

bool rule_wants(struct rule *rule, const struct event *event)
{
	return match_event(rule->when, event) && (rule->unless == NULL || !match_event(rule->unless, event));
}
