/* The SIEM event: what is told of an episode. */
/* SPDX-License-Identifier: MIT */
#include "episode.h"

#include "json.h"

const char *const episode_phases[PHASE_COUNT + 1] = { "open", "grow", "reopen", "close", NULL };

static void add_name(struct buffer *to, enum field field)
{
	buffer_add_char(to, ',');
	buffer_add_char(to, '"');
	buffer_add(to, slice_of(field_table[field].name));
	buffer_add(to, SLICE("\":"));
}

static void add_text(struct buffer *to, enum field field, struct slice text)
{
	add_name(to, field);
	json_add_string(to, text);
}

static void add_number(struct buffer *to, enum field field, int64_t number)
{
	add_name(to, field);
	buffer_add_number(to, number);
}

static void add_id(struct buffer *to, struct id id)
{
	char text[ID_LEN];

	id_print(text, id);
	buffer_add_char(to, '"');
	buffer_add(to, (struct slice){ text, sizeof text });
	buffer_add_char(to, '"');
}

/* All times of an episode are shown in the zone of the event that opened it, with the digits they need. */
static void add_time(struct buffer *to, enum field field, const struct origin *origin, int64_t time)
{
	char text[STAMP_TEXT_MAX];
	const unsigned char digits = time % SECOND == 0 ? 0 : time % (SECOND / 1000) == 0 ? 3 : 6;
	struct stamp stamp = { .time = time, .offset = origin->offset, .utc = origin->utc, .digits = digits };

	/* On the first and the last day that there is, only UTC is sure to have a year of four digits. */
	if (time < civil_days(1, 1, 2) * DAY || time >= civil_days(9999, 12, 31) * DAY) {
		stamp.offset = 0;
		stamp.utc = true;
	}
	add_text(to, field, (struct slice){ text, stamp_print(text, &stamp) });
}

/* siemstress 0.8, in whole numbers. */
static int64_t siemstress_magnitude(uint64_t amount, const struct rule *rule)
{
	const uint64_t over = amount / 2 / ((uint64_t)rule->event_limit + 1) / 2;
	return ((int64_t)over + 5) * (7 - rule->severity);
}

/* LogESP: how many times over the limit, weighed with the severity. */
static int64_t ratio_magnitude(uint64_t amount, const struct rule *rule)
{
	return (int64_t)(amount * (uint64_t)(8 - rule->severity) / ((uint64_t)rule->event_limit + 1));
}

static int64_t magnitude(const struct episode *episode, const struct rule *rule)
{
	const uint64_t amount = (uint64_t)(episode->sum < INT64_MAX / 8 ? episode->sum : INT64_MAX / 8);
	return (rule->ratio ? ratio_magnitude : siemstress_magnitude)(amount, rule);
}

static void add_minutes(struct buffer *to, int64_t microseconds)
{
	add_name(to, FIELD_TIME_INT);
	if (microseconds % MINUTE == 0)
		buffer_add_number(to, microseconds / MINUTE);
	else
		buffer_printf(to, "%.12g", (double)microseconds / (double)MINUTE);
}

static void add_ids(struct buffer *to, const struct episode *episode)
{
	const size_t latest = episode->id_count - episode->id_fixed;

	add_name(to, FIELD_SOURCE_IDS);
	buffer_add_char(to, '[');
	for (size_t i = 0; i < episode->id_count; i++) {
		const bool fixed = i < episode->id_fixed;
		const size_t at = fixed ? i : episode->id_fixed + (episode->id_at + i - episode->id_fixed) % latest;
		if (i > 0)
			buffer_add_char(to, ',');
		add_id(to, episode->ids[at]);
	}
	buffer_add_char(to, ']');
	if (episode->count > episode->id_count)
		add_number(to, FIELD_IDS_DROPPED, (int64_t)(episode->count - episode->id_count));
}

static void add_rule(struct buffer *to, const struct rule *rule, const struct episode *episode)
{
	add_text(to, FIELD_SOURCE_RULE, slice_of(rule->name));
	add_number(to, FIELD_SEVERITY, rule->severity);
	add_number(to, FIELD_MAGNITUDE, magnitude(episode, rule));
	add_number(to, FIELD_EVENT_LIMIT, rule->event_limit);
	add_number(to, FIELD_EVENT_COUNT, (int64_t)episode->count);
	add_minutes(to, rule->time_int);
	if (rule->source_table != NULL)
		add_text(to, FIELD_SOURCE_TABLE, slice_of(rule->source_table));
}

void episode_write(struct buffer *to, const struct key *key, const struct rule *rule, enum episode_phase phase,
		   struct slice host)
{
	const struct episode *episode = key->episode;

	buffer_add(to, SLICE("{\"id\":"));
	add_id(to, episode->id);
	add_time(to, FIELD_DATE_STAMP, &episode->origin, episode->opened);
	add_text(to, FIELD_PHASE, slice_of(episode_phases[phase]));
	add_rule(to, rule, episode);
	add_name(to, FIELD_KEY);
	buffer_add(to, key->text);
	add_time(to, FIELD_FIRST, &episode->origin, episode->first);
	add_time(to, FIELD_LAST, &episode->origin, episode->last);
	add_name(to, FIELD_MESSAGE);
	template_write(buffer_slice(&episode->origin.message), episode->count, episode->sum, to);
	add_ids(to, episode);
	add_text(to, FIELD_PARSED_ON, host);
	buffer_add(to, SLICE("}\n"));
}
