/* A range of time as siemquery writes it: YYYYmmddHHMMSS-YYYYmmddHHMMSS. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_RANGE_H
#define SIEM_RANGE_H

#include "zone.h"

/* Points in time in microseconds since 1970, both included. */
struct range {
	int64_t from, to;
};

/*
 * Reads a start and a finish, in zone, each YYYYmmddHHMMSS or yymmddHHMMSS (69 to 99 are 1969 to 1999, 00 to 68 are
 * 2000 to 2068). The second of the finish belongs to it. False with *err filled.
 */
bool range_read(struct range *range, struct zone *zone, struct slice text, struct error *err);

#endif
