/* Standard output in large blocks: what is added is written when a block is full or somebody flushes. */
/* SPDX-License-Identifier: MIT */
#include "output.h"

#include "status.h"

#include <err.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

void output_init(struct output *out, int fd, const char *name)
{
	*out = (struct output){ .fd = fd, .name = name };
	buffer_room(&out->text, OUTPUT_BLOCK + OUTPUT_BLOCK / 4);
}

/* Nobody reads any more: end as SIGPIPE ends a program, which says nothing and which shells know. */
static void closed_reader(void)
{
	sigset_t pipe_only;

	signal(SIGPIPE, SIG_DFL);
	sigemptyset(&pipe_only);
	sigaddset(&pipe_only, SIGPIPE);
	sigprocmask(SIG_UNBLOCK, &pipe_only, NULL);
	raise(SIGPIPE);
	_exit(STATUS_FAILED);
}

/* Somebody gave us a descriptor that does not block. */
static void wait_for_room(int fd)
{
	struct pollfd room = { .fd = fd, .events = POLLOUT };

	poll(&room, 1, -1);
}

void output_flush(struct output *out)
{
	const char *p = out->text.ptr, *end = p + out->text.len;

	if (p == end)
		return;
	if (out->before != NULL)
		out->before(out->data);
	while (p < end) {
		ssize_t written = write(out->fd, p, (size_t)(end - p));
		if (written >= 0)
			p += written;
		else if (errno == EAGAIN)
			wait_for_room(out->fd);
		else if (errno == EPIPE)
			closed_reader();
		else if (errno != EINTR)
			err(STATUS_FAILED, "%s", out->name);
	}
	out->text.len = 0;
}

void output_close(struct output *out)
{
	output_flush(out);
	buffer_clear(&out->text);
	if (close(out->fd) != 0 && errno != EINTR)
		err(STATUS_FAILED, "%s", out->name);
	out->fd = -1;
}
