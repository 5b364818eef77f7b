/* Criteria taken apart into the tests that must hold together. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_LINT_ATOMS_H
#define SIEM_LINT_ATOMS_H

#include "criterion.h"

enum {
	PROOF_DEPTH_MAX = 32,
};

/* One test that must hold, or must not. */
struct atom {
	const char *name; /* of the member, borrowed */
	json_t *values;
	struct criterion criterion;
	bool negated;
};

struct proof {
	const char *dir;
	struct atom *atoms;
	size_t count, room;
	const json_t **choices; /* lists of which one part must hold */
	size_t choice_count, choice_room;
	struct buffer *why;
	int depth;
};

/* Adds what must hold where the criteria do, or (negated) do not; what is not certain is left out. */
void lint_collect(struct proof *proof, const json_t *criteria, bool negated);

/* Only so many are left. */
void lint_drop_atoms(struct proof *proof, size_t count);

#endif
