/* The copies that rotation has left of a log, in the order in which they were written. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_ROTATED_H
#define SIEM_ROTATED_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>

/*
 * A copy of "f" stands beside it and is called "f.N" (0 to 99999, the highest is the oldest) or, by its date,
 * "f-20240610", "f-2024-06-10", either with an hour ("-2024061012"), a clock ("-20240610-1200", "-20240610-120000")
 * or seconds since 1970 ("-20240610-1718000000") behind it, and '.' may stand for the first '-'. Where a name has an
 * ending, N or date may stand before it: "f.1.log", "f-20240610.log". Then ".gz", ".xz", ".zst" or ".bz2" may follow.
 * Nothing else is one, nor is what is no regular file. A compressed copy beside the uncompressed one of the same
 * number or date is just being made, and passed over.
 */
struct rotated_file {
	char *path;
	int fd;		 /* opened at its start, or -1: it could not be, or has been taken over */
	bool copy;	 /* not the log itself */
	bool compressed; /* so its name says */
	bool taken;	 /* by rotated_youngest */
	dev_t device;
	ino_t inode;
	struct timespec mtime;
};

/* {0} is an empty list. */
struct rotated {
	struct rotated_file *files;
	size_t count, room;
};

/*
 * Adds the copies of path, the oldest first, and path itself behind them. All are opened at one point in time: where
 * files changed their names meanwhile, it is done again. A file that is in the list already is not added again;
 * false where that is path itself. Of "-" there are no copies. One that could not be opened is added, and stands there
 * without descriptor.
 */
bool rotated_add(struct rotated *list, const char *path);

/*
 * Operands as input.h takes them: of the list's files the copies, the logs or both. Paths are borrowed, descriptors
 * taken over; the arrays are the caller's. Returns how many there are.
 */
int rotated_operands(struct rotated *list, bool copies, bool logs, char ***paths, int **fds);

/*
 * For each of the logs that rotated_operands then gives: its youngest copy, where that is not compressed, as a
 * descriptor that is taken over and leaves the list; else -1. Whoever wrote it may not know yet that it is a copy.
 */
int *rotated_youngest(struct rotated *list);

/* Closes what is open still, and releases all. */
void rotated_clear(struct rotated *list);

#endif
