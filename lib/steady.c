/* A clock for waiting: it never goes back, and says nothing about the time of day. */
/* SPDX-License-Identifier: MIT */
#include "steady.h"

#include "stamp.h"

#include <time.h>

int64_t steady_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * SECOND + now.tv_nsec / 1000;
}
