/* What was asked of the event in hand, and the answer. */
/* SPDX-License-Identifier: MIT */
#include "answers.h"

#include "memory.h"

#include <stdlib.h>

struct answer {
	struct view *view;
	size_t place;
	uint64_t number; /* of the event that was asked last, 0: none */
	uint64_t gave_up;
	bool holds;
};

struct answers {
	struct view *view;
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

void answers_compile(struct answers *answers)
{
	size_t last = 0;

	if (answers->count > 0)
		qsort(answers->tests, answers->count, sizeof(struct criterion *), by_meaning);
	answers->list = memory_new(answers->count, sizeof *answers->list);
	for (size_t i = 0; i < answers->count; i++) {
		struct criterion *test = answers->tests[i];
		if (i == 0 || criterion_compare(answers->tests[last], test) != 0)
			last = i;
		test->answer = &answers->list[last];
		*test->answer = (struct answer){ .view = answers->view, .place = view_add(answers->view, &test->path) };
	}
}

static bool ask(const struct criterion *criterion, struct answer *answer)
{
	struct slice text;

	if (criterion->op == CRITERION_EXISTS)
		return view_has(answer->view, answer->place) == criterion->wanted;
	struct view_texts texts = view_texts(answer->view, answer->place);
	while (view_next(&texts, &text))
		if (criterion_fits(criterion, text, &answer->gave_up))
			return true;
	return false;
}

bool answer_holds(const struct criterion *criterion, const struct event *event, struct buffer *scratch,
		  uint64_t *gave_up)
{
	struct answer *answer = criterion->answer;

	if (!view_is(answer->view, event))
		return criterion_holds(criterion, event, scratch, gave_up);
	if (answer->number != view_number(answer->view)) {
		answer->number = view_number(answer->view);
		answer->gave_up = 0;
		answer->holds = ask(criterion, answer);
	}
	*gave_up += answer->gave_up;
	return answer->holds;
}
