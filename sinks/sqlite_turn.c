/* One writer after the other: SQLite lets one write at a time, and those who wait get their turn in order. */
/* SPDX-License-Identifier: MIT */
#include "sqlite.h"

#include "../lib/signal.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

enum {
	PAUSE = 5,            /* milliseconds between two tries */
	TELL_AFTER = 10000,   /* milliseconds until somebody is told that we wait */
	STOPPED_AFTER = 5000, /* milliseconds that a wait goes on once a signal asks us to end */
};

/*
 * Whoever waits for SQLite's lock only tries it now and then, and a busy writer that commits and begins again would
 * never let the others in. So the way to that lock goes through another one, which the kernel hands on: flock(2) on
 * the database file, held while we wait for the lock of SQLite and not longer. It is about fairness, never about
 * safety, so where a file system has none nothing is lost.
 *
 * The descriptor must live as long as the connection: closing it would drop SQLite's own locks (POSIX).
 */
bool sqlite_turn_init(struct sqlite *sqlite, struct error *err)
{
	sqlite->turn = open(sqlite->path, O_RDONLY | O_CLOEXEC);
	return sqlite->turn >= 0 || error_set(err, "%s: %s", sqlite->path, strerror(errno));
}

void sqlite_turn_take(struct sqlite *sqlite)
{
	sqlite->waited = 0;
	while (flock(sqlite->turn, LOCK_EX) != 0 && errno == EINTR)
		if (signal_stop())
			return;
}

void sqlite_turn_give(struct sqlite *sqlite)
{
	flock(sqlite->turn, LOCK_UN);
}

/* Called by SQLite while another one holds its lock: waits however long it takes, since nothing may be dropped. */
int sqlite_turn_busy(void *data, int times)
{
	struct sqlite *sqlite = data;

	if (times == 0)
		sqlite->waited = 0;
	if (signal_stop() && sqlite->waited > STOPPED_AFTER)
		return 0;
	usleep(PAUSE * 1000);
	sqlite->waited += PAUSE;
	if (sqlite->waited == TELL_AFTER)
		warnx("%s: waiting for another program that writes to it", sqlite->path);
	return 1;
}
