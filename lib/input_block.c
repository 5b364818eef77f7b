/* Blocks of a file: read when there is something, with the wait and its signals. */
/* SPDX-License-Identifier: MIT */
#include "input_inside.h"

#include "memory.h"

#include <errno.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

/* A signal that nobody here answers is taken as well: left pending it would end every wait at once. */
void input_signals(struct input *in)
{
	if (signal_counters() && in->counters != NULL)
		in->counters(in->data);
	if (in->reload != NULL && signal_reload())
		in->reload(in->data);
}

/* Room for a block behind what is in hand: first by moving that to the front, then by growing. */
static void make_room(struct input *in)
{
	if (in->start > 0) {
		memmove(in->block, in->block + in->start, in->end - in->start);
		in->scanned -= in->start;
		in->end -= in->start;
		in->start = 0;
	}
	in->block = memory_grow(in->block, &in->size, in->end + INPUT_BLOCK + INPUT_SLACK, 1);
}

/* Whoever reads our output should not wait while we wait for input. */
static bool wait_for_input(struct input *in)
{
	struct pollfd ready = { .fd = in->from, .events = POLLIN };

	if (poll(&ready, 1, 0) != 0)
		return true;
	if (in->idle != NULL)
		in->idle(in->data);
	while (!signal_stop() && !signal_wait(in->from, in->again > 0 ? in->again : -1)) {
		input_signals(in);
		if (in->again > 0 && in->idle != NULL)
			in->idle(in->data);
	}
	return !signal_stop();
}

/*
 * n bytes were read of a file that grows. Where others stand before them now, and the file is as long as before, it
 * had been truncated and has grown again: they are not what comes next.
 */
static bool is_continued(struct input *in, ssize_t n)
{
	off_t place = lseek(in->fd, 0, SEEK_CUR) - n;
	struct stat about;

	if (tail_stands(&in->tail, in->fd, place) || fstat(in->fd, &about) != 0 || about.st_size < place)
		return true;
	lseek(in->fd, place, SEEK_SET);
	return false;
}

void input_put_units(struct input *in, size_t n)
{
	char *to = in->block + in->end;

	in->end += n > 0 ? utf16_put(&in->utf16, (struct slice){ in->units, n }, to) : utf16_end(&in->utf16, to);
}

void input_read(struct input *in)
{
	make_room(in);
	const bool grows = in->growing && in->regular && !in->compressed;
	char *to = in->utf16.on ? in->units : in->block + in->end;
	ssize_t n;

	do {
		if ((!in->regular || in->compressed) && !wait_for_input(in))
			return;
		n = read(in->from, to, in->utf16.on ? INPUT_UNITS : INPUT_BLOCK);
	} while (n < 0 && (errno == EINTR || errno == EAGAIN) && !signal_stop());
	if (n < 0 && !signal_stop())
		input_failed(in, strerror(errno));
	if (n > 0 && grows && !is_continued(in, n))
		n = 0;
	in->waiting = n == 0 && grows;
	if (n <= 0)
		in->eof = !in->waiting;
	const size_t got = n > 0 ? (size_t)n : 0;
	if (got > 0 && in->growing)
		tail_keep(&in->tail, to, got);
	if (in->utf16.on && (got > 0 || in->eof))
		input_put_units(in, got);
	else
		in->end += got;
	in->bytes += got;
}
