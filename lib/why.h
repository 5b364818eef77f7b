/* Why a line was read by no format: told on standard error, for siem-parse --why. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_WHY_H
#define SIEM_WHY_H

#include "formats/miss.h"
#include "input.h"

struct why {
	bool asked; /* set by the program */
	char file[256];
	uint64_t line;
	struct miss miss; /* of the line in hand */
};

/* At the start of each file, whose name is kept. */
void why_begin(struct why *why, const struct input *in);

/*
 * "access.log:17: unparsed; nearest is webaccess, up to column 43: expected a quoted request, found "GET /"": columns
 * are bytes of the text, counted from 1. Start is the end of the text that comes behind a priority: of a lone format a
 * miss there is told, among all of them it tells nothing.
 */
void why_tell(const struct why *why, struct slice text, struct slice start);

#endif
