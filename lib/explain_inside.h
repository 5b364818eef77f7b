/* What is known of the keys of rules that are looked at, for the files that do it. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_EXPLAIN_INSIDE_H
#define SIEM_EXPLAIN_INSIDE_H

#include "explain.h"
#include "window_inside.h"

/* What was seen of a key. */
struct record {
	int64_t most; /* what its window held at its fullest, */
	int64_t at;   /* first at this time, */
	int64_t end;  /* and when there were no more events */
	uint64_t events, episodes, came;
};

/* Stands before the shape of a rule, which does the work. */
struct look {
	struct ruletype type; /* first, so that it leads here */
	const struct ruletype *shape;
	struct rule *rule;
	struct explain *explain;
	struct keys records;
	uint64_t unrecorded; /* matches of keys for which there was no room */
};

struct explain {
	const char *wanted; /* key, or NULL */
	double near;	    /* 0, or only what came so near, without a breach, is told */
	struct look *looks;
	size_t count;
	size_t most_records; /* of each */
	struct buffer nothing;
	struct window *window;
};

/* Does the shape have a window, of which more and more can be full? */
bool explain_measures(const struct ruletype *shape);

/* Writes a line for each key that is to be told, the nearest first. */
void explain_write(const struct explain *explain, struct output *out);

#endif
