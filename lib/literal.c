/* Reads an expression (pcre2pattern(3)) for the texts that it requires; in doubt there are none. */
/* SPDX-License-Identifier: MIT */
#include "literal.h"
#include "literal_read.h"
#include "scan.h"

/* What is known of a piece of an expression. */
struct part {
	bool never; /* it matches nothing */
	bool exact; /* it matches the texts, and nothing else */
	struct literal_set texts;
	struct literal_set need; /* where it matches one of these is in the whole text; none: nothing known */
};

enum { DEPTH_MAX = 32 }; /* of groups */

static void read_alternatives(struct literal_read *read, struct part *part);

static void set_empty(struct part *part)
{
	part->never = false;
	part->exact = true;
	part->need.count = 0;
	literal_set_empty(&part->texts);
}

static void set_unknown(struct part *part)
{
	part->never = part->exact = false;
	part->texts.count = part->need.count = 0;
}

/* The best that is required by all of the part. */
static const struct literal_set *required(struct part *part)
{
	if (part->exact)
		literal_set_prefer(&part->need, &part->texts);
	return &part->need;
}

/* In a branch the texts are those of the run in hand; exact says that nothing but it has come so far. */
static void end_run(struct part *branch)
{
	literal_set_prefer(&branch->need, &branch->texts);
	branch->exact = false;
	literal_set_empty(&branch->texts);
}

static void append(struct part *branch, const struct part *part)
{
	branch->never |= part->never;
	literal_set_prefer(&branch->need, &part->need);
	if (part->exact && literal_set_follow(&branch->texts, &part->texts))
		return;
	end_run(branch);
	if (part->exact)
		literal_set_copy(&branch->texts, &part->texts);
}

static void join(struct part *all, struct part *branch)
{
	const struct literal_set *need = required(branch), *so_far = required(all);
	const bool known = need->count > 0 && so_far->count > 0;
	if (!known || !literal_set_join_heads(&all->need, need))
		all->need.count = 0;
	all->exact = all->exact && branch->exact && literal_set_join(&all->texts, &branch->texts);
}

static void repeat(struct part *part, enum literal_repeat how)
{
	if (how == LITERAL_ONCE_OR_MORE) {
		required(part);
		part->exact = false;
	} else if (how == LITERAL_AT_MOST_ONCE && part->never) {
		set_empty(part);
	} else if (how == LITERAL_AT_MOST_ONCE && part->exact && literal_set_add(&part->texts, SLICE(""))) {
		part->need.count = 0;
	} else {
		set_unknown(part);
	}
}

static void read_verb(struct literal_read *read, struct part *part)
{
	const enum literal_verb verb = literal_read_verb(read);
	set_empty(part);
	part->never = verb == LITERAL_VERB_FAIL;
}

/* What is looked at stands in the text, but it is not passed. */
static void look(struct part *part, enum literal_group group)
{
	const bool never = part->never;
	if (group == LITERAL_GROUP_LOOK)
		required(part);
	else
		part->need.count = 0;
	part->exact = true;
	part->never = never && group == LITERAL_GROUP_LOOK;
	literal_set_empty(&part->texts);
}

static void read_group(struct literal_read *read, struct part *part)
{
	const bool caseless = read->caseless;
	const enum literal_group group = literal_read_group(read);
	set_empty(part);
	if (group == LITERAL_GROUP_OPTIONS || read->lost)
		return;
	if (group == LITERAL_GROUP_VERB) {
		read_verb(read, part);
		return;
	}
	if (++read->depth > DEPTH_MAX) {
		read->lost = true;
		return;
	}
	read_alternatives(read, part);
	read->depth--;
	if (!literal_read_is(read, ')'))
		read->lost = true;
	read->caseless = caseless;
	if (group == LITERAL_GROUP_LOOK || group == LITERAL_GROUP_LOOK_NOT)
		look(part, group);
}

static void read_atom(struct literal_read *read, struct part *part)
{
	if (literal_read_is(read, '(')) {
		read_group(read, part);
		return;
	}
	set_empty(part);
	switch (literal_read_item(read, &part->texts)) {
	case LITERAL_ITEM_TEXTS:
		break;
	case LITERAL_ITEM_PLACE:
		literal_set_empty(&part->texts);
		break;
	case LITERAL_ITEM_ANY:
		set_unknown(part);
	}
}

static void read_branch(struct literal_read *read, struct part *branch)
{
	struct part part;
	enum literal_repeat how;
	set_empty(branch);
	while (!read->lost && read->p < read->end && *read->p != '|' && *read->p != ')') {
		read_atom(read, &part);
		while ((how = literal_read_repeat(read)) != LITERAL_ONCE)
			repeat(&part, how);
		append(branch, &part);
	}
	if (!branch->exact)
		end_run(branch);
}

/* A branch that never matches takes no part. */
static void read_alternatives(struct literal_read *read, struct part *part)
{
	struct part branch;
	read_branch(read, part);
	while (literal_read_is(read, '|')) {
		read_branch(read, &branch);
		if (part->never)
			*part = branch;
		else if (!branch.never)
			join(part, &branch);
	}
}

bool literal_required(struct slice expression, struct literal_set *set)
{
	struct literal_read read = { .p = expression.ptr, .end = expression.ptr + expression.len };
	struct part all;
	if (expression.len == 0)
		return false;
	read_alternatives(&read, &all);
	if (read.lost || read.p != read.end || all.never)
		return false;
	literal_set_copy(set, required(&all));
	literal_set_reduce(set);
	return set->count > 0;
}

bool literal_blind(struct slice text)
{
	const char *end = text.ptr + text.len, *p = scan_ascii(text.ptr, end);
	const size_t left = (size_t)(end - p);
	return left > 0 && (memmem(p, left, "\xc5\xbf", 2) != NULL || memmem(p, left, "\xe2\x84\xaa", 3) != NULL);
}
