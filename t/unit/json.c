/* JSON text: what RFC 8259 accepts and refuses, and that jansson reads the same from what we read and write. */
/* SPDX-License-Identifier: MIT */
#include "../../lib/json.h"
#include "../../lib/utf8.h"
#include "check.h"

#include <jansson.h>
#include <stdlib.h>

enum {
	MUTATIONS = 200000,
	STRINGS = 50000,
};

static bool accepted(struct slice text)
{
	struct json_fault fault;
	const char *end = text.ptr + text.len, *stop = json_check(text.ptr, end, NULL, &fault);

	return stop != NULL && json_blanks(stop, end) == end;
}

static void test_grammar(void)
{
	static const char *const good[] = { "{}",
					    "[]",
					    " [ ] ",
					    "0",
					    "-0",
					    "1.5e-3",
					    "1E+2",
					    "\"\"",
					    "\"\\u00e9\\n\\/\"",
					    "[1,{\"a\":[null,true,false]},\"x\"]",
					    "{\"a\":{\"b\":{}} , \"a\" : 1}",
					    "\"\\ud800\"",
					    NULL };
	static const char *const bad[] = { "",
					   " ",
					   "{",
					   "[",
					   "]",
					   "}",
					   "[1,]",
					   "{\"a\":1,}",
					   "{,}",
					   "[,]",
					   "{a:1}",
					   "{\"a\"}",
					   "{\"a\":}",
					   "{\"a\" 1}",
					   "01",
					   "-",
					   "+1",
					   "1.",
					   ".5",
					   "1e",
					   "1e+",
					   "0x1",
					   "NaN",
					   "tru",
					   "nulll",
					   "'a'",
					   "\"",
					   "\"\\",
					   "\"\\x\"",
					   "\"\\u12g4\"",
					   "\"\t\"",
					   "\"\x7f\xff\"",
					   "\"\xc0\xaf\"",
					   "\"\xed\xa0\x80\"",
					   "\"\xf4\x90\x80\x80\"",
					   "[1 2]",
					   "{\"a\":1 \"b\":2}",
					   "[}",
					   "{]",
					   "[1}",
					   "{\"a\":1]",
					   "[\"a\"",
					   "{1:2}",
					   NULL };

	for (size_t i = 0; good[i] != NULL; i++)
		if (!CHECK(accepted(slice_of(good[i]))))
			printf("  %s\n", good[i]);
	for (size_t i = 0; bad[i] != NULL; i++)
		if (!CHECK(!accepted(slice_of(bad[i]))))
			printf("  %s\n", bad[i]);
	CHECK(!accepted(SLICE("\"a\0b\"")));
	CHECK(accepted(SLICE("\"\x7f\xf4\x8f\xbf\xbf\"")));
}

static void test_depth(void)
{
	char *text = calloc(JSON_DEPTH_MAX + 1, 2);

	memset(text, '[', JSON_DEPTH_MAX + 1);
	memset(text + JSON_DEPTH_MAX + 1, ']', JSON_DEPTH_MAX + 1);
	CHECK(!accepted((struct slice){ text, 2 * (JSON_DEPTH_MAX + 1) }));
	CHECK(accepted((struct slice){ text + 1, 2 * JSON_DEPTH_MAX }));
	free(text);
}

/* jansson refuses lone surrogates and NUL in strings, and has limits of its own for numbers; those texts tell nothing.
 */
static bool jansson_accepts(struct slice text, bool *known)
{
	json_error_t err;
	json_t *value = json_loadb(text.ptr, text.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, &err);
	enum json_error_code code = value == NULL ? json_error_code(&err) : json_error_unknown;
	bool surrogate = value == NULL && strstr(err.text, "Unicode") != NULL;

	*known = !surrogate && code != json_error_numeric_overflow;
	json_decref(value);
	return value != NULL;
}

static void test_against_jansson(void)
{
	static const char seed[] =
	    "{\"id\":\"01J\",\"n\":-12.5e+3,\"l\":[true,null,\"a\\u00e9\\\"b\xc3\xa9\",{\"x\":[]}],\"e\":{}}";
	static const char alphabet[] = "{}[]\",:\\/ \t\nu0123456789eE+-.truefalsn\xc3\xa9\x01\x7f\xff";
	char text[sizeof seed];
	unsigned same = 0;

	srand(1);
	for (int i = 0; i < MUTATIONS; i++) {
		bool known, theirs, ours;
		memcpy(text, seed, sizeof text);
		for (int n = rand() % 4; n >= 0; n--)
			text[rand() % (int)(sizeof text - 1)] = alphabet[rand() % (int)(sizeof alphabet - 1)];
		theirs = jansson_accepts((struct slice){ text, sizeof text - 1 }, &known);
		ours = accepted((struct slice){ text, sizeof text - 1 });
		same += ours == theirs || !known;
		if (known && ours != theirs)
			printf("  ours %d, theirs %d: %s\n", ours, theirs, text);
	}
	CHECK_NUMBER(same, MUTATIONS);
}

static void test_walk(void)
{
	struct slice key, value, list = SLICE("[ 1 ,\"a,]\\\"\", {\"b\":[2,3]} ,[] ]");
	struct json_walk walk = json_walk(list);

	CHECK(json_next(&walk, &key, &value));
	CHECK_TEXT(value, "1");
	CHECK(json_next(&walk, &key, &value));
	CHECK_TEXT(value, "\"a,]\\\"\"");
	CHECK(json_next(&walk, &key, &value));
	CHECK_TEXT(value, "{\"b\":[2,3]}");
	CHECK(json_next(&walk, &key, &value));
	CHECK_TEXT(value, "[]");
	CHECK(!json_next(&walk, &key, &value));
	walk = json_walk(SLICE("12"));
	CHECK(!json_next(&walk, &key, &value));
}

static void test_member(void)
{
	struct slice value, object = SLICE("{ \"a\" : 1 , \"\\u0062\":\"x\",\"a\":{\"c\":2}}");

	CHECK(json_member(object, SLICE("a"), &value));
	CHECK_TEXT(value, "{\"c\":2}");
	CHECK(json_member(object, SLICE("b"), &value));
	CHECK_TEXT(value, "\"x\"");
	CHECK(!json_member(object, SLICE("c"), &value));
	CHECK(!json_member(SLICE("[1]"), SLICE("a"), &value));
}

static void test_text(void)
{
	struct buffer scratch = { 0 };

	CHECK_TEXT(json_text(SLICE("\"plain\""), &scratch), "plain");
	CHECK_TEXT(json_text(SLICE("\"\\u00e9\\ud83d\\ude39\\\"\\\\\\/\\b\\f\\n\\r\\t\""), &scratch),
		   "é😹\"\\/\b\f\n\r\t");
	CHECK_TEXT(json_text(SLICE("\"\\ud800x\\udc00\""), &scratch), "\xef\xbf\xbdx\xef\xbf\xbd");
	CHECK_TEXT(json_text(SLICE("-12"), &scratch), "-12");
	buffer_clear(&scratch);
}

/* What we write for random bytes: jansson reads it, and valid UTF-8 comes back as it was, from jansson and from us. */
static void test_strings_come_back(void)
{
	struct buffer text = { 0 }, scratch = { 0 };
	unsigned good = 0;

	srand(2);
	for (int i = 0; i < STRINGS; i++) {
		char bytes[24];
		struct slice in = { bytes, (size_t)(rand() % 24) }, back;
		json_t *value;
		for (size_t j = 0; j < in.len; j++)
			bytes[j] = (char)(rand() % 3 ? rand() % 128 : rand());
		text.len = 0;
		json_add_string(&text, in);
		value = json_loadb(text.ptr, text.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
		back = json_text(buffer_slice(&text), &scratch);
		good += value != NULL && accepted(buffer_slice(&text)) &&
			slice_equal(back, (struct slice){ json_string_value(value), json_string_length(value) }) &&
			(!utf8_valid(in) || slice_equal(back, in));
		json_decref(value);
	}
	CHECK_NUMBER(good, STRINGS);
	buffer_clear(&text);
	buffer_clear(&scratch);
}

static void test_base64(void)
{
	static const char *const pairs[][2] = { { "", "\"\"" },
						{ "f", "\"Zg==\"" },
						{ "fo", "\"Zm8=\"" },
						{ "foo", "\"Zm9v\"" },
						{ "foob", "\"Zm9vYg==\"" },
						{ "fooba", "\"Zm9vYmE=\"" },
						{ "foobar", "\"Zm9vYmFy\"" } };
	struct buffer text = { 0 };

	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
		text.len = 0;
		json_add_base64(&text, slice_of(pairs[i][0]));
		CHECK_TEXT(buffer_slice(&text), pairs[i][1]);
	}
	buffer_clear(&text);
}

static void mends(const char *value, const char *wanted)
{
	struct buffer text = { 0 };

	json_add_value(&text, slice_of(value));
	CHECK_TEXT(buffer_slice(&text), wanted);
	buffer_clear(&text);
}

static void test_surrogates(void)
{
	mends("12", "12");
	mends("\"\\ud83d\\ude39 \\n\\u00e9\"", "\"\\ud83d\\ude39 \\n\\u00e9\"");
	mends("[\"\\uD888\\u1234\",\"\\udc00\"]", "[\"\\ufffd\\u1234\",\"\\ufffd\"]");
	mends("\"\\ud800\\ud800\\udc00\\uDBFF\"", "\"\\ufffd\\ud800\\udc00\\ufffd\"");
	mends("\"\\\\ud800\"", "\"\\\\ud800\"");
}

int main(void)
{
	test_surrogates();
	test_grammar();
	test_depth();
	test_against_jansson();
	test_walk();
	test_member();
	test_text();
	test_strings_come_back();
	test_base64();
	return check_end();
}
