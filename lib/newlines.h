/* Where the lines of a block end, many at a time, and which of them JSON can hold as they are. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_NEWLINES_H
#define SIEM_NEWLINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	NEWLINES_MAX = 64,   /* that are found at once */
	NEWLINES_SLACK = 63, /* bytes behind a block that may be read */
};

struct newlines {
	size_t count, next;	   /* found; the first one that was not taken yet */
	size_t ends[NEWLINES_MAX]; /* offsets of newlines, one after the other */
	uint64_t odd;		   /* bit per line, where it was asked for: it has bytes that are not plain (scan.h) */
};

/* Finds the lines of a block from an offset on, where one starts, as many as there is room for; next is 0. */
void newlines_find(struct newlines *lines, const char *block, size_t from, size_t to, bool with_odd);

#endif
