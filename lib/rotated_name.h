/* Names of rotated copies: which of them are, and which is the older one. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_ROTATED_NAME_H
#define SIEM_ROTATED_NAME_H

#include "slice.h"

struct rotated_name {
	bool dated;	 /* by a date, else by a number */
	bool compressed; /* so it says */
	int64_t key;	 /* date and what stands behind it, or the number */
};

/* Reads the name of a copy of base; false where it is none (rotated.h says what is one). */
bool rotated_name_read(struct slice base, struct slice name, struct rotated_name *out);

/* Which one is older, where both are dated or both numbered: less than 0 for a, 0 where they are of one time. */
int rotated_name_compare(const struct rotated_name *a, const struct rotated_name *b);

#endif
