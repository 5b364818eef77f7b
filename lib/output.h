/* Standard output in large blocks: what is added is written when a block is full or somebody flushes. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_OUTPUT_H
#define SIEM_OUTPUT_H

#include "buffer.h"

enum {
	OUTPUT_BLOCK = 256 << 10, /* bytes */
};

/*
 * Add text to .text with buffer_add and friends, then call output_line. A write error ends the
 * program with status 3 and a message, once a line is whole: no half event is written on purpose.
 * A closed reader ends it as SIGPIPE would, silently, whether or not that signal is ignored.
 */
struct output {
	int fd;
	const char *name; /* for messages, "standard output" */
	struct buffer text;
	void (*before)(void *data); /* called before bytes leave, or NULL: siem-store --tee commits first */
	void *data;
};

void output_init(struct output *out, int fd, const char *name);

/* Writes everything out. */
void output_flush(struct output *out);

/* To be called when a line is whole: writes when the block is full. */
static inline void output_line(struct output *out)
{
	if (out->text.len >= OUTPUT_BLOCK)
		output_flush(out);
}

/* Flushes, closes and checks both; releases the memory. */
void output_close(struct output *out);

#endif
