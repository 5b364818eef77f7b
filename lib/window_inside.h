/* The engine from inside, for the files that it is made of. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_WINDOW_INSIDE_H
#define SIEM_WINDOW_INSIDE_H

#include "counted.h"
#include "late.h"
#include "sieve.h"
#include "watch.h"

struct window {
	struct shared shared;
	struct watch *watches; /* of the rules that are enabled, in their order */
	size_t count;
	struct sieve *sieve;	  /* which of them can want an event */
	int64_t clock;		  /* the highest event time so far */
	int64_t now;		  /* as far as it goes for the rules: with --late, what is before it has been judged */
	bool begun;		  /* the rules have, */
	int64_t first;		  /* with the earliest event since they were new */
	struct event_clock stamp; /* of the event before */
	struct late waiting;
	struct counted counted; /* with a state */
	int64_t resumed; /* the clock of the state: with --late, until it is passed, what is late was counted before */
	uint64_t known;	 /* events that were, */
	uint64_t
	    taken; /* those of them that are only taken as such, as they are earlier than all that are known by id */
	uint64_t disordered;	 /* events that were earlier than the clock, */
	int64_t disordered_most; /* and by how much at most */
	bool leapt;		 /* the clock has: that is told once */
	int64_t before_leap;	 /* the clock before the latest event made it leap; INT64_MIN: it did not */
	int64_t doubted;	 /* with --late: the time to which the latest event would make it leap; or INT64_MIN */
	struct buffer scratch, fed;
};

/* SIEM events that were written go to the rules that ask for them, at once. */
void window_feed_back(struct window *window);

#endif
