/* Where all that rules need is looked for: each atom in its place. */
/* SPDX-License-Identifier: MIT */
#include "sieve_inside.h"

#include "memory.h"

#include <stdlib.h>

static void add_seekers(struct sieve *sieve, struct sought *sought, const struct atom *atom)
{
	if (sought->seekers == NULL)
		sought->seekers = memory_new(sieve->words, sizeof(uint64_t));
	for (size_t i = 0; i < atom->words; i++)
		sought->seekers[atom->word + i] |= sieve->bits[atom->bits + i];
}

static void hang_part(struct sieve *sieve, struct sought *sought, size_t number, bool again)
{
	const struct atom *atom = &sieve->atoms[number];

	if (sought->parts == NULL) {
		sought->part_count = answers_parts(sieve->answers, atom->place);
		sought->parts = memory_new(sought->part_count, sizeof *sought->parts);
		memset(sought->parts, 0xff, sought->part_count * sizeof *sought->parts);
	}
	if (!again)
		sought->parts[atom->part] = (uint32_t)number;
	add_seekers(sieve, sought, atom);
}

static void hang_whole(struct sieve *sieve, struct sought *sought, size_t number)
{
	if (sought->wholes == NULL)
		sought->wholes = texts_new();
	texts_add(sought->wholes, sieve->atoms[number].text, (uint32_t)number);
}

/* Of atoms for several slots the first stands for all. */
static void hang_atom(struct sieve *sieve, size_t number)
{
	struct sought *sought = &sieve->sought[sieve->atoms[number].place];
	const bool again = number > 0 && sieve->atoms[number - 1].more;

	if (sieve->atoms[number].kind == NEED_PART)
		hang_part(sieve, sought, number, again);
	else if (sieve->atoms[number].kind == NEED_WHOLE && !again)
		hang_whole(sieve, sought, number);
	else if (!again)
		sought->there = (uint32_t)number;
}

void sieve_hang(struct sieve *sieve)
{
	sieve->sought = memory_new(sieve->places, sizeof *sieve->sought);
	for (size_t i = 0; i < sieve->places; i++)
		sieve->sought[i].there = TEXTS_NONE;
	for (size_t i = 0; i < sieve->count; i++)
		hang_atom(sieve, i);
	for (size_t i = 0; i < sieve->places; i++)
		if (sieve->sought[i].wholes != NULL)
			texts_compile(sieve->sought[i].wholes);
}

static void clear_sought(struct sought *sought)
{
	texts_free(sought->wholes);
	free(sought->parts);
	free(sought->seekers);
}

void sieve_unhang(struct sieve *sieve)
{
	for (size_t i = 0; i < sieve->places; i++)
		clear_sought(&sieve->sought[i]);
	free(sieve->sought);
}
