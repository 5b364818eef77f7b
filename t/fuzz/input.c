/* Lines of files: the same through a pipe cut anywhere, from a file, and from a file that grows. */
/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "../../lib/decompress.h"
#include "../../lib/input.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

static void add_line(struct buffer *to, struct slice line, uint64_t cut)
{
	buffer_printf(to, "%zu %llu ", line.len, (unsigned long long)cut);
	buffer_add(to, line);
	buffer_add_char(to, '\n');
}

/* UTF-16 in one piece: another text, and its start; else the text itself. */
static struct slice as_utf8(struct slice text, struct buffer *to)
{
	const struct slice mark = SLICE("\xef\xbb\xbf");
	struct utf16 utf16;

	if (!utf16_begins(&utf16, text))
		return slice_starts(text, mark) ? slice_after(text, mark.len) : text;
	buffer_room(to, 2 * text.len + UTF16_ROOM);
	to->len = utf16_put(&utf16, slice_after(text, UTF16_MARK), to->ptr);
	to->len += utf16_end(&utf16, to->ptr + to->len);
	return buffer_slice(to);
}

/* The model: lines of a text in memory. A line that is too long is cut, not inside a character. */
static void model(struct slice text, size_t line_max, struct buffer *to)
{
	struct buffer utf8 = { 0 };

	text = as_utf8(text, &utf8);
	while (text.len > 0) {
		size_t len = slice_find(text, '\n'), kept = len;
		if (len > line_max) {
			kept = line_max;
			while (kept > 0 && line_max - kept < 3 && is_continuation(text.ptr[kept]))
				kept--;
		}
		add_line(to, slice_first(text, kept), len - kept);
		text = slice_after(text, len < text.len ? len + 1 : len);
	}
	buffer_clear(&utf8);
}

static void read_all(char *path, size_t line_max, struct buffer *to)
{
	struct input in;
	struct slice line;

	input_init(&in, &path, 1, line_max);
	in.quiet = true;
	while (input_line(&in, &line))
		add_line(to, line, in.cut);
	MUST(input_close(&in) == STATUS_OK);
}

static void check_file(struct slice text, size_t line_max, struct slice wanted)
{
	struct buffer got = { 0 };
	char path[FUZZ_PATH];
	int fd = fuzz_file(text, path);

	read_all(path, line_max, &got);
	MUST_SAME(buffer_slice(&got), wanted);
	buffer_clear(&got);
	close(fd);
}

/* The text comes in two pieces: what is there so far, then the rest. */
static void check_growing(struct slice text, size_t cut, size_t line_max, struct slice wanted)
{
	struct buffer got = { 0 };
	char path[FUZZ_PATH], *paths = path;
	int fd = fuzz_file(slice_first(text, cut), path);
	struct input in;
	struct slice line;

	input_init(&in, &paths, 1, line_max);
	in.quiet = in.growing = true;
	while (input_line(&in, &line))
		add_line(&got, line, in.cut);
	MUST(pwrite(fd, text.ptr + cut, text.len - cut, (off_t)cut) == (ssize_t)(text.len - cut));
	in.growing = false;
	while (input_line(&in, &line))
		add_line(&got, line, in.cut);
	MUST(input_close(&in) == STATUS_OK);
	MUST_SAME(buffer_slice(&got), wanted);
	buffer_clear(&got);
	close(fd);
}

/* In a pipe the first piece lies ready; the second is written when the reader has used it up and would wait. */
struct feeding {
	int fd;
	struct slice rest;
};

static void feed(void *data)
{
	struct feeding *feeding = data;

	if (feeding->fd < 0)
		return;
	if (feeding->rest.len > 0)
		MUST(write(feeding->fd, feeding->rest.ptr, feeding->rest.len) == (ssize_t)feeding->rest.len);
	close(feeding->fd);
	feeding->fd = -1;
}

static void check_pipe(struct slice text, size_t cut, size_t line_max, struct slice wanted)
{
	struct buffer got = { 0 };
	struct feeding feeding;
	struct input in;
	struct slice line;
	char path[FUZZ_PATH], *paths = path;
	int ends[2];

	MUST(pipe2(ends, O_CLOEXEC) == 0);
	snprintf(path, sizeof path, "/proc/self/fd/%d", ends[0]);
	feeding = (struct feeding){ ends[1], slice_after(text, cut) };
	if (cut > 0)
		MUST(write(ends[1], text.ptr, cut) == (ssize_t)cut);
	input_init(&in, &paths, 1, line_max);
	in.quiet = true;
	in.idle = feed;
	in.data = &feeding;
	while (input_line(&in, &line))
		add_line(&got, line, in.cut);
	MUST(input_close(&in) == STATUS_OK && feeding.fd < 0);
	MUST_SAME(buffer_slice(&got), wanted);
	close(ends[0]);
	buffer_clear(&got);
}

/* What decides on few bytes decides the same on more. */
static const char *check_decompress(struct slice text)
{
	bool more;
	const char *whole = decompress_program(text, &more);

	for (size_t n = 1; n < text.len && n <= DECOMPRESS_HEAD; n++) {
		const char *program = decompress_program(slice_first(text, n), &more);
		MUST(program == NULL || (program == whole && !more));
		MUST(more || program == whole);
	}
	return whole;
}

static void run(const struct fuzz_target *target, struct slice bytes)
{
	struct buffer wanted = { 0 };
	size_t line_max, cut;

	(void)target;
	if (bytes.len < 3)
		return;
	line_max = 1 + (unsigned char)bytes.ptr[0];
	cut = (size_t)(unsigned char)bytes.ptr[1] << 8 | (unsigned char)bytes.ptr[2];
	bytes = slice_after(bytes, 3);
	cut %= bytes.len + 1;
	/* A program that unpacks is not started here: thousands in a second. */
	if (check_decompress(bytes) != NULL)
		return;
	model(bytes, line_max, &wanted);
	check_file(bytes, line_max, buffer_slice(&wanted));
	check_growing(bytes, cut, line_max, buffer_slice(&wanted));
	check_pipe(bytes, cut, line_max, buffer_slice(&wanted));
	buffer_clear(&wanted);
}

static const char *const seeds[] = { "\xff\x01\x05one\ntwo\r\n\nthree",
				     "\x04\x01\x01\xef\xbb\xbf"
				     "a long line\n\xc3\xa9\xc3\xa9\xc3\xa9\n",
				     "\x10\x01\x02\xfd"
				     "7zX",
				     "\x01\x01\x03\n\n\n", NULL };

const struct fuzz_target fuzz_input = { "input", 4096, run, seeds, NULL };
