/* Compressed input through the system's programs, known by its first bytes. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_DECOMPRESS_H
#define SIEM_DECOMPRESS_H

#include "error.h"

#include <sys/types.h>

enum {
	DECOMPRESS_HEAD = 6, /* first bytes that decide */
};

/* A decompressor under way. */
struct decompress {
	const char *program;
	pid_t child;
	pid_t feeder; /* hands on what cannot be read again, or 0 */
};

/*
 * The program that reads content with these first bytes ("gzip", "xz", "zstd", "bzip2"), or NULL.
 * *more is set where fewer than DECOMPRESS_HEAD bytes do not decide yet.
 */
const char *decompress_program(struct slice head, bool *more);

/*
 * Starts program on fd. head is what has been read from fd already: seekable files are set back by
 * that much, else a second process feeds it. Returns the descriptor to read from (the caller closes
 * it), or -1 with *err filled. fd stays open and belongs to the caller.
 */
int decompress_start(struct decompress *d, const char *program, int fd, struct slice head, struct error *err);

/*
 * Waits for the end, once the descriptor is closed. False with *err filled where the program said
 * that the content is damaged; whole: it had been read to its end, else how it ended is no matter.
 */
bool decompress_end(struct decompress *d, bool whole, struct error *err);

#endif
