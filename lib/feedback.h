/* Rules over rules: the SIEM events that are fed back, and that no rule feeds itself. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FEEDBACK_H
#define SIEM_FEEDBACK_H

#include "buffer.h"
#include "rule.h"

enum {
	FEEDBACK_DEPTH_MAX = 8, /* rules over rules over rules .. */
};

/* Lines that wait to be fed back, in their order. {0} takes none. */
struct feedback {
	bool wanted;		 /* by a rule */
	struct buffer lines;	 /* for each: its length and kind, then its text */
	struct buffer unwritten; /* a line that does not go out */
};

/* For a line that is written for the rules alone: emptied; NULL where no rule wants it. */
struct buffer *feedback_buffer(struct feedback *feedback);

/* A line, with its newline, waits to be fed back, if that is wanted; time is when what it tells of happened. */
void feedback_add(struct feedback *feedback, struct slice line, enum fed fed, int64_t time);

/* Moves what waits into *lines (emptied before); false where nothing does. */
bool feedback_take(struct feedback *feedback, struct buffer *lines);

struct fed_line {
	struct slice line; /* borrowed, without its newline */
	enum fed fed;
	int64_t time;
};

/* The line at *at in what was taken; *at moves behind it. False at the end. */
bool feedback_line(const struct buffer *lines, size_t *at, struct fed_line *line);

void feedback_clear(struct feedback *feedback);

/* No rule feeds itself, through whatever others, and none stands on too many; false with *err filled names them. */
bool feedback_check(const struct rules *rules, struct error *err);

#endif
