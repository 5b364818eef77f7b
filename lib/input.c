/* Lines of files and standard input, read with read(2) in large blocks, whatever bytes they hold. */
/* SPDX-License-Identifier: MIT */
#include "input_inside.h"

#include "scan.h"
#include "terminal.h"

#include <err.h>
#include <stdlib.h>

void input_init(struct input *in, char **paths, int count, size_t line_max)
{
	*in = (struct input){ .paths = paths, .count = count, .line_max = line_max, .fd = -1, .from = -1 };
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
	char name[INPUT_NAME_SHOWN];

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
	input_signals(in);
	while (!signal_stop()) {
		if (in->fd < 0 && !input_open(in))
			return false;
		if (!in->begun)
			input_begin(in);
		if (in->begun && find_lines(in, line))
			return true;
		if (in->waiting)
			return false;
		if (in->eof) {
			input_close_file(in);
			continue;
		}
		if (in->end - in->start > in->line_max)
			skip_rest(in);
		input_read(in);
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
		input_close_file(in);
	free(in->block);
	free(in->units);
	in->block = in->units = NULL;
	in->size = in->units_size = 0;
	return in->status;
}
