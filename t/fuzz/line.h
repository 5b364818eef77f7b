/* Lines through the parser: what must hold for the events that come of them. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FUZZ_LINE_H
#define SIEM_FUZZ_LINE_H

#include "fuzz.h"

enum {
	FUZZ_LINES_MAX = 4096, /* bytes of all lines together */
};

/* Lines of a file, by the target's format alone, or by the one that knows them if it has none. */
void fuzz_lines(const struct fuzz_target *target, struct slice bytes);

/*
 * An event line (without newline) that siem-parse wrote for a line, or for several joined by newlines: JSON to the
 * letter, nothing twice, fields in their order, the id that belongs to it, the line given back byte for byte. repeats:
 * how many lines before it may be equal.
 */
void fuzz_check_event(struct slice event, struct slice line, uint64_t repeats);

/* The events of lines, as -f auto reads them; borrowed until the next call. */
struct slice fuzz_events(struct slice bytes);
/* Adds the bytes that the event says it was read from: a line, or several joined by newlines. */
void fuzz_raw(struct slice event, struct buffer *to);

/* The value of a JSON text by jansson, NULL where it has no word on it (numbers too large, NUL in names). */
struct json_t *fuzz_jansson(struct slice text);

#endif
