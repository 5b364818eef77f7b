/* Signals as flags: a program ends or tells its counters between two events, never inside one. */
/* SPDX-License-Identifier: MIT */
#include "signal.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>

/* The one state that a handler can reach. */
struct signal_flags signal_flags;

_Static_assert(_Generic((sig_atomic_t)0, int : true, default : false), "flags are of a type that handlers can set");

static void handle(int number)
{
	if (number == SIGUSR1)
		signal_flags.counters = 1;
	else
		signal_flags.stop = 1;
}

static void handle_reload(int number)
{
	(void)number;
	signal_flags.reload = 1;
}

/* No SA_RESTART: a read that waits must come back. */
static void catch (int number, void (*handler)(int))
{
	struct sigaction action = { .sa_handler = handler };

	sigemptyset(&action.sa_mask);
	sigaction(number, &action, NULL);
}

void signal_init(bool with_reload)
{
	struct sigaction hangup, ignore = { .sa_handler = SIG_IGN };

	catch (SIGTERM, handle);
	catch (SIGINT, handle);
	catch (SIGUSR1, handle);
	/* A terminal that is closed ends us like SIGTERM, unless nohup(1) said otherwise. */
	if (with_reload || sigaction(SIGHUP, NULL, &hangup) != 0 || hangup.sa_handler != SIG_IGN)
		catch (SIGHUP, with_reload ? handle_reload : handle);
	sigemptyset(&ignore.sa_mask);
	sigaction(SIGPIPE, &ignore, NULL);
	/* A file that reaches its limit (ulimit -f) is a write error like any other. */
	sigaction(SIGXFSZ, &ignore, NULL);
}

static bool take(volatile int *flag)
{
	bool came = *flag != 0;

	if (came)
		*flag = 0;
	return came;
}

bool signal_counters(void)
{
	return take(&signal_flags.counters);
}

bool signal_reload(void)
{
	return take(&signal_flags.reload);
}

bool signal_wait(int fd, int timeout)
{
	struct timespec wait = { timeout / 1000, timeout % 1000 * 1000000L };
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	sigset_t ours, before;
	int found = 0;

	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGINT);
	sigaddset(&ours, SIGUSR1);
	sigaddset(&ours, SIGHUP);
	/* A signal between the test and the wait must not be slept over. */
	sigprocmask(SIG_BLOCK, &ours, &before);
	if (!signal_came() && !signal_flags.reload)
		found = ppoll(&ready, 1, timeout < 0 ? NULL : &wait, &before);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return found > 0;
}
