/* From what a format found to an event line: fields in their order, id, raw text. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_EMIT_H
#define SIEM_EMIT_H

#include "formats/format.h"
#include "id.h"

enum {
	EMIT_HEAD_MAX = 128, /* bytes of an event line up to its format */
};

struct emit {
	struct id_memory *ids;
	bool raw;		 /* raw_text is wanted */
	struct slice host;	 /* log_source of lines that name no machine; borrowed */
	struct buffer host_text; /* ,"log_source":"host" */
	struct buffer end;	 /* parsed_on, source_path, closing brace, newline: the same for all lines of a file */

	/* the head of the last line: that of the next one mostly differs in its id and its seconds alone */
	struct stamp_minute minute;
	const char *format;
	char head[EMIT_HEAD_MAX];
	size_t head_len;
};

void emit_init(struct emit *emit, struct slice host, bool raw);
void emit_clear(struct emit *emit);

/* At the start of each file: its lines are counted anew. path NULL: none was named. */
void emit_begin(struct emit *emit, struct slice parsed_on, const char *path);

/* Counts a line as emit_event does, for those behind it, and adds nothing. */
void emit_skip(struct emit *emit, const struct parsed *parsed, struct slice line);

/*
 * Adds the event line of a parsed line: parsed->has_stamp must be set. line is the whole line as it was, INPUT_SLACK
 * bytes behind it can be read; cut, how many bytes of it lie behind the limit; plain, it is known that all of its bytes
 * are plain (scan.h).
 */
void emit_event(struct emit *emit, struct buffer *to, const char *format, const struct parsed *parsed,
		struct slice line, uint64_t cut, bool plain);

#endif
