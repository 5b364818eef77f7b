/* How far an input is read, for the person who waits: bytes, rate, time left. */
/* SPDX-License-Identifier: MIT */
#include "progress.h"

#include "stamp.h"
#include "steady.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define SHOW_EVERY (SECOND / 2)

enum {
	UNIT = 1000, /* kB, MB, GB */
};

/* Bytes of all operands; 0 as soon as one of them is no regular file. */
static uint64_t total_of(const struct input *in)
{
	uint64_t total = 0;
	struct stat about;

	for (int i = 0; i < (in->count > 0 ? in->count : 1); i++) {
		bool standard = in->count == 0 || strcmp(in->paths[i], "-") == 0;
		if ((standard ? fstat(STDIN_FILENO, &about) : stat(in->paths[i], &about)) != 0 ||
		    !S_ISREG(about.st_mode))
			return 0;
		total += (uint64_t)about.st_size;
	}
	return total;
}

void progress_init(struct progress *progress, const struct input *in, bool wanted)
{
	*progress = (struct progress){ 0 };
	if (!wanted || !isatty(STDERR_FILENO))
		return;
	progress->in = in;
	progress->total = total_of(in);
	progress->started = progress->shown = steady_clock();
}

/* Bytes read of the files, as they lie on the disk: a decompressor moves the same offset. */
static uint64_t bytes_done(struct progress *progress)
{
	off_t at = progress->in->fd >= 0 ? lseek(progress->in->fd, 0, SEEK_CUR) : -1;

	return at > 0 ? progress->done + (uint64_t)at : progress->in->bytes;
}

static void print_bytes(const char *before, double bytes, const char *behind)
{
	static const char *const units[] = { "B", "kB", "MB", "GB", "TB", "PB" };
	size_t unit = 0;

	for (; bytes >= UNIT && unit + 1 < sizeof units / sizeof units[0]; unit++)
		bytes /= UNIT;
	fprintf(stderr, "%s%.*f %s%s", before, unit > 0, bytes, units[unit], behind);
}

static void print(struct progress *progress, int64_t now)
{
	double seconds = (double)(now - progress->started) / (double)SECOND;
	double done = (double)bytes_done(progress), rate = seconds > 0 ? done / seconds : 0;
	double left = (double)progress->total - done;

	print_bytes("\r\033[K", done, "");
	if (progress->total > 0)
		print_bytes(" of ", (double)progress->total, "");
	print_bytes(", ", rate, "/s");
	if (progress->total > 0 && rate > 0 && left >= 0)
		fprintf(stderr, ", %" PRId64 ":%02" PRId64 " left", (int64_t)(left / rate) / 60,
			(int64_t)(left / rate) % 60);
	fflush(stderr);
	progress->written = true;
}

void progress_look(struct progress *progress)
{
	const struct input *in = progress->in;
	int64_t now = steady_clock();
	struct stat about;

	progress->seen = in->bytes;
	if (now - progress->shown < SHOW_EVERY)
		return;
	/* The files behind us count whole. */
	for (; progress->file < in->next - 1 && progress->total > 0; progress->file++)
		if (stat(in->paths[progress->file], &about) == 0)
			progress->done += (uint64_t)about.st_size;
	progress->shown = now;
	print(progress, now);
}

void progress_end(struct progress *progress)
{
	if (progress->written)
		fputs("\r\033[K", stderr);
	progress->written = false;
}
