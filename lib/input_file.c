/* From one file to the next: opened, found out how it is written, closed. */
/* SPDX-License-Identifier: MIT */
#include "input_inside.h"

#include "descriptor.h"
#include "memory.h"
#include "terminal.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	PIPE_SIZE = 1 << 20, /* bytes that a pipe shall hold, where we may ask */
	WHY_MAX = 128,
};

const char *input_name(const struct input *in)
{
	return in->path == NULL || strcmp(in->path, "-") == 0 ? "standard input" : in->path;
}

void input_failed(struct input *in, const char *why)
{
	char name[INPUT_NAME_SHOWN];

	if (!in->quiet)
		warnx("%s: %s", terminal_text(name, sizeof name, slice_of(input_name(in))), why);
	in->status = STATUS_FAILED;
}

/* Opening a named pipe waits for its writer, and signals come meanwhile. -1 where it fails or we are to end. */
static int open_file(struct input *in)
{
	int fd;

	do {
		input_signals(in);
		fd = descriptor_open(in->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	} while (fd < 0 && errno == EINTR && !signal_stop());
	return fd;
}

static void look_at_file(struct input *in)
{
	struct stat about;

	if (fstat(in->fd, &about) != 0)
		return;
	in->regular = S_ISREG(about.st_mode) && lseek(in->fd, 0, SEEK_CUR) == 0;
	in->mtime = about.st_mtim;
	if (S_ISFIFO(about.st_mode))
		fcntl(in->fd, F_SETPIPE_SZ, PIPE_SIZE); /* a larger pipe is faster, no more */
}

/* The next operand; errno where its descriptor is below 0. */
static void open_operand(struct input *in)
{
	in->path = in->count > 0 ? in->paths[in->next] : "-";
	if (in->fds != NULL && in->fds[in->next] >= 0)
		in->fd = in->fds[in->next];
	else if (strcmp(in->path, "-") == 0)
		in->fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
	else
		in->fd = open_file(in);
	if (in->fds != NULL)
		in->fds[in->next] = -1;
	in->next++;
}

bool input_open(struct input *in)
{
	const int operands = in->count > 0 ? in->count : 1;
	char why[WHY_MAX];

	for (in->fd = -1; in->next < operands && in->fd < 0;) {
		open_operand(in);
		if (in->fd < 0 && errno == EINTR)
			return false;
		if (in->fd < 0)
			input_failed(in, descriptor_error(errno, why, sizeof why));
	}
	if (in->fd < 0)
		return false;
	in->from = in->fd;
	in->line_number = 0;
	in->start = in->end = in->scanned = 0;
	in->eof = in->begun = in->compressed = in->regular = false;
	in->utf16 = (struct utf16){ 0 };
	look_at_file(in);
	return true;
}

void input_close_file(struct input *in)
{
	struct error why;

	if (in->from != in->fd)
		close(in->from);
	if (in->compressed && !decompress_end(&in->decompress, in->eof && !signal_stop(), &why))
		input_failed(in, why.text);
	close(in->fd);
	in->fd = in->from = -1;
	in->compressed = false;
}

/* Compressed content is read again from its start, through the program that knows it. */
static void decompress(struct input *in, const char *program)
{
	struct error why;
	int from = decompress_start(&in->decompress, program, in->fd, (struct slice){ in->block, in->end }, &why);

	in->bytes -= in->end;
	in->end = 0;
	if (from < 0) {
		input_failed(in, why.text);
		in->eof = true;
		return;
	}
	in->from = from;
	in->compressed = true;
	in->eof = false;
}

/* Could what is in hand become a byte order mark? */
static bool may_be_mark(const struct input *in)
{
	static const struct slice marks[] = { { "\xef\xbb\xbf", 3 }, { "\xff\xfe", 2 }, { "\xfe\xff", 2 } };

	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (in->end < marks[i].len && slice_starts(marks[i], (struct slice){ in->block, in->end }))
			return true;
	return false;
}

/* The byte order mark at the start of a file says how it is written, and is no part of its first line. */
static void take_mark(struct input *in)
{
	const struct slice mark = SLICE("\xef\xbb\xbf"), head = { in->block, in->end };
	size_t behind;

	in->start = in->scanned = slice_starts(head, mark) ? mark.len : 0;
	if (!utf16_begins(&in->utf16, head))
		return;
	behind = in->end - UTF16_MARK;
	in->units = memory_grow(in->units, &in->units_size, behind > INPUT_UNITS ? behind : INPUT_UNITS, 1);
	memcpy(in->units, in->block + UTF16_MARK, behind);
	in->block = memory_grow(in->block, &in->size, 2 * behind + UTF16_ROOM + INPUT_SLACK, 1);
	in->end = 0;
	input_put_units(in, behind);
}

void input_begin(struct input *in)
{
	const char *program = NULL;
	bool more = true;

	while (more && !in->eof && !in->waiting && !signal_stop()) {
		input_read(in);
		program = decompress_program((struct slice){ in->block, in->end }, &more);
	}
	if (program != NULL)
		decompress(in, program);
	while (!in->eof && !in->waiting && !signal_stop() && may_be_mark(in)) {
		input_read(in);
	}
	in->begun = !in->waiting;
	if (in->begun)
		take_mark(in);
	if (in->begun && in->begin != NULL && in->end > in->start)
		in->begin(in->data);
}

void input_seek(struct input *in, off_t offset)
{
	if (lseek(in->fd, offset, SEEK_SET) < 0)
		return;
	in->start = in->end = in->scanned = 0;
	in->tail.len = 0;
	in->eof = false;
}
