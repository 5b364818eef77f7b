/* Lines that make one event together: records of one audit event; and lines that go on with the one before (--join). */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_GATHER_H
#define SIEM_GATHER_H

#include "continuation.h"
#include "emit.h"
#include "parse_counts.h"

enum {
	GATHER_LINES_MAX = 4096,      /* from an event's first line to its last, whichever stand between */
	GATHER_BYTES_MAX = 512 << 10, /* of an event's lines, unless one alone is longer */
	GATHER_OPEN_MAX = 256,	      /* events that wait for more lines */
	GATHER_HELD_MAX = 8 << 20,    /* bytes that wait */
};

/* An audit event is whole when the same machine is so much further (auparse's end_of_event_timeout). */
#define GATHER_APART (2 * SECOND)

/* The input is idle for so long: no more lines are waited for. */
#define GATHER_QUIET (SECOND + SECOND / 2)

/*
 * An event that may have more lines is open; what comes behind it waits, so that events keep the order of their first
 * lines. It ends by the lines alone: by its last record; with a line that goes on with nothing; when a line of the same
 * machine is GATHER_APART from it; at a limit, where the rest starts another; at the end of the file. Only where the
 * input is idle for GATHER_QUIET does time end it.
 */
struct gather_slot;

struct gather {
	bool records, join; /* are gathered */
	struct emit *emit;
	struct parse_counts *counts; /* of what is written */

	/* of gather.c alone */
	struct gather_slot *first, *last; /* in the order in which they are written */
	struct gather_slot *free;
	size_t free_count;
	struct gather_slot *open[GATHER_OPEN_MAX]; /* those that wait for lines, in the same order */
	size_t open_count;
	struct gather_slot *joining; /* the event of the line before, if it is open */
	struct continuation before;  /* what goes on with it, also where it has reached a limit */
	bool rest;		     /* the line in hand does so */
	uint64_t line;
	size_t held;	      /* bytes, but for the events behind the last slot */
	struct audit *audits; /* of the event being written */
	size_t audits_room;
	struct parsed parsed; /* the same */
	struct buffer event;  /* the same, where it has to wait */
	struct buffer key;    /* of the record in hand */
	size_t host_len;      /* bytes of it that name the machine */
};

/* What was read of a line. */
struct gather_line {
	struct slice line, text; /* as it was; without its CR */
	uint64_t cut;
	const struct format *format; /* NULL: none knows it */
	const struct parsed *parsed;
};

/* The other members are set before lines come. */
void gather_clear(struct gather *gather);

/* Nothing waits, and a line of which this was found waits for nothing: gather need not be asked. */
static inline bool gather_is_idle(const struct gather *gather, const struct parsed *parsed)
{
	return gather->first == NULL && !gather->join && parsed->part.text.ptr == NULL;
}

/* Ends what the line ends; true where the line belongs to an open event, and was added to it. */
bool gather_add(struct gather *gather, const struct gather_line *line, struct buffer *to);

/*
 * Behind gather_add: true where the line starts an event that may have more. parsed->stamp must be set; not wanted:
 * nothing is written of it, whatever follows.
 */
bool gather_begin(struct gather *gather, const struct gather_line *line, bool wanted, struct buffer *to);

/* Behind what waits. */
struct buffer *gather_behind_last(struct gather *gather);

/* Where an event goes that is whole: to, or behind what waits. */
static inline struct buffer *gather_behind(struct gather *gather, struct buffer *to)
{
	return gather->last == NULL ? to : gather_behind_last(gather);
}

/* The same for one that gather_add was not asked about. */
struct buffer *gather_pass(struct gather *gather, struct buffer *to);

/* Ends all; to be called at the end of each file. */
void gather_end(struct gather *gather, struct buffer *to);

/* Writes what is whole; the lines of open events are forgotten: they will be read again. */
void gather_leave(struct gather *gather, struct buffer *to);

/*
 * Nothing is there to read; now is a steady clock, in microseconds. Ends what has waited long enough; returns how many
 * milliseconds there are until more has, -1 where nothing waits.
 */
int gather_idle(struct gather *gather, int64_t now, struct buffer *to);

#endif
