/* The event line: fields are found where they stand, changes touch nothing else. */
/* SPDX-License-Identifier: MIT */
#include "../../lib/event.h"
#include "../../lib/path.h"
#include "check.h"

#include <jansson.h>
#include <stdlib.h>

enum {
	STREAMS = 20000,
};

static struct event read_line(const char *line)
{
	struct error err = { "" };
	struct event event;

	if (!CHECK(event_read(&event, slice_of(line), &err)))
		printf("  %s: %s\n", line, err.text);
	return event;
}

static void refuses(const char *line, const char *why)
{
	struct error err = { "" };
	struct event event;

	CHECK(!event_read(&event, slice_of(line), &err));
	CHECK_TEXT(slice_of(err.text), why);
}

static void test_refused(void)
{
	refuses("", "byte 1: an object was expected");
	refuses("[]", "byte 1: an object was expected");
	refuses("{\"a\":1} x", "byte 9: text behind the object");
	refuses("{\"a\":1,}", "byte 8: a name in quotes was expected");
	refuses("{\"message\":tru}", "byte 12: a value was expected");
	refuses("{\"message\":\"x", "byte 14: string without closing quote");
	refuses("{\"message\" 1}", "byte 12: ':' was expected");
	refuses("{\"message\":\"a\tb\"}", "byte 14: control character in a string");
}

static void test_fields(void)
{
	struct buffer scratch = { 0 };
	struct event event = read_line(
	    " {\"id\":\"01J\", \"mine\":[1], \"\\u0075ser\":\"a\\\"b\", \"source_pid\":12,\"user\" : \"c\\td\"} ");
	struct slice value;

	CHECK(event_has(&event, FIELD_ID) && !event_has(&event, FIELD_MESSAGE));
	CHECK_TEXT(event_text(&event, FIELD_USER, &scratch), "c\td");
	CHECK_TEXT(event_text(&event, FIELD_SOURCE_PID, &scratch), "12");
	CHECK_TEXT(event_text(&event, FIELD_MESSAGE, &scratch), "");
	CHECK_NUMBER(event.unknown, 1);
	CHECK(event_unknown(&event, SLICE("mine"), &value));
	CHECK_TEXT(value, "[1]");
	buffer_clear(&scratch);
}

static void writes(const char *line, const struct event_change *changes, size_t count, const char *wanted)
{
	struct event event = read_line(line);
	struct buffer out = { 0 };

	event_write(&out, &event, changes, count);
	CHECK_TEXT(buffer_slice(&out), wanted);
	buffer_clear(&out);
}

static void test_changes(void)
{
	const struct event_change user = { FIELD_USER, SLICE("\"u\"") }, extended = { FIELD_EXTENDED, SLICE("{}") };
	const struct event_change both[] = { user, extended };

	writes("{}", NULL, 0, "{}\n");
	writes("{}", both, 2, "{\"user\":\"u\",\"extended\":{}}\n");
	writes("{ }", both, 1, "{ \"user\":\"u\"}\n");
	writes("{\"x\":1}", both, 2, "{\"x\":1,\"user\":\"u\",\"extended\":{}}\n");
	writes("{\"id\":\"i\",\"message\" : \"m\", \"raw_text\":\"r\"}", both, 2,
	       "{\"id\":\"i\",\"user\":\"u\",\"message\" : \"m\", \"extended\":{},\"raw_text\":\"r\"}\n");
	writes("{\"raw_text\":\"r\",\"user\": 1 ,\"extended\":{\"a\":[]}}", both, 2,
	       "{\"raw_text\":\"r\",\"user\": \"u\" ,\"extended\":{}}\n");
	writes("{\"message\":\"\\\"user\\\":1\"}", &user, 1, "{\"user\":\"u\",\"message\":\"\\\"user\\\":1\"}\n");
}

/* Random lines, random changes: jansson must see the same object with just these members set. */
static void test_changes_against_jansson(void)
{
	static const char *const names[] = { "id",	 "user", "message", "extended",
					     "raw_text", "mine", "x y",	    "\\u0075ser" };
	unsigned good = 0;

	srand(3);
	for (int i = 0; i < STREAMS; i++) {
		struct buffer line = { 0 }, out = { 0 };
		struct event_change changes[2];
		struct error err;
		struct event event;
		size_t count = 0;
		json_t *before, *after;

		buffer_add_char(&line, '{');
		for (int n = rand() % 6; n > 0; n--)
			buffer_printf(&line, "%s\"%s\"%s:%s%d", line.len > 1 ? "," : "", names[rand() % 8],
				      rand() % 2 ? " " : "", rand() % 2 ? " " : "", rand() % 100);
		buffer_add_char(&line, '}');
		if (rand() % 2)
			changes[count++] = (struct event_change){ FIELD_USER, SLICE("\"new\"") };
		if (rand() % 2)
			changes[count++] = (struct event_change){ FIELD_EXTENDED, SLICE("{\"n\":[1]}") };
		if (event_read(&event, buffer_slice(&line), &err))
			event_write(&out, &event, changes, count);
		before = json_loadb(line.ptr, line.len, 0, NULL);
		after = json_loadb(out.ptr, out.len, 0, NULL);
		for (size_t c = 0; c < count; c++)
			json_object_set_new(
			    before, field_table[changes[c].field].name,
			    json_loadb(changes[c].value.ptr, changes[c].value.len, JSON_DECODE_ANY, NULL));
		if (json_equal(before, after))
			good++;
		else
			printf("  %s -> %s\n", buffer_text(&line), buffer_text(&out));
		json_decref(before);
		json_decref(after);
		buffer_clear(&line);
		buffer_clear(&out);
	}
	CHECK_NUMBER(good, STREAMS);
}

static void leads_to(const char *line, const char *name, const char *wanted)
{
	struct event event = read_line(line);
	struct error err = { "" };
	struct path path;
	struct slice value = { 0 };

	if (!CHECK(path_read(&path, slice_of(name), &err)))
		return;
	CHECK(path_value(&path, &event, &value) == (wanted != NULL));
	if (wanted != NULL)
		CHECK_TEXT(value, wanted);
	path_clear(&path);
}

static void test_paths(void)
{
	const char *line = "{\"user\":\"u\",\"extended\":{\"users\":[\"a\",\"b\"],\"sd\":{\"o@1\":{\"ip\":7}},\"none\":"
			   "null},\"geo\":{\"cc\":\"DE\"}}";
	struct path path;
	struct error err;

	leads_to(line, "user", "\"u\"");
	leads_to(line, "extended.users", "[\"a\",\"b\"]");
	leads_to(line, "users", "[\"a\",\"b\"]");
	leads_to(line, "sd.o@1.ip", "7");
	leads_to(line, "extended.sd.o@1.ip", "7");
	leads_to(line, "geo.cc", "\"DE\"");
	leads_to(line, "extended.none", NULL);
	leads_to(line, "message", NULL);
	leads_to(line, "user.x", NULL);
	CHECK(!path_read(&path, SLICE(""), &err));
	CHECK(!path_read(&path, SLICE("extended."), &err));
	CHECK(!path_read(&path, SLICE("a..b"), &err));
	CHECK(!path_read(&path, SLICE("a.b.c.d.e.f.g.h.i"), &err));
}

static void test_scalars(void)
{
	struct event event = read_line("{\"extended\":{\"l\":[1,[2],\"x\",null,{\"a\":1},true],\"s\":\"y\",\"o\":{}}}");
	const char *wanted[] = { "1", "\"x\"", "true" };
	struct path_scalars scalars;
	struct slice value;
	struct error err;
	struct path path;
	size_t n = 0;

	CHECK(path_read(&path, SLICE("l"), &err));
	for (scalars = path_scalars(&path, &event); path_next(&scalars, &value) && n < 3; n++)
		CHECK_TEXT(value, wanted[n]);
	CHECK_NUMBER(n, 3);
	path_clear(&path);
	CHECK(path_read(&path, SLICE("s"), &err));
	scalars = path_scalars(&path, &event);
	CHECK(path_next(&scalars, &value));
	CHECK_TEXT(value, "\"y\"");
	CHECK(!path_next(&scalars, &value));
	path_clear(&path);
	CHECK(path_read(&path, SLICE("o"), &err));
	scalars = path_scalars(&path, &event);
	CHECK(!path_next(&scalars, &value));
	path_clear(&path);
}

static void test_time(void)
{
	static const char *const stamps[] = { "2024-06-10T12:00:00Z",
					      "2024-06-10T12:00:00Z",
					      "2024-06-10T14:00:00+02:00",
					      "no",
					      "2024-06-10T12:00:00Z",
					      "2024-06-10T12:00:00.000000000000000000Z",
					      "2024-06-10T12:00:00.000000000000000001Z",
					      "2024-06-10T12:00:01Z",
					      "2024-06-10T12:59:59Z",
					      "2024-06-10T12:59:60Z",
					      "2024-06-10T12:60:00Z",
					      "2024-06-10T12:0x:00Z",
					      "2024-06-10T12:00-00Z",
					      "2024-06-10T13:00:00Z",
					      "2024-06-10T13:00:01.5Z",
					      "2024-06-10T13:02:03.5Z",
					      "\\u0032024-06-10T13:02:03Z",
					      "\\u0032024-06-10T13:02:03Z",
					      "2024-06-10T12:00:00+01:00",
					      "2024-06-10T12:10:00+01:00" };
	struct event_clock clock = { 0 };

	for (size_t i = 0; i < sizeof stamps / sizeof stamps[0]; i++) {
		char line[128];
		int64_t one = 0, other = 0;
		snprintf(line, sizeof line, "{\"date_stamp\":\"%s\"}", stamps[i]);
		struct event event = read_line(line);
		CHECK(event_time(&event, &one) == event_time_next(&clock, &event, &other));
		CHECK_NUMBER(other, one);
	}
}

int main(void)
{
	test_time();
	test_refused();
	test_fields();
	test_changes();
	test_changes_against_jansson();
	test_paths();
	test_scalars();
	return check_end();
}
