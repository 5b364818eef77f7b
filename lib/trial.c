/* Rules bring their own tests: events, and what should come of them (siem-rules(5)). */
/* SPDX-License-Identifier: MIT */
#include "trial.h"

#include "id.h"
#include "late.h"
#include "stamp.h"
#include "window.h"

#include <stdlib.h>

#define TRIAL_START INT64_C(1704067200000000) /* 2024-01-01T00:00:00Z: "at": "0s" */

/* The events of a test while they are made; they wait in the order of their times. */
struct making {
	struct late events;
	uint64_t number;
	int64_t at; /* of the latest */
};

static bool only_members(const json_t *json, const char *const *names, struct error *err)
{
	const char *name;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)json, name, value)
	{
		const char *const *known = names;
		while (*known != NULL && strcmp(name, *known) != 0)
			known++;
		if (*known != NULL)
			continue;
		const char *near = nearest_word(slice_of(name), names);
		return near ? error_set(err, "%s: did you mean '%s'?", name, near)
			    : error_set(err, "%s: a test has name, events and alerts", name);
	}
	return true;
}

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
static void add_event(struct making *making, int64_t at, struct slice members)
{
	struct buffer line = { 0 };
	char id[ID_LEN], text[STAMP_TEXT_MAX];
	const int64_t time = TRIAL_START + at;
	const struct stamp stamp = { .time = time, .utc = true, .digits = 6 };

	id_print(id, (struct id){ (uint64_t)time / 1000, 0, ++making->number });
	buffer_printf(&line, "{\"id\":\"%.*s\",\"date_stamp\":\"%.*s\"", ID_LEN, id, (int)stamp_print(text, &stamp),
		      text);
	buffer_add(&line, members);
	late_add(&making->events, time, buffer_slice(&line));
	making->at = at;
	buffer_clear(&line);
}

/* An event of a test, n times: {"at": "90s", "n": 3, "every": "10s", "message": ..}. */
static bool add_events(struct making *making, const json_t *json, struct error *err)
{
	struct buffer members = { 0 };
	int64_t at, every, count;

	if (!json_is_object(json))
		return error_set(err, "must be an object");
	if (json_object_get(json, "id") != NULL || json_object_get(json, "date_stamp") != NULL)
		return error_set(err, "id and date_stamp follow from \"at\"");
	if (!read_time(json, "at", making->at, &at, err) || !read_time(json, "every", 0, &every, err) ||
	    !read_count(json, &count, err))
		return false;

	json_t *event = json_copy((json_t *)(uintptr_t)json);
	json_object_del(event, "at");
	json_object_del(event, "n");
	json_object_del(event, "every");
	char *text = json_dumps(event, JSON_COMPACT);
	if (json_object_size(event) > 0)
		buffer_add_char(&members, ',');
	buffer_add(&members, slice_of(text + 1));
	for (int64_t i = 0; i < count && making->number < TRIAL_EVENTS_MAX; i++)
		add_event(making, at + i * every, buffer_slice(&members));
	buffer_clear(&members);
	free(text);
	json_decref(event);
	return making->number < TRIAL_EVENTS_MAX || error_set(err, "more than %d events", TRIAL_EVENTS_MAX);
}

/* The close lines as an array. */
static json_t *lines_of(struct slice text)
{
	json_t *lines = json_array();
	while (text.len > 0) {
		const size_t len = slice_find(text, '\n');
		json_array_append_new(lines, json_loadb(text.ptr, len, 0, NULL));
		text = slice_after(text, len < text.len ? len + 1 : len);
	}
	return lines;
}

/* What the rule makes of the events: its close lines; NULL with *err filled. */
static json_t *alerts_of(const struct rule *rule, struct making *making, struct error *err)
{
	struct rule enabled = *rule;
	struct rule *list[] = { &enabled };
	const struct rules rules = { .list = list, .count = 1 };
	const struct window_options options = { .final = true, .max_keys = WINDOW_KEYS_DEFAULT, .host = SLICE("test") };
	struct buffer out = { 0 };
	struct event event;
	struct slice line;
	int64_t time;
	bool ok = true;

	enabled.enabled = true;
	struct window *window = window_new(&rules, &options, &out);
	while (ok && late_take(&making->events, INT64_MAX, &line, &time))
		ok = event_read(&event, line, err) && window_event(window, &event, err);
	window_end(window);
	window_free(window);
	json_t *alerts = ok ? lines_of(buffer_slice(&out)) : NULL;
	buffer_clear(&out);
	return alerts;
}

/* Does the alert have all the members that are wanted? */
static bool has_members(const json_t *alert, const json_t *wanted)
{
	const char *name;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)wanted, name,
			    value) if (!json_equal(json_object_get(alert, name), value)) return false;
	return true;
}

/* Only what was asked for is shown of what came. */
static bool show_difference(const json_t *got, const json_t *wanted, struct error *err)
{
	const char *name;
	json_t *value, *shown = json_object();

	json_object_foreach((json_t *)(uintptr_t)wanted, name, value)
	    json_object_set(shown, name, json_object_get(got, name));
	char *got_text = json_dumps(shown, JSON_COMPACT);
	char *wanted_text = json_dumps(wanted, JSON_COMPACT | JSON_ENCODE_ANY);
	error_set(err, "wanted %s, got %s", wanted_text, got_text);
	json_decref(shown);
	free(got_text);
	free(wanted_text);
	return false;
}

/* alerts: their number, or members that each of them, in this order, must have. */
static bool compare(const json_t *alerts, const json_t *wanted, struct error *err)
{
	const size_t count = json_array_size(alerts);

	if (json_is_integer(wanted))
		return json_integer_value(wanted) == (json_int_t)count ||
		       error_set(err, "wanted %lld alerts, got %zu", (long long)json_integer_value(wanted), count);
	if (!json_is_array(wanted))
		return error_set(err, "alerts: must be a number or a list");
	if (json_array_size(wanted) != count)
		return error_set(err, "wanted %zu alerts, got %zu", json_array_size(wanted), count);
	for (size_t i = 0; i < count; i++)
		if (!json_is_object(json_array_get(wanted, i)))
			return error_set(err, "alerts[%zu]: must be an object", i);
		else if (!has_members(json_array_get(alerts, i), json_array_get(wanted, i)))
			return show_difference(json_array_get(alerts, i), json_array_get(wanted, i), err);
	return true;
}

static bool try_events(const struct rule *rule, const json_t *test, struct making *making, struct error *err)
{
	size_t i;
	json_t *json;

	json_array_foreach(json_object_get(test, "events"), i,
			   json) if (!add_events(making, json, err)) return error_within(err, "events[%zu]", i);
	json_t *alerts = alerts_of(rule, making, err);
	const bool ok = alerts != NULL && compare(alerts, json_object_get(test, "alerts"), err);
	json_decref(alerts);
	return ok;
}

static bool try_one(const struct rule *rule, const json_t *test, struct error *err)
{
	static const char *const names[] = { "name", "events", "alerts", NULL };
	struct making making = { .number = 0 };

	if (!json_is_object(test))
		return error_set(err, "must be an object");
	if (!only_members(test, names, err))
		return false;
	const bool ok = try_events(rule, test, &making, err);
	late_clear(&making.events);
	return ok;
}

void trials_run(struct trials *trials, const struct rule *rule, struct buffer *to)
{
	size_t i;
	json_t *test;

	json_array_foreach(rule->tests, i, test)
	{
		struct error err;
		const char *name = json_string_value(json_object_get(test, "name"));
		const bool ok = try_one(rule, test, &err);
		trials->passed += ok;
		trials->failed += !ok;
		buffer_printf(to, "%s %s: %s", ok ? "ok" : "not ok", rule->name, name ? name : "test");
		if (!ok)
			buffer_printf(to, ": %s", err.text);
		buffer_add_char(to, '\n');
	}
}
