/* One rule, from its JSON object: each member has a row that says how it is read. */
/* SPDX-License-Identifier: MIT */
#include "rule.h"

#include "let.h"
#include "memory.h"
#include "ruletypes/ruletype.h"

#include <stdlib.h>

/* What is the same for all members while a rule is read. */
struct reading {
	struct rule *rule;
	const char *dir;
	struct error *err;
};

struct member {
	const char *name;
	bool (*read)(const struct reading *reading, const struct member *member, const json_t *value);
	bool needed;
	size_t at;	  /* of texts, numbers and times: where in the rule */
	int64_t min, max; /* of numbers */
};

static void *place_of(const struct reading *reading, const struct member *member)
{
	return (char *)reading->rule + member->at;
}

static bool read_text(const struct reading *reading, const struct member *member, const json_t *value)
{
	char **text = place_of(reading, member);

	if (!json_is_string(value) || json_string_length(value) == 0)
		return error_set(reading->err, "must be a text");
	*text = memory_text((struct slice){ json_string_value(value), json_string_length(value) });
	return true;
}

static bool read_number(const struct reading *reading, const struct member *member, const json_t *value)
{
	if (!json_is_integer(value) || json_integer_value(value) < member->min ||
	    json_integer_value(value) > member->max)
		return error_set(reading->err, "must be a whole number from %lld to %lld", (long long)member->min,
				 (long long)member->max);
	*(int64_t *)place_of(reading, member) = json_integer_value(value);
	return true;
}

static bool read_time(const struct reading *reading, const struct member *member, const json_t *value)
{
	return rule_read_time(value, place_of(reading, member), reading->err);
}

static bool read_yes_or_no(const struct reading *reading, const struct member *member, const json_t *value)
{
	if (!json_is_boolean(value))
		return read_number(reading, member, value);
	*(int64_t *)place_of(reading, member) = json_is_true(value);
	return true;
}

/* A text, and what it says: 1 for the second of two words. */
static bool read_magnitude(const struct reading *reading, const struct member *member, const json_t *value)
{
	const char *text = json_string_value(value);

	if (text == NULL || (strcmp(text, "ratio") != 0 && strcmp(text, "siemstress") != 0))
		return error_set(reading->err, "must be \"siemstress\" or \"ratio\"");
	*(int64_t *)place_of(reading, member) = strcmp(text, "ratio") == 0;
	return true;
}

static bool read_criteria(const struct reading *reading, const struct member *member, const json_t *value)
{
	struct match **match = place_of(reading, member);
	*match = match_new(value, reading->dir, reading->err);
	return *match != NULL;
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

static bool read_by(const struct reading *reading, const struct member *member, const json_t *value)
{
	size_t i;
	json_t *name;

	(void)member;
	if (!json_is_array(value))
		return read_field(reading, value);
	json_array_foreach(value, i, name) if (!read_field(reading, name)) return false;
	return true;
}

static bool read_message(const struct reading *reading, const struct member *member, const json_t *value)
{
	(void)member;
	if (!json_is_string(value))
		return error_set(reading->err, "must be a text");
	const struct slice text = { json_string_value(value), json_string_length(value) };
	return template_read(&reading->rule->message, text, reading->err);
}

static bool read_tags(const struct reading *reading, const struct member *member, const json_t *value)
{
	size_t i;
	json_t *tag;

	(void)member;
	json_array_foreach(value, i, tag) if (!json_is_string(tag)) return error_set(reading->err,
										     "must be a list of texts");
	return json_is_array(value) || error_set(reading->err, "must be a list of texts");
}

static bool read_tests(const struct reading *reading, const struct member *member, const json_t *value)
{
	(void)member;
	if (!json_is_array(value))
		return error_set(reading->err, "must be a list");
	reading->rule->tests = json_deep_copy(value);
	return true;
}

/* Left to the shape, which knows what goes with what. */
static bool read_by_shape(const struct reading *reading, const struct member *member, const json_t *value)
{
	(void)reading;
	(void)member;
	(void)value;
	return true;
}

#define AT(member) offsetof(struct rule, member)

static const struct member members[] = {
	{ "name", read_text, true, AT(name), 0, 0 },
	{ "desc", read_text, false, AT(desc), 0, 0 },
	{ "is_enabled", read_yes_or_no, false, AT(enabled), 0, 1 },
	{ "severity", read_number, true, AT(severity), 0, 7 },
	{ "when", read_criteria, false, AT(when), 0, 0 },
	{ "unless", read_criteria, false, AT(unless), 0, 0 },
	{ "by", read_by, false, 0, 0, 0 },
	{ "event_limit", read_by_shape, false, 0, 0, 0 },
	{ "time_int", read_time, false, AT(time_int), 0, 0 },
	{ "quiet", read_time, false, AT(quiet), 0, 0 },
	{ "grow", read_number, false, AT(grow), 2, RULE_LIMIT_MAX },
	{ "hold", read_time, false, AT(hold), 0, 0 },
	{ "max_open", read_time, false, AT(max_open), 0, 0 },
	{ "ids_max", read_number, false, AT(ids_max), 1, RULE_IDS_MAX },
	{ "magnitude", read_magnitude, false, AT(ratio), 0, 0 },
	{ "message", read_message, false, 0, 0, 0 },
	{ "source_table", read_text, false, AT(source_table), 0, 0 },
	{ "out_table", read_text, false, AT(out_table), 0, 0 },
	{ "tags", read_tags, false, 0, 0, 0 },
	{ "tests", read_tests, false, 0, 0, 0 },
	{ "distinct", read_by_shape, false, 0, 0, 0 },
	{ "sum", read_by_shape, false, 0, 0, 0 },
	{ "sequence", read_by_shape, false, 0, 0, 0 },
	{ "all", read_by_shape, false, 0, 0, 0 },
	{ "expect", read_by_shape, false, 0, 0, 0 },
	{ "by_list", read_by_shape, false, 0, 0, 0 },
	{ "first_seen", read_by_shape, false, 0, 0, 0 },
	{ "forget", read_time, false, AT(forget), 0, 0 },
	{ "learn", read_time, false, AT(learn), 0, 0 },
	{ "let", read_by_shape, false, 0, 0, 0 }, /* resolved before */
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
			return members[i].read(reading, &members[i], value) || error_within(reading->err, "%s", name);
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

/* Of what decides what it does: tests and descriptions do not. */
static void take_source(struct rule *rule, const json_t *json)
{
	static const char *const others[] = { "tests", "desc", "tags", "is_enabled", NULL };

	rule->source = json_copy((json_t *)(uintptr_t)json);
	for (const char *const *name = others; *name != NULL; name++)
		json_object_del(rule->source, *name);
	char *text = json_dumps(rule->source, JSON_COMPACT | JSON_SORT_KEYS);
	rule->hash = id_of_bytes(0, slice_of(text));
	free(text);
}

/* To how many criteria the rule holds events, and whether SIEM events can match any of them. */
static void find_feeds(struct rule *rule)
{
	rule->feeds = rule->when != NULL && match_mentions(rule->when, FIELD_SOURCE_RULE);
	for (size_t i = 0; i < RULE_STEPS_MAX; i++)
		rule->feeds |= rule->steps[i] != NULL && match_mentions(rule->steps[i], FIELD_SOURCE_RULE);
}

/* What was not said follows from what was. */
static bool complete(struct rule *rule, const json_t *json, struct error *err)
{
	if (rule->message.source == NULL && !template_read(&rule->message, slice_of(rule->name), err))
		return error_within(err, "message");
	rule->type = ruletype_of(json, err);
	if (rule->type == NULL)
		return false;
	if (json_object_get(json, "quiet") == NULL)
		rule->quiet = rule->type->open_end ? RULE_FOREVER : rule->time_int;
	if (json_object_get(json, "max_open") == NULL)
		rule->max_open = RULE_FOREVER;
	if (!rule->type->read(rule, json, err))
		return false;
	if (rule->when == NULL && rule->step_count == 0)
		return error_set(err, "when: is missing");
	find_feeds(rule);
	take_source(rule, json);
	return true;
}

static struct rule *read_rule(const json_t *json, const char *dir, struct error *err)
{
	struct rule *rule = memory_new(1, sizeof *rule);
	*rule = (struct rule){ .enabled = 1, .ids_max = RULE_IDS_DEFAULT };
	rule->dir = dir ? memory_text(slice_of(dir)) : NULL;
	const struct reading reading = { rule, dir, err };
	if (read_members(&reading, json) && complete(rule, json, err))
		return rule;
	rule_free(rule);
	return NULL;
}

struct rule *rule_new(const json_t *json, const char *dir, const json_t *let, struct error *err)
{
	if (!json_is_object(json)) {
		error_set(err, "must be an object");
		return NULL;
	}
	json_t *resolved = let_resolve(json, let, err);
	if (resolved == NULL)
		return NULL;
	struct rule *rule = read_rule(resolved, dir, err);
	json_decref(resolved);
	return rule;
}

void rule_free(struct rule *rule)
{
	if (rule == NULL)
		return;
	match_free(rule->when);
	match_free(rule->unless);
	for (size_t i = 0; i < RULE_STEPS_MAX; i++)
		match_free(rule->steps[i]);
	for (size_t i = 0; i < rule->by_count; i++)
		path_clear(&rule->by[i]);
	path_clear(&rule->field);
	template_clear(&rule->message);
	json_decref(rule->tests);
	json_decref(rule->by_list);
	json_decref(rule->source);
	free(rule->dir);
	free(rule->name);
	free(rule->desc);
	free(rule->source_table);
	free(rule->out_table);
	free(rule);
}
