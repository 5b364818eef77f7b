/* One attack, one alert: from the breach that opens it until nothing more comes. */
/* SPDX-License-Identifier: MIT */
#include "episode.h"

#include "memory.h"

#include <stdlib.h>

static bool is_id(const struct id *id)
{
	return (id->milliseconds | id->hash_high | id->hash_low) != 0;
}

/* Room for all, then over the oldest of those that did not break the limit. */
static void add_id(struct episode *episode, const struct id *id, size_t most)
{
	if (!is_id(id))
		return;
	if (episode->id_count < most) {
		episode->ids =
		    memory_grow(episode->ids, &episode->id_room, episode->id_count + 1, sizeof *episode->ids);
		episode->ids[episode->id_count++] = *id;
		return;
	}
	if (episode->id_fixed == most)
		return;
	episode->ids[episode->id_fixed + episode->id_at] = *id;
	episode->id_at = (episode->id_at + 1) % (most - episode->id_fixed);
}

/* Time of opening, then a hash of rule, key and opening event: the same stream gives the same id. */
static struct id id_for(const struct key *key, const struct rule *rule, const struct event *event, int64_t time)
{
	struct buffer bytes = { 0 }, scratch = { 0 };
	const bool has_id = event_has(event, FIELD_ID);

	buffer_add(&bytes, slice_of(rule->name));
	buffer_add_char(&bytes, '\0');
	buffer_add(&bytes, key->text);
	buffer_add_char(&bytes, '\0');
	buffer_add(&bytes, has_id ? event_text(event, FIELD_ID, &scratch) : event->line);
	const struct id id = id_of_bytes(time, buffer_slice(&bytes));
	buffer_clear(&bytes);
	buffer_clear(&scratch);
	return id;
}

static struct episode *episode_new(const struct key *key, const struct rule *rule, const struct event *event,
				   const struct sight *sight)
{
	struct episode *episode = memory_new(1, sizeof *episode);
	struct buffer scratch = { 0 };

	struct slice stamp = event_text(event, FIELD_DATE_STAMP, &scratch);
	if (!stamp_read(&stamp, &episode->opened)) /* it was read before, or there would be no sight */
		episode->opened = (struct stamp){ .time = sight->time, .utc = true };
	buffer_clear(&scratch);
	episode->id = id_for(key, rule, event, sight->time);
	episode->first = rule->type->sight(key->state, 0)->time;
	template_fill(&rule->message, event, key->text, &episode->message);
	return episode;
}

/* The events that broke the limit, but for those that are counted already. */
static void count_breach(struct key *key, const struct rule *rule)
{
	struct episode *episode = key->episode;
	const size_t broke = rule->type->broke(key->state);
	const uint64_t uncounted = key->seen - episode->counted;
	const size_t fresh = uncounted < broke ? (size_t)uncounted : broke;

	for (size_t i = broke - fresh; i < broke; i++)
		add_id(episode, &rule->type->sight(key->state, i)->id, (size_t)rule->ids_max);
	episode->count += fresh;
	episode->counted = key->seen;
}

bool episode_open(struct key *key, const struct rule *rule, const struct event *event, const struct sight *sight)
{
	const bool held = key->episode != NULL && sight->time < episode_held(key->episode, rule);
	if (!held) {
		episode_free(key->episode);
		key->episode = episode_new(key, rule, event, sight);
	}
	struct episode *episode = key->episode;
	if (!held)
		episode->id_fixed = (size_t)rule->ids_max; /* while it opens no id makes room for a later one */
	count_breach(key, rule);
	if (!held)
		episode->id_fixed = episode->id_count;
	episode->open = true;
	episode->last = sight->time;
	episode->told = episode->count;
	return held;
}

bool episode_grow(struct key *key, const struct rule *rule, const struct sight *sight)
{
	struct episode *episode = key->episode;

	episode->count++;
	episode->counted = key->seen;
	episode->last = sight->time;
	add_id(episode, &sight->id, (size_t)rule->ids_max);
	if (rule->grow == 0 || episode->count / (uint64_t)rule->grow < episode->told)
		return false;
	episode->told = episode->count;
	return true;
}

int64_t episode_ends(const struct episode *episode, const struct rule *rule)
{
	return episode->last + rule->quiet;
}

int64_t episode_held(const struct episode *episode, const struct rule *rule)
{
	return episode->closed + rule->hold;
}

void episode_free(struct episode *episode)
{
	if (episode == NULL)
		return;
	buffer_clear(&episode->message);
	free(episode->ids);
	free(episode);
}
