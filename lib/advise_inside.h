/* What --advise has in hand, for the files that it is made of. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_ADVISE_INSIDE_H
#define SIEM_ADVISE_INSIDE_H

#include "advise.h"
#include "ruletypes/ruletype.h"

enum {
	ADVISE_TIMES_MAX = 9,  /* those of advise.c, and the one of the rule itself */
	ADVISE_LIMITS_MAX = 8, /* likewise */
	ADVISE_CELLS_MAX = ADVISE_TIMES_MAX * ADVISE_LIMITS_MAX,
};

/* The shape of a variant: that of the rule, but for its criteria, which are the same in all and asked once. */
struct variant {
	struct ruletype type; /* first, so that it leads here */
	struct advise *advise;
};

struct advise {
	const struct rule *rule;
	int64_t times[ADVISE_TIMES_MAX], limits[ADVISE_LIMITS_MAX];
	size_t time_count, limit_count; /* limit_count 1, and the limit 0, where the shape has none */
	uint64_t alerts[ADVISE_CELLS_MAX];
	size_t count;	    /* of variants: cells of the table, row by row */
	struct rules rules; /* the variants, then those that write SIEM events for the rule, which are borrowed */
	struct variant shape;
	bool once;		      /* events are judged as they come: what their criteria said can be kept */
	const struct event *asked;    /* NULL: nothing is known */
	unsigned steps;		      /* what was said of it */
	struct buffer lines, scratch; /* lines: SIEM events */
	struct window *window;
};

/* Does its shape have an event_limit? */
static inline bool advise_has_limit(const struct rule *rule)
{
	return rule->type == &ruletype_limit || rule->type == &ruletype_distinct || rule->type == &ruletype_sum;
}

/* Adds microseconds as they could stand in a rule: "1h30m". */
void advise_add_time(struct buffer *to, int64_t time);

/* Adds the table of alerts: a heading, then a row for each time. */
void advise_table(const struct advise *advise, struct buffer *to);

#endif
