/* Files opened, however many there are: a process usually may have more than it does at first. */
/* SPDX-License-Identifier: MIT */
#include "descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

/* False where there is no more to be had. */
static bool raise_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= limit.rlim_max)
		return false;
	limit.rlim_cur = limit.rlim_max;
	return setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

int descriptor_open(const char *path, int flags)
{
	const int fd = open(path, flags);
	const int number = errno;

	if (fd >= 0 || number != EMFILE)
		return fd;
	if (raise_limit())
		return open(path, flags);
	errno = number;
	return -1;
}

const char *descriptor_error(int number, char *room, size_t size)
{
	struct rlimit limit;

	if (number != EMFILE || getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return strerror(number);
	snprintf(room, size, "no more than %ju files may be open at once (see ulimit -Hn)", (uintmax_t)limit.rlim_cur);
	return room;
}
