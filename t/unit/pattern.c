/* Regular expressions and wildcards: what they match, what they refuse, and that hostile texts end soon. */
/* SPDX-License-Identifier: MIT */
#include "../../lib/memory.h"
#include "../../lib/pattern.h"
#include "check.h"

#include <stdlib.h>

static struct pattern *made(const char *source, bool caseless)
{
	struct error err = { "" };
	struct pattern *pattern = pattern_new(slice_of(source), caseless, &err);
	if (!CHECK(pattern != NULL))
		printf("  %s: %s\n", source, err.text);
	return pattern;
}

static void finds(const char *source, const char *text, const char *whole, const char *group)
{
	struct slice groups[PATTERN_GROUPS_MAX + 1];
	struct pattern *pattern = made(source, false);
	const enum pattern_result result = pattern_match(pattern, slice_of(text), 0, groups);
	CHECK_NUMBER(result, whole ? PATTERN_MATCH : PATTERN_NO_MATCH);
	if (whole != NULL && result == PATTERN_MATCH) {
		CHECK_TEXT(groups[0], whole);
		if (group != NULL)
			CHECK_TEXT(groups[1], group);
	}
	pattern_free(pattern);
}

static void refuses(struct slice source, const char *why)
{
	struct error err = { "" };
	struct pattern *pattern = pattern_new(source, false, &err);
	CHECK(pattern == NULL);
	CHECK_TEXT(slice_of(err.text), why);
	pattern_free(pattern);
}

static void test_matching(void)
{
	finds("user (\\S+)", "for user anna now", "user anna", "anna");
	finds("user (\\S+)", "for nobody", NULL, NULL);
	finds("", "abc", "", NULL);
	finds("^$", "", "", NULL);
	finds("caf(.)$", "café", "café", "é");
	finds("a.c", "a\nc", NULL, NULL);
	finds("a(?:(b)|c)", "ac", "ac", "");
	finds("[0-9-_]+", "a-1_", "-1_", NULL);
}

static void test_case(void)
{
	struct pattern *pattern = made("FAILED für", true);
	CHECK_NUMBER(pattern_match(pattern, SLICE("failed FÜR"), 0, NULL), PATTERN_MATCH);
	CHECK_NUMBER(pattern_match(pattern, SLICE("fail"), 0, NULL), PATTERN_NO_MATCH);
	pattern_free(pattern);
}

static void test_groups(void)
{
	struct slice groups[PATTERN_GROUPS_MAX + 1];
	struct pattern *pattern = made("(?<user>\\w+)@((?<host>\\w+)|-)", false);
	CHECK_NUMBER(pattern_groups(pattern), 3);
	CHECK_TEXT(slice_of(pattern_group_name(pattern, 1)), "user");
	CHECK(pattern_group_name(pattern, 2) == NULL);
	CHECK_TEXT(slice_of(pattern_group_name(pattern, 3)), "host");

	CHECK_NUMBER(pattern_match(pattern, SLICE("x@- b@c"), 0, groups), PATTERN_MATCH);
	CHECK_TEXT(groups[1], "x");
	CHECK(groups[3].ptr == NULL);
	CHECK_NUMBER(pattern_match(pattern, SLICE("x@- b@c"), 3, groups), PATTERN_MATCH);
	CHECK_TEXT(groups[3], "c");
	CHECK_NUMBER(pattern_match(pattern, SLICE("x@-"), 3, groups), PATTERN_NO_MATCH);
	CHECK_NUMBER(pattern_match(pattern, SLICE("x@-"), 4, groups), PATTERN_NO_MATCH);
	pattern_free(pattern);
}

static void test_refusals(void)
{
	refuses(SLICE("ab(c"), "at 4: missing closing parenthesis");
	refuses(SLICE("a\\Cb"), "at 3: using \\C is disabled by the application");
	char *many = memory_new(PATTERN_SOURCE_MAX + 1, 1);
	memset(many, 'a', PATTERN_SOURCE_MAX + 1);
	refuses((struct slice){ many, PATTERN_SOURCE_MAX + 1 }, "longer than 32768 bytes");
	for (size_t i = 0; i < 3 * 65; i++)
		many[i] = "(a)"[i % 3];
	refuses((struct slice){ many, 3 * 65 }, "has 65 groups; at most 64 can be used");
	free(many);
}

/* Without limits this takes 2^n steps. */
static void test_limits(void)
{
	static const char *const slow[] = { "^(a+)+$", "^(a|aa)+$", "(x+x+)+y|(a+a+)+b", "^(?:(a+)|b)*\\1c" };
	char *text = memory_new(1 << 20, 1);
	memset(text, 'a', 1 << 20);
	text[(1 << 20) - 1] = '!';
	for (size_t i = 0; i < sizeof slow / sizeof slow[0]; i++) {
		struct pattern *pattern = made(slow[i], false);
		CHECK_NUMBER(pattern_match(pattern, (struct slice){ text, 1 << 20 }, 0, NULL), PATTERN_GAVE_UP);
		CHECK_NUMBER(pattern_match(pattern, (struct slice){ text, 1 << 20 }, 0, NULL), PATTERN_GAVE_UP);
		pattern_free(pattern);
	}
	free(text);
}

/* Each place in the text takes steps without reaching a limit of its own, and there are many places. */
static void test_long_text(void)
{
	enum { LEN = 90000 };
	char *text = memory_new(LEN, 1);
	for (size_t i = 0; i < LEN; i++)
		text[i] = "ab "[i % 3];
	struct pattern *pattern = made("(?:\\w+\\W+)*?end", false);
	text[LEN - 1] = 'd'; /* the expression requires one: PCRE2 looks for it first */
	CHECK_NUMBER(pattern_match(pattern, (struct slice){ text, LEN }, 0, NULL), PATTERN_GAVE_UP);
	pattern_free(pattern);
	free(text);
}

static void test_wildcards(void)
{
	static const struct {
		const char *pattern, *text;
		bool any_case, cased;
	} rows[] = {
		{ "", "", true, true },
		{ "", "a", false, false },
		{ "*", "", true, true },
		{ "***", "abc", true, true },
		{ "sshd", "SSHD", true, false },
		{ "ssh*", "sshd-session", true, true },
		{ "ssh", "sshd", false, false },
		{ "*d", "sshd", true, true },
		{ "*h*s*", "sshd-session", true, true },
		{ "*hx*", "sshd-session", false, false },
		{ "*ab", "aab", true, true },
		{ "a*ab", "aab", true, true },
		{ "a*ab", "ab", false, false },
		{ "?", "é", true, true },
		{ "??", "é", false, false },
		{ "*??", "é", false, false },
		{ "*?x", "日x", true, true },
		{ "?", "", false, false },
		{ "a\\*", "a*", true, true },
		{ "a\\*", "ab", false, false },
		{ "\\?", "?", true, true },
		{ "\\\\", "\\", true, true },
		{ "\\", "\\", true, true },
		{ "Ä", "ä", false, false },
		{ "[a]", "a", false, false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct slice pattern = slice_of(rows[i].pattern), text = slice_of(rows[i].text);
		const bool ok = CHECK(wildcard_match(pattern, text, false) == rows[i].any_case) &&
				CHECK(wildcard_match(pattern, text, true) == rows[i].cased);
		if (!ok)
			printf("  pattern %s text %s\n", rows[i].pattern, rows[i].text);
	}
}

/* A pattern that tries every way for every star does not come to an end here. */
static void test_wildcard_ends(void)
{
	char text[20001], pattern[61];
	memset(text, 'a', 20000);
	for (size_t i = 0; i < 60; i++)
		pattern[i] = "a*"[i % 2];
	pattern[60] = 'b';
	CHECK(!wildcard_match((struct slice){ pattern, 61 }, (struct slice){ text, 20000 }, true));
	text[20000] = 'b';
	CHECK(wildcard_match((struct slice){ pattern, 61 }, (struct slice){ text, 20001 }, true));
}

int main(void)
{
	test_matching();
	test_case();
	test_groups();
	test_refusals();
	test_limits();
	test_long_text();
	test_wildcards();
	test_wildcard_ends();
	return check_end();
}
