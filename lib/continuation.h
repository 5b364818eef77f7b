/* Lines that go on with the one before: stack traces, indented text, what no format knows. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_CONTINUATION_H
#define SIEM_CONTINUATION_H

#include "slice.h"

/* What is remembered of an event's first line. {0}: nothing goes on with it. */
struct continuation {
	bool begun;
	bool stamped;  /* a format has read it, with a stamp */
	bool indented; /* so is the whole log, it may be */
};

struct continuation continuation_after(struct slice first, bool stamped);

/*
 * Does a line go on with that event? Indented lines do, and those that say so themselves ("Caused by: ", "... 12 more",
 * "at com.example.."), whatever else they look like; of a stamped line also those that no format knows.
 */
bool continuation_is(const struct continuation *before, struct slice line, bool known);

#endif
