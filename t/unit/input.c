/* Lines come out the same however the bytes arrive: cut anywhere, compressed, too long, without a last newline. */
/* SPDX-License-Identifier: MIT */
#include "../../lib/input.h"
#include "check.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	TRIALS = 300,
	TEXT_MAX = 20000,
	LINE_MAX_TRIED = 700,
};

/* The model: lines of a text in memory, each as "length cut bytes\n". */
static void model(struct slice text, size_t line_max, struct buffer *to)
{
	while (text.len > 0) {
		size_t len = slice_find(text, '\n'), kept = len < line_max ? len : line_max;
		buffer_printf(to, "%zu %zu ", kept, len - kept);
		buffer_add(to, slice_first(text, kept));
		buffer_add_char(to, '\n');
		text = slice_after(text, len < text.len ? len + 1 : len);
	}
}

static enum status read_all(char *path, size_t line_max, struct buffer *to)
{
	struct input in;
	struct slice line;

	input_init(&in, &path, 1, line_max);
	while (input_line(&in, &line)) {
		buffer_printf(to, "%zu %zu ", line.len, (size_t)in.cut);
		buffer_add(to, line);
		buffer_add_char(to, '\n');
	}
	return input_close(&in);
}

/* Lines of very different lengths; ASCII, so that a cut never has to move. */
static size_t random_text(char *text, size_t max)
{
	size_t len = (size_t)rand() % max;
	int often = 1 + rand() % 400;

	for (size_t i = 0; i < len; i++)
		text[i] = rand() % often ? (char)('a' + rand() % 26) : '\n';
	return len;
}

/* A child writes the text into a pipe in pieces of any size; we read it as standard input. */
static void write_in_pieces(int fd, struct slice text)
{
	while (text.len > 0) {
		size_t piece = 1 + (size_t)rand() % (rand() % 2 ? 10 : 5000);
		ssize_t n = write(fd, text.ptr, piece < text.len ? piece : text.len);
		if (n < 0)
			_exit(1);
		text = slice_after(text, (size_t)n);
	}
	_exit(0);
}

static void feed_standard_input(struct slice text)
{
	int ends[2];

	if (!CHECK(pipe(ends) == 0))
		return;
	if (fork() == 0) {
		close(ends[0]);
		write_in_pieces(ends[1], text);
	}
	dup2(ends[0], STDIN_FILENO);
	close(ends[0]);
	close(ends[1]);
}

static void test_pieces(void)
{
	static char text[TEXT_MAX], dash[] = "-";
	unsigned good = 0;

	srand(4);
	for (int i = 0; i < TRIALS; i++) {
		struct buffer wanted = { 0 }, got = { 0 };
		size_t len = random_text(text, TEXT_MAX), line_max = 1 + (size_t)rand() % LINE_MAX_TRIED;
		model((struct slice){ text, len }, line_max, &wanted);
		feed_standard_input((struct slice){ text, len });
		good += read_all(dash, line_max, &got) == STATUS_OK &&
			slice_equal(buffer_slice(&wanted), buffer_slice(&got));
		wait(NULL);
		buffer_clear(&wanted);
		buffer_clear(&got);
	}
	CHECK_NUMBER(good, TRIALS);
}

/* Lines longer than any buffer that we keep: only the start is held. */
static void test_long_lines(void)
{
	char path[] = "/tmp/siem-input-XXXXXX";
	int fd = mkstemp(path);
	struct buffer text = { 0 }, wanted = { 0 }, got = { 0 };

	for (int line = 0; line < 5; line++) {
		size_t len = (size_t)line * 700000 + 13;
		memset(buffer_room(&text, len), 'a' + line, len);
		text.len += len;
		buffer_add_char(&text, '\n');
	}
	CHECK(write(fd, text.ptr, text.len) == (ssize_t)text.len);
	model(buffer_slice(&text), 1 << 20, &wanted);
	CHECK(read_all(path, 1 << 20, &got) == STATUS_OK);
	CHECK(slice_equal(buffer_slice(&wanted), buffer_slice(&got)));
	unlink(path);
	close(fd);
	buffer_clear(&text);
	buffer_clear(&wanted);
	buffer_clear(&got);
}

static void reads(const char *bytes, size_t len, size_t line_max, const char *wanted)
{
	char path[] = "/tmp/siem-input-XXXXXX";
	int fd = mkstemp(path);
	struct buffer got = { 0 };

	CHECK(write(fd, bytes, len) == (ssize_t)len);
	CHECK_NUMBER(read_all(path, line_max, &got), STATUS_OK);
	CHECK_TEXT(buffer_slice(&got), wanted);
	unlink(path);
	close(fd);
	buffer_clear(&got);
}

static void test_edges(void)
{
	reads("", 0, 10, "");
	reads("\n", 1, 10, "0 0 \n");
	reads("a", 1, 10, "1 0 a\n");
	reads("a\r\n", 3, 10, "2 0 a\r\n");
	reads("\xef\xbb\xbf"
	      "a\n",
	      5, 10, "1 0 a\n");
	reads("\xef\xbb"
	      "a\n",
	      4, 10,
	      "3 0 \xef\xbb"
	      "a\n");
	reads("\x1f", 1, 10, "1 0 \x1f\n");
	reads("BZ\n", 3, 10, "2 0 BZ\n");
	/* A character is not cut in two. */
	reads("aa\xc3\xa9"
	      "b\n",
	      6, 3, "2 3 aa\n");
	reads("aa\xc3\xa9"
	      "b\n",
	      6, 4, "4 1 aa\xc3\xa9\n");
}

static void test_missing(void)
{
	char path[] = "/nowhere/at/all";
	struct buffer got = { 0 };

	fflush(stdout);
	CHECK_NUMBER(read_all(path, 10, &got), STATUS_FAILED);
	CHECK_NUMBER(got.len, 0);
	buffer_clear(&got);
}

int main(void)
{
	test_pieces();
	test_long_lines();
	test_edges();
	test_missing();
	return check_end();
}
