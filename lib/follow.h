/* Files read on as they grow, by name: through rotation, truncation, deletion and re-creation. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FOLLOW_H
#define SIEM_FOLLOW_H

#include "input.h"

enum {
	FOLLOW_LINGER = 60,  /* seconds that a file which lost its name is still watched: its writer may not know yet */
	FOLLOW_TURN = 10000, /* lines of one file before others have their turn */
};

/*
 * Each file is read from its start, in whole lines; those that are not there yet are waited for. A file that is
 * renamed or deleted is read to its end, and then the new one of that name from its start; those that had the name
 * in between are found among the copies that rotation has left (rotated.h). Where a file was truncated, what had not
 * been read of it is looked for in a copy beside it (logrotate's copytruncate).
 * A last line without newline waits for it, unless the file is left behind.
 */
struct follow {
	char **paths; /* borrowed, count of them */
	int count;
	int *fds;   /* or NULL: of each path, opened already, which is taken over; -1: not yet */
	int *older; /* the same of the file that had the path's name before, to which its writer may still add */
	bool quiet; /* not to be told that a file which was there is waited for */
	size_t line_max;
	/* A file has its first line: what is to be remembered of it. */
	void *(*begin)(void *data, struct input *in);
	void (*line)(void *data, void *file, const struct input *in, struct slice line);
	/* A file has been left behind. */
	void (*end)(void *data, void *file);
	int (*idle)(void *data);      /* before each wait: milliseconds that it may last, -1: as long as we like */
	void (*counters)(void *data); /* SIGUSR1 */
	void *data;
};

/* Goes on until SIGTERM or SIGINT. STATUS_FAILED where something could not be read. */
enum status follow_run(const struct follow *follow);

#endif
