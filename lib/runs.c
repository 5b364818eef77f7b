/* Runs of a key: events that are far apart by their own times and come mixed up are judged apart. */
/* SPDX-License-Identifier: MIT */
#include "runs.h"

/* The time from which on a late event has to do with it. */
static int64_t begin_of(const struct key *key)
{
	const struct rule *rule = key->watch->rule;
	const int64_t from = rule->type->from(rule, key->state);
	if (key->episode == NULL)
		return from;
	const int64_t before = key->episode->first - (rule->quiet > 0 ? rule->quiet : 1);
	return before < from ? before : from;
}

static bool takes(const struct key *key, int64_t time)
{
	if (key->watch->rule->type->from == NULL || key->event == key->watch->shared->event)
		return true;
	return time > begin_of(key) && time < watch_until(key);
}

struct key *runs_find(struct key *first, int64_t time)
{
	struct key *found = NULL;

	for (struct key *key = first; key != NULL; key = keys_same(key))
		if (takes(key, time) && (found == NULL || key->event > found->event))
			found = key;
	return found;
}

void runs_make_room(struct key *first)
{
	struct key *least = first;
	size_t count = 0;

	for (struct key *key = first; key != NULL; key = keys_same(key), count++)
		if (key->event < least->event)
			least = key;
	if (count < RUNS_MAX)
		return;
	if (watch_is_open(least))
		watch_close(least, least->high);
	watch_forget(least);
}

static bool is_over(const struct key *key, int64_t time)
{
	const struct rule *rule = key->watch->rule;
	return rule->type->from != NULL && watch_is_open(key) && episode_ends(key->episode, rule) <= time;
}

/* In the order in which they began: that in the table is random. */
void runs_overtake(struct key *key, int64_t time)
{
	struct key *next;

	do {
		next = NULL;
		for (struct key *run = keys_find(&key->watch->keys, key->text); run != NULL; run = keys_same(run))
			if (run != key && is_over(run, time) && (next == NULL || run->timer.order < next->timer.order))
				next = run;
		if (next != NULL)
			run_pass(next, time);
	} while (next != NULL);
}

void run_pass(struct key *key, int64_t time)
{
	const struct rule *rule = key->watch->rule;

	if (!is_over(key, time))
		return;
	watch_close(key, episode_ends(key->episode, rule));
	watch_settle(key);
}
