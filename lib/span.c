/* Spans of time of one length, as a histogram has them: hours begin at the full hour, days at midnight. */
/* SPDX-License-Identifier: MIT */
#include "span.h"

enum {
	MONDAY = 4, /* days from 1970-01-01, a Thursday, to the first one */
};

/* Where the clock of the zone is then, in microseconds since 1970 as if it stood in UTC. */
static int64_t clock_at(struct zone *zone, int64_t time)
{
	return time + zone_offset_at(zone, time) * SECOND;
}

static int64_t floor_to(int64_t clock, int64_t length)
{
	const int64_t origin = length % (7 * DAY) == 0 ? MONDAY * DAY : 0;
	const int64_t rest = (clock - origin) % length;

	return clock - rest - (rest < 0 ? length : 0);
}

int64_t span_start(struct zone *zone, int64_t time, int64_t length)
{
	const int64_t clock = clock_at(zone, time);
	const int64_t start = floor_to(clock, length);

	return length > HOUR ? start - zone_offset(zone, start) * SECOND : time - (clock - start);
}

int64_t span_next(struct zone *zone, int64_t start, int64_t length)
{
	if (length <= HOUR)
		return span_start(zone, start + length, length);
	const int64_t next = clock_at(zone, start) + length;
	return next - zone_offset(zone, next) * SECOND;
}
