/* What a rule at work remembers, as lines of JSON, and taken from them again. */
/* SPDX-License-Identifier: MIT */
#include "runs.h"

#include "json.h"
#include "memory.h"

#include <stdlib.h>

#define ORDER_MASK ((UINT64_C(1) << WATCH_ORDER_BITS) - 1)

static void add_member(struct buffer *to, const char *name, int64_t number)
{
	buffer_printf(to, ",\"%s\":", name);
	buffer_add_number(to, number);
}

/* {"rule":"..": all lines of a rule begin with its hash, so that sorting keeps them together. */
static void begin_line(const struct watch *watch, struct buffer *to)
{
	char hash[ID_LEN];

	id_print(hash, watch->rule->hash);
	buffer_add(to, SLICE("{\"rule\":\""));
	buffer_add(to, (struct slice){ hash, sizeof hash });
	buffer_add_char(to, '"');
}

/* The rule itself too: if it is not there any more, its open episodes can still be ended. */
static void save_rule(const struct watch *watch, struct buffer *to)
{
	begin_line(watch, to);
	buffer_add(to, SLICE(",\"as\":{\"order\":"));
	buffer_add_number(to, (int64_t)(watch->order & ORDER_MASK));
	if (watch->begun)
		add_member(to, "since", watch->since);
	if (watch->rule->dir != NULL) {
		buffer_add(to, SLICE(",\"dir\":"));
		json_add_string(to, slice_of(watch->rule->dir));
	}
	char *source = json_dumps(watch->rule->source, JSON_COMPACT | JSON_SORT_KEYS);
	buffer_add(to, SLICE(",\"source\":"));
	buffer_add(to, slice_of(source));
	buffer_add(to, SLICE("}}\n"));
	free(source);
}

static void save_key(const struct watch *watch, const struct key *key, struct buffer *to)
{
	begin_line(watch, to);
	buffer_add(to, SLICE(",\"key\":"));
	buffer_add(to, key->text);
	add_member(to, "order", (int64_t)(key->timer.order & ORDER_MASK));
	add_member(to, "seen", (int64_t)key->seen);
	add_member(to, "high", key->high);
	if (key->mixed) {
		add_member(to, "lag", key->lag);
		add_member(to, "event", (int64_t)key->event);
	}
	if (key->idle)
		add_member(to, "rested", (int64_t)key->rested);
	buffer_add(to, SLICE(",\"state\":"));
	watch->rule->type->save(watch->rule, key->state, to);
	if (key->episode != NULL) {
		buffer_add(to, SLICE(",\"episode\":"));
		episode_save(to, key->episode);
	}
	buffer_add(to, SLICE("}\n"));
}

static int by_text(const void *a, const void *b)
{
	const struct key *left = *(struct key *const *)a, *right = *(struct key *const *)b;
	const int order = slice_compare(left->text, right->text);
	return order != 0 ? order : (left->timer.order > right->timer.order) - (left->timer.order < right->timer.order);
}

void watch_save(const struct watch *watch, struct output *to)
{
	struct key **keys = keys_list(&watch->keys);

	save_rule(watch, &to->text);
	qsort(keys, watch->keys.count, sizeof(struct key *), by_text);
	for (size_t i = 0; i < watch->keys.count; i++) {
		save_key(watch, keys[i], &to->text);
		output_line(to);
	}
	free(keys);
}

bool watch_restore(struct watch *watch, const json_t *as)
{
	const json_t *order = json_object_get(as, "order"), *since = json_object_get(as, "since");

	if (!json_is_integer(order))
		return false;
	watch->order = (watch->order & ~ORDER_MASK) | ((uint64_t)json_integer_value(order) & ORDER_MASK);
	watch->begun = since != NULL;
	watch->since = json_integer_value(since);
	return true;
}

/* A state of before there were runs has no times. */
static void restore_times(struct key *key, const json_t *json)
{
	const json_t *high = json_object_get(json, "high"), *lag = json_object_get(json, "lag");

	if (json_is_integer(high))
		key->high = json_integer_value(high);
	key->mixed = lag != NULL;
	key->lag = json_integer_value(lag);
	key->event = (uint64_t)json_integer_value(json_object_get(json, "event"));
}

static bool restore_key(struct watch *watch, struct key *key, const json_t *json)
{
	const json_t *order = json_object_get(json, "order"), *seen = json_object_get(json, "seen");
	const json_t *rested = json_object_get(json, "rested"), *episode = json_object_get(json, "episode");

	if (!json_is_integer(order) || !json_is_integer(seen) ||
	    !watch->rule->type->restore(watch->rule, key->state, json_object_get(json, "state")))
		return false;
	key->timer.order |= (uint64_t)json_integer_value(order) & ORDER_MASK;
	key->seen = (uint64_t)json_integer_value(seen);
	key->rested = (uint64_t)json_integer_value(rested);
	restore_times(key, json);
	if (episode == NULL)
		return true;
	key->episode = episode_restore(episode, watch->rule);
	return key->episode != NULL;
}

bool watch_restore_key(struct watch *watch, struct slice text, const json_t *json)
{
	size_t runs = 0;

	for (const struct key *run = keys_find(&watch->keys, text); run != NULL; run = keys_same(run))
		if (!run->mixed || ++runs == RUNS_MAX)
			return false;
	struct key *key = keys_add(&watch->keys, text, watch->rule->type->state_size);
	key->watch = watch;
	key->timer = (struct timer){ .at = INT64_MAX, .order = watch->order & ~ORDER_MASK };
	const bool ok = restore_key(watch, key, json);
	timers_add(&watch->shared->timers, &key->timer);
	return ok;
}

static int by_rest(const void *a, const void *b)
{
	const struct key *left = *(struct key *const *)a, *right = *(struct key *const *)b;
	return (left->rested > right->rested) - (left->rested < right->rested);
}

void watch_restored(struct watch *watch)
{
	struct key **keys = keys_list(&watch->keys);

	qsort(keys, watch->keys.count, sizeof(struct key *), by_rest);
	for (size_t i = 0; i < watch->keys.count; i++)
		watch_settle(keys[i]);
	free(keys);
}
