/* All that the engine remembers, as sorted lines of JSON, and taken from them again. */
/* SPDX-License-Identifier: MIT */
#include "window_inside.h"

#include "json.h"
#include "memory.h"
#include "terminal.h"

#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	STATE_VERSION = 3,
	STATE_VERSION_OPEN = 2,	  /* of before it had a last line */
	STATE_VERSION_SORTED = 1, /* of before events could come out of order */
};

/* Ids, and before each that has another time than the one before it, the time. */
static void save_counted(const struct counted *counted, struct buffer *to)
{
	buffer_printf(to, ",\"horizon\":%" PRId64 ",\"counted\":[", counted->horizon);
	for (size_t i = 0; i < counted->count; i++) {
		if (i > 0)
			buffer_add_char(to, ',');
		if (i == 0 || counted->events[i].time != counted->events[i - 1].time) {
			buffer_add_number(to, counted->events[i].time);
			buffer_add_char(to, ',');
		}
		sight_write_id(to, &counted->events[i].id);
	}
	buffer_add_char(to, ']');
}

/* The names of lines are so that sorted they stand in the order in which they are needed. */
static void save_engine(const struct window *window, struct buffer *to)
{
	buffer_printf(to, "{\"engine\":%d,\"clock\":%" PRId64 ",\"now\":%" PRId64, STATE_VERSION, window->clock,
		      window->now);
	if (window->before_leap != INT64_MIN)
		buffer_printf(to, ",\"before\":%" PRId64, window->before_leap);
	if (window->doubted != INT64_MIN)
		buffer_printf(to, ",\"doubted\":%" PRId64, window->doubted);
	if (!window->begun)
		buffer_printf(to, ",\"first\":%" PRId64, window->first);
	buffer_printf(to, ",\"event\":%" PRIu64 ",\"seed\":\"%016" PRIx64 "\"", window->shared.event,
		      window->shared.seed);
	save_counted(&window->counted, to);
	buffer_add(to, SLICE("}\n"));
}

static int by_hash(const void *a, const void *b)
{
	const struct watch *left = *(struct watch *const *)a, *right = *(struct watch *const *)b;
	char one[ID_LEN], other[ID_LEN];

	id_print(one, left->rule->hash);
	id_print(other, right->rule->hash);
	return memcmp(one, other, ID_LEN);
}

static void save_waiting(int64_t time, uint64_t serial, struct slice line, void *data)
{
	struct output *to = data;

	buffer_printf(&to->text, "{\"waiting\":\"%016" PRIx64 "%016" PRIx64 "\",\"time\":%" PRId64 ",\"event\":",
		      (uint64_t)time ^ UINT64_C(1) << 63, serial, time);
	buffer_add(&to->text, line);
	buffer_add(&to->text, SLICE("}\n"));
	output_line(to);
}

void window_save(const struct window *window, struct output *to)
{
	struct watch **watches = memory_new(window->count, sizeof(struct watch *));

	for (size_t i = 0; i < window->count; i++)
		watches[i] = &window->watches[i];
	qsort(watches, window->count, sizeof(struct watch *), by_hash);
	save_engine(window, &to->text);
	for (size_t i = 0; i < window->count; i++)
		watch_save(watches[i], to);
	late_each(&window->waiting, save_waiting, to);
	buffer_add(&to->text, SLICE("{\"whole\":true}\n")); /* where that is missing, something is */
	free(watches);
}

/* While a state is read. */
struct loading {
	struct window *window;
	struct watch *watch; /* the lines of this rule are being read; or NULL: passed over */
	char hash[ID_LEN];   /* its hash */
	struct watch gone;   /* a rule that is not there any more */
	bool open, whole;    /* there is a last line to come; it was there */
	struct error *err;
};

/* A state of before events could come out of order knows all that was before its latest point in time. */
static bool load_counted(struct counted *counted, const json_t *json)
{
	const json_t *horizon = json_object_get(json, "horizon"), *at = json_object_get(json, "counted_at");
	int64_t time = json_integer_value(at);
	size_t i;
	json_t *one;
	struct id id;

	counted->horizon = horizon != NULL ? json_integer_value(horizon) : time;
	json_array_foreach(json_object_get(json, "counted"), i, one)
	{
		if (json_is_integer(one))
			time = json_integer_value(one);
		else if (!sight_read_id(one, &id) || !counted_restore(counted, time, id))
			return false;
	}
	return horizon != NULL || at != NULL;
}

static bool load_engine(struct loading *loading, const json_t *json)
{
	struct window *window = loading->window;
	const char *seed = json_string_value(json_object_get(json, "seed"));
	const json_int_t version = json_integer_value(json_object_get(json, "engine"));
	size_t i;

	if (version < STATE_VERSION_SORTED || version > STATE_VERSION || seed == NULL)
		return error_set(loading->err, "made by another version");
	loading->open = version > STATE_VERSION_OPEN;
	window->clock = window->resumed = json_integer_value(json_object_get(json, "clock"));
	window->now = json_integer_value(json_object_get(json, "now"));
	if (json_object_get(json, "before") != NULL)
		window->before_leap = json_integer_value(json_object_get(json, "before"));
	if (json_object_get(json, "doubted") != NULL)
		window->doubted = json_integer_value(json_object_get(json, "doubted"));
	if (json_object_get(json, "first") != NULL)
		window->first = json_integer_value(json_object_get(json, "first"));
	window->shared.arrival = window->now;
	window->shared.event = (uint64_t)json_integer_value(json_object_get(json, "event"));
	window->shared.seed = strtoull(seed, NULL, 16);
	for (i = 0; i < window->count; i++)
		window->watches[i].keys.seed = window->shared.seed;
	return load_counted(&window->counted, json);
}

/* What it had open is ended now: nobody will count it any more. */
static void end_gone(struct loading *loading)
{
	struct window *window = loading->window;

	if (loading->gone.rule == NULL)
		return;
	watch_end(&loading->gone, window->now);
	watch_clear(&loading->gone);
	rule_free(loading->gone.rule);
	loading->gone.rule = NULL;
	loading->watch = NULL;
	window_feed_back(window);
}

static bool load_gone(struct loading *loading, const json_t *as)
{
	struct error why;
	char shown[200];
	struct rule *rule =
	    rule_new(json_object_get(as, "source"), json_string_value(json_object_get(as, "dir")), NULL, &why);

	if (rule == NULL) {
		warnx("a rule of the state is not there any more, and cannot be read: %s",
		      terminal_text(shown, sizeof shown, slice_of(why.text)));
		return true;
	}
	watch_init(&loading->gone, rule, &loading->window->shared, 0);
	loading->watch = &loading->gone;
	warnx("rule %s has changed or is gone: what it had open is ended",
	      terminal_text(shown, sizeof shown, slice_of(rule->name)));
	return watch_restore(&loading->gone, as);
}

static bool load_rule(struct loading *loading, const char *hash, const json_t *as)
{
	char text[ID_LEN];

	end_gone(loading);
	loading->watch = NULL;
	memcpy(loading->hash, hash, ID_LEN);
	for (size_t i = 0; i < loading->window->count; i++) {
		id_print(text, loading->window->watches[i].rule->hash);
		if (memcmp(text, hash, ID_LEN) == 0)
			loading->watch = &loading->window->watches[i];
	}
	return loading->watch != NULL ? watch_restore(loading->watch, as) : load_gone(loading, as);
}

/* Whole objects of the line are taken as they are written. */
static bool raw_member(struct slice line, const char *name, struct slice *value)
{
	return json_member(line, slice_of(name), value);
}

static bool load_line(struct loading *loading, struct slice line)
{
	json_t *json = json_loadb(line.ptr, line.len, JSON_ALLOW_NUL, NULL);
	const char *hash = json_string_value(json_object_get(json, "rule"));
	struct slice raw;
	bool ok = false;

	if (json == NULL || line.ptr[0] != '{' || loading->whole)
		ok = false;
	else if (json_object_get(json, "engine") != NULL)
		ok = load_engine(loading, json);
	else if (json_object_get(json, "as") != NULL && hash != NULL && strlen(hash) == ID_LEN)
		ok = load_rule(loading, hash, json_object_get(json, "as"));
	else if (raw_member(line, "key", &raw))
		ok = hash != NULL && memcmp(hash, loading->hash, ID_LEN) == 0 &&
		     (loading->watch == NULL || watch_restore_key(loading->watch, raw, json));
	else if (json_object_get(json, "waiting") != NULL && raw_member(line, "event", &raw)) {
		late_add(&loading->window->waiting, json_integer_value(json_object_get(json, "time")), raw);
		ok = true;
	} else
		ok = loading->whole = json_is_true(json_object_get(json, "whole"));
	json_decref(json);
	return ok;
}

static bool load_lines(struct loading *loading, FILE *from)
{
	char *line = NULL;
	size_t size = 0, number = 0;
	ssize_t len;
	bool ok = true;

	while (ok && (len = getline(&line, &size, from)) > 0) {
		struct slice text = { line, (size_t)len - (line[len - 1] == '\n') };
		loading->err->text[0] = '\0';
		number++;
		ok = load_line(loading, text) && (number > 1 || slice_starts(text, SLICE("{\"engine\":")));
		if (!ok && loading->err->text[0] == '\0')
			error_set(loading->err, "line %zu is no state of siem-window", number);
	}
	free(line);
	if (ok && ferror(from))
		return error_set(loading->err, "%s", strerror(errno));
	if (ok && loading->open && !loading->whole)
		return error_set(loading->err,
				 "cut short behind line %zu: take it from a copy, or begin anew without it", number);
	return ok;
}

bool window_load(struct window *window, FILE *from, struct error *err)
{
	struct loading loading = { .window = window, .err = err };
	const bool ok = load_lines(&loading, from);

	end_gone(&loading);
	for (size_t i = 0; i < window->count; i++)
		watch_restored(&window->watches[i]);
	return ok;
}
