/* Rules bring their own tests: events, and what should come of them (siem-rules(5)). */
/* SPDX-License-Identifier: MIT */
#include "trial.h"

#include "episode.h"
#include "terminal.h"
#include "trial_events.h"
#include "window.h"

#include <stdlib.h>

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
static json_t *alerts_of(const struct rule *rule, struct trial_events *events, struct error *err)
{
	struct rule enabled = *rule;
	struct rule *list[] = { &enabled };
	const struct rules rules = { .list = list, .count = 1 };
	const struct window_options options = { .emit = 1U << PHASE_CLOSE,
						.max_keys = WINDOW_KEYS_DEFAULT,
						.host = SLICE("test") };
	struct buffer out = { 0 };
	struct event event;
	struct slice line;
	int64_t time;
	bool ok = true;

	enabled.enabled = 1;
	struct window *window = window_new(&rules, &options, &out);
	while (ok && late_take(&events->waiting, INT64_MAX, &line, &time))
		if (line.len == 0) /* time passes, and that is all */
			window_idle(window, time);
		else
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

static bool try_events(const struct rule *rule, const json_t *test, struct trial_events *events, struct error *err)
{
	size_t i;
	json_t *json;

	json_array_foreach(json_object_get(test, "events"), i,
			   json) if (!trial_events_add(events, json, err)) return error_within(err, "events[%zu]", i);
	json_t *alerts = alerts_of(rule, events, err);
	const bool ok = alerts != NULL && compare(alerts, json_object_get(test, "alerts"), err);
	json_decref(alerts);
	return ok;
}

static bool try_one(const struct rule *rule, const json_t *test, struct error *err)
{
	static const char *const names[] = { "name", "events", "alerts", NULL };
	struct trial_events events = { .count = 0 };

	if (!json_is_object(test))
		return error_set(err, "must be an object");
	if (!only_members(test, names, err))
		return false;
	const bool ok = try_events(rule, test, &events, err);
	late_clear(&events.waiting);
	return ok;
}

/* Names come from files that others may have written. */
static void tell(struct buffer *to, const struct rule *rule, const char *name, const struct error *fault)
{
	struct buffer line = { 0 };

	buffer_printf(&line, "%s %s: %s", fault == NULL ? "ok" : "not ok", rule->name, name != NULL ? name : "test");
	if (fault != NULL)
		buffer_printf(&line, ": %s", fault->text);
	terminal_add(to, buffer_slice(&line), SIZE_MAX);
	buffer_add_char(to, '\n');
	buffer_clear(&line);
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
		tell(to, rule, name, ok ? NULL : &err);
	}
}
