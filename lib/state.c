/* The file that siem-window keeps what it remembers in: saved whole or not at all, by one process at a time. */
/* SPDX-License-Identifier: MIT */
#include "state.h"

#include "status.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define BILLION INT64_C(1000000000)

static int64_t nanoseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * BILLION + now.tv_nsec;
}

/* It tells who attacked whom: others are not to read it. */
static int open_private(const char *path, int flags)
{
	return open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | flags, 0600);
}

/* Opens and locks whatever has the name; about: what that is. */
static bool open_locked(struct state *state, const char *path, struct stat *about, struct error *err)
{
	*state = (struct state){ .path = path, .fd = open_private(path, 0) };
	if (state->fd < 0 || fstat(state->fd, about) != 0)
		return error_set(err, "%s: %s", path, strerror(errno));
	if (!S_ISREG(about->st_mode))
		return error_set(err, "%s: no regular file", path);
	return flock(state->fd, LOCK_EX | LOCK_NB) == 0 ||
	       error_set(err, "%s: another siem-window goes on with it", path);
}

/* Saving gives the name to another file: one that was opened before is locked by nobody, and nobody's state. */
static bool has_name(const char *path, const struct stat *about)
{
	struct stat named;

	return stat(path, &named) == 0 && named.st_dev == about->st_dev && named.st_ino == about->st_ino;
}

bool state_open(struct state *state, const char *path, struct error *err)
{
	struct stat about;

	if (!open_locked(state, path, &about, err))
		return false;
	while (!has_name(path, &about)) {
		close(state->fd);
		if (!open_locked(state, path, &about, err))
			return false;
	}
	state->due = nanoseconds() + STATE_EVERY * BILLION;
	return true;
}

/* Reads from a copy of the descriptor, which stays open: it holds the lock. */
static bool load_from(int fd, struct window *window, struct error *err)
{
	FILE *from = fdopen(dup(fd), "r");

	if (from == NULL)
		return error_set(err, "%s", strerror(errno));
	rewind(from);
	const bool ok = window_load(window, from, err);
	fclose(from);
	return ok;
}

bool state_load(struct state *state, struct window *window, struct error *err)
{
	return load_from(state->fd, window, err) || error_within(err, "%s", state->path);
}

/* The name of the file lasts when its folder is on the disk too. */
static void sync_folder(const char *path)
{
	char *copy = strdup(path);
	const int fd = copy != NULL ? open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

	if (fd >= 0) {
		fsync(fd); /* some file systems cannot */
		close(fd);
	}
	free(copy);
}

static void write_file(struct state *state, const struct window *window, const char *path)
{
	struct output file;
	const int fd = open_private(path, O_TRUNC | O_NOFOLLOW);

	if (fd < 0 || fchmod(fd, 0600) != 0 || flock(fd, LOCK_EX | LOCK_NB) != 0)
		err(STATUS_FAILED, "%s", path);
	output_init(&file, dup(fd), path);
	window_save(window, &file);
	output_flush(&file);
	if (fsync(fd) != 0)
		err(STATUS_FAILED, "%s", path);
	output_close(&file);
	if (rename(path, state->path) != 0)
		err(STATUS_FAILED, "%s", state->path);
	close(state->fd);
	state->fd = fd;
}

void state_save(struct state *state, const struct window *window, struct output *out)
{
	struct buffer path = { 0 };
	const int64_t start = nanoseconds();

	output_flush(out);
	buffer_printf(&path, "%s.new", state->path);
	write_file(state, window, buffer_text(&path));
	sync_folder(state->path);
	buffer_clear(&path);
	const int64_t end = nanoseconds(), share = (end - start) * STATE_SHARE;
	state->due = end + (share > STATE_EVERY * BILLION ? share : STATE_EVERY * BILLION);
	state->changed = false;
	state->events = 0;
}

void state_event(struct state *state, const struct window *window, struct output *out)
{
	state->changed = true;
	if (++state->events < STATE_LOOK)
		return;
	state->events = 0;
	state_idle(state, window, out);
}

void state_idle(struct state *state, const struct window *window, struct output *out)
{
	if (state->changed && nanoseconds() >= state->due)
		state_save(state, window, out);
}

void state_close(struct state *state)
{
	close(state->fd);
	*state = (struct state){ .fd = -1 };
}
