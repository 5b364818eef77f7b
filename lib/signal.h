/* Signals as flags: a program ends or tells its counters between two events, never inside one. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_LIB_SIGNAL_H
#define SIEM_LIB_SIGNAL_H

#include <stdbool.h>

/* Catches SIGTERM and SIGINT (stop), SIGUSR1 (counters), SIGHUP (reload if asked, else stop unless ignored); ignores
 * SIGPIPE: output.h deals with it. */
void signal_init(bool reload);

/* What handlers write; to be read through the functions below. */
extern struct signal_flags {
	volatile int stop, counters, reload; /* sig_atomic_t, whose header brings too many names */
} signal_flags;

/* SIGTERM or SIGINT came: finish the event in hand, flush, commit, save, end with status 0. */
static inline bool signal_stop(void)
{
	return signal_flags.stop != 0;
}

/* One of the signals that inputs answer came: cheap enough to be asked for each line. */
static inline bool signal_came(void)
{
	return (signal_flags.stop | signal_flags.counters) != 0;
}

/* True once for each time it came. */
bool signal_counters(void);
bool signal_reload(void);

/*
 * Waits until fd can be read, at most timeout milliseconds (-1: for ever). True when it can be;
 * false on time-out or as soon as any of the signals comes. No signal is lost between test and wait (ppoll).
 */
bool signal_wait(int fd, int timeout);

#endif
