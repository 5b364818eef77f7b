/* What was read of a file last: a file that grows is known again by it. */
/* SPDX-License-Identifier: MIT */
#include "tail.h"

#include <string.h>
#include <unistd.h>

void tail_keep(struct tail *tail, const char *bytes, size_t len)
{
	size_t fresh = len < TAIL_MAX ? len : TAIL_MAX;
	size_t old = tail->len < TAIL_MAX - fresh ? tail->len : TAIL_MAX - fresh;

	memmove(tail->bytes, tail->bytes + tail->len - old, old);
	memcpy(tail->bytes + old, bytes + len - fresh, fresh);
	tail->len = old + fresh;
}

bool tail_stands(const struct tail *tail, int fd, off_t place)
{
	char now[TAIL_MAX];

	return pread(fd, now, tail->len, place - (off_t)tail->len) == (ssize_t)tail->len &&
	       memcmp(now, tail->bytes, tail->len) == 0;
}
