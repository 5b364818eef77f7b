/* The shape of one rule is looked at while it works: after each match, what its window holds. */
/* SPDX-License-Identifier: MIT */
#include "explain.h"

#include "json.h"
#include "memory.h"
#include "window_inside.h"

#include <err.h>
#include <inttypes.h>
#include <stdlib.h>

/* Stands before the shape of the rule, which does the work. */
struct looking {
	struct ruletype type; /* first, so that it leads here */
	const struct ruletype *shape;
	struct explain *explain;
};

/* What was seen of a key. */
struct record {
	int64_t most; /* what its window held at its fullest, */
	int64_t at;   /* first at this time, */
	int64_t end;  /* and when there were no more events */
	uint64_t events, episodes, came;
};

struct explain {
	struct rule *rule;
	const char *wanted; /* key, or NULL */
	struct looking looking;
	struct keys records;
	size_t most_records;
	uint64_t unrecorded; /* matches of keys for which there was no room */
	struct buffer nothing;
	struct window *window;
};

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

static bool has_measure(const struct ruletype *shape)
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

static struct record *record_of(struct explain *explain, struct slice key)
{
	struct key *found = keys_find(&explain->records, key);

	if (found == NULL && explain->records.count >= explain->most_records)
		return NULL;
	if (found == NULL)
		found = keys_add(&explain->records, key, sizeof(struct record));
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
	const struct looking *looking = (const struct looking *)rule->type;
	const enum verdict verdict = looking->shape->match(rule, state, hand);
	struct explain *explain = looking->explain;

	if (verdict <= VERDICT_LACKING || hand->sight.number == 0)
		return verdict;
	struct record *record = record_of(explain, hand->key);
	if (record == NULL) {
		explain->unrecorded++;
		return verdict;
	}
	record->events++;
	record->came += verdict == VERDICT_END;
	if (!has_measure(looking->shape))
		return verdict;
	const int64_t time = newest_of(rule, looking->shape, state, hand->sight.time);
	const int64_t held = held_at(rule, looking->shape, state, time);
	if (held > record->most) {
		record->most = held;
		record->at = time;
	}
	return verdict;
}

/* One that opens again is the same episode. */
static void look_told(void *data, const struct key *key, enum episode_phase phase)
{
	struct explain *explain = data;

	if (phase != PHASE_OPEN || key->watch->rule != explain->rule)
		return;
	struct record *record = record_of(explain, key->text);
	if (record != NULL)
		record->episodes++;
}

struct explain *explain_new(const struct rules *rules, const char *name, const char *key,
			    const struct window_options *options, struct error *err)
{
	struct rule *rule = rules_find(rules, name, err);
	if (rule == NULL)
		return NULL;
	struct explain *explain = memory_new(1, sizeof *explain);
	struct window_options mine = *options;

	explain->rule = rule;
	explain->wanted = key;
	explain->most_records = options->max_keys;
	explain->looking = (struct looking){ *rule->type, rule->type, explain };
	explain->looking.type.match = look_match;
	rule->type = &explain->looking.type;
	rule->enabled = 1;
	mine.emit = 0;
	mine.written = NULL;
	mine.told = look_told;
	mine.told_data = explain;
	explain->window = window_new(rules, &mine, &explain->nothing);
	explain->records = keys_of(explain->window->shared.seed);
	return explain;
}

bool explain_event(struct explain *explain, const struct event *event, struct error *err)
{
	return window_event(explain->window, event, err);
}

/* The windows as they are when the last event has come. */
static void look_at_end(struct explain *explain)
{
	const struct window *window = explain->window;

	for (size_t i = 0; i < window->count; i++) {
		if (window->watches[i].rule != explain->rule || !has_measure(explain->looking.shape))
			continue;
		struct key **keys = keys_list(&window->watches[i].keys);
		for (size_t k = 0; k < window->watches[i].keys.count; k++) {
			struct record *record = record_of(explain, keys[k]->text);
			const int64_t held =
			    held_at(explain->rule, explain->looking.shape, keys[k]->state, window->clock);
			if (record != NULL && held > record->end)
				record->end = held;
		}
		free(keys);
	}
}

static const struct record *record_in(const struct key *key)
{
	return (const struct record *)(const void *)key->state;
}

static int by_nearness(const void *a, const void *b)
{
	const struct key *left = *(struct key *const *)a, *right = *(struct key *const *)b;
	const struct record *one = record_in(left), *two = record_in(right);

	if (one->most != two->most)
		return one->most > two->most ? -1 : 1;
	if (one->episodes != two->episodes)
		return one->episodes > two->episodes ? -1 : 1;
	return slice_compare(left->text, right->text);
}

/* One of its values, or all of it as JSON. */
static bool is_wanted(const struct explain *explain, struct slice key)
{
	const char *name;
	json_t *value;
	bool wanted = explain->wanted == NULL || slice_is(key, explain->wanted);

	if (wanted)
		return true;
	json_t *json = json_loadb(key.ptr, key.len, 0, NULL);
	json_object_foreach(json, name, value)
	{
		char *text = json_is_string(value) ? NULL : json_dumps(value, JSON_ENCODE_ANY);
		const char *shown = text ? text : json_string_value(value);
		wanted |= shown != NULL && strcmp(shown, explain->wanted) == 0;
		free(text);
	}
	json_decref(json);
	return wanted;
}

static void add_member(struct buffer *to, const char *name, int64_t number)
{
	buffer_printf(to, ",\"%s\":%" PRId64, name, number);
}

static void write_measure(const struct explain *explain, const struct record *record, struct buffer *to)
{
	const struct rule *rule = explain->rule;
	const bool steps = rule->step_count > 0;
	const int64_t limit = steps ? (int64_t)rule->step_count : rule->event_limit;
	char stamp[STAMP_TEXT_MAX];
	const struct stamp at = { .time = record->at, .utc = true, .digits = record->at % SECOND == 0 ? 0 : 6 };

	add_member(to, "percent", (int64_t)((double)record->most * 100 / (double)(limit > 0 ? limit : 1)));
	add_member(to, "most", record->most);
	add_member(to, steps ? "steps" : "event_limit", limit);
	buffer_add(to, SLICE(",\"most_at\":"));
	json_add_string(to, (struct slice){ stamp, stamp_print(stamp, &at) });
	add_member(to, "at_end", record->end);
}

static void write_record(const struct explain *explain, const struct key *key, struct buffer *to)
{
	const struct record *record = record_in(key);

	buffer_add(to, SLICE("{\"source_rule\":"));
	json_add_string(to, slice_of(explain->rule->name));
	buffer_add(to, SLICE(",\"key\":"));
	buffer_add(to, key->text);
	if (has_measure(explain->looking.shape))
		write_measure(explain, record, to);
	if (explain->looking.shape == &ruletype_expect)
		add_member(to, "came", (int64_t)record->came);
	add_member(to, "events", (int64_t)record->events);
	add_member(to, "episodes", (int64_t)record->episodes);
	buffer_add(to, SLICE("}\n"));
}

/* What is expected may be missing when the last event has come: then that is told by its episode. */
void explain_end(struct explain *explain, struct output *out)
{
	if (window_clock(explain->window) != INT64_MIN) /* what waits is judged first */
		window_idle(explain->window, window_clock(explain->window) + explain->window->shared.options.late);
	look_at_end(explain);
	window_end(explain->window);
	window_report(explain->window);
	if (explain->unrecorded > 0)
		warnx("%" PRIu64 " matching events of further keys are not in what is shown (see --max-keys)",
		      explain->unrecorded);
	struct key **keys = keys_list(&explain->records);
	qsort(keys, explain->records.count, sizeof(struct key *), by_nearness);
	for (size_t i = 0; i < explain->records.count; i++) {
		if (!is_wanted(explain, keys[i]->text))
			continue;
		write_record(explain, keys[i], &out->text);
		output_line(out);
	}
	free(keys);
}

void explain_free(struct explain *explain)
{
	if (explain == NULL)
		return;
	window_free(explain->window);
	struct key **keys = keys_list(&explain->records);
	const size_t count = explain->records.count;
	for (size_t i = 0; i < count; i++)
		keys_remove(&explain->records, keys[i]);
	free(keys);
	keys_clear(&explain->records);
	explain->rule->type = explain->looking.shape;
	buffer_clear(&explain->nothing);
	free(explain);
}
