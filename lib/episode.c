/* One attack, one alert: from the breach that opens it until nothing more comes. */
/* SPDX-License-Identifier: MIT */
#include "episode.h"

#include "memory.h"

#include <stdlib.h>

/* Room for all, then over the oldest of those that did not break the limit. */
static void add_id(struct episode *episode, const struct sight *sight, size_t most)
{
	if (!sight_has_id(sight))
		return;
	if (episode->id_count < most) {
		episode->ids =
		    memory_grow(episode->ids, &episode->id_room, episode->id_count + 1, sizeof *episode->ids);
		episode->ids[episode->id_count++] = sight->id;
		return;
	}
	if (episode->id_fixed == most)
		return;
	episode->ids[episode->id_fixed + episode->id_at] = sight->id;
	episode->id_at = (episode->id_at + 1) % (most - episode->id_fixed);
}

/* Time of opening, then a hash of rule, key and opening event: the same stream gives the same id. */
static struct id id_for(const struct key *key, const struct rule *rule, const struct origin *origin, int64_t time)
{
	struct buffer bytes = { 0 };

	buffer_add(&bytes, slice_of(rule->name));
	buffer_add_char(&bytes, '\0');
	buffer_add(&bytes, key->text);
	buffer_add_char(&bytes, '\0');
	id_print(buffer_room(&bytes, ID_LEN), origin->id);
	bytes.len += ID_LEN;
	const struct id id = id_of_bytes(time, buffer_slice(&bytes));
	buffer_clear(&bytes);
	return id;
}

static struct episode *episode_new(const struct key *key, const struct rule *rule, const struct origin *origin,
				   int64_t time)
{
	struct episode *episode = memory_new(1, sizeof *episode);

	episode->opened = time;
	episode->first = episode->last = time;
	episode->id = id_for(key, rule, origin, time);
	episode->origin = *origin;
	episode->origin.message = (struct buffer){ 0 };
	buffer_add(&episode->origin.message, buffer_slice(&origin->message));
	return episode;
}

static void add_to_sum(struct episode *episode, int64_t amount)
{
	episode->sum = episode->sum > INT64_MAX - amount ? INT64_MAX : episode->sum + amount;
}

struct counting {
	struct taking taking; /* first, so that it leads here */
	struct episode *episode;
	size_t most;
	uint64_t last; /* number of the sight before: of one event it comes once */
};

static void widen(struct episode *episode, int64_t time)
{
	if (time < episode->first)
		episode->first = time;
	if (time > episode->last)
		episode->last = time;
}

/* The events that broke the limit, but for those that are counted already. */
static void count_one(struct taking *taking, const struct sight *sight, int64_t amount)
{
	struct counting *counting = (struct counting *)taking;
	struct episode *episode = counting->episode;

	widen(episode, sight->time);
	if (sight->number == counting->last || sight->number <= episode->counted)
		return;
	counting->last = sight->number;
	add_id(episode, sight, counting->most);
	episode->count++;
	add_to_sum(episode, amount);
}

static void count_breach(struct key *key, const struct rule *rule)
{
	struct counting counting = {
		.taking.take = count_one,
		.episode = key->episode,
		.most = (size_t)rule->ids_max,
	};
	rule->type->broke(rule, key->state, &counting.taking);
	key->episode->counted = key->seen;
}

bool episode_open(struct key *key, const struct rule *rule, const struct origin *origin, int64_t time)
{
	const bool held = key->episode != NULL && time < episode_held(key->episode, rule);
	if (!held) {
		episode_free(key->episode);
		key->episode = episode_new(key, rule, origin, time);
	}
	struct episode *episode = key->episode;
	if (!held)
		episode->id_fixed = (size_t)rule->ids_max; /* while it opens no id makes room for a later one */
	count_breach(key, rule);
	if (!held)
		episode->id_fixed = episode->id_count;
	episode->open = true;
	episode->since = time;
	widen(episode, time);
	episode->told = episode->count;
	return held;
}

bool episode_grow(struct key *key, const struct rule *rule, const struct hand *hand)
{
	struct episode *episode = key->episode;

	episode->count++;
	add_to_sum(episode, hand->amount);
	episode->counted = key->seen;
	widen(episode, hand->sight.time);
	add_id(episode, &hand->sight, (size_t)rule->ids_max);
	if (rule->grow == 0 || episode->count / (uint64_t)rule->grow < episode->told)
		return false;
	episode->told = episode->count;
	return true;
}

int64_t episode_ends(const struct episode *episode, const struct rule *rule)
{
	const int64_t quiet = episode->last + rule->quiet, most = episode->since + rule->max_open;
	return quiet < most ? quiet : most;
}

int64_t episode_held(const struct episode *episode, const struct rule *rule)
{
	return episode->closed + rule->hold;
}

void episode_free(struct episode *episode)
{
	if (episode == NULL)
		return;
	origin_clear(&episode->origin);
	free(episode->ids);
	free(episode);
}
