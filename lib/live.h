/* Event time while nothing comes: from the latest event on it goes at the pace of the clock on the wall. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_LIVE_H
#define SIEM_LIVE_H

#include <stdbool.h>
#include <stdint.h>

enum {
	LIVE_LAG = 2,	  /* seconds that it stays behind: events do not come at an even pace */
	LIVE_START = 60,  /* seconds in which the first event may come, of whatever time */
	LIVE_AGAIN = 500, /* milliseconds between two looks */
};

/* {0} at first. */
struct live {
	uint64_t events; /* that had come */
	int64_t clock;	 /* event time when nothing came any more, */
	int64_t since;	 /* and when that was */
};

/*
 * The time it is, to be asked whenever nothing comes: events is how many have come, clock the highest time of them
 * (INT64_MIN: none; then it is the time of day). False where it is too early to tell. Changes of this machine's
 * clock do not matter.
 */
bool live_time(struct live *live, uint64_t events, int64_t clock, int64_t *time);

#endif
