/* Runs of a key: events that are far apart by their own times and come mixed up are judged apart. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_RUNS_H
#define SIEM_RUNS_H

#include "watch.h"

enum {
	RUNS_MAX = 4, /* of one key at a time */
};

/*
 * A run is a key of its own in the table, with the text of the others: it has its windows and its episode, and counts
 * towards --max-keys. An event belongs to a run if it comes before the run would have ended by its own time, and after
 * what the run could have to do with. Where events come in order each key has one run, and nobody asks.
 */

/* The run, of those of the key of *first, that an event at this time belongs to: the latest in use; or NULL. */
struct key *runs_find(struct key *first, int64_t time);

/* One more is to come: where there are RUNS_MAX, that which was not used the longest is given up. */
void runs_make_room(struct key *first);

/* An episode has opened at this time: those of other runs that are over by then end. */
void runs_overtake(struct key *key, int64_t time);

/* The run has come to this time by an event of its own: its episode may be over. */
void run_pass(struct key *key, int64_t time);

#endif
