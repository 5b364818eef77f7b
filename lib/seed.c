/* Seeds for hash tables: their keys come from attackers, who must not know which ones share a place. */
/* SPDX-License-Identifier: MIT */
#include "seed.h"

#include "status.h"

#include <err.h>
#include <errno.h>
#include <sys/random.h>
#include <sys/types.h>

uint64_t seed_new(void)
{
	uint64_t seed;
	ssize_t n;

	/* Early after the start of the machine it waits, and a signal may come. */
	do
		n = getrandom(&seed, sizeof seed, 0);
	while (n < 0 && errno == EINTR);
	if (n != (ssize_t)sizeof seed)
		err(STATUS_FAILED, "getrandom");
	return seed;
}
