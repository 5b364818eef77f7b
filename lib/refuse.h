/* Lines that cannot be used: the first five are shown, all are counted and, if asked, kept. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_REFUSE_H
#define SIEM_REFUSE_H

#include "input.h"
#include "error.h"

enum {
	REFUSE_SHOWN = 5,
};

struct refuse {
	uint64_t count;
	int rejects; /* file descriptor of --rejects, or -1 */
	const char *rejects_path;
};

/* path of --rejects, or NULL; it is created, and appended to when it is there. False with *err filled. */
bool refuse_init(struct refuse *refuse, const char *path, struct error *err);

/* Are rejected lines kept in the very file of that path ("-": standard input)? */
bool refuse_is_file(const struct refuse *refuse, const char *path);

/* "siem-helper: auth.jsonl:14: why: start of the line" with everything escaped that could move a terminal. */
void refuse_line(struct refuse *refuse, const struct input *in, struct slice line, const char *why);

/* The same for a line that was read earlier, in whatever file. */
void refuse_later(struct refuse *refuse, struct slice line, const char *why);

/* Tells the sum where more were refused than shown, closes; STATUS_REFUSED if there was one, else STATUS_OK. */
enum status refuse_end(struct refuse *refuse);

#endif
