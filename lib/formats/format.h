/* What a log format is: a name, a line about it, sample lines, and the function that reads a line. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_H
#define SIEM_FORMAT_H

#include "../buffer.h"
#include "../field.h"
#include "../zone.h"

/* What a format may need to know; the same for all lines of a file. */
struct format_context {
	struct zone *zone;  /* of stamps that have no offset */
	int64_t reference;  /* for stamps without a year, microseconds since 1970 */
	int years_back;     /* the line in hand stands before this many New Years of its file; see year.h */
};

/*
 * What a format found in a line. Texts borrow from the line; numbers are -1 where unknown.
 * extended is JSON text: members joined by commas, without the braces.
 */
struct parsed {
	bool has_stamp;
	struct stamp stamp;
	int facility, severity;
	int64_t source_pid, source_port, dest_port;
	struct slice text[FIELD_EVENT_END]; /* log_source .. message; ptr NULL where unknown */
	struct buffer extended;             /* emptied before each line */
};

struct format {
	const char *name;
	const char *what;                  /* one line for siem-parse -l */
	const char *const *samples;        /* ended by NULL; the tests read them back */
	/* True, and *out filled, where the line is of this format. The line has no newline and no CR at its end. */
	bool (*read)(const struct format_context *context, struct slice line, struct parsed *out);
};

/* All formats, ended by NULL, in the order in which -f auto tries them. */
extern const struct format *const formats[];

/* The format of that name, or NULL. */
const struct format *format_find(struct slice name);

/* Adds "name": text to parsed->extended. */
void parsed_extend(struct parsed *parsed, const char *name, struct slice text);

#endif
