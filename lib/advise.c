/* A grid of variants of one rule, at work in one window: so each cell is what a run with it would give. */
/* SPDX-License-Identifier: MIT */
#include "advise.h"

#include "memory.h"
#include "terminal.h"
#include "window_inside.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
	TIMES_MAX = 9,	/* those below, and the rule's own */
	LIMITS_MAX = 8, /* likewise */
	CELLS_MAX = TIMES_MAX * LIMITS_MAX,
	NAME_SHOWN = 200, /* bytes of the name of a rule */
};

static const int64_t times[] = { MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 6 * HOUR, DAY };
static const int64_t limits[] = { 2, 5, 10, 20, 50, 100 };

/* The shape of a variant: that of the rule, but for its criteria, which are the same in all and asked once. */
struct variant {
	struct ruletype type; /* first, so that it leads here */
	struct advise *advise;
};

struct advise {
	const struct rule *rule;
	int64_t times[TIMES_MAX], limits[LIMITS_MAX];
	size_t time_count, limit_count; /* limit_count 1, and the limit 0, where the shape has none */
	uint64_t alerts[CELLS_MAX];
	size_t count;	    /* of variants: cells of the table, row by row */
	struct rules rules; /* the variants, then those that write SIEM events for the rule, which are borrowed */
	struct variant shape;
	bool once;		      /* events are judged as they come: what their criteria said can be kept */
	const struct event *asked;    /* NULL: nothing is known */
	unsigned steps;		      /* what was said of it */
	struct buffer lines, scratch; /* lines: SIEM events */
	struct window *window;
};

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

static bool has_limit(const struct rule *rule)
{
	return rule->type == &ruletype_limit || rule->type == &ruletype_distinct || rule->type == &ruletype_sum;
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
	if (has_limit(rule))
		choose_limits(advise);
	else
		advise->limit_count = 1;
	return true;
}

/* "1h30m", as it could stand in the rule. */
static void add_time(struct buffer *to, int64_t time)
{
	static const struct {
		int64_t length;
		const char *name;
	} units[] = {
		{ DAY, "d" }, { HOUR, "h" }, { MINUTE, "m" }, { SECOND, "s" }, { MILLISECOND, "ms" }, { 1, "us" }
	};

	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (time >= units[i].length)
			buffer_printf(to, "%" PRId64 "%s", time / units[i].length, units[i].name);
		time %= units[i].length;
	}
}

/* As if it stood in the file so; what follows from its time follows from the new one. */
static struct rule *variant_of(struct advise *advise, int64_t time, int64_t limit)
{
	struct buffer text = { 0 }, name = { 0 };
	struct error err;
	json_t *json = json_copy(advise->rule->source);

	add_time(&text, time);
	buffer_printf(&name, "%s (over %" PRId64 " in %s)", advise->rule->name, limit, buffer_text(&text));
	json_object_set_new(json, "name", json_string(buffer_text(&name)));
	if (has_limit(advise->rule))
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

static void add_cell(struct buffer *to, size_t width, int64_t number, bool own)
{
	char text[24];

	snprintf(text, sizeof text, "%" PRId64 "%s", number, own ? "*" : "");
	buffer_printf(to, " %*s", (int)width, text);
}

static size_t width_of(const struct advise *advise)
{
	size_t width = strlen("alerts");

	for (size_t i = 0; i < advise->count + advise->limit_count; i++) {
		char text[24];
		const uint64_t number =
		    i < advise->count ? advise->alerts[i] : (uint64_t)advise->limits[i - advise->count];
		const size_t len = (size_t)snprintf(text, sizeof text, "%" PRIu64 "*", number);
		width = len > width ? len : width;
	}
	return width;
}

static void add_heading(struct buffer *to, const struct advise *advise, size_t width)
{
	char name[NAME_SHOWN];

	buffer_printf(to, "%s: alerts, by time_int (down) and event_limit (across); * as the rule has it\n",
		      terminal_text(name, sizeof name, slice_of(advise->rule->name)));
	buffer_add(to, SLICE("time_int"));
	for (size_t l = 0; l < advise->limit_count; l++)
		if (has_limit(advise->rule))
			add_cell(to, width, advise->limits[l], advise->limits[l] == advise->rule->event_limit);
		else
			buffer_printf(to, " %*s", (int)width, "alerts");
	buffer_add_char(to, '\n');
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

static void add_row(struct buffer *to, const struct advise *advise, size_t t, size_t width)
{
	const size_t start = to->len;

	add_time(to, advise->times[t]);
	if (advise->times[t] == advise->rule->time_int)
		buffer_add_char(to, '*');
	while (to->len < start + strlen("time_int"))
		buffer_add_char(to, ' ');
	for (size_t l = 0; l < advise->limit_count; l++)
		add_cell(to, width, (int64_t)advise->alerts[t * advise->limit_count + l], false);
	buffer_add_char(to, '\n');
}

void advise_end(struct advise *advise, struct buffer *to)
{
	window_end(advise->window);
	report(advise);
	const size_t width = width_of(advise);
	add_heading(to, advise, width);
	for (size_t t = 0; t < advise->time_count; t++)
		add_row(to, advise, t, width);
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
