/* JSON readers and writers against jansson: what we take it takes, and both see the same. */
/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "../../lib/event.h"
#include "../../lib/json.h"
#include "../../lib/number.h"
#include "../../lib/utf8.h"

#include <jansson.h>
#include <stdlib.h>

enum {
	TEXT_MAX = 2048,
};

/*
 * jansson refuses what RFC 8259 leaves to the reader: halves of surrogate pairs, NUL in names, numbers that it cannot
 * hold; we refuse what lies deeper than JSON_DEPTH_MAX. Such texts tell nothing.
 */
static bool is_moot(const json_error_t *err)
{
	enum json_error_code code = json_error_code(err);

	return code == json_error_numeric_overflow || code == json_error_null_byte_in_key ||
	       strstr(err->text, "Unicode") != NULL;
}

static bool is_deep(struct slice text)
{
	int depth = 0;

	for (size_t i = 0; i < text.len; i++) {
		depth += (text.ptr[i] == '[' || text.ptr[i] == '{') - (text.ptr[i] == ']' || text.ptr[i] == '}');
		if (depth > JSON_DEPTH_MAX)
			return true;
	}
	return false;
}

static bool accepted(struct slice text)
{
	struct json_fault fault = { 0 };
	const char *end = text.ptr + text.len, *stop = json_check(text.ptr, end, NULL, &fault);

	if (stop == NULL)
		MUST(fault.what != NULL && fault.at >= text.ptr && fault.at <= end);
	return stop != NULL && json_blanks(stop, end) == end;
}

static void same_scalar(struct slice ours, const json_t *theirs)
{
	struct buffer scratch = { 0 };
	struct slice text = json_text(ours, &scratch);
	struct number number;

	if (json_is_string(theirs)) {
		MUST(json_kind(ours) == JSON_KIND_STRING);
		MUST_SAME(text, ((struct slice){ json_string_value(theirs), json_string_length(theirs) }));
	} else if (json_is_number(theirs)) {
		MUST(json_kind(ours) == JSON_KIND_NUMBER);
		if (number_read(text, &number))
			MUST(number.whole && json_is_integer(theirs) ? number.exact == json_integer_value(theirs)
								     : number.about == json_number_value(theirs));
	} else {
		MUST_SAME(text, json_is_null(theirs)   ? SLICE("null")
				: json_is_true(theirs) ? SLICE("true")
						       : SLICE("false"));
	}
	buffer_clear(&scratch);
}

/* Members one after the other; of an object that has a name twice, jansson has the last. */
static void same_tree(struct slice ours, const json_t *theirs)
{
	struct json_walk walk = json_walk(ours);
	struct buffer scratch = { 0 };
	struct slice key, value, last;
	size_t count = 0;

	if (!json_is_object(theirs) && !json_is_array(theirs)) {
		same_scalar(ours, theirs);
		return;
	}
	MUST(json_kind(ours) == (json_is_object(theirs) ? JSON_KIND_OBJECT : JSON_KIND_ARRAY));
	while (json_next(&walk, &key, &value)) {
		const json_t *member;
		if (json_is_array(theirs)) {
			member = json_array_get(theirs, count);
		} else {
			struct slice name = json_text((struct slice){ key.ptr - 1, key.len + 2 }, &scratch);
			member = json_object_getn(theirs, name.ptr, name.len);
			MUST(json_member(ours, name, &last));
			value = last;
		}
		count++;
		MUST(member != NULL);
		same_tree(value, member);
	}
	MUST(json_is_array(theirs) ? count == json_array_size(theirs) : count >= json_object_size(theirs));
	buffer_clear(&scratch);
}

/* Names that stand twice are taken out, and jansson sees no other tree then. */
static void check_names(struct slice text, json_t *theirs)
{
	struct buffer unique = { 0 };
	bool dropped = names_unique(&unique, text);
	json_t *strict =
	    json_loadb(text.ptr, text.len, JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, NULL);
	json_t *after =
	    json_loadb(unique.ptr, unique.len, JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, NULL);

	MUST(accepted(buffer_slice(&unique)));
	MUST(dropped == (strict == NULL) && after != NULL && json_equal(after, theirs));
	json_decref(strict);
	json_decref(after);
	buffer_clear(&unique);
}

/* Any bytes as a string: jansson reads it, both the same; UTF-8 comes back as it was. */
static void check_string(struct slice bytes)
{
	struct buffer text = { 0 }, scratch = { 0 };
	struct slice back;
	json_t *value;

	json_add_string(&text, bytes);
	value = json_loadb(text.ptr, text.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	MUST(value != NULL && accepted(buffer_slice(&text)));
	back = json_text(buffer_slice(&text), &scratch);
	MUST_SAME(back, ((struct slice){ json_string_value(value), json_string_length(value) }));
	if (utf8_valid(bytes))
		MUST_SAME(back, bytes);
	json_decref(value);
	buffer_clear(&text);
	buffer_clear(&scratch);
}

/* The value in the text, without what stands around it. */
static struct slice value_in(struct slice text)
{
	struct json_fault fault;
	const char *end = text.ptr + text.len, *start = json_blanks(text.ptr, end);

	return (struct slice){ start, (size_t)(json_check(start, end, NULL, &fault) - start) };
}

static void run(const struct fuzz_target *target, struct slice bytes)
{
	json_error_t err = { 0 };
	json_t *theirs = json_loadb(bytes.ptr, bytes.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, &err);
	bool ours = accepted(bytes);
	struct buffer mended = { 0 };

	(void)target;
	check_string(bytes);
	if (theirs != NULL && !is_deep(bytes) && memchr(bytes.ptr, '\0', bytes.len) == NULL)
		MUST(ours); /* behind a value, jansson takes NUL for the end of the text */
	if (theirs == NULL && ours)
		MUST(is_moot(&err));
	if (ours) {
		json_add_value(&mended, value_in(bytes));
		MUST(accepted(buffer_slice(&mended)));
		buffer_clear(&mended);
	}
	if (theirs != NULL && ours) {
		same_tree(value_in(bytes), theirs);
		check_names(value_in(bytes), theirs);
	}
	json_decref(theirs);
}

static const char *const seeds[] = {
	"{\"id\":\"01J\",\"n\":-12.5e+3,\"l\":[true,null,\"a\\u00e9\\\"b\",{\"x\":[]}],\"e\":{}}",
	"[1,{\"a\":{\"b\":{}} , \"a\" : 1}]",
	"\"\\ud83d\\ude39\\n\\/\\u0000\"",
	"{\"a\":1, \"b\" : 2,\"\\u0061\":3}",
	"[[[[1E+2]]],-0,0.5e-3,9223372036854775807]",
	NULL
};

const struct fuzz_target fuzz_json = { "json-text", TEXT_MAX, run, seeds, NULL };

/* Event lines: read as jansson reads them, and changed as a tree would be. */
static json_t *tree_of(struct slice text)
{
	return json_loadb(text.ptr, text.len, JSON_ALLOW_NUL, NULL);
}

static void check_fields(const struct event *event, const json_t *tree)
{
	struct buffer scratch = { 0 };

	for (enum field f = 0; f < FIELD_COUNT; f++) {
		const json_t *member = json_object_get(tree, field_table[f].name);
		MUST(event_has(event, f) == (member != NULL));
		if (member == NULL)
			continue;
		same_tree(event_value(event, f), member);
		if (json_is_string(member))
			MUST_SAME(event_text(event, f, &scratch),
				  ((struct slice){ json_string_value(member), json_string_length(member) }));
	}
	buffer_clear(&scratch);
}

/* Some changes, chosen by the bytes: the line read again is the tree with these members. */
static void check_changed(const struct event *event, json_t *tree, struct slice bytes)
{
	static const char *const values[] = { "\"x\"", "7", "{\"a\":[1,\"}\"]}", "[]" };
	struct event_change changes[FIELD_COUNT];
	struct buffer out = { 0 };
	uint64_t wanted = bytes.len;
	size_t count = 0;
	json_t *after;

	for (size_t i = 0; i < bytes.len; i++)
		wanted = wanted * UINT64_C(0x100000001b3) ^ (unsigned char)bytes.ptr[i];
	for (enum field f = 0; f < FIELD_COUNT && f < 64; f++) {
		const char *value = values[(wanted >> f % 7) % 4];
		if ((wanted >> f & 1) == 0)
			continue;
		changes[count++] = (struct event_change){ f, slice_of(value) };
		json_object_set_new(tree, field_table[f].name, json_loads(value, JSON_DECODE_ANY, NULL));
	}
	event_write(&out, event, changes, count);
	MUST(out.len > 0 && out.ptr[out.len - 1] == '\n');
	after = tree_of(buffer_slice(&out));
	MUST(after != NULL && json_equal(after, tree));
	json_decref(after);
	out.len = 0;
	event_write(&out, event, NULL, 0);
	MUST_SAME(((struct slice){ out.ptr, out.len - 1 }), event->line);
	buffer_clear(&out);
}

static void check_times(const struct event *event)
{
	static struct event_clock used;
	struct event_clock fresh = { .len = 0 };
	int64_t one = 0, two = 0, three = 0;
	bool ok = event_time(event, &one);

	MUST(ok == event_time_next(&used, event, &two) && ok == event_time_next(&fresh, event, &three));
	MUST(!ok || (one == two && one == three));
	MUST(ok == event_time_next(&used, event, &two) && (!ok || one == two));
}

static void run_event(const struct fuzz_target *target, struct slice bytes)
{
	struct event event;
	struct error err;
	bool ours = event_read(&event, bytes, &err);
	json_error_t why = { 0 };
	json_t *theirs = json_loadb(bytes.ptr, bytes.len, JSON_ALLOW_NUL, &why), *strict;

	(void)target;
	MUST(ours == (accepted(bytes) && json_kind(value_in(bytes)) == JSON_KIND_OBJECT));
	if (ours)
		check_times(&event);
	if (ours && theirs != NULL) {
		strict = json_loadb(bytes.ptr, bytes.len, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, NULL);
		MUST(strict != NULL || event.repeated);
		check_fields(&event, theirs);
		if (strict != NULL)
			check_changed(&event, theirs, bytes);
		json_decref(strict);
	}
	json_decref(theirs);
}

static const char *const event_seeds[] = {
	"{\"id\":\"01J0000000ABCDEFGHJKMNPQRS\",\"date_stamp\":\"2024-06-10T12:00:00.5+02:00\",\"severity\":3,"
	"\"source_pid\":77,\"message\":\"m\\n\",\"extended\":{\"users\":[\"a\"]},\"raw_text\":\"x\",\"mine\":[1]}",
	"{ \"mine\" : {} , \"message\" : 7 }",
	"{}",
	"{\"user\":\"x\",\"\\u0075ser\":\"y\",\"date_stamp\":\"2024-06-10T12:59:60Z\"}",
	NULL,
};

const struct fuzz_target fuzz_event = { "event", TEXT_MAX, run_event, event_seeds, NULL };

/* Names from a short list are met twice more often. */
static void add_value(struct buffer *to, struct slice *bytes, int depth)
{
	unsigned char c = bytes->len > 0 ? (unsigned char)bytes->ptr[0] : 0;
	bool object = c & 1;

	if (bytes->len > 0)
		*bytes = slice_after(*bytes, 1);
	if (depth == 0 || c % 5 == 0) {
		buffer_printf(to, c & 0x40 ? "\"%u\"" : "%u", c);
		return;
	}
	buffer_add_char(to, object ? '{' : '[');
	for (int i = 0; i < c >> 5; i++) {
		unsigned name = bytes->len > 0 ? (unsigned char)bytes->ptr[0] : 0;
		if (i > 0)
			buffer_add(to, name & 0x80 ? SLICE(" , ") : SLICE(","));
		if (object)
			buffer_printf(to,
				      name & 0x40   ? "\"%c\":"
				      : name & 0x20 ? "\"\\u00%x\" :"
						    : "\"us%cr\":",
				      'a' + name % 8);
		add_value(to, bytes, depth - 1);
	}
	buffer_add_char(to, object ? '}' : ']');
}

static void run_names(const struct fuzz_target *target, struct slice bytes)
{
	struct buffer text = { 0 };
	enum { DEPTH = 6 };

	add_value(&text, &bytes, DEPTH);
	run(target, buffer_slice(&text));
	run_event(target, buffer_slice(&text));
	buffer_clear(&text);
}

static const char *const names_seeds[] = { "\xe1\x01\x41\x05\x61\x0a\x21\x41\x41\x01", "aaaaaaaaaaaaaaaaaaaaaaaaaa",
					   NULL };

const struct fuzz_target fuzz_names = { "names", 200, run_names, names_seeds, NULL };
