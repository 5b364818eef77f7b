/* Numbers as JSON and logs write them, compared as numbers: 22 is 22.0 is 2.2e1. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_NUMBER_H
#define SIEM_NUMBER_H

#include "slice.h"

enum {
	NUMBER_TEXT_MAX = 400, /* bytes; what is longer is taken for no number */
};

struct number {
	bool whole; /* fits and has no fraction: compared exactly */
	int64_t exact;
	double about;
};

/* False where the text is not a number in JSON's notation (leading zeros are forgiven). */
bool number_read(struct slice text, struct number *number);

/* Below 0, 0, above 0. */
int number_compare(const struct number *a, const struct number *b);

#endif
