/* The file that siem-window keeps what it remembers in: saved whole or not at all, by one process at a time. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_STATE_H
#define SIEM_STATE_H

#include "output.h"
#include "window.h"

enum {
	STATE_EVERY = 5,   /* seconds between two savings, at least */
	STATE_SHARE = 20,  /* times that the last saving took, at least */
	STATE_LOOK = 4096, /* events between two looks at the clock */
};

struct state {
	const char *path;
	int fd;		 /* of the file, which is locked */
	int64_t due;	 /* when to save next, in nanoseconds of a clock that only goes on */
	uint64_t events; /* since the last look at the clock */
	bool changed;	 /* since it was saved */
};

/* Opens the file, or makes one that nobody else can read, and locks it. False with *err filled. */
bool state_open(struct state *state, const char *path, struct error *err);

/* Takes what is in it; nothing where it is new. False with *err filled: it is not what we wrote. */
bool state_load(struct state *state, struct window *window, struct error *err);

/* An event was judged; where it is time, saves. */
void state_event(struct state *state, const struct window *window, struct output *out);

/* Nothing comes: a good time to save, where the last time is long enough ago. */
void state_idle(struct state *state, const struct window *window, struct output *out);

/*
 * Saves: first what was written to out leaves, then the file is replaced. Killed in between, the same events give
 * the same lines once more, with the same ids, which a store knows. Ends the program where that fails.
 */
void state_save(struct state *state, const struct window *window, struct output *out);
void state_close(struct state *state);

#endif
