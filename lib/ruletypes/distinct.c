/* More than event_limit different values of a field within time_int: the latest event_limit + 1 are remembered. */
/* SPDX-License-Identifier: MIT */
#include "ruletype.h"

#include "../latest.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

static bool distinct_read(struct rule *rule, const json_t *json, struct error *err)
{
	if (json_object_get(json, "event_limit") == NULL)
		return error_set(err, "event_limit: distinct needs it: more than how many values?");
	return ruletype_read_field(rule, json, "distinct", err) && ruletype_read_limit(rule, json, err);
}

/* 128 bits with a seed of our own: nobody can make two values that count as one. */
static bool see(struct latest *latest, struct slice text, const struct hand *hand, size_t most)
{
	const XXH128_hash_t hash = XXH3_128bits_withSeed(text.ptr, text.len, hand->seed);
	return latest_see(latest, (const uint64_t[]){ hash.low64, hash.high64 }, &hand->sight, most);
}

static enum verdict distinct_match(const struct rule *rule, void *state, struct hand *hand)
{
	struct latest *latest = state;
	struct path_scalars scalars = path_scalars(&rule->field, hand->event);
	struct buffer scratch = { 0 };
	struct slice value;
	bool any = false, new = false;

	for (; path_next(&scalars, &value); any = true)
		new |= see(latest, json_text(value, &scratch), hand, (size_t)rule->event_limit + 1);
	buffer_clear(&scratch);
	if (!any)
		return VERDICT_LACKING;
	const int64_t newest = hand->mixed && latest->count > 0 ? latest_newest(latest)->sight.time : hand->sight.time;
	const bool breach = new && latest->count > (size_t)rule->event_limit &&
			    (rule->event_limit == 0 || latest_oldest(latest)->sight.time > newest - rule->time_int);
	return breach ? VERDICT_BREACH : VERDICT_MATCH;
}

/* Where there are enough, what is older than all has no place. */
static int64_t distinct_from(const struct rule *rule, const void *state)
{
	const struct latest *latest = state;

	if (rule->event_limit == 0 || latest->count == 0)
		return INT64_MAX;
	const int64_t oldest = latest_oldest(latest)->sight.time;
	return latest->count > (size_t)rule->event_limit ? oldest - 1 : oldest - rule->time_int;
}

static int64_t distinct_until(const struct rule *rule, const void *state)
{
	const struct latest *latest = state;
	return latest->count > 0 ? latest_newest(latest)->sight.time + rule->time_int : INT64_MIN;
}

static void distinct_broke(const struct rule *rule, const void *state, struct taking *taking)
{
	const struct latest *latest = state;

	(void)rule;
	for (const struct latest_value *one = latest_oldest(latest); one != NULL; one = latest_newer(latest, one))
		taking->take(taking, &one->sight, 1);
}

static void distinct_save(const struct rule *rule, const void *state, struct buffer *to)
{
	const struct latest *latest = state;
	const char *comma = "[\"";

	(void)rule;
	if (latest->count == 0)
		buffer_add_char(to, '[');
	for (const struct latest_value *one = latest_oldest(latest); one != NULL; one = latest_newer(latest, one)) {
		buffer_printf(to, "%s%016llx%016llx\",", comma, (unsigned long long)one->hash[0],
			      (unsigned long long)one->hash[1]);
		sight_write(to, &one->sight);
		comma = ",\"";
	}
	buffer_add_char(to, ']');
}

static bool read_hash(const json_t *json, uint64_t hash[2])
{
	const char *text = json_string_value(json);
	char half[17] = "", *end;

	if (text == NULL || strspn(text, "0123456789abcdef") != 32 || text[32] != '\0')
		return false;
	memcpy(half, text, 16);
	hash[0] = strtoull(half, &end, 16);
	hash[1] = strtoull(text + 16, &end, 16);
	return true;
}

static bool distinct_restore(const struct rule *rule, void *state, const json_t *json)
{
	uint64_t hash[2];
	struct sight sight;

	for (size_t i = 0; i < json_array_size(json); i += 2) {
		if (!read_hash(json_array_get(json, i), hash) || !sight_read(json_array_get(json, i + 1), &sight))
			return false;
		latest_see(state, hash, &sight, (size_t)rule->event_limit + 1);
	}
	return json_is_array(json);
}

static void distinct_release(void *state)
{
	latest_clear(state);
}

const struct ruletype ruletype_distinct = {
	.key = "distinct",
	.read = distinct_read,
	.steps = rule_wants,
	.begins = 1,
	.state_size = sizeof(struct latest),
	.match = distinct_match,
	.until = distinct_until,
	.from = distinct_from,
	.broke = distinct_broke,
	.save = distinct_save,
	.restore = distinct_restore,
	.release = distinct_release,
};
