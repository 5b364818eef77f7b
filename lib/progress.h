/* How far an input is read, for the person who waits: bytes, rate, time left. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_PROGRESS_H
#define SIEM_PROGRESS_H

#include "input.h"

struct progress {
	const struct input *in; /* borrowed; NULL: nothing is shown */
	uint64_t total;		/* bytes of all files as they lie on the disk, 0: not known */
	uint64_t done;		/* bytes of the files before the one in hand */
	int file;		/* number of the one in hand */
	uint64_t seen;		/* in->bytes when it was looked at last */
	int64_t started, shown; /* steady clock, microseconds */
	bool written;		/* something stands on the terminal's last line */
};

/* Only where wanted, and standard error is a terminal; in is before its first line. */
void progress_init(struct progress *progress, const struct input *in, bool wanted);

/* Looks whether there is news, at most once a block of input. */
void progress_look(struct progress *progress);

/* To be called for each line. */
static inline void progress_show(struct progress *progress)
{
	if (progress->in != NULL && progress->in->bytes != progress->seen)
		progress_look(progress);
}

/* Wipes the line. */
void progress_end(struct progress *progress);

#endif
