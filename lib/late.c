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

void late_clear(struct late *late)
{
	struct slice line;
	int64_t time;

	while (late_take(late, INT64_MAX, &line, &time))
		continue;
	timers_clear(&late->waiting);
	*late = (struct late){ 0 };
}
