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
	int64_t now;		  /* what is before it has been judged */
	bool begun;		  /* the rules have, */
	int64_t first;		  /* with the earliest event since they were new */
	struct event_clock stamp; /* of the event before */
	struct late waiting;
	struct counted counted; /* with a state */
	int64_t resumed; /* the clock of the state: until it is passed, what comes may have been counted before */
	uint64_t known;	 /* events that were */
	struct buffer scratch, fed;
};

/* SIEM events that were written at this time go to the rules that ask for them. */
void window_feed_back(struct window *window, int64_t time);

#endif
