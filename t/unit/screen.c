/* The screen: which literals an expression requires, and that no expression is left out that matches. */
/* SPDX-License-Identifier: MIT */
#include "../../lib/document.h"
#include "../../lib/helper.h"
#include "../../lib/literal.h"
#include "../../lib/memory.h"
#include "../../lib/screen.h"
#include "check.h"

#include <glob.h>
#include <stdlib.h>

/* "a|b" in the order of the bytes, or NULL where nothing is required. */
static void requires(const char *expression, const char *want)
{
	struct literal_set set;
	struct buffer got = { 0 };
	const bool known = literal_required(slice_of(expression), &set);
	for (size_t i = 0; known && i < set.count; i++) {
		size_t least = i;
		for (size_t j = i + 1; j < set.count; j++)
			if (slice_compare((struct slice){ set.rows[j].text, set.rows[j].len },
					  (struct slice){ set.rows[least].text, set.rows[least].len }) < 0)
				least = j;
		const struct literal swap = set.rows[i];
		set.rows[i] = set.rows[least];
		set.rows[least] = swap;
		buffer_printf(&got, "%s%.*s", i > 0 ? "|" : "", (int)set.rows[i].len, set.rows[i].text);
	}
	if (!CHECK_TEXT(slice_of(buffer_text(&got)), want ? want : ""))
		printf("  %s\n", expression);
	buffer_clear(&got);
}

static void test_required(void)
{
	static const char *const rows[][2] = {
		{ "Failed password", "failed password" },
		{ "^Failed \\S+ for x$", "failed " },
		{ "(?:Accepted|Failed) for", "accepted for|failed for" },
		{ "fail(?:ed|ure)?:", "fail:|failed:|failure:" },
		{ "fail(?:ed|ure)?", "fail" },
		{ "[Ff]ailed", "failed" },
		{ "[abc]longer", "alonger|blonger|clonger" },
		{ "[a-c]longer", "longer" },
		{ "[^x]longer", "longer" },
		{ "[]]end", "]end" },
		{ "[[:alpha:]x]end", "end" },
		{ "a\\.b\\/c\\x41word", "a.b/c" },
		{ "colou?r", "color|colour" },
		{ "ab+cdef", "cdef" },
		{ "ab*cdef", "cdef" },
		{ "abcde{0}f", "abcd" },
		{ "abcde{0,2}", "abcd" },
		{ "abcde{2}", "abcd" },
		{ "(?:abcd){2}?{0}", NULL },
		{ "abcd{x}", "abcd{x}" },
		{ "abcd{,3}", NULL },
		{ "(?:abcd)*", NULL },
		{ "(?:abcd|x*)", NULL },
		{ "abcd|", NULL },
		{ "\"[^\"]*\"(*SKIP)(*F)|user=", "user=" },
		{ "(*F)|(*COMMIT)word", "word" },
		{ "(?:(*F))?word", "word" },
		{ "word(*ACCEPT)more", NULL },
		{ "(*UTF)word", NULL },
		{ "(?=.*needle)\\w+", "needle" },
		{ "(?!needle)\\w+", NULL },
		{ "abc(?!x)def", "abcdef" },
		{ "abc(?<!x)\\bdef", "abcdef" },
		{ "(?<=needle)\\w+", "needle" },
		{ "(?=needle)?\\w+", NULL },
		{ "(?<name>needle)\\w+|(?P<b>thread)|(?'c'pin+)", "needle|pi|thread" },
		{ "(?>needle)|(?|thread|twine)", "needle|thread|twine" },
		{ "(needle|thread)\\1", "needle|thread" },
		{ "(?i)User", "user" },
		{ "(?i)kiss", "kiss" },
		{ "(?i:pin)s", "pins" },
		{ "(?i)pin(?-i)s", "pins" },
		{ "((?i)pin)s|(?:dd(?i)x|pans)", "ddx|pans|pins" },
		{ "(?i)caf\xc3\xa9 time", " time" },
		{ "caf\xc3\xa9 time", "caf\xc3\xa9 time" },
		{ "caf\xc3\xa9? time", "caf time|caf\xc3\xa9 time" },
		{ "(?x) a b c", NULL },
		{ "(?xi:a b)", NULL },
		{ "abcd(?#no)?", NULL },
		{ "(?^)abcd", NULL },
		{ "\\Qa.b\\E", NULL },
		{ "abcd\\E?", NULL },
		{ "[\\Q]\\E]abcd", NULL },
		{ "(a)?(?(1)bcde|fghi)", NULL },
		{ "(?R)?abcd", NULL },
		{ "(abcd)(?1)", NULL },
		{ "(?C1)abcd", NULL },
		{ "\\p{Lu}abcd", NULL },
		{ "\\k<a>(?<a>abcd)", NULL },
		{ "\\12abcd", NULL },
		{ ".*", NULL },
		{ "", NULL },
		{ "()", NULL },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
	requires(rows[i][0], rows[i][1]);
}

/* Limits: neither length nor depth nor many ways of a text take more than the expression is long. */
static void test_limits(void)
{
	struct literal_set set;
	struct buffer text = { 0 };
	for (int i = 0; i < 5000; i++)
		buffer_printf(&text, "(?:");
	CHECK(!literal_required(buffer_slice(&text), &set));
	text.len = 0;
	for (int i = 0; i < 3000; i++)
		buffer_printf(&text, "(a|b)[cd]");
	CHECK(literal_required(buffer_slice(&text), &set));
	CHECK_NUMBER(set.count, LITERALS_MAX);
	text.len = 0;
	for (int i = 0; i < 3000; i++)
		buffer_printf(&text, "%sx%d", i > 0 ? "|" : "", i);
	CHECK(literal_required(buffer_slice(&text), &set));
	CHECK(set.count <= LITERALS_MAX);
	text.len = 0;
	for (int i = 0; i < 3000; i++)
		buffer_printf(&text, "%s%03d", i > 0 ? "|" : "", i);
	CHECK(!literal_required(buffer_slice(&text), &set));
	buffer_clear(&text);
}

/* Expressions of one screen, each with its place as tag. */
struct tried {
	struct pattern **patterns;
	size_t count, room;
	struct screen *screen;
	size_t matches, left_out;
};

static void add(struct tried *tried, struct slice expression)
{
	struct error err = { "" };
	struct pattern *pattern = pattern_new(expression, false, &err);
	if (!CHECK(pattern != NULL)) {
		printf("  %.*s: %s\n", (int)expression.len, expression.ptr, err.text);
		return;
	}
	tried->patterns = memory_grow(tried->patterns, &tried->room, tried->count + 1, sizeof *tried->patterns);
	tried->patterns[tried->count] = pattern;
	screen_add(tried->screen, expression, tried->count++);
}

static void clear(struct tried *tried)
{
	for (size_t i = 0; i < tried->count; i++)
		pattern_free(tried->patterns[i]);
	free(tried->patterns);
	screen_free(tried->screen);
	*tried = (struct tried){ 0 };
}

/* What is left out does not match; what is not, rises. */
static void try(struct tried *tried, struct slice text)
{
	const size_t *tags;
	size_t count = screen_candidates(tried->screen, &text, 1, &tags);
	for (size_t i = 0; i < tried->count; i++) {
		if (count > 0 && *tags == i) {
			tags++;
			count--;
			tried->matches += pattern_match(tried->patterns[i], text, 0, NULL) == PATTERN_MATCH;
			continue;
		}
		tried->left_out++;
		if (!CHECK(pattern_match(tried->patterns[i], text, 0, NULL) != PATTERN_MATCH))
			printf("  left out: %zu on %.*s\n", i, (int)text.len, text.ptr);
	}
	CHECK_NUMBER(count, 0);
}

static uint64_t dice = 1;

static unsigned throw(unsigned sides)
{
	dice = dice * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (unsigned)(dice >> 33) % sides;
}

/* An expression and a text that it is likely to match. */
struct pair {
	struct buffer expression, text;
};

static void write_branches(struct pair *pair, unsigned depth);

static void write_word(struct pair *pair)
{
	static const char *const words[] = {
		"user",	  "from", " ", "k", "s", "ask", "\xc5\xbf", "\xe2\x84\xaa", "\xc3\xa9",
		"Failed", "=",	  "0", "x", ":", "ip",	"for",	    "SSH",	    "message repeated"
	};
	const struct slice word = slice_of(words[throw(sizeof words / sizeof words[0])]);
	buffer_add(&pair->expression, word);
	buffer_add(&pair->text, word);
}

/* Written alike, matched alike. */
static void write_item(struct pair *pair)
{
	static const char *const items[][2] = {
		{ ".", "x" },	      { "\\d", "7" },	      { "\\S+", "sk" },	     { "[Ff]", "F" },
		{ "[^k]", "s" },      { "[a-k]", "k" },	      { "[]s]", "]" },	     { "[\\]k-]", "-" },
		{ "\\.", "." },	      { "\\x6b", "k" },	      { "^", "" },	     { "$", "" },
		{ "\\b", "" },	      { "[[:alpha:]]", "k" }, { "{", "{" },	     { "{a", "{a" },
		{ "}", "}" },	      { "]", "]" },	      { "(?i)", "" },	     { "(?-i)", "" },
		{ "\\K", "" },	      { "(*COMMIT)", "" },    { "(*SKIP)(*F)", "" }, { "(?!0)", "" },
		{ "(?<!k)", "" },     { "\\Qk.\\E", "k." },   { "(?#s)", "" },	     { "(*ACCEPT)", "" },
		{ "\\tk", "\tk" },    { "(s)\\g{-1}", "ss" }, { "\\x{6b}", "k" },    { "(?x) k (?-x)", "k" },
		{ "\\N{U+6b}", "k" }, { "(?:\\E)", "" },      { "\\p{Ll}", "s" },
	};
	const size_t i = throw(sizeof items / sizeof items[0]);
	buffer_add(&pair->expression, slice_of(items[i][0]));
	buffer_add(&pair->text, slice_of(items[i][1]));
}

static void write_group(struct pair *pair, unsigned depth)
{
	static const char *const heads[] = {
		"(", "(?:", "(?:", "(?i:", "(?-i:", "(?>", "(?|", "(?=", "(?!", "(?<k>)(?:"
	};
	buffer_add(&pair->expression, slice_of(heads[throw(sizeof heads / sizeof heads[0] - (depth < 3))]));
	write_branches(pair, depth - 1);
	buffer_add_char(&pair->expression, ')');
}

static void write_repeat(struct pair *pair, size_t from)
{
	static const char *const repeats[] = { "?",   "*",   "+",   "??",    "*?",   "++",
					       "{0}", "{1}", "{2}", "{0,2}", "{1,}", "{2}?" };
	static const unsigned least[] = { 0, 0, 1, 0, 0, 1, 0, 1, 2, 0, 1, 2 };
	const size_t i = throw(sizeof repeats / sizeof repeats[0]);
	const size_t len = pair->text.len - from;
	buffer_add(&pair->expression, slice_of(repeats[i]));
	if (least[i] == 0 && throw(2) == 0)
		pair->text.len = from;
	if (least[i] == 2 && len > 0) {
		char *room = buffer_room(&pair->text, len);
		memcpy(room, pair->text.ptr + from, len);
		pair->text.len += len;
	}
}

static void write_piece(struct pair *pair, unsigned depth)
{
	const unsigned what = throw(10);
	const size_t from = pair->text.len;
	if (what < 5)
		write_word(pair);
	else if (what < 7)
		write_item(pair);
	else if (depth > 0)
		write_group(pair, depth);
	if (throw(4) == 0)
		write_repeat(pair, from);
}

static void write_branches(struct pair *pair, unsigned depth)
{
	const unsigned branches = throw(3) == 0 ? 1 + throw(4) : 1;
	struct buffer kept = { 0 };
	for (unsigned i = 0; i < branches; i++) {
		const size_t from = pair->text.len;
		if (i > 0)
			buffer_add_char(&pair->expression, '|');
		for (unsigned pieces = throw(5); pieces > 0; pieces--)
			write_piece(pair, depth);
		if (i == 0 || throw(2) == 0) {
			kept.len = 0;
			buffer_add(&kept, (struct slice){ pair->text.ptr + from, pair->text.len - from });
		}
		pair->text.len = from;
	}
	buffer_add(&pair->text, buffer_slice(&kept));
	buffer_clear(&kept);
}

static void swap_case(struct buffer *text)
{
	for (size_t i = 0; i < text->len; i++)
		if (((text->ptr[i] | 0x20) >= 'a' && (text->ptr[i] | 0x20) <= 'z') && throw(3) == 0)
			text->ptr[i] ^= 0x20;
}

/* Not all that is written is an expression. */
static bool is_expression(struct slice expression)
{
	struct error err = { "" };
	struct pattern *pattern = pattern_new(expression, false, &err);
	pattern_free(pattern);
	return pattern != NULL;
}

static void generate(struct tried *tried, struct buffer *texts, size_t count)
{
	struct pair pair = { { 0 }, { 0 } };
	while (tried->count < count) {
		pair.expression.len = pair.text.len = 0;
		if (throw(8) == 0)
			buffer_add(&pair.expression, SLICE("(?i)"));
		write_branches(&pair, 3);
		if (!is_expression(buffer_slice(&pair.expression)))
			continue;
		buffer_add(&texts[tried->count], buffer_slice(&pair.text));
		add(tried, buffer_slice(&pair.expression));
	}
	buffer_clear(&pair.expression);
	buffer_clear(&pair.text);
}

static void test_generated(void)
{
	enum { SCREENS = 200, EACH = 50 };
	size_t matches = 0, left_out = 0;
	for (int n = 0; n < SCREENS; n++) {
		struct tried tried = { .screen = screen_new() };
		struct buffer texts[EACH] = { { 0 } };
		generate(&tried, texts, EACH);
		screen_compile(tried.screen);
		for (int i = 0; i < EACH; i++) {
			try(&tried, buffer_slice(&texts[i]));
			swap_case(&texts[i]);
			try(&tried, buffer_slice(&texts[i]));
			buffer_clear(&texts[i]);
		}
		matches += tried.matches;
		left_out += tried.left_out;
		clear(&tried);
	}
	printf("generated: %zu match, %zu left out\n", matches, left_out);
	CHECK(matches > 100000);
	CHECK(left_out > 100000);
}

/* Adds all expressions of a rule or helper file. */
static void add_all(struct tried *tried, const json_t *value)
{
	const char *key;
	json_t *member;
	size_t i;
	json_array_foreach(value, i, member) add_all(tried, member);
	json_object_foreach((json_t *)(uintptr_t)value, key, member)
	{
		const bool is = strcmp(key, "reg_exp") == 0 || strstr(key, "|re") != NULL;
		if (is && json_is_string(member))
			add(tried, (struct slice){ json_string_value(member), json_string_length(member) });
		else if (is)
			json_array_foreach(member, i, value)
			    add(tried, (struct slice){ json_string_value(value), json_string_length(value) });
		else
			add_all(tried, member);
	}
}

static void add_files(struct tried *tried, const char *names)
{
	glob_t found;
	struct error err = { "" };
	CHECK(glob(names, 0, NULL, &found) == 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		json_t *document = document_load(found.gl_pathv[i], &err);
		CHECK(document != NULL);
		add_all(tried, document);
		json_decref(document);
	}
	globfree(&found);
}

/* The columns of the lines that the helpers are tested on: messages, and what is found in them. */
static void try_columns(struct tried *tried, const char *name)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t len;
	FILE *file = fopen(name, "r");
	if (!CHECK(file != NULL))
		return;
	while ((len = getline(&line, &room, file)) > 0) {
		struct slice rest = { line, (size_t)len - 1 };
		for (size_t end; rest.len > 0; rest = slice_after(rest, end < rest.len ? end + 1 : end)) {
			end = slice_find(rest, '\t');
			try(tried, slice_first(rest, end));
		}
	}
	free(line);
	fclose(file);
}

static void test_shipped(void)
{
	struct tried tried = { .screen = screen_new() };
	glob_t found;
	add_files(&tried, "rules/*.json");
	screen_compile(tried.screen);
	CHECK(glob("t/helper-*.tsv", 0, NULL, &found) == 0);
	for (size_t i = 0; i < found.gl_pathc; i++)
		try_columns(&tried, found.gl_pathv[i]);
	globfree(&found);
	printf("shipped: %zu expressions, %zu match, %zu left out\n", tried.count, tried.matches, tried.left_out);
	CHECK(tried.matches > 1000);
	CHECK(tried.left_out > 10 * tried.matches);
	clear(&tried);
}

/* A literal found in any of the texts; none where there is no text; all where they are few. */
static void test_candidates(void)
{
	static const struct slice texts[] = { { "a word3 and", 11 }, { "w", 1 }, { NULL, 0 }, { "12WORD7", 7 } };
	const size_t *tags;
	for (size_t expressions = 7; expressions <= 1000; expressions += 993) {
		struct screen *screen = screen_new();
		char expression[20];
		for (size_t i = 0; i < expressions; i++) {
			snprintf(expression, sizeof expression, i == 1 ? ".*" : "word%zu\\b", i);
			screen_add(screen, slice_of(expression), 10 * i);
		}
		screen_compile(screen);
		CHECK_NUMBER(screen_candidates(screen, texts, 0, &tags), 0);
		CHECK_NUMBER(screen_candidates(screen, texts, 4, &tags), expressions == 7 ? 7 : 3);
		CHECK_NUMBER(tags[1], expressions == 7 ? 10 : 30);
		CHECK_NUMBER(screen_candidates(screen, texts + 1, 2, &tags), expressions == 7 ? 7 : 1);
		CHECK_NUMBER(tags[0], expressions == 7 ? 0 : 10);
		screen_free(screen);
	}
}

int main(void)
{
	test_required();
	test_limits();
	test_candidates();
	test_generated();
	test_shipped();
	return check_end();
}
