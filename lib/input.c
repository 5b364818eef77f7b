/* Lines of files and standard input, read with read(2) in large blocks, whatever bytes they hold. */
/* SPDX-License-Identifier: MIT */
#include "input.h"

#include "descriptor.h"
#include "memory.h"
#include "scan.h"
#include "signal.h"
#include "terminal.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	PIPE_SIZE = 1 << 20,	       /* bytes that a pipe shall hold, where we may ask */
	UNITS_BLOCK = INPUT_BLOCK / 2, /* bytes of UTF-16, of which half as many again may come */
	NAME_SHOWN = 1024,	       /* bytes of a file's name that a message shows */
	WHY_MAX = 128,
};

void input_init(struct input *in, char **paths, int count, size_t line_max)
{
	*in = (struct input){ .paths = paths, .count = count, .line_max = line_max, .fd = -1, .from = -1 };
}

const char *input_name(const struct input *in)
{
	return in->path == NULL || strcmp(in->path, "-") == 0 ? "standard input" : in->path;
}

static void failed(struct input *in, const char *why)
{
	char name[NAME_SHOWN];

	if (!in->quiet)
		warnx("%s: %s", terminal_text(name, sizeof name, slice_of(input_name(in))), why);
	in->status = STATUS_FAILED;
}

/* A signal that nobody here answers is taken as well: left pending it would end every wait at once. */
static void answer_signals(struct input *in)
{
	if (signal_counters() && in->counters != NULL)
		in->counters(in->data);
	if (in->reload != NULL && signal_reload())
		in->reload(in->data);
}

/* Opening a named pipe waits for its writer, and signals come meanwhile. -1 where it fails or we are to end. */
static int open_file(struct input *in)
{
	int fd;

	do {
		answer_signals(in);
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

bool input_open(struct input *in)
{
	int operands = in->count > 0 ? in->count : 1;
	char why[WHY_MAX];

	while (in->next < operands) {
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
		if (in->fd < 0 && errno == EINTR)
			return false;
		if (in->fd < 0) {
			failed(in, descriptor_error(errno, why, sizeof why));
			continue;
		}
		in->from = in->fd;
		in->line_number = 0;
		in->start = in->end = in->scanned = 0;
		in->eof = in->begun = in->compressed = in->regular = false;
		in->utf16 = (struct utf16){ 0 };
		look_at_file(in);
		return true;
	}
	return false;
}

static void close_file(struct input *in)
{
	struct error why;

	if (in->from != in->fd)
		close(in->from);
	if (in->compressed && !decompress_end(&in->decompress, in->eof && !signal_stop(), &why))
		failed(in, why.text);
	close(in->fd);
	in->fd = in->from = -1;
	in->compressed = false;
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
		answer_signals(in);
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

/* n bytes of UTF-16, 0 at the end, become text behind in->end. */
static void take_units(struct input *in, size_t n)
{
	char *to = in->block + in->end;

	in->end += n > 0 ? utf16_put(&in->utf16, (struct slice){ in->units, n }, to) : utf16_end(&in->utf16, to);
}

/* Reads one block behind in->end; at the end or on error in->eof is set. */
static void read_block(struct input *in)
{
	char *to = in->utf16.on ? in->units : in->block + in->end;
	ssize_t n;

	do {
		if ((!in->regular || in->compressed) && !wait_for_input(in))
			return;
		n = read(in->from, to, in->utf16.on ? UNITS_BLOCK : INPUT_BLOCK);
	} while (n < 0 && (errno == EINTR || errno == EAGAIN) && !signal_stop());
	if (n < 0 && !signal_stop())
		failed(in, strerror(errno));
	if (n > 0 && in->growing && in->regular && !in->compressed && !is_continued(in, n))
		n = 0;
	in->waiting = n == 0 && in->growing && in->regular && !in->compressed;
	if (n > 0 && in->growing)
		tail_keep(&in->tail, to, (size_t)n);
	if (n <= 0)
		in->eof = !in->waiting;
	if (in->utf16.on && (n > 0 || in->eof))
		take_units(in, n > 0 ? (size_t)n : 0);
	else
		in->end += n > 0 ? (size_t)n : 0;
	in->bytes += n > 0 ? (size_t)n : 0;
}

/* Compressed content is read again from its start, through the program that knows it. */
static void decompress(struct input *in, const char *program)
{
	struct error why;
	int from = decompress_start(&in->decompress, program, in->fd, (struct slice){ in->block, in->end }, &why);

	in->bytes -= in->end;
	in->end = 0;
	if (from < 0) {
		failed(in, why.text);
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
	in->units = memory_grow(in->units, &in->units_size, behind > UNITS_BLOCK ? behind : UNITS_BLOCK, 1);
	memcpy(in->units, in->block + UTF16_MARK, behind);
	in->block = memory_grow(in->block, &in->size, 2 * behind + UTF16_ROOM + INPUT_SLACK, 1);
	in->end = 0;
	take_units(in, behind);
}

/* The start of a file: is it compressed, is there a byte order mark? */
static void begin_file(struct input *in)
{
	const char *program = NULL;
	bool more = true;

	while (more && !in->eof && !in->waiting && !signal_stop()) {
		make_room(in);
		read_block(in);
		program = decompress_program((struct slice){ in->block, in->end }, &more);
	}
	if (program != NULL)
		decompress(in, program);
	while (!in->eof && !in->waiting && !signal_stop() && may_be_mark(in)) {
		make_room(in);
		read_block(in);
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

/* A line is in hand from in->start to its newline at end: gives it, cut to line_max, not inside a character. */
static void give_line(struct input *in, size_t end, struct slice *line)
{
	size_t len = end - in->start;

	in->cut = in->skipped;
	in->skipped = 0;
	if (len > in->line_max) {
		size_t shorter = in->line_max;
		while (shorter > 0 && in->line_max - shorter < 3 && (in->block[in->start + shorter] & 0xc0) == 0x80)
			shorter--;
		in->cut += len - shorter;
		len = shorter;
	}
	*line = (struct slice){ in->block + in->start, len };
	in->plain = in->wants_plain && scan_plain_slack(line->ptr, line->ptr + len) == line->ptr + len;
	in->line_number++;
}

/* The rest of a line that is too long is read over the bytes behind line_max, and only counted. */
static void skip_rest(struct input *in)
{
	size_t kept = in->start + in->line_max + 1;

	in->skipped += in->end - kept;
	in->end = in->scanned = kept;
}

/* What stands at the end of a file without newline: its writer may not have finished. */
static bool leave_unfinished(struct input *in)
{
	char name[NAME_SHOWN];

	if (!in->whole || !in->regular || in->compressed || in->end == in->start)
		return false;
	if (!in->quiet)
		warnx("%s: its last line has no newline yet: left out",
		      terminal_text(name, sizeof name, slice_of(input_name(in))));
	in->start = in->scanned = in->end;
	return true;
}

/* Looks for a newline in what is new; true when a line is whole. */
static bool find_line(struct input *in, struct slice *line)
{
	const char *newline = NULL;

	if (in->end > in->scanned)
		newline = memchr(in->block + in->scanned, '\n', in->end - in->scanned);
	if (newline == NULL && (!in->eof || in->end == in->start || leave_unfinished(in))) {
		in->scanned = in->end;
		return false;
	}
	in->scanned = newline != NULL ? (size_t)(newline - in->block) : in->end;
	give_line(in, in->scanned, line);
	in->start = newline != NULL ? in->scanned + 1 : in->end;
	in->scanned = in->start;
	return true;
}

/* The same, and finds more lines behind it at once; where one is in hand already, or too long, it is the first. */
static bool find_lines(struct input *in, struct slice *line)
{
	if (in->scanned == in->start)
		newlines_find(&in->newlines, in->block, in->start, in->end, in->wants_plain);
	if (in->newlines.count == 0 || in->newlines.ends[0] - in->start > in->line_max) {
		in->newlines.count = 0;
		return find_line(in, line);
	}
	give_line(in, in->newlines.ends[0], line);
	in->newlines.next = 1;
	in->start = in->scanned = in->newlines.ends[0] + 1;
	return true;
}

bool input_next(struct input *in, struct slice *line)
{
	in->waiting = false;
	in->newlines.count = in->newlines.next = 0;
	answer_signals(in);
	while (!signal_stop()) {
		if (in->fd < 0 && !input_open(in))
			return false;
		if (!in->begun)
			begin_file(in);
		if (in->begun && find_lines(in, line))
			return true;
		if (in->waiting)
			return false;
		if (in->eof) {
			close_file(in);
			continue;
		}
		if (in->end - in->start > in->line_max)
			skip_rest(in);
		make_room(in);
		read_block(in);
	}
	return false;
}

bool input_more(const struct input *in, int milliseconds)
{
	return in->from >= 0 && signal_wait(in->from, milliseconds);
}

enum status input_close(struct input *in)
{
	if (in->fd >= 0)
		close_file(in);
	free(in->block);
	free(in->units);
	in->block = in->units = NULL;
	in->size = in->units_size = 0;
	return in->status;
}
