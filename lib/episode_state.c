/* An episode as JSON, and taken from that again. */
/* SPDX-License-Identifier: MIT */
#include "episode.h"

#include "memory.h"

#include <stddef.h>

/* Its numbers, by name. */
static const struct {
	const char *name;
	size_t at;
} numbers[] = {
	{ "opened", offsetof(struct episode, opened) }, { "since", offsetof(struct episode, since) },
	{ "first", offsetof(struct episode, first) },	{ "last", offsetof(struct episode, last) },
	{ "closed", offsetof(struct episode, closed) }, { "count", offsetof(struct episode, count) },
	{ "sum", offsetof(struct episode, sum) },	{ "counted", offsetof(struct episode, counted) },
	{ "told", offsetof(struct episode, told) },	{ "id_fixed", offsetof(struct episode, id_fixed) },
	{ "id_at", offsetof(struct episode, id_at) },
};

enum {
	NUMBERS = sizeof numbers / sizeof *numbers,
};

_Static_assert(sizeof(size_t) == sizeof(int64_t) && sizeof(uint64_t) == sizeof(int64_t), "numbers of one size");

void episode_save(struct buffer *to, const struct episode *episode)
{
	buffer_add(to, SLICE("{\"id\":"));
	sight_write_id(to, &episode->id);
	buffer_add(to, episode->open ? SLICE(",\"open\":true") : SLICE(",\"open\":false"));
	for (size_t i = 0; i < NUMBERS; i++) {
		int64_t number;
		memcpy(&number, (const char *)episode + numbers[i].at, sizeof number);
		buffer_printf(to, ",\"%s\":", numbers[i].name);
		buffer_add_number(to, number);
	}
	buffer_add(to, SLICE(",\"ids\":["));
	for (size_t i = 0; i < episode->id_count; i++) {
		if (i > 0)
			buffer_add_char(to, ',');
		sight_write_id(to, &episode->ids[i]);
	}
	buffer_add(to, SLICE("],\"origin\":"));
	origin_write(to, &episode->origin);
	buffer_add_char(to, '}');
}

static bool restore_numbers(struct episode *episode, const json_t *json)
{
	for (size_t i = 0; i < NUMBERS; i++) {
		const json_t *value = json_object_get(json, numbers[i].name);
		const int64_t number = json_integer_value(value);
		if (!json_is_integer(value))
			return false;
		memcpy((char *)episode + numbers[i].at, &number, sizeof number);
	}
	return true;
}

static bool restore_ids(struct episode *episode, const json_t *ids, size_t most)
{
	size_t i;
	json_t *id;

	if (!json_is_array(ids) || json_array_size(ids) > most)
		return false;
	episode->ids = memory_grow(NULL, &episode->id_room, json_array_size(ids) + 1, sizeof *episode->ids);
	json_array_foreach(ids, i, id) if (!sight_read_id(id, &episode->ids[episode->id_count++])) return false;
	return episode->id_fixed <= most && (episode->id_fixed == most || episode->id_at < most - episode->id_fixed);
}

struct episode *episode_restore(const json_t *json, const struct rule *rule)
{
	struct episode *episode = memory_new(1, sizeof *episode);

	episode->open = json_is_true(json_object_get(json, "open"));
	if (sight_read_id(json_object_get(json, "id"), &episode->id) && restore_numbers(episode, json) &&
	    restore_ids(episode, json_object_get(json, "ids"), (size_t)rule->ids_max) &&
	    origin_read(json_object_get(json, "origin"), &episode->origin))
		return episode;
	episode_free(episode);
	return NULL;
}
