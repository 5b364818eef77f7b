/* What is told of records instead of the records: how many, of which values, and when. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_SUMMARY_H
#define SIEM_SUMMARY_H

#include "../lib/output.h"
#include "../lib/tally.h"
#include "../lib/zone.h"

enum {
	SUMMARY_EMPTY_MAX = 10000, /* spans without records that are told between two that have some */
};

/* {0} asks for nothing; summary_clear releases. */
struct summary {
	bool count;	    /* nothing but the number of records */
	struct tally tally; /* by these fields */
	int64_t span;	    /* microseconds, 0: of all time */
	struct zone zone;   /* of spans */
	uint64_t top;	    /* rows of each span at most */

	/* of summary.c alone */
	bool begun;
	int64_t start, next; /* of the span in hand */
	uint64_t records;    /* in it */
	uint64_t left_out;   /* spans without records that were not told */
};

static inline bool summary_asked(const struct summary *summary)
{
	return summary->count || summary->tally.by_count > 0 || summary->span > 0;
}

/*
 * Counts a record of that time (microseconds since 1970; times never go back). Spans that are complete are written to
 * out. event may be NULL where nothing is counted by. False with *err filled where there are too many values.
 */
bool summary_add(struct summary *summary, const struct event *event, int64_t time, struct output *out,
		 struct error *err);

/* Writes what is left. */
void summary_end(struct summary *summary, struct output *out);

void summary_clear(struct summary *summary);

#endif
