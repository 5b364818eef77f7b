/* A grid of variants of one rule, at work in one window: so each cell is what a run with it would give. */
/* SPDX-License-Identifier: MIT */
#include "advise_inside.h"

#include "memory.h"
#include "window_inside.h"

#include <inttypes.h>
#include <stdlib.h>

static const int64_t times[] = { MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 6 * HOUR, DAY };
static const int64_t limits[] = { 2, 5, 10, 20, 50, 100 };

static unsigned ask_once(struct rule *rule, const struct event *event, enum fed fed)
{
	struct advise *advise = ((const struct variant *)rule->type)->advise;
	const struct ruletype *shape = advise->rule->type;

	if (fed != FED_NOT || !advise->once)
		return shape->steps(rule, event, fed);
	if (advise->asked != event) {
		advise->asked = event;
		advise->steps = shape->steps(rule, event, fed);
	}
	return advise->steps;
}

static void add_sorted(int64_t *list, size_t *count, int64_t value)
{
	size_t at = *count;

	for (size_t i = 0; i < *count; i++)
		if (list[i] == value)
			return;
	for (; at > 0 && list[at - 1] > value; at--)
		list[at] = list[at - 1];
	list[at] = value;
	++*count;
}

/* Sums are of the size that the limit says: its tenth up to its tenfold. */
static void choose_limits(struct advise *advise)
{
	const int64_t own = advise->rule->event_limit;

	if (advise->rule->type != &ruletype_sum || own == 0) {
		for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
			add_sorted(advise->limits, &advise->limit_count, limits[i]);
	} else {
		static const int64_t tenths[] = { 1, 2, 5, 20, 50, 100 };
		for (size_t i = 0; i < sizeof tenths / sizeof *tenths; i++)
			if (own * tenths[i] >= 10 && own * tenths[i] / 10 <= RULE_LIMIT_MAX)
				add_sorted(advise->limits, &advise->limit_count, own * tenths[i] / 10);
	}
	add_sorted(advise->limits, &advise->limit_count, own);
}

static bool choose(struct advise *advise, struct error *err)
{
	const struct rule *rule = advise->rule;

	if (rule->type == &ruletype_plain || rule->type == &ruletype_first_seen)
		return error_set(err, "%s: has neither limit nor time to advise on", rule->name);
	for (size_t i = 0; i < sizeof times / sizeof *times; i++)
		add_sorted(advise->times, &advise->time_count, times[i]);
	if (rule->time_int > 0)
		add_sorted(advise->times, &advise->time_count, rule->time_int);
	if (advise_has_limit(rule))
		choose_limits(advise);
	else
		advise->limit_count = 1;
	return true;
}

/* As if it stood in the file so; what follows from its time follows from the new one. */
static struct rule *variant_of(struct advise *advise, int64_t time, int64_t limit)
{
	struct buffer text = { 0 }, name = { 0 };
	struct error err;
	json_t *json = json_copy(advise->rule->source);

	advise_add_time(&text, time);
	buffer_printf(&name, "%s (over %" PRId64 " in %s)", advise->rule->name, limit, buffer_text(&text));
	json_object_set_new(json, "name", json_string(buffer_text(&name)));
	if (advise_has_limit(advise->rule))
		json_object_set_new(json, "event_limit", json_integer(limit));
	if (time != advise->rule->time_int)
		json_object_set_new(json, "time_int", json_string(buffer_text(&text)));
	struct rule *rule = rule_new(json, advise->rule->dir, NULL, &err);
	buffer_clear(&text);
	buffer_clear(&name);
	json_decref(json);
	if (rule != NULL)
		rule->type = &advise->shape.type;
	return rule;
}

static void keep(struct rules *rules, struct rule *rule)
{
	rules->list = memory_grow(rules->list, &rules->room, rules->count + 1, sizeof *rules->list);
	rules->list[rules->count++] = rule;
}

static bool make_variants(struct advise *advise, struct error *err)
{
	for (size_t t = 0; t < advise->time_count; t++)
		for (size_t l = 0; l < advise->limit_count; l++) {
			struct rule *rule = variant_of(advise, advise->times[t], advise->limits[l]);
			if (rule == NULL)
				return error_set(err, "%s: its files have changed while they were read",
						 advise->rule->name);
			keep(&advise->rules, rule);
			advise->count++;
		}
	return true;
}

/* A line that opens an episode is there: of a variant, or of another rule. */
static void count_line(void *data)
{
	struct advise *advise = data;
	struct event event;
	struct error ignored;

	const struct slice line = { advise->lines.ptr, advise->lines.len - 1 };
	if (event_read(&event, line, &ignored)) {
		const struct slice name = event_text(&event, FIELD_SOURCE_RULE, &advise->scratch);
		for (size_t i = 0; i < advise->count; i++)
			advise->alerts[i] += slice_is(name, advise->rules.list[i]->name);
	}
	advise->lines.len = 0;
}

static struct window *window_for(struct advise *advise, const struct rules *rules, const struct window_options *options)
{
	struct window_options mine = *options;

	for (size_t i = 0; advise->rule->feeds && i < rules->count; i++)
		if (rules->list[i] != advise->rule)
			keep(&advise->rules, rules->list[i]);
	mine.emit = 1U << PHASE_OPEN;
	mine.written = count_line;
	mine.data = advise;
	advise->once = options->late == 0;
	return window_new(&advise->rules, &mine, &advise->lines);
}

struct advise *advise_new(const struct rules *rules, const char *name, const struct window_options *options,
			  struct error *err)
{
	const struct rule *rule = rules_find(rules, name, err);
	if (rule == NULL)
		return NULL;
	struct advise *advise = memory_new(1, sizeof *advise);
	advise->rule = rule;
	advise->shape = (struct variant){ *rule->type, advise };
	advise->shape.type.steps = ask_once;
	if (choose(advise, err) && make_variants(advise, err)) {
		advise->window = window_for(advise, rules, options);
		return advise;
	}
	advise_free(advise);
	return NULL;
}

bool advise_event(struct advise *advise, const struct event *event, struct error *err)
{
	advise->asked = NULL;
	return window_event(advise->window, event, err);
}

/* What the rule as it is had to pass over: it is much the same in all. */
static void report(const struct advise *advise)
{
	for (size_t i = 0; i < advise->window->count; i++) {
		const struct watch *watch = &advise->window->watches[i];
		if (watch->rule->time_int == advise->rule->time_int &&
		    watch->rule->event_limit == advise->rule->event_limit && watch->rule->type == &advise->shape.type)
			watch_report(watch);
	}
}

void advise_end(struct advise *advise, struct buffer *to)
{
	window_end(advise->window);
	report(advise);
	advise_table(advise, to);
}

void advise_free(struct advise *advise)
{
	if (advise == NULL)
		return;
	window_free(advise->window);
	for (size_t i = 0; i < advise->count; i++)
		rule_free(advise->rules.list[i]);
	free(advise->rules.list);
	buffer_clear(&advise->lines);
	buffer_clear(&advise->scratch);
	free(advise);
}
