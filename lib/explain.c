/* The shape of one rule is looked at while it works: after each match, what its window holds. */
/* SPDX-License-Identifier: MIT */
#include "explain_inside.h"

#include "memory.h"
#include "seed.h"

#include <err.h>
#include <inttypes.h>
#include <stdlib.h>

/* Adds up what is inside the window that ends at a time. */
struct measure {
	struct taking taking; /* first, so that it leads here */
	int64_t after, held, newest;
};

static void find_newest(struct taking *taking, const struct sight *sight, int64_t amount)
{
	struct measure *measure = (struct measure *)taking;

	(void)amount;
	if (sight->number > 0 && sight->time > measure->newest)
		measure->newest = sight->time;
}

static void add_up(struct taking *taking, const struct sight *sight, int64_t amount)
{
	struct measure *measure = (struct measure *)taking;

	if (sight->number > 0 && sight->time > measure->after)
		measure->held = measure->held > INT64_MAX - amount ? INT64_MAX : measure->held + amount;
}

/* Of a sequence only the last chain is shown when it breaks: the others are read from what it would save. */
static int64_t steps_reached(const struct rule *rule, const struct ruletype *shape, const void *state, int64_t after)
{
	struct buffer text = { 0 };
	struct sight first;
	size_t i;
	int64_t reached = 0;
	json_t *chain;

	shape->save(rule, state, &text);
	json_t *chains = json_loadb(text.ptr, text.len, 0, NULL);
	json_array_foreach(chains, i, chain)
	{
		if (json_array_size(chain) > 0 && sight_read(json_array_get(chain, 0), &first) && first.time > after)
			reached = (int64_t)i + 1;
	}
	json_decref(chains);
	buffer_clear(&text);
	return reached;
}

bool explain_measures(const struct ruletype *shape)
{
	return shape == &ruletype_limit || shape == &ruletype_distinct || shape == &ruletype_sum ||
	       shape == &ruletype_all || shape == &ruletype_sequence;
}

/* What the window that ends at this time holds; the sights of all steps that were not seen have the number 0. */
static int64_t held_at(const struct rule *rule, const struct ruletype *shape, const void *state, int64_t time)
{
	struct measure measure = { .taking.take = add_up, .after = time - rule->time_int };

	if (rule->time_int == 0)
		measure.after = time - 1;
	if (shape == &ruletype_sequence)
		return steps_reached(rule, shape, state, measure.after);
	shape->broke(rule, state, &measure.taking);
	return measure.held;
}

static struct record *record_of(struct look *look, struct slice key)
{
	struct key *found = keys_find(&look->records, key);

	if (found == NULL && look->records.count >= look->explain->most_records)
		return NULL;
	if (found == NULL)
		found = keys_add(&look->records, key, sizeof(struct record));
	return (struct record *)(void *)found->state;
}

/* A late event is put to its place: the window that is looked at is the one that ends with the newest. */
static int64_t newest_of(const struct rule *rule, const struct ruletype *shape, const void *state, int64_t time)
{
	struct measure measure = { .taking.take = find_newest, .newest = time };

	if (shape != &ruletype_sequence)
		shape->broke(rule, state, &measure.taking);
	return measure.newest;
}

static enum verdict look_match(const struct rule *rule, void *state, struct hand *hand)
{
	struct look *look = (struct look *)(uintptr_t)rule->type;
	const enum verdict verdict = look->shape->match(rule, state, hand);

	if (verdict <= VERDICT_LACKING || hand->sight.number == 0)
		return verdict;
	struct record *record = record_of(look, hand->key);
	if (record == NULL) {
		look->unrecorded++;
		return verdict;
	}
	record->events++;
	record->came += verdict == VERDICT_END;
	if (!explain_measures(look->shape))
		return verdict;
	const int64_t time = newest_of(rule, look->shape, state, hand->sight.time);
	const int64_t held = held_at(rule, look->shape, state, time);
	if (held > record->most) {
		record->most = held;
		record->at = time;
	}
	return verdict;
}

/* One that opens again is the same episode. */
static void look_told(void *data, const struct key *key, enum episode_phase phase)
{
	struct look *look = (struct look *)(uintptr_t)key->watch->rule->type;

	(void)data;
	if (phase != PHASE_OPEN || look->type.match != look_match)
		return;
	struct record *record = record_of(look, key->text);
	if (record != NULL)
		record->episodes++;
}

static void look_at(struct explain *explain, struct rule *rule)
{
	struct look *look = &explain->looks[explain->count++];

	*look = (struct look){ *rule->type, rule->type, rule, explain, keys_of(seed_new()), 0 };
	look->type.match = look_match;
	rule->type = &look->type;
}

static struct explain *begin(const struct rules *rules, const struct window_options *options)
{
	struct explain *explain = memory_new(1, sizeof *explain);

	explain->looks = memory_new(rules->count, sizeof *explain->looks);
	explain->most_records = options->max_keys;
	return explain;
}

static struct explain *ready(struct explain *explain, const struct rules *rules, const struct window_options *options)
{
	struct window_options mine = *options;

	mine.emit = 0;
	mine.written = NULL;
	mine.told = look_told;
	explain->window = window_new(rules, &mine, &explain->nothing);
	return explain;
}

struct explain *explain_new(const struct rules *rules, const char *name, const char *key,
			    const struct window_options *options, struct error *err)
{
	struct rule *rule = rules_find(rules, name, err);
	if (rule == NULL)
		return NULL;
	struct explain *explain = begin(rules, options);

	explain->wanted = key;
	rule->enabled = 1;
	look_at(explain, rule);
	return ready(explain, rules, options);
}

struct explain *explain_near(const struct rules *rules, double near, const struct window_options *options)
{
	struct explain *explain = begin(rules, options);

	explain->near = near;
	for (size_t i = 0; i < rules->count; i++)
		if (rules->list[i]->enabled && explain_measures(rules->list[i]->type))
			look_at(explain, rules->list[i]);
	return ready(explain, rules, options);
}

bool explain_event(struct explain *explain, const struct event *event, struct error *err)
{
	return window_event(explain->window, event, err);
}

/* The windows as they are when the last event has come. */
static void look_at_end(const struct watch *watch, int64_t clock)
{
	struct look *look = (struct look *)(uintptr_t)watch->rule->type;

	if (look->type.match != look_match || !explain_measures(look->shape))
		return;
	struct key **keys = keys_list(&watch->keys);
	for (size_t k = 0; k < watch->keys.count; k++) {
		struct record *record = record_of(look, keys[k]->text);
		const int64_t held = held_at(look->rule, look->shape, keys[k]->state, clock);
		if (record != NULL && held > record->end)
			record->end = held;
	}
	free(keys);
}

/* What is expected may be missing when the last event has come: then that is told by its episode. */
void explain_end(struct explain *explain, struct output *out)
{
	const struct window *window = explain->window;
	uint64_t unrecorded = 0;

	if (window_clock(window) != INT64_MIN) /* what waits is judged first */
		window_idle(explain->window, window_clock(window) + window->shared.options.late);
	for (size_t i = 0; i < window->count; i++)
		look_at_end(&window->watches[i], window->clock);
	window_end(explain->window);
	window_report(window);
	for (size_t i = 0; i < explain->count; i++)
		unrecorded += explain->looks[i].unrecorded;
	if (unrecorded > 0)
		warnx("%" PRIu64 " matching events of further keys are not in what is shown (see --max-keys)",
		      unrecorded);
	explain_write(explain, out);
}

static void look_away(struct look *look)
{
	struct key **keys = keys_list(&look->records);
	const size_t count = look->records.count;

	for (size_t i = 0; i < count; i++)
		keys_remove(&look->records, keys[i]);
	free(keys);
	keys_clear(&look->records);
	look->rule->type = look->shape;
}

void explain_free(struct explain *explain)
{
	if (explain == NULL)
		return;
	window_free(explain->window);
	for (size_t i = 0; i < explain->count; i++)
		look_away(&explain->looks[i]);
	free(explain->looks);
	buffer_clear(&explain->nothing);
	free(explain);
}
