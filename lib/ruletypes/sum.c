/* More than event_limit in all: the numbers in a field of the events within time_int are added up. */
/* SPDX-License-Identifier: MIT */
#include "ruletype.h"

#include "../memory.h"
#include "../number.h"

#include <stdlib.h>

struct part {
	struct sight sight;
	int64_t amount;
};

/* The latest events of which the older ones are needed to come above the limit, a queue in a ring. */
struct parts {
	struct part *parts;
	size_t room, at, count;
	size_t broke; /* so many of the oldest broke the limit */
	int64_t total;
};

static bool sum_read(struct rule *rule, const json_t *json, struct error *err)
{
	if (json_object_get(json, "event_limit") == NULL)
		return error_set(err, "event_limit: sum needs it: more than how much?");
	return ruletype_read_field(rule, json, "sum", err) && ruletype_read_limit(rule, json, err);
}

static const struct part *part_of(const struct parts *parts, size_t i)
{
	return &parts->parts[(parts->at + i) % parts->room];
}

/* The ring grows by unrolling it; amounts are at least 1, so it never holds more than event_limit + 1. */
static void add_part(struct parts *parts, const struct part *part)
{
	if (parts->count == parts->room) {
		const size_t old = parts->room;
		parts->parts = memory_grow(parts->parts, &parts->room, old + 1, sizeof *parts->parts);
		const size_t tail = old - parts->at;
		if (parts->at > 0)
			memmove(&parts->parts[parts->room - tail], &parts->parts[parts->at],
				tail * sizeof *parts->parts);
		parts->at = parts->at > 0 ? parts->room - tail : 0;
	}
	parts->parts[(parts->at + parts->count) % parts->room] = *part;
	parts->total = parts->count++ > 0 ? parts->total + part->amount : part->amount;
}

/* What comes above the limit without the oldest has no need of it, now or later. */
static void drop_oldest(struct parts *parts, int64_t limit)
{
	while (parts->count > 0 && parts->total - part_of(parts, 0)->amount > limit) {
		parts->total -= part_of(parts, 0)->amount;
		parts->at = (parts->at + 1) % parts->room;
		parts->count--;
	}
}

/* Whole numbers from 1; of a list, its numbers together. More than the limit is as good as any. */
static int64_t amount_of(const struct rule *rule, const struct event *event)
{
	struct path_scalars scalars = path_scalars(&rule->field, event);
	struct buffer scratch = { 0 };
	struct slice value;
	struct number number;
	int64_t amount = 0;

	while (amount < RULE_SUM_MAX && path_next(&scalars, &value))
		if (number_read(json_text(value, &scratch), &number) && number.about >= 1)
			amount += number.about > (double)RULE_SUM_MAX ? RULE_SUM_MAX : (int64_t)number.about;
	buffer_clear(&scratch);
	return amount < RULE_SUM_MAX ? amount : RULE_SUM_MAX;
}

/* The newest goes to its place; that is found again when older ones are dropped. Returns how many are after it. */
static size_t sort_in(struct parts *parts)
{
	size_t i = parts->count - 1;
	const struct part part = *part_of(parts, i);

	for (; i > 0 && part_of(parts, i - 1)->sight.time > part.sight.time; i--)
		*(struct part *)(uintptr_t)part_of(parts, i) = *part_of(parts, i - 1);
	*(struct part *)(uintptr_t)part_of(parts, i) = part;
	return parts->count - 1 - i;
}

/* Is there a window that holds all up to one of these latest, and more than the limit? */
static bool breaks_limit(const struct rule *rule, struct parts *parts, size_t after)
{
	int64_t total = parts->total;
	const int64_t until = part_of(parts, 0)->sight.time + rule->time_int;

	parts->broke = parts->count;
	for (; after > 0 && part_of(parts, parts->broke - 1)->sight.time >= until; after--)
		total -= part_of(parts, --parts->broke)->amount;
	return total > rule->event_limit && (parts->broke == 1 || part_of(parts, parts->broke - 1)->sight.time < until);
}

static enum verdict sum_match(const struct rule *rule, void *state, struct hand *hand)
{
	struct parts *parts = state;

	hand->amount = amount_of(rule, hand->event);
	if (hand->amount == 0)
		return VERDICT_LACKING;
	if (hand->amount > rule->event_limit)
		parts->at = parts->count = 0; /* nothing else is needed */
	add_part(parts, &(struct part){ hand->sight, hand->amount });
	const size_t after = hand->mixed ? sort_in(parts) : 0;
	drop_oldest(parts, rule->event_limit);
	if (after >= parts->count)
		return VERDICT_MATCH; /* it was the oldest itself */
	return breaks_limit(rule, parts, after) ? VERDICT_BREACH : VERDICT_MATCH;
}

/* Where there is enough, what is older than all has no place. */
static int64_t sum_from(const struct rule *rule, const void *state)
{
	const struct parts *parts = state;

	if (parts->count == 0)
		return INT64_MAX;
	const int64_t oldest = part_of(parts, 0)->sight.time;
	return parts->total > rule->event_limit ? oldest - 1 : oldest - rule->time_int;
}

static int64_t sum_until(const struct rule *rule, const void *state)
{
	const struct parts *parts = state;
	return parts->count > 0 ? part_of(parts, parts->count - 1)->sight.time + rule->time_int : INT64_MIN;
}

static void sum_broke(const struct rule *rule, const void *state, struct taking *taking)
{
	const struct parts *parts = state;

	(void)rule;
	for (size_t i = 0; i < parts->broke; i++)
		taking->take(taking, &part_of(parts, i)->sight, part_of(parts, i)->amount);
}

static void sum_save(const struct rule *rule, const void *state, struct buffer *to)
{
	const struct parts *parts = state;

	(void)rule;
	buffer_add_char(to, '[');
	for (size_t i = 0; i < parts->count; i++) {
		buffer_add(to, i > 0 ? SLICE(",[") : SLICE("["));
		sight_write(to, &part_of(parts, i)->sight);
		buffer_add_char(to, ',');
		buffer_add_number(to, part_of(parts, i)->amount);
		buffer_add_char(to, ']');
	}
	buffer_add_char(to, ']');
}

static bool sum_restore(const struct rule *rule, void *state, const json_t *json)
{
	size_t i;
	json_t *one;

	json_array_foreach(json, i, one)
	{
		struct part part = { .amount = json_integer_value(json_array_get(one, 1)) };
		if (part.amount < 1 || part.amount > RULE_SUM_MAX || i > (size_t)rule->event_limit ||
		    !sight_read(json_array_get(one, 0), &part.sight))
			return false;
		add_part(state, &part);
	}
	return json_is_array(json);
}

static void sum_release(void *state)
{
	free(((struct parts *)state)->parts);
}

const struct ruletype ruletype_sum = {
	.key = "sum",
	.read = sum_read,
	.steps = rule_wants,
	.begins = 1,
	.state_size = sizeof(struct parts),
	.match = sum_match,
	.until = sum_until,
	.from = sum_from,
	.broke = sum_broke,
	.save = sum_save,
	.restore = sum_restore,
	.release = sum_release,
};
