/* Files read on as they grow, by name: through rotation, truncation, deletion and re-creation. */
/* SPDX-License-Identifier: MIT */
#include "follow.h"

#include "memory.h"
#include "signal.h"
#include "terminal.h"

#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	WAIT_WATCHED = 500, /* milliseconds between looks where the system tells of changes, */
	WAIT_BLIND = 50,    /* and where it does not */
};

/* A file in hand; the one that has its path's name now, or one that had it. */
struct followed {
	struct followed *next;
	const struct follow *follow;
	struct input in;
	char *path;
	void *file;  /* what begin gave */
	bool left;   /* it has lost its name, */
	time_t when; /* and nothing came since then (steady clock, seconds) */
};

struct following {
	const struct follow *follow;
	struct followed *files; /* older ones of a path before newer ones */
	bool *missed;		/* by path: it was told that it is not there */
	int watch;		/* of inotify, or -1 */
	bool all_watched;
	enum status status;
};

static time_t steady_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

/* The folder of a path, "." where it names none; at most size bytes. */
static void folder_of(char *to, size_t size, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		snprintf(to, size, ".");
	else
		snprintf(to, size, "%.*s", slash == path ? 1 : (int)(slash - path), path);
}

/* Whatever happens in the folders of our files wakes us; more is not asked of it. */
static void watch_folders(struct following *following)
{
	const uint32_t changes = IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE;
	char folder[PATH_MAX];

	following->watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	following->all_watched = following->watch >= 0;
	for (int i = 0; following->watch >= 0 && i < following->follow->count; i++) {
		folder_of(folder, sizeof folder, following->follow->paths[i]);
		if (inotify_add_watch(following->watch, folder, changes) < 0)
			following->all_watched = false;
	}
}

static void begin(void *data)
{
	struct followed *one = data;

	one->file = one->follow->begin(one->follow->data, &one->in);
}

static void counters(void *data)
{
	const struct followed *one = data;

	one->follow->counters(one->follow->data);
}

static bool is_same_file(int fd, const struct stat *other)
{
	struct stat about;

	return fstat(fd, &about) == 0 && about.st_dev == other->st_dev && about.st_ino == other->st_ino;
}

static struct followed *followed_new(const struct follow *follow, char *path)
{
	struct followed *one = memory_new(1, sizeof *one);

	one->follow = follow;
	one->path = path;
	input_init(&one->in, &one->path, 1, follow->line_max);
	one->in.growing = true;
	one->in.begin = begin;
	one->in.counters = counters;
	one->in.data = one;
	one->in.quiet = true;
	return one;
}

static void followed_free(struct followed *one, enum status *status)
{
	if (one->file != NULL)
		one->follow->end(one->follow->data, one->file);
	if (input_close(&one->in) == STATUS_FAILED && *status != STATUS_FAILED) {
		char shown[256];
		warnx("%s: could not be read to its end", terminal_text(shown, sizeof shown, slice_of(one->path)));
		*status = STATUS_FAILED;
	}
	free(one);
}

static struct followed *find_current(const struct following *following, const char *path)
{
	for (struct followed *one = following->files; one != NULL; one = one->next)
		if (one->path == path && !one->left)
			return one;
	return NULL;
}

/* A file that was moved away and back again is the one that we have. */
static bool take_back(struct following *following, const char *path, const struct stat *named)
{
	for (struct followed *one = following->files; one != NULL; one = one->next)
		if (one->path == path && is_same_file(one->in.fd, named)) {
			one->left = false;
			return true;
		}
	return false;
}

static void tell_missing(struct following *following, int path, const char *why)
{
	char shown[256];

	if (following->missed[path])
		return;
	following->missed[path] = true;
	terminal_text(shown, sizeof shown, slice_of(following->follow->paths[path]));
	warnx("%s: %s; waiting for it", shown, why);
}

/* Opens the file that has the path's name, where we have none of that name. */
static void open_path(struct following *following, int number)
{
	char *path = following->follow->paths[number];
	struct followed **last = &following->files, *one;
	struct stat named;

	if (find_current(following, path) != NULL)
		return;
	if (stat(path, &named) != 0) {
		tell_missing(following, number, strerror(errno));
		return;
	}
	if (!S_ISREG(named.st_mode)) {
		tell_missing(following, number, "is no regular file");
		return;
	}
	if (take_back(following, path, &named))
		return;
	one = followed_new(following->follow, path);
	if (!input_open(&one->in)) {
		enum status ignored = STATUS_OK;
		tell_missing(following, number, strerror(errno));
		followed_free(one, &ignored);
		return;
	}
	following->missed[number] = false;
	while (*last != NULL)
		last = &(*last)->next;
	*last = one;
}

/* True where something came. */
static bool read_turn(struct followed *one)
{
	struct slice line;
	int lines = 0;

	while (lines < FOLLOW_TURN && input_line(&one->in, &line)) {
		one->follow->line(one->follow->data, one->file, &one->in, line);
		lines++;
	}
	if (lines > 0)
		one->when = steady_clock();
	return lines > 0;
}

/* Does a file hold before this place what we read there last? */
static bool has_tail(const struct followed *one, int fd, off_t place)
{
	const struct input *in = &one->in;
	char now[INPUT_TAIL];

	return pread(fd, now, in->tail_len, place - (off_t)in->tail_len) == (ssize_t)in->tail_len &&
	       memcmp(now, in->tail, in->tail_len) == 0;
}

/* A copy of the file beside it, from which what we have not read can be: a descriptor at our place, or -1. */
static int find_copy(const struct followed *one, off_t place)
{
	const char *slash = strrchr(one->path, '/'), *name = slash != NULL ? slash + 1 : one->path;
	char folder[PATH_MAX];
	struct dirent *entry;
	int found = -1;

	folder_of(folder, sizeof folder, one->path);
	DIR *dir = one->in.tail_len > 0 ? opendir(folder) : NULL;
	if (dir == NULL)
		return -1;
	while (found < 0 && (entry = readdir(dir)) != NULL) {
		if (strncmp(entry->d_name, name, strlen(name)) != 0 || strcmp(entry->d_name, name) == 0)
			continue;
		found = openat(dirfd(dir), entry->d_name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
		if (found >= 0 && (!has_tail(one, found, place) || lseek(found, place, SEEK_SET) < 0)) {
			close(found);
			found = -1;
		}
	}
	closedir(dir);
	return found;
}

/* What was to be read here is gone, or in a copy; the name starts anew. */
static void leave_truncated(struct followed *one, off_t place)
{
	int copy = find_copy(one, place);

	if (copy >= 0) {
		dup2(copy, one->in.fd);
		close(copy);
	} else {
		lseek(one->in.fd, 0, SEEK_END);
	}
	one->left = true;
	one->in.growing = false;
}

/* At the end of what is there: has the file been truncated, has it lost its name? True: the name is free. */
static bool look(struct followed *one)
{
	off_t place = lseek(one->in.fd, 0, SEEK_CUR);
	struct stat about, named;

	if (!one->in.growing || place < 0 || fstat(one->in.fd, &about) != 0)
		return false;
	if (about.st_size < place || !has_tail(one, one->in.fd, place)) {
		leave_truncated(one, place);
		return true;
	}
	if (!one->left && (stat(one->path, &named) != 0 || !is_same_file(one->in.fd, &named))) {
		one->left = true;
		one->when = steady_clock();
		return true;
	}
	if (one->left && steady_clock() - one->when >= FOLLOW_LINGER)
		one->in.growing = false;
	return false;
}

/* One look at each file; true where something came, or a name is free. Files that are read to their last end are left
 * behind. */
static bool read_files(struct following *following)
{
	bool any = false;

	for (struct followed **at = &following->files; *at != NULL && !signal_stop();) {
		struct followed *one = *at;
		any |= look(one);
		any |= read_turn(one);
		if (!one->in.growing && one->in.fd < 0) {
			*at = one->next;
			followed_free(one, &following->status);
			continue;
		}
		at = &one->next;
	}
	return any;
}

static void wait_for_change(struct following *following)
{
	char events[4096];

	following->follow->idle(following->follow->data);
	if (following->watch < 0)
		signal_wait(-1, WAIT_BLIND);
	else if (signal_wait(following->watch, following->all_watched ? WAIT_WATCHED : WAIT_BLIND))
		while (read(following->watch, events, sizeof events) > 0)
			; /* that something changed is all we want to know */
	if (signal_counters())
		following->follow->counters(following->follow->data);
}

enum status follow_run(const struct follow *follow)
{
	struct following following = { .follow = follow };

	following.missed = memory_new((size_t)follow->count, sizeof *following.missed);
	watch_folders(&following);
	while (!signal_stop()) {
		for (int i = 0; i < follow->count; i++)
			open_path(&following, i);
		if (!read_files(&following) && !signal_stop())
			wait_for_change(&following);
	}
	while (following.files != NULL) {
		struct followed *one = following.files;
		following.files = one->next;
		followed_free(one, &following.status);
	}
	if (following.watch >= 0)
		close(following.watch);
	free(following.missed);
	return following.status;
}
