/* Steps in their order: of all chains that reach a step, the one that began last is remembered. */
/* SPDX-License-Identifier: MIT */
#include "ruletype.h"

#include "../memory.h"

#include <stdlib.h>

struct chains {
	struct sight *sights; /* that of one step, then those of two .. */
	size_t room;
	unsigned reached; /* bit by bit: there is a chain of so many steps, less one */
};

static bool sequence_read(struct rule *rule, const json_t *json, struct error *err)
{
	return ruletype_read_steps(rule, json, "sequence", err) && ruletype_read_time(rule, err);
}

/* Where the chain of so many steps stands. */
static size_t place_of(size_t steps)
{
	return steps * (steps - 1) / 2;
}

/* Is there a chain of so many steps that began after that time and ends no later than this one? */
static bool can_go_on(const struct chains *chains, size_t steps, int64_t after, int64_t time)
{
	return (chains->reached >> (steps - 1) & 1) && chains->sights[place_of(steps)].time > after &&
	       chains->sights[place_of(steps) + steps - 1].time <= time;
}

/* The later a chain begins, the longer it can matter; late events can make one that begins before that there is. */
static bool begins_before(const struct chains *chains, size_t steps, int64_t time)
{
	return (chains->reached >> (steps - 1) & 1) && time < chains->sights[place_of(steps)].time;
}

/* The chain that is one step shorter, and this event; true where it is the longest. */
static bool lengthen(struct chains *chains, size_t steps, size_t most, const struct sight *sight, int64_t after)
{
	const size_t from = place_of(steps - 1), to = place_of(steps);

	if (steps > 1 && !can_go_on(chains, steps - 1, after, sight->time))
		return false;
	if (steps < most && begins_before(chains, steps, steps > 1 ? chains->sights[from].time : sight->time))
		return false;
	chains->sights = memory_grow(chains->sights, &chains->room, to + steps, sizeof *chains->sights);
	if (steps > 1)
		memcpy(&chains->sights[to], &chains->sights[from], (steps - 1) * sizeof *chains->sights);
	chains->sights[to + steps - 1] = *sight;
	chains->reached |= 1U << (steps - 1);
	return steps == most;
}

/* The longest chains first: one event is one step of a chain. */
static enum verdict sequence_match(const struct rule *rule, void *state, struct hand *hand)
{
	const int64_t after = hand->sight.time - rule->time_int;
	bool breach = false;

	for (size_t steps = rule->step_count; steps >= 1; steps--)
		if (hand->steps >> (steps - 1) & 1)
			breach |= lengthen(state, steps, rule->step_count, &hand->sight, after);
	return breach ? VERDICT_BREACH : VERDICT_MATCH;
}

static int64_t sequence_until(const struct rule *rule, const void *state)
{
	const struct chains *chains = state;
	return chains->reached & 1 ? chains->sights[0].time + rule->time_int : INT64_MIN;
}

static int64_t sequence_from(const struct rule *rule, const void *state)
{
	const struct chains *chains = state;
	return chains->reached & 1 ? chains->sights[0].time - rule->time_int : INT64_MAX;
}

static void sequence_broke(const struct rule *rule, const void *state, struct taking *taking)
{
	const struct chains *chains = state;
	for (size_t i = 0; i < rule->step_count; i++)
		taking->take(taking, &chains->sights[place_of(rule->step_count) + i], 1);
}

static void sequence_save(const struct rule *rule, const void *state, struct buffer *to)
{
	const struct chains *chains = state;

	buffer_add_char(to, '[');
	for (size_t steps = 1; steps <= rule->step_count; steps++) {
		buffer_add(to, steps > 1 ? SLICE(",[") : SLICE("["));
		for (size_t i = 0; i < steps && (chains->reached >> (steps - 1) & 1); i++) {
			if (i > 0)
				buffer_add_char(to, ',');
			sight_write(to, &chains->sights[place_of(steps) + i]);
		}
		buffer_add_char(to, ']');
	}
	buffer_add_char(to, ']');
}

static bool restore_chain(struct chains *chains, size_t steps, const json_t *json)
{
	if (json_array_size(json) == 0)
		return json_is_array(json);
	if (json_array_size(json) != steps)
		return false;
	chains->sights = memory_grow(chains->sights, &chains->room, place_of(steps + 1), sizeof *chains->sights);
	chains->reached |= 1U << (steps - 1);
	for (size_t i = 0; i < steps; i++)
		if (!sight_read(json_array_get(json, i), &chains->sights[place_of(steps) + i]))
			return false;
	return true;
}

static bool sequence_restore(const struct rule *rule, void *state, const json_t *json)
{
	if (json_array_size(json) != rule->step_count)
		return false;
	for (size_t steps = 1; steps <= rule->step_count; steps++)
		if (!restore_chain(state, steps, json_array_get(json, steps - 1)))
			return false;
	return true;
}

static void sequence_release(void *state)
{
	free(((struct chains *)state)->sights);
}

const struct ruletype ruletype_sequence = {
	.key = "sequence",
	.read = sequence_read,
	.when_is_asked = true,
	.steps = rule_steps,
	.begins = 1,
	.state_size = sizeof(struct chains),
	.match = sequence_match,
	.until = sequence_until,
	.from = sequence_from,
	.broke = sequence_broke,
	.save = sequence_save,
	.restore = sequence_restore,
	.release = sequence_release,
};
