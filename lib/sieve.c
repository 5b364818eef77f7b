/* Of many rules those that an event can match at all, found by what they need of it. */
/* SPDX-License-Identifier: MIT */
#include "sieve_inside.h"

static void find(struct sieve *sieve, uint32_t number)
{
	const struct atom *atom = &sieve->atoms[number];

	do
		for (size_t i = 0; i < atom->words; i++)
			sieve->found[atom->slot][atom->word + i] |= sieve->bits[atom->bits + i];
	while (atom++->more);
}

static void look_up(struct sieve *sieve, const struct texts *wholes, struct slice text)
{
	const uint32_t atom = texts_find(wholes, text);
	if (atom != TEXTS_NONE)
		find(sieve, atom);
}

static void look_for_wholes(struct sieve *sieve, size_t place)
{
	const struct texts *wholes = sieve->sought[place].wholes;
	const struct slice *one = view_text(sieve->view, place);
	struct slice text;

	if (one != NULL) {
		look_up(sieve, wholes, *one);
		return;
	}
	struct view_list list = view_list(sieve->view, place);
	while (view_next(sieve->view, &list, &text))
		look_up(sieve, wholes, text);
}

static void look_for_parts(struct sieve *sieve, size_t place)
{
	const struct sought *sought = &sieve->sought[place];
	const uint64_t *marked = answers_search(sieve->answers, place);

	for (size_t word = 0; word * 64 < sought->part_count; word++)
		for (uint64_t left = marked[word]; left != 0; left &= left - 1) {
			const uint32_t atom = sought->parts[word * 64 + (size_t)__builtin_ctzll(left)];
			if (atom != TEXTS_NONE)
				find(sieve, atom);
		}
}

static bool any_left(const struct sieve *sieve, const uint64_t *rules)
{
	uint64_t any = 0;

	for (size_t word = 0; word < sieve->words; word++)
		any |= sieve->left[word] & rules[word];
	return any != 0;
}

/* What costs a look comes before what costs a search, and nothing is searched for that no rule needs any more. */
const uint64_t *sieve_event(struct sieve *sieve, const struct event *event)
{
	const uint32_t *places;

	for (size_t slot = 0; slot < SLOT_COUNT; slot++)
		memcpy(sieve->found[slot], sieve->without[slot], sieve->words * sizeof(uint64_t));
	view_event(sieve->view, event);
	const size_t count = view_places(sieve->view, &places);
	for (size_t i = 0; i < count; i++) {
		if (sieve->sought[places[i]].there != TEXTS_NONE)
			find(sieve, sieve->sought[places[i]].there);
		if (sieve->sought[places[i]].wholes != NULL)
			look_for_wholes(sieve, places[i]);
	}
	for (size_t word = 0; word < sieve->words; word++)
		sieve->left[word] = sieve->found[SLOT_THERE][word] & sieve->found[SLOT_WHOLE][word];
	for (size_t i = 0; i < count; i++)
		if (sieve->sought[places[i]].parts != NULL && any_left(sieve, sieve->sought[places[i]].seekers))
			look_for_parts(sieve, places[i]);
	for (size_t word = 0; word < sieve->words; word++)
		sieve->left[word] &= sieve->found[SLOT_PART][word];
	return sieve->left;
}
