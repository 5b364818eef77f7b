/* What is due first: a heap of points in time, embedded in the things that wait for them. */
/* SPDX-License-Identifier: MIT */
#include "timer.h"

#include "memory.h"

#include <stdlib.h>

static bool is_before(const struct timer *a, const struct timer *b)
{
	return a->at != b->at ? a->at < b->at : a->order < b->order;
}

static void put(struct timers *timers, size_t place, struct timer *timer)
{
	timers->heap[place] = timer;
	timer->place = place;
}

static void rise(struct timers *timers, struct timer *timer)
{
	size_t place = timer->place;
	for (; place > 0; place = (place - 1) / 2) {
		struct timer *parent = timers->heap[(place - 1) / 2];
		if (!is_before(timer, parent))
			break;
		put(timers, place, parent);
	}
	put(timers, place, timer);
}

static void sink(struct timers *timers, struct timer *timer)
{
	size_t place = timer->place;
	for (;;) {
		size_t child = 2 * place + 1;
		if (child >= timers->count)
			break;
		if (child + 1 < timers->count && is_before(timers->heap[child + 1], timers->heap[child]))
			child++;
		if (!is_before(timers->heap[child], timer))
			break;
		put(timers, place, timers->heap[child]);
		place = child;
	}
	put(timers, place, timer);
}

void timers_add(struct timers *timers, struct timer *timer)
{
	timers->heap = memory_grow(timers->heap, &timers->room, timers->count + 1, sizeof(struct timer *));
	put(timers, timers->count++, timer);
	rise(timers, timer);
}

void timers_move(struct timers *timers, struct timer *timer, int64_t at)
{
	const bool sooner = at < timer->at;
	timer->at = at;
	(sooner ? rise : sink)(timers, timer);
}

void timers_remove(struct timers *timers, struct timer *timer)
{
	struct timer *last = timers->heap[--timers->count];
	if (last == timer)
		return;
	put(timers, timer->place, last);
	rise(timers, last);
	sink(timers, last);
}

void timers_clear(struct timers *timers)
{
	free(timers->heap);
	*timers = (struct timers){ 0 };
}
