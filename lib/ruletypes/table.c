/* The rule shapes there are. A new one is a file beside this and a row here. */
/* SPDX-License-Identifier: MIT */
#include "ruletype.h"

const struct ruletype *const ruletypes[] = { &ruletype_limit, &ruletype_plain, NULL };

const struct ruletype *ruletype_of(const json_t *rule)
{
	const struct ruletype *const *row = ruletypes;
	while ((*row)->key != NULL && json_object_get(rule, (*row)->key) == NULL)
		row++;
	return *row;
}
