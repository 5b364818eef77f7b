/* Compressed input through the system's programs, known by its first bytes. */
/* SPDX-License-Identifier: MIT */
#include "decompress.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <fcntl.h>

enum {
	NOT_FOUND = 127, /* status of a child that could not start its program, as in sh(1) */
	FEED_BLOCK = 64 << 10,
};

const char *decompress_program(struct slice head, bool *more)
{
	static const struct {
		struct slice magic;
		const char *program;
	} known[] = {
		{ { "\x1f\x8b", 2 }, "gzip" },
		{ { "\xfd"
		    "7zXZ\0",
		    6 },
		  "xz" },
		{ { "\x28\xb5\x2f\xfd", 4 }, "zstd" },
		{ { "BZh", 3 }, "bzip2" },
	};

	*more = false;
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		if (slice_starts(head, known[i].magic))
			return known[i].program;
		if (head.len > 0 && slice_starts(known[i].magic, head))
			*more = true;
	}
	return NULL;
}

/* In the child: become program -dc, reading from one end and writing to the other. */
static void run(const char *program, int from, int to)
{
	signal(SIGPIPE, SIG_DFL);
	if (dup2(from, STDIN_FILENO) >= 0 && dup2(to, STDOUT_FILENO) >= 0)
		execlp(program, program, "-dc", (char *)NULL);
	_exit(NOT_FOUND);
}

static bool write_all(int fd, const char *p, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, p, len);
		if (n < 0 && errno != EINTR)
			return false;
		p += n > 0 ? n : 0;
		len -= n > 0 ? (size_t)n : 0;
	}
	return true;
}

/* In the feeder: what was read already, then the rest. */
static void feed(int from, struct slice head, int to)
{
	char block[FEED_BLOCK];
	ssize_t n;

	signal(SIGPIPE, SIG_DFL);
	if (!write_all(to, head.ptr, head.len))
		_exit(1);
	while ((n = read(from, block, sizeof block)) != 0)
		if (n < 0 ? errno != EINTR : !write_all(to, block, (size_t)n))
			_exit(1);
	_exit(0);
}

/* A child that runs body with a pipe to or from us is started here, so that no end of a pipe is left open. */
static int start_feeder(struct decompress *d, int fd, struct slice head)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return -1;
	d->feeder = fork();
	if (d->feeder == 0) {
		close(ends[0]);
		feed(fd, head, ends[1]);
	}
	close(ends[1]);
	if (d->feeder > 0)
		return ends[0];
	close(ends[0]);
	return -1;
}

static int start_program(struct decompress *d, int from)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return -1;
	d->child = fork();
	if (d->child == 0)
		run(d->program, from, ends[1]);
	close(ends[1]);
	if (d->child > 0)
		return ends[0];
	close(ends[0]);
	return -1;
}

int decompress_start(struct decompress *d, const char *program, int fd, struct slice head, struct error *err)
{
	int from = fd, out;

	*d = (struct decompress){ .program = program };
	if (head.len > 0 && lseek(fd, -(off_t)head.len, SEEK_CUR) < 0)
		from = start_feeder(d, fd, head);
	out = from >= 0 ? start_program(d, from) : -1;
	if (out < 0)
		error_set(err, "cannot start %s: %s", program, strerror(errno));
	if (from >= 0 && from != fd)
		close(from);
	return out;
}

static int wait_for(pid_t child)
{
	int status = 0;

	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool decompress_end(struct decompress *d, bool whole, struct error *err)
{
	int status;

	/* Both may wait for an input that nobody wants any more. */
	if (!whole && d->child > 0)
		kill(d->child, SIGKILL);
	status = d->child > 0 ? wait_for(d->child) : 0;
	if (d->feeder > 0) {
		kill(d->feeder, SIGKILL);
		wait_for(d->feeder);
	}
	d->child = d->feeder = 0;
	if (!whole || status == 0)
		return true;
	if (status == NOT_FOUND)
		return error_set(err, "cannot run %s: is it installed?", d->program);
	return error_set(err, "%s ended with status %d: the file is damaged or cut short", d->program, status);
}
