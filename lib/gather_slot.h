/* An event that is put together of lines, and what waits behind it. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_GATHER_SLOT_H
#define SIEM_GATHER_SLOT_H

#include "gather.h"

/* A line within the event's text. */
struct gather_piece {
	size_t start, len; /* without its CR */
	size_t record;	   /* where the audit record starts in it */
};

/* A text of the first line: in that line, or else among the slot's own texts. */
struct gather_text {
	bool in_line;
	size_t start, len;
};

/* {0} is an empty slot. */
struct gather_slot {
	struct gather_slot *next;
	bool is_open, wanted;
	bool joins;	/* lines that go on; else records */
	bool has_first; /* AUDIT_FIRST is among them */
	uint64_t first_line;
	int64_t quiet; /* since when nothing came, in an input that was idle; -1: something did */

	struct buffer key; /* of the event that the records belong to; at its start stands the machine */
	size_t host_len;

	/* what the first line's format found */
	const struct format *format;
	struct stamp stamp;
	int facility, severity;
	int64_t source_pid, source_port, dest_port;
	uint32_t texts;
	struct gather_text text[FIELD_EXTENDED];
	struct buffer own; /* texts that do not stand in the line */
	struct gather_text extended;

	struct buffer lines; /* joined by newlines */
	struct gather_piece *pieces;
	size_t count, room;
	uint64_t cut;

	struct buffer event;  /* once it is written, where it has to wait */
	struct buffer behind; /* events that came behind it, before the next slot */
};

/* Starts with a line that gather_add has refused; keeps what was found of it, of a record what its head gave. */
void gather_slot_begin(struct gather_slot *slot, const struct gather_line *line, bool joins);

/* Adds a further line. */
void gather_slot_add(struct gather_slot *slot, const struct gather_line *line);

/*
 * What the first line's format found, to *parsed; of lines that were joined the message has all. Texts borrow from the
 * slot; INPUT_SLACK bytes behind its lines can be read.
 */
void gather_slot_restore(struct gather_slot *slot, struct parsed *parsed);

/* The record of a piece, as audit_split takes it. */
struct slice gather_slot_record(const struct gather_slot *slot, size_t piece);

/* Bytes that it takes, but for those behind. */
size_t gather_slot_bytes(const struct gather_slot *slot);

/* It is written, and has to wait: the lines are not needed any more. */
void gather_slot_close(struct gather_slot *slot, struct slice event);

/* Empties; memory that is not too much is kept for the next. */
void gather_slot_empty(struct gather_slot *slot);
void gather_slot_free(struct gather_slot *slot);

#endif
