/* What a log format is: a name, a line about it, sample lines, and the function that reads a line. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_H
#define SIEM_FORMAT_H

#include "../buffer.h"
#include "../field.h"
#include "../scan.h"
#include "../year.h"
#include "audit_type.h"
#include "miss.h"

/* What a format may need to know; the same for all lines of a file, but for what it remembers. */
struct format_context {
	struct zone *zone; /* of stamps that have no offset */
	struct year *year; /* of stamps that have no year */
	struct {
		char text[16];	/* "Jun 10 12:00:" at the start of the last stamp without year; NUL: none */
		int64_t time;	/* when that minute began */
		int32_t offset; /* in which it is shown */
	} minute;
	struct {
		char text[16]; /* "2024-06-10T12:00" at the start of the last stamp with an offset; NUL: none */
		int64_t time;  /* when that minute would begin in UTC */
	} iso;
	struct {
		char text[32]; /* the last stamp of the form "10/Oct/2023:13:55:36 -0700"; NUL: none */
		int64_t time;  /* when its minute began */
		int32_t offset;
	} clf;
	void *state; /* the format's own: state_size bytes, zero at the start of each file */
};

/* Texts that lines are turned into on the way to fields, which may borrow from them. */
enum work {
	WORK_LINE,	     /* the line as a JSON object */
	WORK_UNIQUE,	     /* the same without names that stand twice */
	WORK_PAYLOAD,	     /* the message as a JSON object */
	WORK_PAYLOAD_UNIQUE, /* the same */
	WORK_EXTENDED,
	WORK_TEXT, /* one of a list, and the list, as they are put together */
	WORK_LIST,
	WORK_PART, /* what the head of the line in hand had given extended, before the record in it was read */
	WORK_COUNT,
};

/* A record in the line that may be one of several of an event (gather.h), and what the head of its line gave. */
struct part {
	struct slice text;  /* from the record's own head on; ptr NULL: there is none */
	struct slice event; /* that it belongs to */
	struct slice node;  /* that wrote it, where it says so itself */
	enum audit_part kind;
	uint32_t texts;
	int64_t source_pid;
};

/*
 * What a format found in a line. Texts borrow from the line, or from what parsed_own gave; numbers are -1 where
 * unknown. extended is JSON text: members joined by commas, without the braces.
 */
struct parsed {
	struct miss *miss; /* to be told where a format gives up, or NULL: nobody asks */
	bool has_stamp, fault;
	bool read; /* the message has been looked into, and holds nothing more */
	struct stamp stamp;
	int facility, severity; /* RFC 5424 6.2.1 */
	int64_t source_pid, source_port, dest_port;
	size_t bytes;			   /* of all texts that were set */
	uint32_t texts;			   /* bit per field that text has */
	struct slice text[FIELD_EXTENDED]; /* log_source .. message */
	struct buffer own[FIELD_EXTENDED]; /* of texts that do not stand in the line as they are */
	struct buffer extended;
	struct buffer scratch; /* for the reader in hand, to put a text together that goes to extended */
	struct buffer work[WORK_COUNT];
	struct part part;
};

struct format {
	const char *name;
	const char *what;	    /* one line for siem-parse -l */
	const char *const *samples; /* ended by NULL; the tests read them back */
	bool sure;		    /* no format before it in the table reads its lines: it may be tried first */
	/*
	 * True, and *out filled, where the line is of this format. The line has no newline and no CR at its end, and
	 * INPUT_SLACK bytes behind it can be read; *out is empty.
	 */
	bool (*read)(struct format_context *context, struct slice line, struct parsed *out);
	bool is_output;		     /* lines are what a program printed: no message in one tells who wrote it */
	size_t state_size;	     /* bytes that it remembers from line to line of a file, or 0 */
	void (*forget)(void *state); /* releases what they hold; NULL: nothing */
};

enum {
	FORMATS_MAX = 64,
	PARSED_MARKS = sizeof ",\"\":\"\"" - 1, /* bytes of a member of extended besides its name and text */
};

/* All formats, ended by NULL, in the order in which -f auto tries them. */
extern const struct format *const formats[];

/* What stands for the name of a format where none knows the line. */
extern const char format_unparsed[];

/* The format of that name, or NULL. */
const struct format *format_find(struct slice name);

/* Empties, keeping the memory of extended. */
static inline void parsed_empty(struct parsed *parsed)
{
	parsed->has_stamp = parsed->fault = parsed->read = false;
	parsed->facility = parsed->severity = -1;
	parsed->source_pid = parsed->source_port = parsed->dest_port = -1;
	parsed->texts = 0;
	parsed->bytes = 0;
	parsed->extended.len = 0;
	parsed->part.text.ptr = NULL;
}

/* Sets a text field. */
static inline void parsed_text(struct parsed *parsed, enum field field, struct slice text)
{
	parsed->text[field] = text;
	parsed->texts |= UINT32_C(1) << field;
	parsed->bytes += text.len;
}

static inline bool parsed_has(const struct parsed *parsed, enum field field)
{
	return parsed->texts >> field & 1;
}

/* False: the line is not of this format, for at the start of rest, a part of the line, there is no such thing. */
static inline bool parsed_miss(struct parsed *parsed, struct slice rest, const char *what)
{
	if (parsed->miss != NULL)
		miss_note(parsed->miss, rest.ptr, what, false);
	return false;
}

/* The same of a stamp; the shape is one of miss_stamp. */
static inline bool parsed_miss_stamp(struct parsed *parsed, struct slice text, const char *shape, const char *what)
{
	if (parsed->miss != NULL)
		miss_stamp(parsed->miss, text, shape, what);
	return false;
}

/* The same of a stamp that lines of other formats have as well: where those are tried it is left to them. */
static inline bool parsed_miss_common_stamp(struct parsed *parsed, struct slice text, const char *shape,
					    const char *what)
{
	if (parsed->miss != NULL && parsed->miss->lone)
		miss_stamp(parsed->miss, text, shape, what);
	return false;
}

/* An empty buffer for the text of a field that must be put together; then parsed_text(parsed, field, buffer_slice(..)).
 */
struct buffer *parsed_own(struct parsed *parsed, enum field field);

/* Releases the memory. */
void parsed_clear(struct parsed *parsed);

/* Adds "name": value, checked JSON text, to extended; name is any text. */
void parsed_extend_json(struct parsed *parsed, struct slice name, struct slice value);

/* Adds "name": text to extended; name needs no escapes. */
void parsed_extend(struct parsed *parsed, const char *name, struct slice text);

/* Puts ,"name": (the comma only behind other members) to at, the end of extended; returns the byte behind it. */
static inline char *parsed_put_name(struct parsed *parsed, char *at, struct slice name)
{
	*at = ',';
	at += parsed->extended.len > 0;
	*at++ = '"';
	memcpy(at, name.ptr, name.len);
	memcpy(at + name.len, "\":", 2);
	return at + name.len + 2;
}

/* What parsed_extend_near leaves: the rest of a text, from a character on that needs an escape, and the quote. */
void parsed_extend_odd(struct parsed *parsed, struct slice text);

/* The same as parsed_extend, faster, for a text that stands in the line. */
static inline void parsed_extend_near(struct parsed *parsed, struct slice name, struct slice text)
{
	struct buffer *to = &parsed->extended;
	char *at = buffer_room(to, name.len + text.len + PARSED_MARKS + SCAN_STEP);
	const char *end = text.ptr + text.len, *odd;

	at = parsed_put_name(parsed, at, name);
	*at++ = '"';
	odd = scan_copy_slack(at, text.ptr, end);
	at += odd - text.ptr;
	to->len = (size_t)(at - to->ptr) + (odd == end);
	if (odd == end)
		*at = '"';
	else
		parsed_extend_odd(parsed, (struct slice){ odd, (size_t)(end - odd) });
}

enum {
	PARSED_NAME_SIZE = 32, /* bytes, with the rest of them NUL */
};

/* The same as parsed_extend_near for names in a table: it need not know how long the name is to copy it. */
static inline void parsed_extend_named(struct parsed *parsed, const char name[static PARSED_NAME_SIZE], size_t len,
				       struct slice text)
{
	struct buffer *to = &parsed->extended;
	char *at = buffer_room(to, PARSED_NAME_SIZE + text.len + PARSED_MARKS + SCAN_STEP);
	const char *end = text.ptr + text.len, *odd;

	memcpy(at, ",\"", 2);
	at += to->len > 0;
	at[0] = '"';
	memcpy(at + 1, name, PARSED_NAME_SIZE);
	memcpy(at + 1 + len, "\":\"", 3);
	at += len + 4;
	odd = scan_copy_slack(at, text.ptr, end);
	at += odd - text.ptr;
	to->len = (size_t)(at - to->ptr) + (odd == end);
	if (odd == end)
		*at = '"';
	else
		parsed_extend_odd(parsed, (struct slice){ odd, (size_t)(end - odd) });
}

/* The same as parsed_extend_json, faster, for a name without escapes. */
static inline void parsed_extend_near_json(struct parsed *parsed, struct slice name, struct slice value)
{
	struct buffer *to = &parsed->extended;
	char *at = parsed_put_name(parsed, buffer_room(to, name.len + value.len + PARSED_MARKS), name);

	memcpy(at, value.ptr, value.len);
	to->len = (size_t)(at - to->ptr) + value.len;
}

/*
 * The same, unless extended has that name: the first one counts, where a line can say a thing twice. For lines whose
 * members are few and bounded: it looks at all of them.
 */
void parsed_extend_first(struct parsed *parsed, const char *name, struct slice text);

/* Marks what was read in spite of a fault: "parse_error" in extended says why; of several the first. */
void parsed_fault(struct parsed *parsed, const char *why);

#endif
