/* Files of rules: what cannot match, what never comes, what does the same twice. */
/* SPDX-License-Identifier: MIT */
#include "lint.h"

#include "lint_criteria.h"
#include "lint_shadow.h"
#include "memory.h"
#include "pattern.h"
#include "ruletypes/ruletype.h"

#include <inttypes.h>
#include <stdlib.h>

static void check_impossible(struct lint *lint, const struct lint_together *together, const char *what)
{
	struct buffer why = { 0 };

	if (lint_impossible(together, &why))
		lint_tell(lint, "%s: can never match: %s", what, buffer_text(&why));
	buffer_clear(&why);
}

static void check_match(struct lint *lint, const struct rule *rule)
{
	struct lint_together together = { .when = json_object_get(rule->source, "when"),
					  .unless = json_object_get(rule->source, "unless"),
					  .dir = rule->dir };
	size_t i;
	json_t *step, *list = json_object_get(rule->source, rule->type->key != NULL ? rule->type->key : "");

	lint_criteria(lint, together.when);
	lint_criteria(lint, together.unless);
	if (!rule->type->when_is_asked) {
		check_impossible(lint, &together, "when");
		if (rule->step_count < 2)
			return;
		const struct lint_together expected = { .step = list, .dir = rule->dir };
		lint_criteria(lint, list);
		check_impossible(lint, &expected, "expect");
		return;
	}
	json_array_foreach(list, i, step)
	{
		char what[64];
		snprintf(what, sizeof what, "%s[%zu]", rule->type->key, i);
		together.step = step;
		lint_criteria(lint, step);
		check_impossible(lint, &together, what);
	}
}

/* Of a list of values there may be fewer than the limit asks for. */
static void check_reach(struct lint *lint, const struct rule *rule)
{
	const struct lint_together together = { .when = json_object_get(rule->source, "when"),
						.unless = json_object_get(rule->source, "unless"),
						.dir = rule->dir };

	if (rule->type != &ruletype_distinct || rule->event_limit < 1)
		return;
	const size_t values = lint_values_of(&together, &rule->field);
	if (values <= (size_t)rule->event_limit)
		lint_tell(lint, "distinct: '%s' has %zu values at most: more than event_limit (%" PRId64 ") never come",
			  rule->field.name, values, rule->event_limit);
	for (size_t i = 0; i < rule->by_count && lint_is_single(&rule->field); i++)
		if (strcmp(rule->by[i].name, rule->field.name) == 0)
			lint_tell(lint, "distinct: '%s' stands in \"by\" too: of each key there is one value",
				  rule->field.name);
}

/* Names of rules in criteria: no event has one that no rule has. */
static void check_sources(struct lint *lint, const struct rules *rules, const json_t *criteria);

static void check_source(struct lint *lint, const struct rules *rules, const json_t *value)
{
	const char *name = json_string_value(value);
	const char **names = memory_new(rules->count + 1, sizeof *names);
	bool known = name == NULL;

	for (size_t i = 0; i < rules->count && !known; i++) {
		names[i] = rules->list[i]->name;
		known = wildcard_match(slice_of(name), slice_of(names[i]), false);
	}
	const char *near = known ? NULL : nearest_word(slice_of(name), names);
	if (!known)
		lint_tell(lint, "source_rule: no rule of these files is named '%s'%s%s%s", name,
			  near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
	free(names);
}

static void check_sources(struct lint *lint, const struct rules *rules, const json_t *criteria)
{
	const char *name;
	size_t i;
	json_t *value, *one;

	json_array_foreach(criteria, i, value) check_sources(lint, rules, value);
	json_object_foreach((json_t *)(uintptr_t)criteria, name, value)
	{
		if (strcmp(name, "not") == 0)
			check_sources(lint, rules, value);
		if (strcmp(name, "source_rule") != 0)
			continue;
		if (!json_is_array(value))
			check_source(lint, rules, value);
		json_array_foreach(value, i, one) check_source(lint, rules, one);
	}
}

static void check_all_sources(struct lint *lint, const struct rules *rules, const struct rule *rule)
{
	static const char *const members[] = { "when", "unless", "sequence", "all", "expect", NULL };

	for (const char *const *member = members; *member != NULL; member++)
		check_sources(lint, rules, json_object_get(rule->source, *member));
}

/* What decides when it tells of something, without how much and within what time. */
static json_t *core_of(const struct rule *rule)
{
	static const char *const others[] = { "name",	     "message",	  "severity", "source_table",
					      "out_table",   "magnitude", "ids_max",  "grow",
					      "event_limit", "time_int",  NULL };
	json_t *core = json_copy(rule->source);

	for (const char *const *other = others; *other != NULL; other++)
		json_object_del(core, *other);
	json_object_set_new(core, "", json_string(rule->type->key != NULL ? rule->type->key : ""));
	return core;
}

/*
 * Whenever this one breaches, the other does: more of the same events are needed, within no more time. Where it is
 * worse (a lower severity), that is what it is there for.
 */
static void compare(struct lint *lint, const struct rule *rule, const struct rule *other)
{
	const bool limit = rule->event_limit > 0 && rule->type->key != NULL &&
			   (rule->type == &ruletype_limit || rule->type == &ruletype_distinct);

	if (rule->event_limit == other->event_limit && rule->time_int == other->time_int) {
		if (rule->severity == other->severity && strcmp(rule->name, other->name) > 0)
			lint_tell(lint, "does the same as rule \"%s\" (%s): leave one of them out", other->name,
				  other->file);
		return;
	}
	if (limit && rule->event_limit >= other->event_limit && rule->time_int <= other->time_int &&
	    rule->severity >= other->severity)
		lint_tell(
		    lint,
		    "tells of nothing that rule \"%s\" (%s) does not tell of: that has the lower limit, the longer "
		    "time and a severity no less bad",
		    other->name, other->file);
}

/* Of two that report together the later one is told. */
static void check_shadow(struct lint *lint, const struct rule *rule, const struct rule *other)
{
	if (lint_shadowed(rule, other) && (strcmp(rule->name, other->name) > 0 || !lint_shadowed(other, rule)))
		lint_tell(
		    lint,
		    "reports only when rule \"%s\" (%s) does, which matches all that it matches, within the same "
		    "limit, and is no less bad: leave it out, raise its severity, or keep its events out of that one "
		    "with \"unless\"",
		    other->name, other->file);
}

static void check_twins(struct lint *lint, const struct rules *rules, json_t *const *cores, size_t number)
{
	const struct rule *rule = rules->list[number];

	for (size_t i = 0; i < rules->count; i++) {
		const struct rule *other = rules->list[i];
		if (i == number || !rule->enabled || !other->enabled)
			continue;
		(json_equal(cores[i], cores[number]) ? compare : check_shadow)(lint, rule, other);
	}
}

static void check_manners(struct lint *lint, const struct rule *rule)
{
	if (!rule->enabled)
		lint_note(lint, "is_enabled: it is switched off");
	if (rule->desc == NULL)
		lint_note(lint, "desc: is missing: what is it for, and what is to be done?");
	if (json_array_size(rule->tests) == 0)
		lint_note(lint, "tests: are missing: one in which it reports, one in which it just does not");
	if (rule->by_count == 0 && rule->event_limit > 0 && !rule->feeds)
		lint_note(lint, "by: is missing: events of all machines and all addresses are counted together");
}

static void check_rules(struct lint *lint, const struct rules *rules)
{
	json_t **cores = memory_new(rules->count, sizeof(json_t *));

	for (size_t i = 0; i < rules->count; i++)
		cores[i] = core_of(rules->list[i]);
	for (size_t i = 0; i < rules->count; i++) {
		const struct rule *rule = rules->list[i];
		lint->file = rule->file;
		lint->name = rule->name;
		check_match(lint, rule);
		check_reach(lint, rule);
		check_all_sources(lint, rules, rule);
		check_twins(lint, rules, cores, i);
		check_manners(lint, rule);
	}
	for (size_t i = 0; i < rules->count; i++)
		json_decref(cores[i]);
	free(cores);
}

enum status lint_rules(const char *const *files, size_t count, bool notes, struct output *out)
{
	struct lint lint = { .out = out, .notes = notes, .kind = "rule" };
	struct rules rules = { 0 };
	struct error err;

	for (size_t i = 0; i < count; i++) {
		lint.file = files[i];
		if (!rules_load(&rules, files[i], &err))
			lint_refuse_file(&lint, err.text);
	}
	if (!lint.invalid && !rules_ready(&rules, &err)) {
		lint.file = count == 1 ? files[0] : "rules";
		lint_refuse(&lint, err.text);
	}
	if (!lint.invalid)
		check_rules(&lint, &rules);
	rules_clear(&rules);
	return lint.invalid ? STATUS_MISUSE : lint.findings > 0 ? STATUS_REFUSED : STATUS_OK;
}
