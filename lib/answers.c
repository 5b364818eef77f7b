/* What was asked of the event in hand, and the answer. */
/* SPDX-License-Identifier: MIT */
#include "answers.h"

#include "grams.h"
#include "literal.h"
#include "memory.h"
#include "part.h"

#include <stdlib.h>

enum {
	COST_OF_SIGN = 30,
	COST_OF_SHORT = 10,
};

struct answer {
	struct answers *answers;
	size_t place;
	uint32_t part;
	unsigned cost;	 /* of the parts */
	uint64_t number; /* of the event that was asked last, 0: none */
	uint64_t gave_up;
	bool holds;
};

/* The tests of a place of which it is known what a text must have in it. */
struct search {
	struct grams *grams;
	size_t count;
	uint64_t number; /* of the event that was searched last, 0: none */
	uint64_t *marked;
};

struct answers {
	struct view *view;
	struct search *searches; /* by place */
	size_t places;
	struct criterion **tests;
	size_t count, room;
	struct answer *list;
};

struct answers *answers_new(struct view *view)
{
	struct answers *answers = memory_new(1, sizeof *answers);
	answers->view = view;
	return answers;
}

void answers_free(struct answers *answers)
{
	if (answers == NULL)
		return;
	for (size_t i = 0; i < answers->count; i++)
		answers->tests[i]->answer = NULL;
	for (size_t i = 0; i < answers->places; i++) {
		grams_free(answers->searches[i].grams);
		free(answers->searches[i].marked);
	}
	free(answers->searches);
	free(answers->tests);
	free(answers->list);
	free(answers);
}

void answers_add(struct answers *answers, struct criterion *criterion)
{
	answers->tests = memory_grow(answers->tests, &answers->room, answers->count + 1, sizeof(struct criterion *));
	answers->tests[answers->count++] = criterion;
	view_add(answers->view, &criterion->path);
}

static int by_meaning(const void *a, const void *b)
{
	return criterion_compare(*(struct criterion *const *)a, *(struct criterion *const *)b);
}

/* A test whose parts are to be searched for. */
struct taking {
	struct grams *grams;
	size_t owner;
	unsigned cost;
};

/* Short texts stand in many others. */
static void take_part(void *data, struct slice part)
{
	struct taking *taking = data;
	grams_add(taking->grams, part, taking->owner);
	taking->cost += part.len < 2 ? COST_OF_SIGN : part.len < 4 ? COST_OF_SHORT : 1;
}

static void add_answer(struct answers *answers, struct criterion *test, struct answer *answer)
{
	*answer = (struct answer){ .answers = answers, .place = view_add(answers->view, &test->path) };
	struct search *search = &answers->searches[answer->place];
	if (search->grams == NULL)
		search->grams = grams_new();
	struct taking taking = { search->grams, search->count++, 0 };
	answer->part = part_each(test, take_part, &taking) ? (uint32_t)taking.owner : ANSWERS_NONE;
	answer->cost = taking.cost;
}

void answers_compile(struct answers *answers, size_t places)
{
	if (answers->count > 0)
		qsort(answers->tests, answers->count, sizeof(struct criterion *), by_meaning);
	answers->list = memory_new(answers->count, sizeof *answers->list);
	answers->searches = memory_new(places, sizeof *answers->searches);
	answers->places = places;
	for (size_t i = 0; i < answers->count; i++) {
		struct criterion *test = answers->tests[i], *before = i > 0 ? answers->tests[i - 1] : NULL;
		const bool again = before != NULL && criterion_compare(before, test) == 0;
		if (!again)
			add_answer(answers, test, &answers->list[i]);
		test->answer = again ? before->answer : &answers->list[i];
	}
	for (size_t i = 0; i < places; i++) {
		struct search *search = &answers->searches[i];
		search->marked = memory_new(search->count / 64 + 1, sizeof(uint64_t));
		if (search->grams != NULL)
			grams_compile(search->grams);
	}
}

size_t answer_place(const struct criterion *criterion)
{
	return criterion->answer->place;
}

uint32_t answer_part(const struct criterion *criterion)
{
	return criterion->answer->part;
}

unsigned answer_cost(const struct criterion *criterion)
{
	return criterion->answer->cost;
}

size_t answers_parts(const struct answers *answers, size_t place)
{
	return answers->searches[place].count;
}

/* All may hold. */
static void mark_all(struct search *search)
{
	for (size_t i = 0; i < search->count; i++)
		search->marked[i / 64] |= UINT64_C(1) << i % 64;
}

static void search_text(struct search *search, struct slice text)
{
	if (literal_blind(text))
		mark_all(search);
	else
		grams_mark(search->grams, text, search->marked);
}

const uint64_t *answers_search(struct answers *answers, size_t place)
{
	struct search *search = &answers->searches[place];
	const struct slice *one = view_text(answers->view, place);
	struct slice text;

	if (search->number == view_number(answers->view))
		return search->marked;
	search->number = view_number(answers->view);
	memset(search->marked, 0, (search->count / 64 + 1) * sizeof(uint64_t));
	if (one != NULL) {
		search_text(search, *one);
		return search->marked;
	}
	struct view_list list = view_list(answers->view, place);
	while (view_next(answers->view, &list, &text))
		search_text(search, text);
	return search->marked;
}

static bool can_hold(const struct answer *answer)
{
	if (answer->part == ANSWERS_NONE)
		return true;
	return answers_search(answer->answers, answer->place)[answer->part / 64] >> answer->part % 64 & 1;
}

static bool ask(const struct criterion *criterion, struct answer *answer)
{
	struct view *view = answer->answers->view;
	struct slice text;

	if (criterion->op == CRITERION_EXISTS)
		return view_has(view, answer->place) == criterion->wanted;
	if (!view_has(view, answer->place) || !can_hold(answer))
		return false;
	const struct slice *one = view_text(view, answer->place);
	if (one != NULL)
		return criterion_fits(criterion, *one, &answer->gave_up);
	struct view_list list = view_list(view, answer->place);
	while (view_next(view, &list, &text))
		if (criterion_fits(criterion, text, &answer->gave_up))
			return true;
	return false;
}

bool answer_holds(const struct criterion *criterion, const struct event *event, struct buffer *scratch,
		  uint64_t *gave_up)
{
	struct answer *answer = criterion->answer;
	const struct view *view = answer->answers->view;

	if (!view_is(view, event))
		return criterion_holds(criterion, event, scratch, gave_up);
	if (answer->number != view_number(view)) {
		answer->number = view_number(view);
		answer->gave_up = 0;
		answer->holds = ask(criterion, answer);
	}
	*gave_up += answer->gave_up;
	return answer->holds;
}
