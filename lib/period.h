/* The time that is asked for on the command line, as the range of ids that lie in it. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_PERIOD_H
#define SIEM_PERIOD_H

#include "id.h"
#include "zone.h"

/* {0} asks for all times. The texts are those of the options; borrowed. */
struct period {
	int64_t last;		   /* microseconds before now, 0: not asked */
	const char *now;	   /* or NULL: the wall clock, and then there is no end */
	const char *range;	   /* or NULL; as siemquery writes it (range.h) */
	const char *since, *until; /* or NULL; from the one on, and earlier than the other */
};

bool period_asked(const struct period *period);

/* Times that name no zone are in this one. False with *err filled where one cannot be read, or two contradict. */
bool period_ids(const struct period *period, struct zone *zone, struct id *low, struct id *high, struct error *err);

#endif
