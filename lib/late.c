/* Events that wait until those that may come late are there: a heap of their lines, by time. */
/* SPDX-License-Identifier: MIT */
#include "late.h"

#include "memory.h"

#include <stdlib.h>

struct waiting {
	struct timer timer; /* first, so that a timer leads to it */
	size_t len;
	char line[];
};

void late_add(struct late *late, int64_t time, struct slice line)
{
	struct waiting *waiting = memory_new(1, sizeof *waiting + line.len);
	waiting->timer.at = time;
	waiting->timer.order = late->serial++;
	waiting->len = line.len;
	memcpy(waiting->line, line.ptr, line.len);
	late->bytes += sizeof *waiting + line.len;
	timers_add(&late->waiting, &waiting->timer);
}

bool late_first(const struct late *late, int64_t *time)
{
	const struct timer *timer = timers_first(&late->waiting);
	if (timer == NULL)
		return false;
	*time = timer->at;
	return true;
}

bool late_take(struct late *late, int64_t until, struct slice *line, int64_t *time)
{
	struct timer *timer = timers_first(&late->waiting);

	free(late->taken);
	late->taken = NULL;
	if (timer == NULL || timer->at > until)
		return false;
	timers_remove(&late->waiting, timer);
	late->taken = (struct waiting *)timer;
	late->bytes -= sizeof *late->taken + late->taken->len;
	*line = (struct slice){ late->taken->line, late->taken->len };
	*time = timer->at;
	return true;
}

static int by_time(const void *a, const void *b)
{
	const struct timer *left = *(struct timer *const *)a, *right = *(struct timer *const *)b;
	if (left->at != right->at)
		return left->at < right->at ? -1 : 1;
	return (left->order > right->order) - (left->order < right->order);
}

void late_each(const struct late *late, void (*call)(int64_t time, uint64_t serial, struct slice line, void *data),
	       void *data)
{
	const size_t count = late->waiting.count;
	struct timer **list = memory_new(count, sizeof(struct timer *));

	if (count > 0)
		memcpy(list, late->waiting.heap, count * sizeof(struct timer *));
	qsort(list, count, sizeof(struct timer *), by_time);
	for (size_t i = 0; i < count; i++) {
		const struct waiting *waiting = (const struct waiting *)list[i];
		call(waiting->timer.at, waiting->timer.order, (struct slice){ waiting->line, waiting->len }, data);
	}
	free(list);
}

void late_clear(struct late *late)
{
	struct slice line;
	int64_t time;

	while (late_take(late, INT64_MAX, &line, &time))
		continue;
	timers_clear(&late->waiting);
	*late = (struct late){ 0 };
}
