/* Regular expressions through PCRE2, compiled once, matched under limits; and '*' and '?' without any library. */
/* SPDX-License-Identifier: MIT */
#include "pattern.h"
#include "fold.h"
#include "memory.h"
#include "status.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <err.h>
#include <stdlib.h>

enum {
	HEAP_LIMIT = 4 << 10, /* KiB that the interpreter may use for one match */
	MATCH_LIMIT_MIN = 100,
	ERROR_TEXT_MAX = 256,
};

struct pattern {
	pcre2_code *code;
	pcre2_match_context *limits;
	pcre2_match_data *found;
	uint32_t groups;
	bool jit;
};

static void *there(void *p)
{
	if (p == NULL)
		errx(STATUS_FAILED, "out of memory for a regular expression");
	return p;
}

static pcre2_code *compile(struct slice source, bool caseless, struct error *err)
{
	const uint32_t flags = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | (caseless ? PCRE2_CASELESS : 0);
	pcre2_compile_context *context = there(pcre2_compile_context_create(NULL));
	/* What "." and "$" mean must not depend on how the library was built. */
	pcre2_set_newline(context, PCRE2_NEWLINE_LF);
	pcre2_set_bsr(context, PCRE2_BSR_UNICODE);

	int number;
	PCRE2_SIZE at;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)source.ptr, source.len, flags, &number, &at, context);
	pcre2_compile_context_free(context);
	if (code == NULL) {
		PCRE2_UCHAR words[ERROR_TEXT_MAX];
		pcre2_get_error_message(number, words, sizeof words);
		error_set(err, "at %zu: %s", (size_t)at, (const char *)words);
	}
	return code;
}

struct pattern *pattern_new(struct slice source, bool caseless, struct error *err)
{
	if (source.len > PATTERN_SOURCE_MAX) {
		error_set(err, "longer than %d bytes", PATTERN_SOURCE_MAX);
		return NULL;
	}
	pcre2_code *code = compile(source.len ? source : SLICE(""), caseless, err);
	if (code == NULL)
		return NULL;

	uint32_t groups;
	pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
	if (groups > PATTERN_GROUPS_MAX) {
		error_set(err, "has %u groups; at most %d can be used", (unsigned)groups, PATTERN_GROUPS_MAX);
		pcre2_code_free(code);
		return NULL;
	}

	struct pattern *pattern = memory_new(1, sizeof *pattern);
	pattern->code = code;
	pattern->groups = groups;
	pattern->found = there(pcre2_match_data_create_from_pattern(code, NULL));
	pattern->limits = there(pcre2_match_context_create(NULL));
	pcre2_set_heap_limit(pattern->limits, HEAP_LIMIT);
	pattern->jit = pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0;
	return pattern;
}

void pattern_free(struct pattern *pattern)
{
	if (pattern == NULL)
		return;
	pcre2_match_context_free(pattern->limits);
	pcre2_match_data_free(pattern->found);
	pcre2_code_free(pattern->code);
	free(pattern);
}

unsigned pattern_groups(const struct pattern *pattern)
{
	return pattern->groups;
}

const char *pattern_group_name(const struct pattern *pattern, unsigned group)
{
	uint32_t count, size;
	PCRE2_SPTR row;
	pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMECOUNT, &count);
	pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
	pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMETABLE, &row);
	/* A row is the group's number in two bytes, then its name. */
	for (uint32_t i = 0; i < count; i++, row += size)
		if ((unsigned)(row[0] << 8 | row[1]) == group)
			return (const char *)row + 2;
	return NULL;
}

static void set_groups(const struct pattern *pattern, struct slice text, struct slice *groups)
{
	const PCRE2_SIZE *at = pcre2_get_ovector_pointer(pattern->found);
	for (uint32_t i = 0; i <= pattern->groups; i++, at += 2)
		if (at[0] == PCRE2_UNSET)
			groups[i] = (struct slice){ NULL, 0 };
		else /* \K can put the start behind the end */
			groups[i] = (struct slice){ text.ptr + at[0], at[1] > at[0] ? at[1] - at[0] : 0 };
}

static enum pattern_result result(const struct pattern *pattern, int code, struct slice text, struct slice *groups)
{
	if (code == PCRE2_ERROR_NOMATCH)
		return PATTERN_NO_MATCH;
	if (code < 0)
		return PATTERN_GAVE_UP;
	if (groups != NULL)
		set_groups(pattern, text, groups);
	return PATTERN_MATCH;
}

static enum pattern_result interpret(struct pattern *pattern, struct slice text, size_t start, struct slice *groups)
{
	const int code = pcre2_match(pattern->code, (PCRE2_SPTR)text.ptr, text.len, start,
				     PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, pattern->found, pattern->limits);
	const enum pattern_result found = result(pattern, code, text, groups);
	if (!pattern->jit)
		return found;
	/* It keeps its heap for the next time; thousands of expressions must not each keep theirs. */
	pcre2_match_data_free(pattern->found);
	pattern->found = there(pcre2_match_data_create_from_pattern(pattern->code, NULL));
	return found;
}

/* PCRE2 counts anew from each place in the text, so that a long text could take length times limit. */
static uint32_t match_limit(size_t len)
{
	if (len <= PATTERN_TEXT_STEPS / PATTERN_MATCH_LIMIT)
		return PATTERN_MATCH_LIMIT;
	const size_t share = PATTERN_TEXT_STEPS / len;
	return share < MATCH_LIMIT_MIN ? MATCH_LIMIT_MIN : (uint32_t)share;
}

enum pattern_result pattern_match(struct pattern *pattern, struct slice text, size_t start, struct slice *groups)
{
	if (start > text.len)
		return PATTERN_NO_MATCH;
	if (text.ptr == NULL)
		text = SLICE("");
	pcre2_set_match_limit(pattern->limits, match_limit(text.len));
	if (!pattern->jit)
		return interpret(pattern, text, start, groups);
	const int code = pcre2_jit_match(pattern->code, (PCRE2_SPTR)text.ptr, text.len, start, PCRE2_NO_UTF_CHECK,
					 pattern->found, pattern->limits);
	/* The machine code has 32 KiB of stack; the interpreter has more. */
	if (code == PCRE2_ERROR_JIT_STACKLIMIT)
		return interpret(pattern, text, start, groups);
	return result(pattern, code, text, groups);
}

/* The offset behind the character at i. */
static size_t behind(struct slice text, size_t i)
{
	do
		i++;
	while (i < text.len && ((unsigned char)text.ptr[i] & 0xc0) == 0x80);
	return i;
}

/* Takes one character off both where they agree; the pattern does not stand at a '*'. */
static bool take_one(struct slice pattern, size_t *p, struct slice text, size_t *t, bool cased)
{
	if (*p == pattern.len)
		return false;
	if (pattern.ptr[*p] == '?') {
		++*p;
		*t = behind(text, *t);
		return true;
	}
	const size_t at = pattern.ptr[*p] == '\\' && *p + 1 < pattern.len ? *p + 1 : *p;
	const char a = pattern.ptr[at], b = text.ptr[*t];
	if (a != b && (cased || fold(a) != fold(b)))
		return false;
	*p = at + 1;
	++*t;
	return true;
}

/*
 * Where it does not go on, only the last '*' takes one character more: what an earlier one
 * could take besides would only move the rest to the right.
 */
bool wildcard_match(struct slice pattern, struct slice text, bool cased)
{
	size_t p = 0, t = 0, behind_star = 0, taken = 0;
	bool star = false;
	while (t < text.len) {
		if (p < pattern.len && pattern.ptr[p] == '*') {
			star = true;
			behind_star = ++p;
			taken = t;
		} else if (!take_one(pattern, &p, text, &t, cased)) {
			if (!star)
				return false;
			t = taken = behind(text, taken);
			p = behind_star;
		}
	}
	while (p < pattern.len && pattern.ptr[p] == '*')
		p++;
	return p == pattern.len;
}
