/* The suffixes of a name in criteria, "message|contains|all", and which of them go together. */
/* SPDX-License-Identifier: MIT */
#include "criterion.h"

enum {
	WORD_IN = CRITERION_EXISTS + 1,
	WORD_ALL,
	WORD_CASED,
};

/* Indexed by enum criterion_op, then the words above. */
static const char *const suffixes[] = {
	"equals", "contains", "startswith", "endswith", "re",  "cidr",	"gt", "gte",
	"lt",	  "lte",      "exists",	    "in",	"all", "cased", NULL,
};

static bool unknown_suffix(struct slice word, struct error *err)
{
	const char *near = nearest_word(word, suffixes + 1);
	if (near != NULL)
		return error_set(err, "no such test: '|%.*s'; did you mean '|%s'?", (int)word.len, word.ptr, near);
	return error_set(err,
			 "no such test: '|%.*s'; there are contains, startswith, endswith, re, cidr, gt, gte, lt, lte, "
			 "exists, in, all, cased",
			 (int)word.len, word.ptr);
}

static bool take_suffix(struct criterion_words *words, struct slice word, struct error *err)
{
	int i = CRITERION_CONTAINS;
	while (suffixes[i] != NULL && !slice_is(word, suffixes[i]))
		i++;
	if (suffixes[i] == NULL)
		return unknown_suffix(word, err);
	if (i < WORD_IN) {
		if (words->op != CRITERION_EQUAL)
			return error_set(err, "'|%s' and '|%s' do not go together", suffixes[words->op], suffixes[i]);
		words->op = (enum criterion_op)i;
		return true;
	}
	bool *flag = i == WORD_IN ? &words->in : i == WORD_ALL ? &words->all : &words->cased;
	if (*flag)
		return error_set(err, "'|%s' stands twice", suffixes[i]);
	*flag = true;
	return true;
}

static bool fit_together(const struct criterion_words *words, struct error *err)
{
	const bool number = words->op >= CRITERION_GT && words->op <= CRITERION_LTE;
	if (words->op == CRITERION_EXISTS && (words->in || words->all || words->cased))
		return error_set(err, "'|exists' stands alone");
	if (number && (words->in || words->all || words->cased))
		return error_set(err, "'|%s' takes one number and no other suffix", suffixes[words->op]);
	return true;
}

bool criterion_words_read(struct criterion_words *words, const char *name, struct error *err)
{
	struct slice rest = slice_of(name);
	size_t bar = slice_find(rest, '|');

	*words = (struct criterion_words){ .field = slice_first(rest, bar) };
	while (bar < rest.len) {
		rest = slice_after(rest, bar + 1);
		bar = slice_find(rest, '|');
		if (!take_suffix(words, slice_first(rest, bar), err))
			return error_within(err, "%s", name);
	}
	return fit_together(words, err) || error_within(err, "%s", name);
}
