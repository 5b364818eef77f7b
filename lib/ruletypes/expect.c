/* What should follow and does not: from a match on, the expected event is waited for, time_int long. */
/* SPDX-License-Identifier: MIT */
#include "ruletype.h"

#include "../memory.h"
#include "../value_list.h"

#include <stdlib.h>

enum {
	STEP_MATCH = 1,
	STEP_EXPECTED = 2,
};

struct waiting {
	bool waits;
	struct sight since; /* the match since which it waits */
	int64_t ahead;	    /* the clock was, of that */
	struct origin origin;
};

static bool is_self(const json_t *expected)
{
	return json_is_string(expected) && strcmp(json_string_value(expected), "self") == 0;
}

/* {"log_source": "gate"}: one of the keys that are waited for from the start. */
static json_t *listed_key(const struct rule *rule, json_t *item, struct error *err)
{
	json_t *key = json_object();

	for (size_t i = 0; i < rule->by_count; i++) {
		json_t *value = json_is_object(item) ? json_object_get(item, rule->by[i].name) : item;
		if (!json_is_string(value) && !json_is_number(value)) {
			error_set(err, "by_list: '%s' must be a text or a number", rule->by[i].name);
			json_decref(key);
			return NULL;
		}
		json_object_set(key, rule->by[i].name, value);
	}
	if (json_is_object(item) ? json_object_size(item) == rule->by_count : rule->by_count == 1)
		return key;
	error_set(err, "by_list: each item must have the fields of \"by\", and no others");
	json_decref(key);
	return NULL;
}

static bool read_list(struct rule *rule, json_t *list, struct error *err)
{
	size_t i;
	json_t *item;

	rule->by_list = json_array();
	json_array_foreach(list, i, item)
	{
		json_t *key = listed_key(rule, item, err);
		if (key == NULL)
			return false;
		json_array_append_new(rule->by_list, key);
	}
	return (json_is_array(list) && rule->by_count > 0) ||
	       error_set(err, "by_list: must be a list of values of \"by\", or the name of a file");
}

static bool read_by_list(struct rule *rule, const json_t *json, struct error *err)
{
	json_t *list = json_object_get(json, "by_list");

	if (list == NULL)
		return true;
	if (rule->step_count > 1)
		return error_set(err, "by_list: goes with expect \"self\" alone");
	list = json_is_string(list) ? value_list(list, rule->dir, err) : json_incref(list);
	if (list == NULL)
		return error_within(err, "by_list");
	const bool ok = read_list(rule, list, err);
	json_decref(list);
	return ok;
}

/* The steps are the match, and what is expected unless it is the match itself. */
static bool expect_read(struct rule *rule, const json_t *json, struct error *err)
{
	const json_t *expected = json_object_get(json, "expect");

	if (json_object_get(json, "when") == NULL)
		return error_set(err, "when: after what is something expected?");
	rule->step_count = 1;
	if (!is_self(expected)) {
		rule->steps[1] = match_new(expected, rule->dir, err);
		if (rule->steps[1] == NULL)
			return error_within(err, "expect");
		rule->step_count = 2;
	}
	return ruletype_read_time(rule, err) && read_by_list(rule, json, err);
}

static unsigned expect_steps(struct rule *rule, const struct event *event, enum fed fed)
{
	unsigned steps = rule_wants(rule, event, fed);

	if (rule->step_count == 1)
		return steps ? STEP_MATCH | STEP_EXPECTED : 0;
	return steps | (rule_asks(rule->steps[1], event, fed) ? STEP_EXPECTED : 0);
}

/* Matches while it waits are in the same waiting, which is over with what is expected, or too late. */
static enum verdict expect_match(const struct rule *rule, void *state, struct hand *hand)
{
	struct waiting *waiting = state;
	const bool goes_on = waiting->waits && rule->step_count == 1 && hand->sight.time < waiting->since.time &&
			     hand->sight.time > waiting->since.time - rule->time_int;

	if (goes_on) { /* a late sign of life is one, but not the latest */
		waiting->ahead = hand->arrival - waiting->since.time;
		return VERDICT_END;
	}
	if (hand->steps & STEP_EXPECTED)
		waiting->waits = false;
	if ((hand->steps & STEP_MATCH) && !waiting->waits) {
		waiting->waits = true;
		waiting->since = hand->sight;
		waiting->ahead = hand->arrival - hand->sight.time;
		origin_take(&waiting->origin, rule, hand->event, hand->key);
	}
	if (hand->steps & STEP_EXPECTED)
		return VERDICT_END;
	return VERDICT_MATCH;
}

static int64_t expect_deadline(const struct rule *rule, const void *state, int64_t *ahead)
{
	const struct waiting *waiting = state;
	*ahead = waiting->ahead;
	return waiting->waits ? waiting->since.time + rule->time_int : INT64_MAX;
}

static int64_t expect_until(const struct rule *rule, const void *state)
{
	(void)rule;
	return ((const struct waiting *)state)->waits ? RULE_FOREVER : INT64_MIN;
}

static const struct origin *expect_lapse(void *state)
{
	struct waiting *waiting = state;

	waiting->waits = false;
	return &waiting->origin;
}

static void expect_broke(const struct rule *rule, const void *state, struct taking *taking)
{
	(void)rule;
	taking->take(taking, &((const struct waiting *)state)->since, 1);
}

static void expect_save(const struct rule *rule, const void *state, struct buffer *to)
{
	const struct waiting *waiting = state;

	(void)rule;
	buffer_add(to, waiting->waits ? SLICE("[true,") : SLICE("[false,"));
	sight_write(to, &waiting->since);
	buffer_add_char(to, ',');
	origin_write(to, &waiting->origin);
	buffer_add_char(to, ',');
	buffer_add_number(to, waiting->ahead);
	buffer_add_char(to, ']');
}

static bool expect_restore(const struct rule *rule, void *state, const json_t *json)
{
	struct waiting *waiting = state;

	(void)rule;
	waiting->waits = json_is_true(json_array_get(json, 0));
	waiting->ahead = json_integer_value(json_array_get(json, 3));
	return sight_read(json_array_get(json, 1), &waiting->since) &&
	       origin_read(json_array_get(json, 2), &waiting->origin);
}

static void expect_release(void *state)
{
	origin_clear(&((struct waiting *)state)->origin);
}

const struct ruletype ruletype_expect = {
	.key = "expect",
	.open_end = true,
	.read = expect_read,
	.steps = expect_steps,
	.begins = STEP_MATCH,
	.state_size = sizeof(struct waiting),
	.match = expect_match,
	.until = expect_until,
	.deadline = expect_deadline,
	.lapse = expect_lapse,
	.broke = expect_broke,
	.save = expect_save,
	.restore = expect_restore,
	.release = expect_release,
};
