/* Names that stand twice: none is missed, the last one counts, the rest stays. */
/* SPDX-License-Identifier: MIT */
#include "../../lib/event.h"
#include "../../lib/json.h"
#include "check.h"

#include <jansson.h>
#include <stdlib.h>

enum {
	LINES = 50000,
	DEPTH = 4,
};

static void becomes(const char *line, const char *wanted)
{
	struct buffer out = { 0 };
	struct event event;
	struct error err;

	if (!CHECK(event_read(&event, slice_of(line), &err)))
		return;
	CHECK(event.repeated == (strcmp(line, wanted) != 0));
	CHECK(names_unique(&out, event.line) == event.repeated);
	CHECK_TEXT(buffer_slice(&out), wanted);
	buffer_clear(&out);
}

static void test_examples(void)
{
	becomes("{}", "{}");
	becomes("{\"a\":1,\"b\":{\"a\":2},\"c\":[{\"a\":3},{\"a\":4}]}",
		"{\"a\":1,\"b\":{\"a\":2},\"c\":[{\"a\":3},{\"a\":4}]}");
	becomes("{\"a\":1,\"a\":2}", "{\"a\":2}");
	becomes("{\"a\":1, \"b\" : 2,\"a\":3}", "{ \"b\" : 2,\"a\":3}");
	becomes("{\"user\":\"x\",\"user\":\"y\"}", "{\"user\":\"y\"}");
	becomes("{\"user\":\"x\",\"\\u0075ser\":\"y\"}", "{\"\\u0075ser\":\"y\"}");
	becomes("{\"x\":{\"a\":1,\"\\u0061\":2}}", "{\"x\":{\"\\u0061\":2}}");
	becomes("{\"x\":[1,{\"a\":{\"b\":0,\"b\":1},\"a\":[]},2]}", "{\"x\":[1,{\"a\":[]},2]}");
}

static void random_value(struct buffer *to, int depth)
{
	int members = rand() % 4;
	bool object = rand() % 2;

	if (depth == 0 || rand() % 3 == 0) {
		buffer_printf(to, "%d", rand() % 1000);
		return;
	}
	buffer_add_char(to, object ? '{' : '[');
	for (int i = 0; i < members; i++) {
		if (i > 0)
			buffer_add_char(to, ',');
		if (object)
			buffer_printf(to, rand() % 8 ? "\"%c\":" : "\"\\u00%x\":", 'a' + rand() % 6);
		random_value(to, depth - 1);
	}
	buffer_add_char(to, object ? '}' : ']');
}

/* jansson keeps the last of a name as well; and it refuses repeated names where it is told to. */
static bool agrees(struct slice line)
{
	struct buffer out = { 0 };
	struct event event;
	struct error err;
	json_t *before = json_loadb(line.ptr, line.len, 0, NULL), *strict, *after;
	bool ok = event_read(&event, line, &err), dropped = ok && names_unique(&out, event.line);

	strict = json_loadb(line.ptr, line.len, JSON_REJECT_DUPLICATES, NULL);
	after = json_loadb(out.ptr, out.len, JSON_REJECT_DUPLICATES, NULL);
	ok = ok && json_equal(before, after) && dropped == (strict == NULL) && (!dropped || event.repeated);
	json_decref(before);
	json_decref(strict);
	json_decref(after);
	buffer_clear(&out);
	return ok;
}

static void test_against_jansson(void)
{
	struct buffer line = { 0 };
	unsigned good = 0;

	srand(6);
	for (int i = 0; i < LINES; i++) {
		line.len = 0;
		buffer_add(&line, SLICE("{\"id\":1,\"v\":"));
		random_value(&line, DEPTH);
		buffer_add(&line, rand() % 2 ? SLICE("}") : SLICE(",\"v\":2}"));
		if (agrees(buffer_slice(&line)))
			good++;
		else
			printf("  %s\n", buffer_text(&line));
	}
	CHECK_NUMBER(good, LINES);
	buffer_clear(&line);
}

/* More names than are looked at: taken for repeated, and the slow way finds that they are not. */
static void test_many(void)
{
	struct buffer line = { 0 }, out = { 0 };
	struct event event;
	struct error err;

	buffer_add_char(&line, '{');
	for (int i = 0; i < 100000; i++)
		buffer_printf(&line, "%s\"n%d\":%d", i ? "," : "", i, i);
	buffer_add_char(&line, '}');
	CHECK(event_read(&event, buffer_slice(&line), &err));
	CHECK(event.repeated);
	CHECK(!names_unique(&out, event.line));
	CHECK(slice_equal(buffer_slice(&line), buffer_slice(&out)));
	buffer_clear(&line);
	buffer_clear(&out);
}

int main(void)
{
	test_examples();
	test_against_jansson();
	test_many();
	return check_end();
}
