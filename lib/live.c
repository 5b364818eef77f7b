/* Event time while nothing comes: from the latest event on it goes at the pace of the clock on the wall. */
/* SPDX-License-Identifier: MIT */
#include "live.h"

#include "stamp.h"

#include <time.h>

static int64_t microseconds(clockid_t which)
{
	struct timespec now;

	clock_gettime(which, &now);
	return now.tv_sec * SECOND + now.tv_nsec / 1000;
}

bool live_time(struct live *live, uint64_t events, int64_t clock, int64_t *time)
{
	const int64_t now = microseconds(CLOCK_MONOTONIC);

	if (live->since == 0 || events != live->events) {
		live->events = events;
		live->clock = clock != INT64_MIN ? clock : microseconds(CLOCK_REALTIME);
		live->since = now;
	}
	const int64_t lag = clock != INT64_MIN ? LIVE_LAG * SECOND : LIVE_START * SECOND;
	*time = live->clock + (now - live->since) - lag;
	return now - live->since >= lag;
}
