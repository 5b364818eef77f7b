/* Regular expressions (PCRE2, JIT where there is one) under limits, and shell-like patterns. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_PATTERN_H
#define SIEM_PATTERN_H

#include "error.h"

enum {
	PATTERN_MATCH_LIMIT = 100000,	/* PCRE2 match limit: steps from one place in the text; also for JIT */
	PATTERN_TEXT_STEPS = 200000000, /* steps from all places: in texts over 2000 bytes each gets fewer */
	PATTERN_GROUPS_MAX = 64,
	PATTERN_SOURCE_MAX = 32 << 10, /* bytes of an expression */
};

struct pattern;

/*
 * Compiles, for texts that are valid UTF-8. \d \w \s are ASCII's, "." and "$" know "\n" only, \C is refused. NULL with
 * *err filled ("at 12: missing closing parenthesis"). Released with pattern_free.
 */
struct pattern *pattern_new(struct slice source, bool caseless, struct error *err);
void pattern_free(struct pattern *pattern);

/* Number of groups, and the name of one (from 1) or NULL where it has none. */
unsigned pattern_groups(const struct pattern *pattern);
const char *pattern_group_name(const struct pattern *pattern, unsigned group);

enum pattern_result { PATTERN_NO_MATCH, PATTERN_MATCH, PATTERN_GAVE_UP /* a limit was reached */ };

/*
 * Searches text from offset start on. groups[0] is the match, groups[i] group i (ptr NULL where it took
 * no part); groups has room for pattern_groups + 1. NULL groups: only whether it matches.
 */
enum pattern_result pattern_match(struct pattern *pattern, struct slice text, size_t start, struct slice *groups);

/* Equal to a shell-like pattern: '*' any text, '?' one character, '\' takes the next as it is. ASCII letters of any
 * case unless cased. Linear in text times pattern. */
bool wildcard_match(struct slice pattern, struct slice text, bool cased);

#endif
