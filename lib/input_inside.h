/* An input at work, for the files that it is made of. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_INPUT_INSIDE_H
#define SIEM_INPUT_INSIDE_H

#include "input.h"

enum {
	INPUT_UNITS = INPUT_BLOCK / 2, /* bytes of UTF-16 in a block, of which half as many again may come */
	INPUT_NAME_SHOWN = 1024,       /* bytes of a file's name that a message shows */
};

/* The file in hand cannot be read on: told on stderr, unless quiet, and by status. */
void input_failed(struct input *in, const char *why);

/* Calls whoever answers the signals that have come. */
void input_signals(struct input *in);

/*
 * Reads one block behind end, moving or growing what is in hand for it. What is in hand may stay as it is: then eof
 * says that the file ends or failed, waiting that a growing one has no more yet, or a signal ends the input.
 */
void input_read(struct input *in);

/* n bytes in units, 0 at the end of the file, become text behind end, where there is room for it. */
void input_put_units(struct input *in, size_t n);

/* The start of a file: is it compressed, is there a byte order mark? begun is set unless it is still to come. */
void input_begin(struct input *in);

/* A decompressor that failed is told. */
void input_close_file(struct input *in);

#endif
