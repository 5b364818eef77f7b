/* The file of an embedded store: it and its folders are made for their owner alone. */
/* SPDX-License-Identifier: MIT */
#include "sqlite.h"

#include "../lib/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Each folder on the way to the file, from the first one on. */
static bool make_folders(char *path, struct error *err)
{
	for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(path, 0700) != 0 && errno != EEXIST)
			return error_set(err, "%s: cannot make this folder: %s", path, strerror(errno));
		*slash = '/';
	}
	return true;
}

/* A new name in a folder survives a power loss once the folder is synced. */
static void sync_folder(char *path)
{
	char *slash = strrchr(path, '/');
	const char *folder = slash != NULL ? path : ".";

	if (slash != NULL)
		slash[slash == path] = '\0';
	const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return;
	fsync(fd);
	close(fd);
}

static bool make_file(char *path, struct error *err)
{
	const int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return errno == EEXIST || error_set(err, "%s: %s", path, strerror(errno));
	close(fd);
	sync_folder(path);
	return true;
}

bool sqlite_file_make(const char *path, struct error *err)
{
	char *copy;

	if (access(path, F_OK) == 0)
		return true;
	copy = memory_text(slice_of(path));
	const bool ok = make_folders(copy, err) && make_file(copy, err);
	free(copy);
	return ok;
}

bool sqlite_file_is_there(const struct sqlite *sqlite, struct error *err)
{
	struct stat about;

	if (stat(sqlite->path, &about) == 0 && about.st_dev == sqlite->device && about.st_ino == sqlite->inode)
		return true;
	return error_set(
	    err, "%s: the store was moved or deleted while it was written to: run this again, ids tell what is missing",
	    sqlite->path);
}
