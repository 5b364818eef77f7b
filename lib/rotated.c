/* The copies that rotation has left of a log, in the order in which they were written. */
/* SPDX-License-Identifier: MIT */
#include "rotated.h"

#include "descriptor.h"
#include "memory.h"
#include "rotated_name.h"
#include "terminal.h"

#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	TRIES = 100,	    /* at finding all files under the names that we opened them by, */
	TRIES_MISSING = 10, /* while there is no log at all: rotation may be about to make it, */
	PAUSE = 5000,	    /* microseconds between them */
};

/* A copy that was found, the log itself being none. */
struct copy {
	struct rotated_file file;
	struct rotated_name name;
};

struct copies {
	struct copy *all;
	size_t count, room;
};

static void copies_clear(struct copies *copies)
{
	for (size_t i = 0; i < copies->count; i++) {
		if (copies->all[i].file.fd >= 0)
			close(copies->all[i].file.fd);
		free(copies->all[i].file.path);
	}
	free(copies->all);
	*copies = (struct copies){ 0 };
}

static char *path_of(struct slice folder, const char *name)
{
	struct buffer path = { 0 };

	buffer_add(&path, folder);
	buffer_add(&path, slice_of(name));
	buffer_text(&path);
	return path.ptr;
}

static void set_file(struct rotated_file *file, const struct stat *about)
{
	file->device = about->st_dev;
	file->inode = about->st_ino;
	file->mtime = about->st_mtim;
}

/* Adds the copy of that name if it is a regular file. */
static void add_copy(struct copies *copies, struct slice folder, const char *name, const struct rotated_name *read)
{
	struct copy copy = { .file = { .path = path_of(folder, name), .fd = -1 }, .name = *read };
	struct stat about;

	if (stat(copy.file.path, &about) != 0 || !S_ISREG(about.st_mode)) {
		free(copy.file.path);
		return;
	}
	set_file(&copy.file, &about);
	copy.file.copy = true;
	copy.file.compressed = read->compressed;
	copies->all = memory_grow(copies->all, &copies->room, copies->count + 1, sizeof *copies->all);
	copies->all[copies->count++] = copy;
}

/* Numbers and dates in their own order; one kind behind the other, as list_copies has found out. */
static int compare(const void *left, const void *right, void *data)
{
	const struct copy *a = left, *b = right;
	const bool dates_last = *(const bool *)data;
	int order;

	if (a->name.dated != b->name.dated)
		return a->name.dated == dates_last ? 1 : -1;
	order = rotated_name_compare(&a->name, &b->name);
	if (order == 0) /* the compressed one behind, where drop_unfinished finds it */
		order = a->name.compressed - b->name.compressed;
	return order != 0 ? order : strcmp(a->file.path, b->file.path);
}

static bool is_newer(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec != b->tv_sec ? a->tv_sec > b->tv_sec : a->tv_nsec > b->tv_nsec;
}

/* Who has changed from numbers to dates, or back, has both: last are those that are written now. */
static bool are_dates_last(const struct copies *copies)
{
	const struct copy *newest = NULL;

	for (size_t i = 0; i < copies->count; i++)
		if (newest == NULL || is_newer(&copies->all[i].file.mtime, &newest->file.mtime))
			newest = &copies->all[i];
	return newest != NULL && newest->name.dated;
}

/*
 * gzip(1) and its kin remove a file when its compressed copy is whole. Of two compressed copies that were changed at
 * one time, one was made of the other; else they are different logs, of before and after the program was changed.
 */
static bool is_same_log(const struct copy *before, const struct copy *here)
{
	const struct timespec *a = &before->file.mtime, *b = &here->file.mtime;

	if (before->name.dated != here->name.dated || before->name.key != here->name.key || !here->name.compressed)
		return false;
	return !before->name.compressed || a->tv_sec == b->tv_sec;
}

static void drop_unfinished(struct copies *copies)
{
	size_t kept = 0;

	for (size_t i = 0; i < copies->count; i++) {
		const struct copy *before = kept > 0 ? &copies->all[kept - 1] : NULL, *here = &copies->all[i];
		if (before != NULL && is_same_log(before, here))
			free(here->file.path);
		else
			copies->all[kept++] = *here;
	}
	copies->count = kept;
}

static void list_copies(struct copies *copies, const char *path)
{
	const char *slash = strrchr(path, '/'), *base = slash != NULL ? slash + 1 : path;
	struct slice folder = { path, (size_t)(base - path) };
	char *where = memory_text(folder.len > 0 ? folder : SLICE("."));
	struct rotated_name name;
	struct dirent *entry;
	bool dates_last;
	DIR *dir = opendir(where);

	while (dir != NULL && (entry = readdir(dir)) != NULL)
		if (rotated_name_read(slice_of(base), slice_of(entry->d_name), &name))
			add_copy(copies, folder, entry->d_name, &name);
	if (dir != NULL)
		closedir(dir);
	free(where);
	dates_last = are_dates_last(copies);
	if (copies->count > 0)
		qsort_r(copies->all, copies->count, sizeof *copies->all, compare, &dates_last);
	drop_unfinished(copies);
}

/*
 * Opens a regular file; a pipe is left alone, for whoever waits to write into it would begin now, and be cut off. False
 * where the name is gone, or another file has it by now.
 */
static bool open_file(struct rotated_file *file)
{
	struct stat about;

	file->fd = -1;
	if (stat(file->path, &about) == 0 && !S_ISREG(about.st_mode))
		return true;
	file->fd = descriptor_open(file->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (file->fd < 0)
		return errno != ENOENT;
	if (fstat(file->fd, &about) == 0 && S_ISREG(about.st_mode)) {
		bool same = file->inode == 0 || (about.st_ino == file->inode && about.st_dev == file->device);
		set_file(file, &about);
		return same;
	}
	close(file->fd);
	file->fd = -1;
	return true;
}

static bool has_name(const struct rotated_file *file)
{
	struct stat about;

	if (file->fd < 0)
		return true;
	return stat(file->path, &about) == 0 && about.st_ino == file->inode && about.st_dev == file->device;
}

/* Do the files that we have opened still have these names, and are there no others? */
static bool still_so(const struct copies *copies, const struct rotated_file *log)
{
	struct copies now = { 0 };
	bool same = has_name(log);

	list_copies(&now, log->path);
	same = same && now.count == copies->count;
	for (size_t i = 0; same && i < now.count; i++)
		same = strcmp(now.all[i].file.path, copies->all[i].file.path) == 0 && has_name(&copies->all[i].file);
	copies_clear(&now);
	return same;
}

static void open_all(struct copies *copies, struct rotated_file *log)
{
	bool good = false;

	for (int tries = 0; !good && tries < TRIES; tries++) {
		if (tries > 0)
			usleep(PAUSE);
		if (log->fd >= 0)
			close(log->fd);
		copies_clear(copies);
		log->inode = 0;
		list_copies(copies, log->path);
		good = true;
		for (size_t i = 0; i < copies->count; i++)
			good &= open_file(&copies->all[i].file);
		good &= open_file(log) || tries >= TRIES_MISSING;
		good = good && still_so(copies, log);
	}
	if (!good) {
		char shown[256];
		warnx("%s: its copies change all the time, some may be missed",
		      terminal_text(shown, sizeof shown, slice_of(log->path)));
	}
}

static bool has_file(const struct rotated *list, const struct rotated_file *file)
{
	for (size_t i = 0; file->fd >= 0 && i < list->count; i++)
		if (list->files[i].fd >= 0 && list->files[i].inode == file->inode &&
		    list->files[i].device == file->device)
			return true;
	return false;
}

static bool add_file(struct rotated *list, struct rotated_file *file)
{
	if (has_file(list, file)) {
		close(file->fd);
		free(file->path);
		return false;
	}
	list->files = memory_grow(list->files, &list->room, list->count + 1, sizeof *list->files);
	list->files[list->count++] = *file;
	return true;
}

bool rotated_add(struct rotated *list, const char *path)
{
	struct rotated_file log = { .path = memory_text(slice_of(path)), .fd = -1 };
	struct copies copies = { 0 };

	if (strcmp(path, "-") != 0)
		open_all(&copies, &log);
	for (size_t i = 0; i < copies.count; i++)
		add_file(list, &copies.all[i].file);
	free(copies.all);
	return add_file(list, &log);
}

int rotated_operands(struct rotated *list, bool copies, bool logs, char ***paths, int **fds)
{
	int count = 0;

	*paths = memory_new(list->count + 1, sizeof **paths);
	*fds = memory_new(list->count + 1, sizeof **fds);
	for (size_t i = 0; i < list->count; i++) {
		struct rotated_file *file = &list->files[i];
		if (file->taken || !(file->copy ? copies : logs))
			continue;
		(*paths)[count] = file->path;
		(*fds)[count++] = file->fd;
		file->fd = -1;
	}
	return count;
}

int *rotated_youngest(struct rotated *list)
{
	int *fds = memory_new(list->count + 1, sizeof *fds), count = 0;

	for (size_t i = 0; i < list->count; i++) {
		struct rotated_file *copy = i > 0 ? &list->files[i - 1] : NULL;
		if (list->files[i].copy)
			continue;
		fds[count] = -1;
		if (copy != NULL && copy->copy && !copy->compressed && copy->fd >= 0) {
			fds[count] = copy->fd;
			copy->fd = -1;
			copy->taken = true;
		}
		count++;
	}
	return fds;
}

void rotated_clear(struct rotated *list)
{
	for (size_t i = 0; i < list->count; i++) {
		if (list->files[i].fd >= 0)
			close(list->files[i].fd);
		free(list->files[i].path);
	}
	free(list->files);
	*list = (struct rotated){ 0 };
}
