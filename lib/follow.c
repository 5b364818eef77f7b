/* Files read on as they grow, by name: through rotation, truncation, deletion and re-creation. */
/* SPDX-License-Identifier: MIT */
#include "follow.h"

#include "descriptor.h"
#include "followed.h"
#include "memory.h"
#include "rotated.h"
#include "signal.h"
#include "stamp.h"
#include "steady.h"
#include "terminal.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <unistd.h>

enum {
	WAIT_WATCHED = 500, /* milliseconds between looks where the system tells of changes, */
	WAIT_BLIND = 50,    /* and where it does not */
	PATIENCE = 10,	    /* seconds that a name may be free before it is told: rotation may take as long */
};

/* A path without a file. */
struct absence {
	bool told, seen; /* seen: there was one before */
	int64_t since;	 /* steady clock; 0: it is there */
};

struct following {
	const struct follow *follow;
	struct followed *files; /* older ones of a path before newer ones */
	struct absence *absent; /* by path */
	int watch;		/* of inotify, or -1 */
	bool all_watched;
	enum status status;
};

/* Which files have which names changes in their folders: that wakes us, and more is not asked of it. */
static void watch_folders(struct following *following)
{
	const uint32_t changes = IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ATTRIB;

	following->watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	following->all_watched = following->watch >= 0;
	for (int i = 0; following->watch >= 0 && i < following->follow->count; i++) {
		const char *path = following->follow->paths[i], *slash = strrchr(path, '/');
		size_t len = slash == NULL ? 0 : slash == path ? 1 : (size_t)(slash - path);
		char *folder = memory_text(len > 0 ? (struct slice){ path, len } : SLICE("."));
		if (inotify_add_watch(following->watch, folder, changes) < 0)
			following->all_watched = false;
		free(folder);
	}
}

/* The file itself, wherever it is: its name may be a link into another folder. */
static void watch_file(struct following *following, struct followed *one)
{
	char own[sizeof "/proc/self/fd/" + 10];

	if (following->watch < 0)
		return;
	snprintf(own, sizeof own, "/proc/self/fd/%d", one->in.fd);
	one->watch = inotify_add_watch(following->watch, own, IN_MODIFY);
	if (one->watch < 0)
		following->all_watched = false;
}

static struct followed *find_file(const struct following *following, const char *path, dev_t device, ino_t inode)
{
	for (struct followed *one = following->files; one != NULL; one = one->next)
		if (one->path == path && one->inode == inode && one->device == device)
			return one;
	return NULL;
}

/* The file that has the path's name, as far as we know, or NULL. */
static const struct followed *find_current(const struct following *following, const char *path)
{
	for (const struct followed *one = following->files; one != NULL; one = one->next)
		if (one->path == path && !one->left)
			return one;
	return NULL;
}

/* The newest file of a path that we have, or NULL. */
static struct followed *find_newest(const struct following *following, const char *path)
{
	struct followed *newest = NULL;

	for (struct followed *one = following->files; one != NULL; one = one->next)
		if (one->path == path)
			newest = one;
	return newest;
}

/* Each rotation leaves a name free for a moment, which is not worth a word. */
static bool is_patient(const struct following *following, struct absence *absence)
{
	if (absence->since == 0)
		absence->since = steady_clock();
	return absence->seen && (following->follow->quiet || steady_clock() - absence->since < PATIENCE * SECOND);
}

static void tell_missing(struct following *following, int path, const char *why)
{
	struct absence *absence = &following->absent[path];
	char shown[256];

	if (absence->told || is_patient(following, absence))
		return;
	absence->told = true;
	terminal_text(shown, sizeof shown, slice_of(following->follow->paths[path]));
	warnx("%s: %s; waiting for it", shown, why);
}

/* Takes over the descriptor. A file that was moved away and back again is the one that we have. */
static void add_file(struct following *following, char *path, int fd, bool left)
{
	struct followed **last = &following->files, *one;
	struct stat about;

	if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
		close(fd);
		return;
	}
	one = find_file(following, path, about.st_dev, about.st_ino);
	if (one != NULL) {
		one->left &= left;
		close(fd);
		return;
	}
	while (*last != NULL)
		last = &(*last)->next;
	*last = followed_new(following->follow, path, fd, &about);
	(*last)->left = left;
	watch_file(following, *last);
}

static bool is_newer(const struct rotated_file *file, const struct stat *than)
{
	return file->mtime.tv_sec != than->st_mtim.tv_sec ? file->mtime.tv_sec > than->st_mtim.tv_sec
							  : file->mtime.tv_nsec > than->st_mtim.tv_nsec;
}

/*
 * The first copy that was written behind the file in hand: the next one, where that is among the copies itself. Where
 * it is not (deleted, compressed), one that was changed later than it and is as it was written.
 */
static size_t first_behind(const struct rotated *list, const struct followed *one)
{
	struct stat about;
	size_t i = 0;

	while (i < list->count && (list->files[i].inode != one->inode || list->files[i].device != one->device))
		i++;
	if (i < list->count)
		return i + 1;
	for (i = 0; i + 1 < list->count && fstat(one->in.fd, &about) == 0; i++)
		if (!list->files[i].compressed && is_newer(&list->files[i], &about))
			return i;
	return list->count - 1;
}

/* The name has gone over to another file, perhaps from one to the next while we read. */
static void add_behind(struct following *following, char *path, const struct followed *one)
{
	struct rotated list = { 0 };

	rotated_add(&list, path);
	for (size_t i = first_behind(&list, one); i < list.count; i++)
		if (list.files[i].fd >= 0) {
			add_file(following, path, list.files[i].fd, i + 1 < list.count);
			list.files[i].fd = -1;
		}
	rotated_clear(&list);
}

static void open_named(struct following *following, int number)
{
	char *path = following->follow->paths[number];
	char why[128];
	int fd = descriptor_open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd < 0)
		tell_missing(following, number, descriptor_error(errno, why, sizeof why));
	else
		add_file(following, path, fd, false);
}

/* Opens the file that has the path's name, where we have none of that name. */
static void open_path(struct following *following, int number)
{
	char *path = following->follow->paths[number];
	const struct followed *newest = find_newest(following, path);
	struct stat named = { 0 };

	if (find_current(following, path) != NULL)
		return;
	following->absent[number].seen |= newest != NULL;
	if (stat(path, &named) != 0)
		tell_missing(following, number, strerror(errno));
	else if (!S_ISREG(named.st_mode))
		tell_missing(following, number, "is no regular file");
	else if (newest != NULL && newest->inode != 0)
		add_behind(following, path, newest);
	if (S_ISREG(named.st_mode) && find_current(following, path) == NULL)
		open_named(following, number);
	if (find_current(following, path) != NULL)
		following->absent[number] = (struct absence){ .seen = true };
}

/* Newer files wait until the older ones of their path are read to their end. */
static bool must_wait(const struct following *following, const struct followed *one)
{
	for (const struct followed *older = following->files; older != one; older = older->next)
		if (older->path == one->path && older->busy)
			return true;
	return false;
}

static void remove_file(struct following *following, struct followed **at)
{
	struct followed *one = *at;

	*at = one->next;
	if (one->watch >= 0)
		inotify_rm_watch(following->watch, one->watch);
	followed_free(one, &following->status);
}

/* One look at each file; true where something came, or a name is free. */
static bool read_files(struct following *following)
{
	bool any = false;

	for (struct followed **at = &following->files; *at != NULL && !signal_stop();) {
		any |= followed_look(*at);
		any |= !must_wait(following, *at) && followed_turn(*at);
		if (followed_is_done(*at))
			remove_file(following, at);
		else
			at = &(*at)->next;
	}
	return any;
}

static void wait_for_change(struct following *following)
{
	const int asked = following->follow->idle(following->follow->data);
	int wait = following->watch >= 0 && following->all_watched ? WAIT_WATCHED : WAIT_BLIND;
	char events[4096];

	if (asked >= 0 && asked < wait)
		wait = asked;
	if (signal_wait(following->watch, wait))
		while (read(following->watch, events, sizeof events) > 0)
			; /* that something changed is all we want to know */
	if (signal_counters())
		following->follow->counters(following->follow->data);
}

static void start(struct following *following)
{
	const struct follow *follow = following->follow;

	watch_folders(following);
	for (int i = 0; follow->older != NULL && i < follow->count; i++)
		if (follow->older[i] >= 0)
			add_file(following, follow->paths[i], follow->older[i], true);
	for (int i = 0; follow->fds != NULL && i < follow->count; i++)
		if (follow->fds[i] >= 0)
			add_file(following, follow->paths[i], follow->fds[i], false);
}

enum status follow_run(const struct follow *follow)
{
	struct following following = { .follow = follow };

	following.absent = memory_new((size_t)follow->count, sizeof *following.absent);
	start(&following);
	while (!signal_stop()) {
		for (int i = 0; i < follow->count; i++)
			open_path(&following, i);
		if (!read_files(&following) && !signal_stop())
			wait_for_change(&following);
	}
	while (following.files != NULL)
		remove_file(&following, &following.files);
	if (following.watch >= 0)
		close(following.watch);
	free(following.absent);
	return following.status;
}
