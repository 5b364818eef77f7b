/* Lines of files and standard input, read with read(2) in large blocks, whatever bytes they hold. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_INPUT_H
#define SIEM_INPUT_H

#include "buffer.h"
#include "decompress.h"
#include "newlines.h"
#include "signal.h"
#include "status.h"
#include "tail.h"
#include "utf16.h"

#include <time.h>

enum {
	INPUT_BLOCK = 256 << 10, /* bytes a read asks for */
	INPUT_SLACK = 64,	 /* bytes behind a line that may be read (never written) */
};

/*
 * Operands are read one after the other; no operand, or "-", is standard input. Content that
 * starts as gzip, xz, zstd or bzip2 is read through the system's decompressor, and what starts
 * with the byte order mark of UTF-16 becomes UTF-8. A file that
 * cannot be opened or read is named on stderr, the rest goes on, and status says FAILED.
 *
 * Whoever reads our output should not wait while we wait for input: when nothing is there to
 * read, idle is called once before the wait. SIGTERM and SIGINT (signal.h) end the input behind the
 * line in hand; SIGUSR1 calls counters.
 */
struct input {
	char **paths; /* borrowed, count of them */
	int count;
	int *fds;		  /* or NULL: of each path, opened already, which the input takes over; -1: not yet */
	size_t line_max;	  /* bytes; longer lines are cut there */
	void (*idle)(void *data); /* or NULL */
	void (*counters)(void *data); /* or NULL */
	void (*begin)(void *data);    /* or NULL: called before the first line of each file */
	void *data;
	void (*reload)(void *data); /* SIGHUP, or NULL */
	int again;		    /* milliseconds after which idle is called again while nothing comes; 0: once */
	bool quiet;		    /* failures are told by status alone */
	bool growing;		    /* regular files are never at their end: see input_line */
	bool whole;		    /* a last line of a regular file without newline is left out, and told */
	bool wants_plain;	    /* as the name says: plain, below */

	/* where we are; to be read by all, written by input.c */
	const char *path;      /* of the file in hand, "-" for standard input */
	uint64_t line_number;  /* of the line in hand, from 1, in its file */
	uint64_t cut;	       /* bytes of the line in hand that lie behind line_max */
	bool plain;	       /* where it is wanted: all bytes of the line in hand are plain (scan.h) */
	uint64_t bytes;	       /* read so far, of all files, as uncompressed */
	int fd;		       /* the file itself, -1 between files */
	bool compressed;       /* fd is not what the lines come from */
	struct utf16 utf16;    /* on: the lines are not, byte for byte, what the file holds */
	bool regular;	       /* the file itself is a regular one, in hand from its start: it can be read again */
	struct timespec mtime; /* of a regular file */
	enum status status;
	struct tail tail; /* while growing: the last bytes that were read */

	/* of input.c alone */
	int next, from;
	struct decompress decompress;
	char *block;
	size_t start, end, size, scanned;
	char *units; /* a block of UTF-16 */
	size_t units_size;
	struct newlines newlines; /* behind start that have been found, as long as the block stays as it is */
	uint64_t skipped;
	bool eof, begun, waiting;
};

/* paths and count are operands as options.h leaves them; nothing is opened yet. */
void input_init(struct input *in, char **paths, int count, size_t line_max);

/* The name of the file in hand for messages; standard input has one too. */
const char *input_name(const struct input *in);

/*
 * Opens the next operand now, which input_line does by itself; false when no more of them can be opened.
 * Nothing is read yet: fd, regular, mtime and path are known.
 */
bool input_open(struct input *in);

/* What input_line does where a line is not just at hand. */
bool input_next(struct input *in, struct slice *line);

/*
 * The next line without its newline (a CR stays); false at the end of all input. Borrowed until
 * the next call; INPUT_SLACK bytes behind it can be read. A last line without newline counts.
 * A UTF-8 byte order mark at the start of a file is skipped.
 *
 * While growing is set, false also says that a regular file has no more whole lines yet: ask again later.
 * When it is taken back, the end of the file is the end, and what stands there without newline is a line.
 * What takes the place of a file that was truncated is not read: its tail does not stand before it.
 */
static inline bool input_line(struct input *in, struct slice *line)
{
	const size_t next = in->newlines.next;

	/* Nearly always the line has been found already. */
	if (next == in->newlines.count || signal_came() || in->newlines.ends[next] - in->start > in->line_max)
		return input_next(in, line);
	*line = (struct slice){ in->block + in->start, in->newlines.ends[next] - in->start };
	in->plain = (in->newlines.odd >> next & 1) == 0;
	in->newlines.next = next + 1;
	in->start = in->scanned = in->start + line->len + 1;
	in->line_number++;
	return true;
}

/* In begin: goes on at this offset of a regular file, where a line starts. */
void input_seek(struct input *in, off_t offset);

/* In idle: does more come within so many milliseconds? False as well where a signal comes. */
bool input_more(const struct input *in, int milliseconds);

/* Closes, waits for children, releases; returns the status of all reading. */
enum status input_close(struct input *in);

#endif
