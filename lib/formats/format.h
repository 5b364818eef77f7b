/* What a log format is: a name, a line about it, sample lines, and the function that reads a line. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_H
#define SIEM_FORMAT_H

#include "../buffer.h"
#include "../field.h"
#include "../year.h"

/* What a format may need to know; the same for all lines of a file, but for what it remembers. */
struct format_context {
	struct zone *zone;  /* of stamps that have no offset */
	struct year *year;  /* of stamps that have no year */
	struct {
		char text[16];  /* "Jun 10 12:00:" at the start of the last stamp without year; NUL: none */
		int64_t time;   /* when that minute began */
		int32_t offset; /* in which it is shown */
	} minute;
	void *state; /* the format's own: state_size bytes, zero at the start of each file */
};

/* Texts that lines are turned into on the way to fields, which may borrow from them. */
enum work {
	WORK_LINE,           /* the line as a JSON object */
	WORK_UNIQUE,         /* the same without names that stand twice */
	WORK_PAYLOAD,        /* the message as a JSON object */
	WORK_PAYLOAD_UNIQUE, /* the same */
	WORK_EXTENDED,
	WORK_COUNT,
};

/*
 * What a format found in a line. Texts borrow from the line, or from what parsed_own gave; numbers are -1 where
 * unknown. extended is JSON text: members joined by commas, without the braces.
 */
struct parsed {
	bool has_stamp, fault;
	struct stamp stamp;
	int facility, severity; /* RFC 5424 6.2.1 */
	int64_t source_pid, source_port, dest_port;
	uint32_t texts; /* bit per field that text has */
	struct slice text[FIELD_EXTENDED]; /* log_source .. message */
	struct buffer own[FIELD_EXTENDED]; /* of texts that do not stand in the line as they are */
	struct buffer extended;
	struct buffer scratch; /* for the reader in hand, to put a text together that goes to extended */
	struct buffer work[WORK_COUNT];
};

struct format {
	const char *name;
	const char *what;           /* one line for siem-parse -l */
	const char *const *samples; /* ended by NULL; the tests read them back */
	bool sure;                  /* no format before it in the table reads its lines: it may be tried first */
	/*
	 * True, and *out filled, where the line is of this format. The line has no newline and no CR at its end, and
	 * INPUT_SLACK bytes behind it can be read; *out is empty.
	 */
	bool (*read)(struct format_context *context, struct slice line, struct parsed *out);
	size_t state_size;           /* bytes that it remembers from line to line of a file, or 0 */
	void (*forget)(void *state); /* releases what they hold; NULL: nothing */
};

enum {
	FORMATS_MAX = 64,
};

/* All formats, ended by NULL, in the order in which -f auto tries them. */
extern const struct format *const formats[];

/* The format of that name, or NULL. */
const struct format *format_find(struct slice name);

/* Empties, keeping the memory of extended. */
void parsed_empty(struct parsed *parsed);

/* Sets a text field. */
static inline void parsed_text(struct parsed *parsed, enum field field, struct slice text)
{
	parsed->text[field] = text;
	parsed->texts |= UINT32_C(1) << field;
}

static inline bool parsed_has(const struct parsed *parsed, enum field field)
{
	return parsed->texts >> field & 1;
}

/* An empty buffer for the text of a field that must be put together; then parsed_text(parsed, field, buffer_slice(..)). */
struct buffer *parsed_own(struct parsed *parsed, enum field field);

/* Releases the memory. */
void parsed_clear(struct parsed *parsed);

/* Adds "name": value, checked JSON text, to extended; name is any text. */
void parsed_extend_json(struct parsed *parsed, struct slice name, struct slice value);

/* Adds "name": text to extended; name needs no escapes. */
void parsed_extend(struct parsed *parsed, const char *name, struct slice text);

/* The same, faster, for a text that stands in the line. */
void parsed_extend_near(struct parsed *parsed, struct slice name, struct slice text);

/* Marks what was read in spite of a fault: "parse_error" in extended says why; of several the first. */
void parsed_fault(struct parsed *parsed, const char *why);

#endif
