/* Several things within time_int, in any order: the latest sight of each is remembered. */
/* SPDX-License-Identifier: MIT */
#include "ruletype.h"

#include <stdlib.h>

struct seen {
	struct sight sights[STEPS_MAX]; /* number 0: not seen yet */
};

static bool all_read(struct rule *rule, const json_t *json, struct error *err)
{
	return ruletype_read_steps(rule, json, "all", err) && ruletype_read_time(rule, err);
}

/* INT64_MIN where nothing was seen. */
static int64_t newest(const struct rule *rule, const struct seen *seen)
{
	int64_t latest = INT64_MIN;

	for (size_t i = 0; i < rule->step_count; i++)
		if (seen->sights[i].number > 0 && seen->sights[i].time > latest)
			latest = seen->sights[i].time;
	return latest;
}

static enum verdict all_match(const struct rule *rule, void *state, struct hand *hand)
{
	struct seen *seen = state;
	bool breach = false;

	for (size_t i = 0; i < rule->step_count; i++)
		if ((hand->steps >> i & 1) &&
		    (seen->sights[i].number == 0 || seen->sights[i].time <= hand->sight.time)) {
			seen->sights[i] = hand->sight;
			breach = true;
		}
	const int64_t after = newest(rule, seen) - rule->time_int;
	for (size_t i = 0; i < rule->step_count; i++)
		breach = breach && seen->sights[i].number > 0 && seen->sights[i].time > after;
	return breach ? VERDICT_BREACH : VERDICT_MATCH;
}

static int64_t all_until(const struct rule *rule, const void *state)
{
	const int64_t latest = newest(rule, state);
	return latest != INT64_MIN ? latest + rule->time_int : latest;
}

/* What is further from the newest than time_int is no part of a window that is still to be filled. */
static int64_t all_from(const struct rule *rule, const void *state)
{
	const struct seen *seen = state;
	const int64_t latest = newest(rule, seen);
	int64_t oldest = latest;

	if (latest == INT64_MIN)
		return INT64_MAX;
	for (size_t i = 0; i < rule->step_count; i++)
		if (seen->sights[i].number > 0 && seen->sights[i].time > latest - rule->time_int &&
		    seen->sights[i].time < oldest)
			oldest = seen->sights[i].time;
	return oldest - rule->time_int;
}

static int by_age(const void *a, const void *b)
{
	const struct sight *left = a, *right = b;
	if (left->time != right->time)
		return left->time < right->time ? -1 : 1;
	return (left->number > right->number) - (left->number < right->number);
}

static void all_broke(const struct rule *rule, const void *state, struct taking *taking)
{
	struct seen seen = *(const struct seen *)state;

	qsort(seen.sights, rule->step_count, sizeof *seen.sights, by_age);
	for (size_t i = 0; i < rule->step_count; i++)
		taking->take(taking, &seen.sights[i], 1);
}

static void all_save(const struct rule *rule, const void *state, struct buffer *to)
{
	const struct seen *seen = state;

	buffer_add_char(to, '[');
	for (size_t i = 0; i < rule->step_count; i++) {
		if (i > 0)
			buffer_add_char(to, ',');
		sight_write(to, &seen->sights[i]);
	}
	buffer_add_char(to, ']');
}

static bool all_restore(const struct rule *rule, void *state, const json_t *json)
{
	struct seen *seen = state;

	for (size_t i = 0; i < rule->step_count; i++)
		if (!sight_read(json_array_get(json, i), &seen->sights[i]))
			return false;
	return true;
}

static void all_release(void *state)
{
	(void)state;
}

const struct ruletype ruletype_all = {
	.key = "all",
	.read = all_read,
	.when_is_asked = true,
	.steps = rule_steps,
	.begins = ~0U,
	.state_size = sizeof(struct seen),
	.match = all_match,
	.until = all_until,
	.from = all_from,
	.broke = all_broke,
	.save = all_save,
	.restore = all_restore,
	.release = all_release,
};
