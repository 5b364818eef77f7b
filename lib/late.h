/* Events that wait until those that may come late are there: a heap of their lines, by time. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_LATE_H
#define SIEM_LATE_H

#include "buffer.h"
#include "timer.h"

enum {
	LATE_BYTES_MAX = 64 << 20, /* of lines that wait; then the oldest need not wait any longer */
};

/* {0} is empty. */
struct late {
	struct timers waiting;
	uint64_t serial; /* events of the same time keep their order */
	size_t bytes;
	struct waiting *taken;
};

/* A copy of the line waits. */
void late_add(struct late *late, int64_t time, struct slice line);

/* Takes the first if its time is not above this one; its line is borrowed until the next call. */
bool late_take(struct late *late, int64_t until, struct slice *line, int64_t *time);

/* The time of the first; false where nothing waits. */
bool late_first(const struct late *late, int64_t *time);

/* Calls for each in its order; serial tells those of the same time apart. */
void late_each(const struct late *late, void (*call)(int64_t time, uint64_t serial, struct slice line, void *data),
	       void *data);

void late_clear(struct late *late);

#endif
