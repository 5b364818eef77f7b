/* Lines that cannot be used: the first five are shown, all are counted and, if asked, kept. */
/* SPDX-License-Identifier: MIT */
#include "refuse.h"

#include "terminal.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum {
	SHOWN_TEXT = 120, /* bytes of a line that a message shows */
};

bool refuse_init(struct refuse *refuse, const char *path, struct error *err)
{
	*refuse = (struct refuse){ .rejects = -1, .rejects_path = path };
	if (path == NULL)
		return true;
	refuse->rejects = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (refuse->rejects < 0)
		return error_set(err, "--rejects %s: %s", path, strerror(errno));
	return true;
}

bool refuse_is_file(const struct refuse *refuse, const char *path)
{
	struct stat rejects, other;

	if (refuse->rejects < 0 || fstat(refuse->rejects, &rejects) != 0 || !S_ISREG(rejects.st_mode))
		return false;
	if ((strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &other) : stat(path, &other)) != 0)
		return false;
	return rejects.st_dev == other.st_dev && rejects.st_ino == other.st_ino;
}

/* The line verbatim and a newline, in one write as far as the system allows. */
static void keep_line(struct refuse *refuse, struct slice line)
{
	char newline = '\n';
	struct iovec parts[2] = { { (void *)(uintptr_t)line.ptr, line.len }, { &newline, 1 } };

	while (parts[0].iov_len + parts[1].iov_len > 0) {
		ssize_t n = writev(refuse->rejects, parts, 2);
		if (n < 0 && errno != EINTR)
			err(STATUS_FAILED, "%s", refuse->rejects_path);
		for (int i = 0; i < 2 && n > 0; i++) {
			size_t gone = (size_t)n < parts[i].iov_len ? (size_t)n : parts[i].iov_len;
			parts[i].iov_base = (char *)parts[i].iov_base + gone;
			parts[i].iov_len -= gone;
			n -= (ssize_t)gone;
		}
	}
}

/* Counts and keeps the line; may it be shown? */
static bool take_line(struct refuse *refuse, struct slice line)
{
	if (refuse->rejects >= 0)
		keep_line(refuse, line);
	return refuse->count++ < REFUSE_SHOWN;
}

static const char *shown(char text[SHOWN_TEXT], struct slice line)
{
	return terminal_text(text, SHOWN_TEXT, slice_first(line, line.len < SHOWN_TEXT ? line.len : SHOWN_TEXT));
}

void refuse_line(struct refuse *refuse, const struct input *in, struct slice line, const char *why)
{
	char name[256], text[SHOWN_TEXT];

	if (!take_line(refuse, line))
		return;
	terminal_text(name, sizeof name, slice_of(input_name(in)));
	warnx("%s:%" PRIu64 ": %s: %s", name, in->line_number, why, shown(text, line));
}

void refuse_later(struct refuse *refuse, struct slice line, const char *why)
{
	char text[SHOWN_TEXT];

	if (take_line(refuse, line))
		warnx("%s: %s", why, shown(text, line));
}

enum status refuse_end(struct refuse *refuse)
{
	if (refuse->count > REFUSE_SHOWN)
		warnx("%" PRIu64 " lines refused, the first %d are shown", refuse->count, (int)REFUSE_SHOWN);
	if (refuse->rejects >= 0 && close(refuse->rejects) != 0)
		err(STATUS_FAILED, "%s", refuse->rejects_path);
	refuse->rejects = -1;
	return refuse->count > 0 ? STATUS_REFUSED : STATUS_OK;
}
