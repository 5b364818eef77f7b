/* What is due first: a heap of points in time, embedded in the things that wait for them. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_TIMER_H
#define SIEM_TIMER_H

#include "slice.h"

struct timer {
	int64_t at;
	uint64_t order; /* decides between timers that are due at the same time */
	size_t place;	/* in the heap */
};

/* {0} is an empty heap. The timers are borrowed until they are removed. */
struct timers {
	struct timer **heap;
	size_t count, room;
};

void timers_add(struct timers *timers, struct timer *timer);
void timers_move(struct timers *timers, struct timer *timer, int64_t at);
void timers_remove(struct timers *timers, struct timer *timer);
void timers_clear(struct timers *timers);

/* The one that is due first, or NULL. */
static inline struct timer *timers_first(const struct timers *timers)
{
	return timers->count > 0 ? timers->heap[0] : NULL;
}

#endif
