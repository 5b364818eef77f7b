/* Tests of lib/terminal and lib/width: what is shown, how wide it is, where it is cut. */
/* SPDX-License-Identifier: MIT */
#include "../../lib/terminal.h"

#include "../../lib/utf8.h"
#include "../../lib/width.h"
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

static void check_shown(struct slice text, size_t columns, const char *want, size_t width)
{
	struct buffer got = { 0 };

	CHECK_NUMBER(terminal_add(&got, text, columns), width);
	CHECK_TEXT(buffer_slice(&got), want);
	buffer_clear(&got);
}

static void test_plain(void)
{
	check_shown(SLICE(""), SIZE_MAX, "", 0);
	check_shown(SLICE("Failed password for root"), SIZE_MAX, "Failed password for root", 24);
	check_shown(SLICE("äöü ñ €"), SIZE_MAX, "äöü ñ €", 7);
	check_shown(SLICE("日本"), SIZE_MAX, "日本", 4);
	check_shown(SLICE("😀"), SIZE_MAX, "😀", 2);
	check_shown(SLICE("C:\\temp \"x\""), SIZE_MAX, "C:\\temp \"x\"", 11);
}

static void test_escaped(void)
{
	check_shown(SLICE("a\nb\tc\rd"), SIZE_MAX, "a\\nb\\tc\\rd", 10);
	check_shown(SLICE("\x1b[2J\x07\x7f"), SIZE_MAX, "\\x1b[2J\\x07\\x7f", 15);
	check_shown(SLICE("\0"), SIZE_MAX, "\\x00", 4);
	check_shown(SLICE("\xc2\x9b"
			  "31m"),
		    SIZE_MAX, "\\u{9B}31m", 9);
	check_shown(SLICE("\xe2\x80\xae"
			  "txt.exe"),
		    SIZE_MAX, "\\u{202E}txt.exe", 15);
	check_shown(SLICE("a\xe2\x80\x8b"
			  "b"),
		    SIZE_MAX, "a\\u{200B}b", 10);
	check_shown(SLICE("\xe2\x80\xa8"), SIZE_MAX, "\\u{2028}", 8);
	check_shown(SLICE("\xef\xbb\xbf"), SIZE_MAX, "\\u{FEFF}", 8);
	check_shown(SLICE("\xf3\xa0\x81\x81"), SIZE_MAX, "\\u{E0041}", 9);
	check_shown(SLICE("\xff\xc3(\xed\xa0\x80"), SIZE_MAX, "\\xff\\xc3(\\xed\\xa0\\x80", 21);
}

static void test_combining(void)
{
	check_shown(SLICE("e\xcc\x81!"), SIZE_MAX, "e\xcc\x81!", 2);
	check_shown(SLICE("\xcc\x81"
			  "e"),
		    SIZE_MAX, "\\u{301}e", 8);
	check_shown(SLICE("e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81"), SIZE_MAX,
		    "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\\u{301}", 8);
}

static void test_cut(void)
{
	check_shown(SLICE("abc"), 0, "", 0);
	check_shown(SLICE("abc"), 1, "…", 1);
	check_shown(SLICE("abc"), 2, "a…", 2);
	check_shown(SLICE("abc"), 3, "abc", 3);
	check_shown(SLICE("日本"), 4, "日本", 4);
	check_shown(SLICE("日本"), 3, "日…", 3);
	check_shown(SLICE("日本"), 2, "…", 1);
	check_shown(SLICE("a\nb"), 3, "a…", 2);
	check_shown(SLICE("a\nb"), 4, "a\\nb", 4);
	check_shown(SLICE("abe\xcc\x81"), 3, "abe\xcc\x81", 3);
	check_shown(SLICE("abe\xcc\x81!"), 3, "ab…", 3);
}

static void check_message(struct slice text, size_t size, const char *want)
{
	char to[64];

	memset(to, '#', sizeof to);
	CHECK_TEXT(slice_of(terminal_text(to, size, text)), want);
	CHECK(to[size] == '#');
}

static void test_text(void)
{
	check_message(SLICE("abc"), 4, "abc");
	check_message(SLICE("abcd"), 4, "…");
	check_message(SLICE("abcdefg"), 6, "ab…");
	check_message(SLICE("abc"), 3, "");
	check_message(SLICE("abc"), 1, "");
	check_message(SLICE("a\x1b"
			    "b"),
		      32, "a\\x1bb");
	check_message(SLICE("a\x1b"
			    "b"),
		      6, "a…");
	check_message(SLICE("äää"), 7, "äää");
	check_message(SLICE("ääää"), 8, "ää…");
}

/* Whatever comes in: UTF-8 goes out, without a control, not wider than asked, the width as promised. */
static void check_random(const char *bytes, size_t len, size_t columns)
{
	struct buffer got = { 0 };
	struct slice shown;
	char message[40];
	const size_t width = terminal_add(&got, (struct slice){ bytes, len }, columns);
	bool ok = true;

	shown = buffer_slice(&got);
	ok = width <= columns && utf8_valid(shown);
	for (size_t i = 0, length; ok && i < shown.len; i += length) {
		length = utf8_length(shown.ptr + i, shown.ptr + shown.len);
		ok = code_width(utf8_code(shown.ptr + i, length)) != WIDTH_HIDDEN;
	}
	CHECK(ok);
	terminal_text(message, columns < sizeof message ? columns + 1 : sizeof message, (struct slice){ bytes, len });
	CHECK(utf8_valid(slice_of(message)) && strlen(message) < sizeof message);
	buffer_clear(&got);
}

static void test_random(void)
{
	static const char *const pieces[] = { "a",    "\xcc\x81", "日", "\xe2\x80\xae",	   "\x1b",
					      "\xff", "\xe6",	  "ab", "\xf0\x9f\x98\x80" };
	char bytes[64];

	srand(2);
	for (int round = 0; round < 20000; round++) {
		size_t len = 0;
		for (int i = 0; i < 8; i++) {
			const char *piece = pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)];
			memcpy(bytes + len, piece, strlen(piece));
			len += strlen(piece);
		}
		check_random(bytes, len, (size_t)rand() % 20);
	}
}

static void test_widths(void)
{
	CHECK_NUMBER(code_width('a'), WIDTH_ONE);
	CHECK_NUMBER(code_width(0x85), WIDTH_HIDDEN);
	CHECK_NUMBER(code_width(0xa0), WIDTH_ONE);
	CHECK_NUMBER(code_width(0xad), WIDTH_HIDDEN);
	CHECK_NUMBER(code_width(0x300), WIDTH_COMBINING);
	CHECK_NUMBER(code_width(0x1100), WIDTH_TWO);
	CHECK_NUMBER(code_width(0x1161), WIDTH_COMBINING);
	CHECK_NUMBER(code_width(0x2013), WIDTH_ONE);
	CHECK_NUMBER(code_width(0x2066), WIDTH_HIDDEN);
	CHECK_NUMBER(code_width(0x4e00), WIDTH_TWO);
	CHECK_NUMBER(code_width(0xac00), WIDTH_TWO);
	CHECK_NUMBER(code_width(0xff21), WIDTH_TWO);
	CHECK_NUMBER(code_width(0xff71), WIDTH_ONE);
	CHECK_NUMBER(code_width(0x2a6d6), WIDTH_TWO);
	CHECK_NUMBER(code_width(0xe0100), WIDTH_HIDDEN);
	CHECK_NUMBER(code_width(0x10ffff), WIDTH_ONE);
}

/* Standard output of a test is no terminal. */
static void test_terminal(void)
{
	int ends[2];

	CHECK_NUMBER(pipe(ends), 0);
	setenv("COLUMNS", "70", 1);
	CHECK_NUMBER(terminal_width(ends[1]), 0);
	CHECK(!terminal_colour(ends[1]));
}

int main(void)
{
	test_plain();
	test_escaped();
	test_combining();
	test_cut();
	test_text();
	test_widths();
	test_random();
	test_terminal();
	return check_end();
}
