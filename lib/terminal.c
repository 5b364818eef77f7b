/* Showing text of unknown origin to a person: nothing in it may move the terminal. */
/* SPDX-License-Identifier: MIT */
#include "terminal.h"

#include "utf8.h"
#include "width.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
	MARKS_MAX = 8,	    /* combining characters on one letter; nobody's writing needs more */
	ATOM_SIZE = 16,	    /* "\u{10FFFF}" and its NUL */
	COLUMNS_MAX = 4096, /* of a terminal that can be believed */
	COLUMNS_USUAL = 80, /* of one that does not say */
};

#define CUT "…"

/* One character as it is shown. */
struct atom {
	char text[ATOM_SIZE];
	size_t len;
	size_t width;
};

/* Text on its way to the terminal. */
struct reader {
	const char *p;
	const char *end;
	unsigned marks; /* combining characters that may still follow */
};

static struct reader reader_of(struct slice text)
{
	if (text.len == 0)
		text.ptr = ""; /* nothing may be added to a null pointer */
	return (struct reader){ text.ptr, text.ptr + text.len, 0 };
}

/* Something that is not to be seen as it is: a code point, or a byte that is part of none. */
static struct atom escape(uint32_t code, bool is_byte)
{
	struct atom atom;

	if (code == '\n' || code == '\t' || code == '\r')
		snprintf(atom.text, sizeof atom.text, "\\%c", code == '\n' ? 'n' : code == '\t' ? 't' : 'r');
	else if (is_byte || code < 0x80)
		snprintf(atom.text, sizeof atom.text, "\\x%02x", (unsigned)code);
	else
		snprintf(atom.text, sizeof atom.text, "\\u{%X}", (unsigned)code);
	atom.len = atom.width = strlen(atom.text);
	return atom;
}

/* The next character; there is one. */
static struct atom next_atom(struct reader *reader)
{
	const char *start = reader->p;
	size_t length = utf8_length(start, reader->end);
	uint32_t code = length > 0 ? utf8_code(start, length) : (unsigned char)*start;
	enum width width = length > 0 ? code_width(code) : WIDTH_HIDDEN;
	struct atom atom = { .len = length, .width = width == WIDTH_TWO ? 2 : 1 };

	reader->p += length > 0 ? length : 1;
	if (width == WIDTH_HIDDEN || (width == WIDTH_COMBINING && reader->marks == 0)) {
		reader->marks = 0;
		return escape(code, length == 0);
	}
	reader->marks = width == WIDTH_COMBINING ? reader->marks - 1 : MARKS_MAX;
	if (width == WIDTH_COMBINING)
		atom.width = 0;
	memcpy(atom.text, start, length);
	return atom;
}

/* Printable ASCII at the start, the usual text, at most max bytes of it. */
static size_t plain(const struct reader *reader, size_t max)
{
	size_t left = (size_t)(reader->end - reader->p), len = 0;

	if (left > max)
		left = max;
	while (len < left && reader->p[len] >= 0x20 && reader->p[len] < 0x7f)
		len++;
	return len;
}

size_t terminal_add(struct buffer *to, struct slice text, size_t columns)
{
	struct reader reader = reader_of(text);
	size_t width = 0, cut_len = to->len, cut_width = 0; /* the longest beginning that leaves room for CUT */

	if (columns == 0)
		return 0;
	while (reader.p < reader.end) {
		const struct slice run = { reader.p, plain(&reader, width < columns ? columns - 1 - width : 0) };
		struct atom atom;
		if (run.len > 0) {
			buffer_add(to, run);
			reader.p += run.len;
			reader.marks = MARKS_MAX;
			width += run.len;
		} else {
			atom = next_atom(&reader);
			if (atom.width > columns - width) {
				to->len = cut_len;
				buffer_add(to, SLICE(CUT));
				return cut_width + 1;
			}
			buffer_add(to, (struct slice){ atom.text, atom.len });
			width += atom.width;
		}
		if (width < columns) {
			cut_len = to->len;
			cut_width = width;
		}
	}
	return width;
}

const char *terminal_text(char *to, size_t size, struct slice text)
{
	struct reader reader = reader_of(text);
	size_t len = 0, cut = 0;

	while (reader.p < reader.end) {
		struct atom atom = next_atom(&reader);
		if (len + atom.len >= size) {
			len = cut;
			if (len + sizeof CUT <= size) {
				memcpy(to + len, CUT, sizeof CUT - 1);
				len += sizeof CUT - 1;
			}
			break;
		}
		memcpy(to + len, atom.text, atom.len);
		len += atom.len;
		if (len + sizeof CUT <= size)
			cut = len;
	}
	if (size > 0)
		to[len] = '\0';
	return to;
}

size_t terminal_width(int fd)
{
	struct winsize size;
	const char *columns = getenv("COLUMNS");
	int64_t n;

	if (!isatty(fd))
		return 0;
	if (columns != NULL && slice_number(slice_of(columns), 1, COLUMNS_MAX, &n))
		return (size_t)n;
	if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_col <= COLUMNS_MAX)
		return size.ws_col;
	return COLUMNS_USUAL;
}

bool terminal_colour(int fd)
{
	const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");

	if (!isatty(fd) || (no_colour != NULL && *no_colour != '\0'))
		return false;
	return term != NULL && strcmp(term, "dumb") != 0;
}
