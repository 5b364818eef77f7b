/* What is new: a value that was not seen within "forget". The value is part of the key, which remembers when. */
/* SPDX-License-Identifier: MIT */
#include "ruletype.h"

#include "../memory.h"
#include "../stamp.h"

#define FORGET_DEFAULT (90 * DAY)

/* The field joins those of "by". */
static bool first_seen_read(struct rule *rule, const json_t *json, struct error *err)
{
	if (!ruletype_read_field(rule, json, "first_seen", err))
		return false;
	for (size_t i = 0; i < rule->by_count; i++)
		if (strcmp(rule->by[i].name, rule->field.name) == 0)
			return error_set(err, "first_seen: '%s' stands in \"by\": there each value is on its own",
					 rule->field.name);
	if (rule->by_count == RULE_BY_MAX)
		return error_set(err, "first_seen: at most %d fields, those of \"by\" among them", RULE_BY_MAX);
	rule->by[rule->by_count++] = rule->field;
	rule->field = (struct path){ 0 };
	if (json_object_get(json, "forget") == NULL)
		rule->forget = FORGET_DEFAULT;
	return rule->forget > 0 || error_set(err, "forget: must be more than 0");
}

static enum verdict first_seen_match(const struct rule *rule, void *state, struct hand *hand)
{
	struct sight *last = state;
	const bool known = last->number > 0 && last->time > hand->sight.time - rule->forget;

	if (last->number == 0 || last->time <= hand->sight.time)
		*last = hand->sight;
	return known || hand->arrival < hand->since + rule->learn ? VERDICT_MATCH : VERDICT_BREACH;
}

static int64_t first_seen_from(const struct rule *rule, const void *state)
{
	const struct sight *last = state;
	return last->number > 0 ? last->time - rule->forget : INT64_MAX;
}

static int64_t first_seen_until(const struct rule *rule, const void *state)
{
	const struct sight *last = state;
	return last->number > 0 ? last->time + rule->forget : INT64_MIN;
}

static void first_seen_broke(const struct rule *rule, const void *state, struct taking *taking)
{
	(void)rule;
	taking->take(taking, state, 1);
}

static void first_seen_save(const struct rule *rule, const void *state, struct buffer *to)
{
	(void)rule;
	sight_write(to, state);
}

static bool first_seen_restore(const struct rule *rule, void *state, const json_t *json)
{
	(void)rule;
	return sight_read(json, state);
}

static void first_seen_release(void *state)
{
	(void)state;
}

const struct ruletype ruletype_first_seen = {
	.key = "first_seen",
	.read = first_seen_read,
	.steps = rule_wants,
	.begins = 1,
	.state_size = sizeof(struct sight),
	.match = first_seen_match,
	.until = first_seen_until,
	.from = first_seen_from,
	.broke = first_seen_broke,
	.save = first_seen_save,
	.restore = first_seen_restore,
	.release = first_seen_release,
};
