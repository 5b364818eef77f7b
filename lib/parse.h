/* Lines of logs become events: which format reads them, in which year, and what holds where nothing is known. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_PARSE_H
#define SIEM_PARSE_H

#include "emit.h"
#include "formats/pieces.h"
#include "plain.h"
#include "gather.h"
#include "input.h"
#include "parse_counts.h"
#include "why.h"

struct parse {
	/* set by the program before parse_init; texts are borrowed */
	const struct format *only; /* NULL: every line is read by the format that knows it */
	struct zone zone;	   /* of stamps without an offset */
	bool referred;		   /* reference is given, else it is the time of the file, else now */
	int64_t reference;	   /* of stamps without a year, microseconds since 1970 */
	struct slice host;	   /* log_source of lines that name no machine */
	struct slice parsed_on;
	bool raw;	/* events have raw_text */
	bool records;	/* each record of the audit system is an event, not all of one serial together */
	bool join;	/* lines that go on with the one before are part of its event */
	struct why why; /* tells of lines that no format reads, where it is asked for */
	int64_t since;	/* what comes before the first event of this time or later is left out; INT64_MIN: nothing */

	/* of parse.c alone */
	const struct format *last; /* that read a line, if it is sure of its lines */
	struct year year;
	struct format_context context;
	void *states[FORMATS_MAX]; /* of the formats that remember something, in the order of the table */
	struct parsed parsed;
	struct parsed contained; /* in the message of a container's line */
	struct emit emit;
	struct gather gather;
	struct stamp before; /* of the line before, or the reference */
	bool regular;	     /* the file can be read again, */
	bool fresh;	     /* and is being written: what is not whole in it is left out */
	bool dated;	     /* a line of this file has had a stamp */
	bool started;	     /* so has one that is not before since */
	struct parse_counts *counts;
	const struct format *counted;	      /* that read the line before .. */
	uint64_t *count;		      /* .. and where its events are counted */
	uint64_t seen;			      /* in->bytes when the clock was read last */
	struct buffer plain, plain_contained; /* the line, the one that it contains, without colours and the like */
	struct pieces pieces;		      /* of a document that is taken apart (sojson) */
};

/* counts is borrowed: several may share it. */
void parse_init(struct parse *parse, struct parse_counts *counts);
void parse_clear(struct parse *parse);

/* To be called at the start of each file (input.begin). */
void parse_begin(struct parse *parse, const struct input *in);

/*
 * Adds the event of the line in hand; a blank line is none, and counted. Neither is one whose year was not found
 * because a signal asks us to end: with another year it would have another id, and be kept twice.
 */
void parse_line(struct parse *parse, const struct input *in, struct slice line, struct buffer *to);

/*
 * A look into the file, out of turn (since.h): does the line have a stamp, and which? PARSE_REMEMBERS: its format
 * goes by lines before it, and is no use to look at alone.
 */
enum parse_look {
	PARSE_STAMP,
	PARSE_NO_STAMP,
	PARSE_REMEMBERS,
};
enum parse_look parse_look(struct parse *parse, struct slice line, int64_t *time);

/* Looks are over: no line was read yet. The next one comes behind so many bytes of lines of unknown time. */
void parse_looked(struct parse *parse, uint64_t skipped);

/*
 * To be called at the end of each file: what is left of it. Where that is read again, since a signal ends a regular
 * file or it is being written (input.whole), events that may have more lines are left for then.
 */
void parse_end(struct parse *parse, struct buffer *to);

/*
 * Nothing is there to read: writes the events whose further lines have been waited for long enough; now is a steady
 * clock in microseconds. Returns in how many milliseconds there may be more of them, -1 where none waits.
 */
static inline int parse_idle(struct parse *parse, int64_t now, struct buffer *to)
{
	return gather_idle(&parse->gather, now, to);
}

/* Bytes of a line that are wanted, of whole documents on one line more. */
size_t parse_line_max(const struct format *only);

#endif
