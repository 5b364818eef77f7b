/* The events of a test in a rule: "three of these, ten seconds apart". */
/* SPDX-License-Identifier: MIT */
#include "trial_events.h"

#include "id.h"
#include "rule.h"
#include "stamp.h"

#include <stdlib.h>

#define TRIAL_START INT64_C(1704067200000000) /* 2024-01-01T00:00:00Z: "at": "0s" */
#define TRIAL_SPAN  (200 * 366 * DAY)

static bool read_time(const json_t *json, const char *name, int64_t unless_given, int64_t *time, struct error *err)
{
	const json_t *value = json_object_get(json, name);
	*time = unless_given;
	return value == NULL || rule_read_time(value, time, err) || error_within(err, "%s", name);
}

static bool read_count(const json_t *json, int64_t *count, struct error *err)
{
	const json_t *value = json_object_get(json, "n");
	*count = value ? json_integer_value(value) : 1;
	return (*count > 0 && *count <= TRIAL_EVENTS_MAX) ||
	       error_set(err, "n: must be from 1 to %d", TRIAL_EVENTS_MAX);
}

/* members: what the event is besides, with its brace at the end and a comma before it. */
static void add_event(struct trial_events *events, int64_t at, struct slice members)
{
	struct buffer line = { 0 };
	char id[ID_LEN], text[STAMP_TEXT_MAX];
	const int64_t time = TRIAL_START + at;
	const struct stamp stamp = { .time = time, .utc = true, .digits = 6 };

	id_print(id, (struct id){ (uint64_t)time / 1000, 0, ++events->count });
	buffer_printf(&line, "{\"id\":\"%.*s\",\"date_stamp\":\"%.*s\"", ID_LEN, id, (int)stamp_print(text, &stamp),
		      text);
	buffer_add(&line, members);
	late_add(&events->waiting, time, buffer_slice(&line));
	events->at = at;
	buffer_clear(&line);
}

/* Neither too many nor too far apart, so that times can be added up. */
static bool check_extent(const struct trial_events *events, int64_t at, int64_t every, int64_t count, struct error *err)
{
	if (events->count + (uint64_t)count > TRIAL_EVENTS_MAX)
		return error_set(err, "more than %d events", TRIAL_EVENTS_MAX);
	if (every > 0 && count - 1 > (TRIAL_SPAN - at) / every)
		return error_set(err, "every: the events reach over more than 200 years");
	return true;
}

/* {"idle": "10m"}: for so long nothing comes. */
static bool add_idle(struct trial_events *events, const json_t *json, struct error *err)
{
	int64_t time;

	if (json_object_size(json) != 1)
		return error_set(err, "idle: goes with nothing else");
	if (!read_time(json, "idle", 0, &time, err))
		return false;
	if (time > TRIAL_SPAN - events->at)
		return error_set(err, "idle: the events reach over more than 200 years");
	events->at += time;
	late_add(&events->waiting, TRIAL_START + events->at, SLICE(""));
	return true;
}

bool trial_events_add(struct trial_events *events, const json_t *json, struct error *err)
{
	struct buffer members = { 0 };
	int64_t at, every, count;

	if (!json_is_object(json))
		return error_set(err, "must be an object");
	if (json_object_get(json, "idle") != NULL)
		return add_idle(events, json, err);
	if (json_object_get(json, "id") != NULL || json_object_get(json, "date_stamp") != NULL)
		return error_set(err, "id and date_stamp follow from \"at\"");
	if (!read_time(json, "at", events->at, &at, err) || !read_time(json, "every", 0, &every, err) ||
	    !read_count(json, &count, err) || !check_extent(events, at, every, count, err))
		return false;

	json_t *event = json_copy((json_t *)(uintptr_t)json);
	json_object_del(event, "at");
	json_object_del(event, "n");
	json_object_del(event, "every");
	char *text = json_dumps(event, JSON_COMPACT);
	if (json_object_size(event) > 0)
		buffer_add_char(&members, ',');
	buffer_add(&members, slice_of(text + 1));
	for (int64_t i = 0; i < count; i++)
		add_event(events, at + i * every, buffer_slice(&members));
	buffer_clear(&members);
	free(text);
	json_decref(event);
	return true;
}
