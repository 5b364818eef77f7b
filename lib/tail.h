/* What was read of a file last: a file that grows is known again by it. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_TAIL_H
#define SIEM_TAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum {
	TAIL_MAX = 1024, /* bytes: several lines, so that their stamps are among them */
};

/* {0}: nothing was read yet. */
struct tail {
	char bytes[TAIL_MAX];
	size_t len;
};

/* These bytes were read next. */
void tail_keep(struct tail *tail, const char *bytes, size_t len);

/* Do they stand in the file before this place? */
bool tail_stands(const struct tail *tail, int fd, off_t place);

#endif
