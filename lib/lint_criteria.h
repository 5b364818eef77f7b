/* Criteria that nothing can match: only where it is proven. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_LINT_CRITERIA_H
#define SIEM_LINT_CRITERIA_H

#include "buffer.h"
#include "path.h"

#include <jansson.h>

/* Criteria that hold together, up to these (NULL: none); none holds what stands in unless. All are resolved. */
struct lint_together {
	const json_t *when, *step, *unless;
	const char *dir; /* of files that they name, or NULL */
};

/* Can no event match? Then why, in words that are added. */
bool lint_impossible(const struct lint_together *together, struct buffer *why);

/* How many values the field can have at most in events that match; SIZE_MAX: nobody knows. */
size_t lint_values_of(const struct lint_together *together, const struct path *path);

/* Has the field one value in each event? */
bool lint_is_single(const struct path *path);

#endif
