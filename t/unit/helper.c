/* Helpers against a model: thousands of random events, done once in place and once naively on a tree. */
/* SPDX-License-Identifier: MIT */
#include "../../lib/enrich.h"
#include "../../lib/json.h"
#include "../../lib/memory.h"
#include "../../lib/values.h"
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

enum { ROUNDS = 20000 };

static const char helper_text[] = "[{\"reg_exp\":\"a=(\\\\w*)\",\"var_name\":\"a\"},"
				  "{\"reg_exp\":\"b=(\\\\w*)\",\"var_name\":\"b\"},"
				  "{\"reg_exp\":\"c=(?<c>\\\\w*)\"},"
				  "{\"reg_exp\":\"u=(?<user>\\\\w*)\"},"
				  "{\"reg_exp\":\"p=(?<source_port>\\\\w*)\"},"
				  "{\"reg_exp\":\"A=(\\\\w*)\",\"var_name\":\"a\",\"values\":\"first\"},"
				  "{\"reg_exp\":\"A=9\",\"set\":{\"d\":\"nine\",\"user\":\"nobody\",\"c\":\"9\"}}]";

static uint32_t seed = 1;

static uint32_t some(uint32_t below)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % below;
}

static void add(struct buffer *to, const char *text)
{
	buffer_add(to, slice_of(text));
}

static void add_message(struct buffer *to)
{
	static const char *const tokens[] = { "a=1", "a=2",    "a=",   "b=x",	    "b=1",	 "c=k",
					      "c=",  "u=root", "p=22", "p=65536",   "p=07",	 "p=x",
					      "A=1", "A=9",    "A=8",  "\\u0061=3", "b=\\u0031", "é" };
	add(to, "\"");
	for (uint32_t i = some(8); i > 0; i--) {
		add(to, tokens[some(sizeof tokens / sizeof tokens[0])]);
		add(to, some(2) ? " " : "\\t");
	}
	add(to, "\"");
}

static void add_extended(struct buffer *to)
{
	static const char *const names[] = { "a", "b", "c", "d", "\\u0061", "e" };
	static const char *const values[] = { "\"1\"",	    "[]", "[ \"1\" , 2,\"\\u0032\"]", "null",
					      "{\"a\":[]}", "7",  "[[\"x\"],null]",	      "\"x y\"" };
	const char *comma = "";
	add(to, some(2) ? "{" : "{ ");
	for (uint32_t i = some(5); i > 0; i--) {
		add(to, comma);
		buffer_printf(to, "\"%s\"%s%s", names[some(6)], some(2) ? ":" : " : ", values[some(8)]);
		comma = some(2) ? "," : " ,\t";
	}
	add(to, "}");
}

static void make_line(struct buffer *to)
{
	const char *const comma = some(2) ? "," : " , ";
	to->len = 0;
	add(to, "{\"new\":[1, 2]");
	if (some(4) == 0)
		buffer_printf(to, "%s\"source_port\": 1", comma);
	if (some(4) == 0)
		buffer_printf(to, "%s\"user\":\"\"", comma);
	const bool extended_first = some(5) == 0, extended = some(3) != 0;
	for (int i = 0; i < 2; i++) {
		if ((i == 0) == extended_first && extended) {
			buffer_printf(to, "%s\"extended\":", comma);
			add_extended(to);
		} else if ((i == 0) != extended_first) {
			buffer_printf(to, "%s\"message\":", comma);
			add_message(to);
		}
	}
	buffer_printf(to, "%s\"raw_text\":\"r\"}", comma);
}

/* The value behind the name at text, up to a blank; NULL: there is no more. Moves *text behind it. */
static char *next_value(const char **text, const char *name)
{
	const char *at = strstr(*text, name);
	if (at == NULL)
		return NULL;
	at += strlen(name);
	const size_t len = strspn(at, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_");
	*text = at + len;
	return memory_text((struct slice){ at, len });
}

static bool has_value(json_t *list, const char *value)
{
	size_t i;
	json_t *one;
	json_array_foreach(list, i, one)
	{
		char number[32];
		snprintf(number, sizeof number, "%lld", json_is_integer(one) ? (long long)json_integer_value(one) : -1);
		if (strcmp(json_is_string(one) ? json_string_value(one) : number, value) == 0)
			return true;
	}
	return false;
}

static void model_list(json_t *extended, const char *name, const char *pattern, bool first, const char *text)
{
	char *value;
	while ((value = next_value(&text, pattern)) != NULL) {
		json_t *list = json_object_get(extended, name);
		if (*value != '\0' && !json_is_array(list)) {
			json_t *old = list == NULL || json_is_null(list) ? NULL : json_incref(list);
			list = json_array();
			if (old != NULL)
				json_array_append_new(list, old);
			json_object_set_new(extended, name, list);
		}
		if (*value != '\0' && !has_value(list, value))
			json_array_append_new(list, json_string(value));
		free(value);
		if (first)
			return;
	}
}

static void model_single(json_t *object, const char *name, const char *pattern, bool number, const char *text)
{
	char *value;
	while ((value = next_value(&text, pattern)) != NULL) {
		char *end;
		const long n = strtol(value, &end, 10);
		json_t *old = json_object_get(object, name);
		const bool absent = old == NULL || (!number && *name == 'c' && json_is_null(old));
		if (absent && *value != '\0' && !number)
			json_object_set_new(object, name, json_string(value));
		else if (absent && *value != '\0' && *end == '\0' && n >= 0 && n <= 65535)
			json_object_set_new(object, name, json_integer(n));
		free(value);
	}
}

static void model_set(json_t *object, const char *name, const char *value, bool null_is_absent)
{
	json_t *old = json_object_get(object, name);
	if (old == NULL || (null_is_absent && json_is_null(old)))
		json_object_set_new(object, name, json_string(value));
}

static void model_sets(json_t *event, json_t *extended)
{
	model_set(extended, "d", "nine", true);
	model_set(extended, "c", "9", true);
	model_set(event, "user", "nobody", false);
}

/* What should come out, as a tree. */
static json_t *model(const char *line)
{
	json_t *event = json_loads(line, 0, NULL);
	json_t *extended = json_incref(json_object_get(event, "extended"));
	const char *text = json_string_value(json_object_get(event, "message"));
	if (extended == NULL)
		extended = json_object();
	model_list(extended, "a", "a=", false, text);
	model_list(extended, "b", "b=", false, text);
	model_single(extended, "c", "c=", false, text);
	model_list(extended, "a", "A=", true, text);
	model_single(event, "user", "u=", false, text);
	model_single(event, "source_port", "p=", true, text);
	if (strstr(text, "A=9") != NULL)
		model_sets(event, extended);
	if (json_object_size(extended) > 0)
		json_object_set(event, "extended", extended);
	json_decref(extended);
	return event;
}

static bool apply(struct enrich *enrich, struct slice line, struct buffer *to)
{
	struct event event;
	struct error err;
	to->len = 0;
	if (!CHECK(event_read(&event, line, &err)))
		return false;
	enrich_event(enrich, &event, to);
	to->len--; /* the newline */
	return true;
}

static void compare(struct enrich *enrich, struct buffer *line, struct buffer *once, struct buffer *twice)
{
	make_line(line);
	if (!apply(enrich, buffer_slice(line), once) || !apply(enrich, buffer_slice(once), twice))
		return;
	json_error_t err;
	json_t *want = model(buffer_text(line)), *got = json_loads(buffer_text(once), 0, &err);
	if (!CHECK(json_equal(want, got)) || !CHECK(slice_equal(buffer_slice(once), buffer_slice(twice))))
		printf("  line %s\n  got  %s\n  then %s\n", buffer_text(line), buffer_text(once), buffer_text(twice));
	json_decref(want);
	json_decref(got);
}

static void test_model(void)
{
	char path[] = "/tmp/siem-helper-XXXXXX";
	const int fd = mkstemp(path);
	CHECK(fd >= 0 && write(fd, helper_text, sizeof helper_text - 1) == (ssize_t)sizeof helper_text - 1);
	close(fd);
	struct helpers helpers = { 0 };
	struct error err = { "" };
	if (!CHECK(helpers_load(&helpers, path, &err)))
		printf("  %s\n", err.text);
	unlink(path);
	struct enrich *enrich = enrich_new(&helpers, &err);
	struct buffer line = { 0 }, once = { 0 }, twice = { 0 };
	for (int i = 0; i < ROUNDS && check_failed < 5; i++)
		compare(enrich, &line, &once, &twice);
	buffer_clear(&line);
	buffer_clear(&once);
	buffer_clear(&twice);
	enrich_free(enrich);
	helpers_free(&helpers);
}

static void test_values(void)
{
	static char names[3000][8];
	struct values values = { 0 };
	for (int round = 0; round < 3; round++) {
		values_clear(&values);
		for (uint32_t i = 0; i < 3000; i++) {
			snprintf(names[i], sizeof names[i], "%u", (unsigned)i);
			CHECK(values_add(&values, slice_of(names[i])) == (i < VALUES_MAX ? VALUES_ADDED : VALUES_FULL));
			const uint32_t j = some(i + 1);
			CHECK(values_add(&values, slice_of(names[j])) == (j < VALUES_MAX ? VALUES_THERE : VALUES_FULL));
		}
		CHECK_NUMBER(values.count, VALUES_MAX);
	}
	char *large = memory_new(VALUES_BYTES_MAX, 1);
	values_clear(&values);
	CHECK(values_add(&values, (struct slice){ large, VALUES_BYTES_MAX }) == VALUES_ADDED);
	CHECK(values_add(&values, SLICE("x")) == VALUES_FULL);
	CHECK(values_add(&values, (struct slice){ large, VALUES_BYTES_MAX }) == VALUES_THERE);
	free(large);
	values_free(&values);
}

int main(void)
{
	test_values();
	test_model();
	return check_end();
}
