/* One file that is followed: the one that has its path's name now, or one that had it. */
/* SPDX-License-Identifier: MIT */
#include "followed.h"

#include "memory.h"
#include "rotated_name.h"
#include "stamp.h"
#include "steady.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

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

struct followed *followed_new(const struct follow *follow, char *path, int fd, const struct stat *about)
{
	struct followed *one = memory_new(1, sizeof *one);

	one->follow = follow;
	one->path = path;
	one->fd = fd;
	one->watch = -1;
	one->device = about->st_dev;
	one->inode = about->st_ino;
	one->when = steady_clock();
	input_init(&one->in, &one->path, 1, follow->line_max);
	one->in.fds = &one->fd;
	one->in.growing = true;
	one->in.wants_plain = true;
	one->in.begin = begin;
	one->in.counters = counters;
	one->in.data = one;
	input_open(&one->in);
	return one;
}

void followed_free(struct followed *one, enum status *status)
{
	if (one->file != NULL)
		one->follow->end(one->follow->data, one->file);
	*status = status_worse(*status, input_close(&one->in));
	free(one);
}

bool followed_turn(struct followed *one)
{
	struct slice line;
	int lines = 0;

	while (lines < FOLLOW_TURN && input_line(&one->in, &line)) {
		one->follow->line(one->follow->data, one->file, &one->in, line);
		lines++;
	}
	if (one->in.compressed) /* nobody adds to it */
		one->in.growing = false;
	if (lines > 0)
		one->when = steady_clock();
	one->busy = lines == FOLLOW_TURN || (!one->in.growing && !followed_is_done(one));
	return lines > 0;
}

bool followed_is_done(const struct followed *one)
{
	return !one->in.growing && one->in.fd < 0;
}

static bool may_be_copy(struct slice base, struct slice name)
{
	struct rotated_name ignored;

	return (slice_starts(name, base) && name.len > base.len) || rotated_name_read(base, name, &ignored);
}

/* A copy of the file beside it, from which what we have not read can be: a descriptor at our place, or -1. */
static int find_copy(const struct followed *one, off_t place)
{
	const char *slash = strrchr(one->path, '/'), *name = slash != NULL ? slash + 1 : one->path;
	char *folder =
	    memory_text(slash != NULL ? (struct slice){ one->path, (size_t)(name - one->path) } : SLICE("."));
	DIR *dir = one->in.tail.len > 0 ? opendir(folder) : NULL;
	struct dirent *entry;
	struct stat about;
	int found = -1;

	while (dir != NULL && found < 0 && (entry = readdir(dir)) != NULL) {
		if (!may_be_copy(slice_of(name), slice_of(entry->d_name)))
			continue;
		if (fstatat(dirfd(dir), entry->d_name, &about, 0) != 0 || !S_ISREG(about.st_mode))
			continue; /* whoever waits to write into a pipe would begin now */
		found = openat(dirfd(dir), entry->d_name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
		if (found >= 0 && (!tail_stands(&one->in.tail, found, place) || lseek(found, place, SEEK_SET) < 0)) {
			close(found);
			found = -1;
		}
	}
	if (dir != NULL)
		closedir(dir);
	free(folder);
	return found;
}

/* What was to be read here is gone, or in a copy. */
static void leave_truncated(struct followed *one, off_t place)
{
	int copy = find_copy(one, place);
	struct stat about = { 0 };

	if (copy >= 0) {
		fstat(copy, &about);
		dup3(copy, one->in.fd, O_CLOEXEC);
		close(copy);
	} else {
		lseek(one->in.fd, 0, SEEK_END);
	}
	one->left = true;
	one->device = about.st_dev; /* what begins anew under the name has the old numbers */
	one->inode = about.st_ino;
	one->in.growing = false;
}

static bool has_name(const struct followed *one)
{
	struct stat named;

	return stat(one->path, &named) == 0 && named.st_dev == one->device && named.st_ino == one->inode;
}

bool followed_look(struct followed *one)
{
	off_t place = lseek(one->in.fd, 0, SEEK_CUR);
	struct stat about;

	if (place < 0 && !has_name(one)) /* it could not be read to its end, which was told */
		one->in.growing = false;
	if (!one->in.growing || place < 0 || fstat(one->in.fd, &about) != 0)
		return false;
	if (about.st_size < place || !tail_stands(&one->in.tail, one->in.fd, place)) {
		bool named = !one->left;
		leave_truncated(one, place);
		return named;
	}
	if (!one->left && !has_name(one)) {
		one->left = true;
		one->when = steady_clock();
		return true;
	}
	if (one->left && steady_clock() - one->when >= FOLLOW_LINGER * SECOND)
		one->in.growing = false;
	return false;
}
