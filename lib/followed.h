/* One file that is followed: the one that has its path's name now, or one that had it. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FOLLOWED_H
#define SIEM_FOLLOWED_H

#include "follow.h"

#include <sys/stat.h>

struct followed {
	struct followed *next;
	const struct follow *follow;
	struct input in;
	char *path;   /* the operand */
	int fd;	      /* for the input to take */
	int watch;    /* of inotify, or -1 */
	dev_t device; /* of the file in hand; inode 0: it was truncated, and there is no copy */
	ino_t inode;
	void *file;   /* what begin gave */
	bool busy;    /* its last turn brought something: newer files of that path wait */
	bool left;    /* it has lost its name, */
	int64_t when; /* and nothing came since then (steady clock) */
};

/* Takes over the descriptor, which is that of a regular file. */
struct followed *followed_new(const struct follow *follow, char *path, int fd, const struct stat *about);

/* *status becomes worse where it could not be read to its end. */
void followed_free(struct followed *one, enum status *status);

/* Reads on, FOLLOW_TURN lines at most; true where something came. */
bool followed_turn(struct followed *one);

/* Has the file been truncated, has it lost its name? True: now the name is free for another, or for it anew. */
bool followed_look(struct followed *one);

/* It has been read to its last end. */
bool followed_is_done(const struct followed *one);

#endif
