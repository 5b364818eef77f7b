/* The event line: one JSON object, read in place and changed without touching what stays. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_EVENT_H
#define SIEM_EVENT_H

#include "buffer.h"
#include "error.h"
#include "field.h"

enum {
	EVENT_LINE_MAX = 16 << 20, /* bytes; siem-parse writes at most 13.4 MiB for a line of 1 MiB */
};

/* A line that has been read. It borrows the line: valid as long as that. */
struct event {
	struct slice line;		 /* from '{' to '}' */
	struct slice value[FIELD_COUNT]; /* JSON text of each field that is present; no meaning for others */
	uint64_t present;		 /* bit per field: it is there */
	uint64_t escaped;		 /* bit per field: its text has a backslash */
	unsigned unknown;		 /* how many members are not known fields */
	bool repeated;			 /* a name may stand twice in one of its objects; names_unique takes that out */
};

static inline bool event_has(const struct event *event, enum field field)
{
	return event->present >> field & 1;
}

/*
 * Reads a line (no newline at its end). The whole line is checked; of a name that stands
 * twice the last one counts, as in jq and jansson. False with the position and the reason
 * in *err where it is not one JSON object, and then *event has no meaning.
 */
bool event_read(struct event *event, struct slice line, struct error *err);

/* JSON text of a field, empty where absent. */
struct slice event_value(const struct event *event, enum field field);

/*
 * Text of a field without quotes and escapes (numbers, lists: as written), empty where absent.
 * Borrowed from the line, or from scratch where escapes had to be taken out.
 */
struct slice event_text(const struct event *event, enum field field, struct buffer *scratch);

/* The value of date_stamp in microseconds since 1970; false where it is absent or no RFC 3339 stamp. */
bool event_time(const struct event *event, int64_t *microseconds);

/* The same, quicker where stamps differ only in minutes and seconds from the last one. {0} at first. */
struct event_clock {
	char text[40]; /* the last stamp, in its quotes */
	size_t len;    /* 0: none yet */
	int64_t hour;  /* when its hour began, the fraction of its second added */
};
bool event_time_next(struct event_clock *clock, const struct event *event, int64_t *microseconds);

/* The JSON value of a top-level name that is not in the field table; false where there is none. */
bool event_unknown(const struct event *event, struct slice name, struct slice *value);

/* What is to be set in a line: JSON text for a known field. */
struct event_change {
	enum field field;
	struct slice value;
};

/*
 * Adds the line with these changes (none: the line as it is) and a newline. A field that is
 * there is replaced where it stands; a new one goes before the first known field that comes
 * after it in the table, else to the end. Changes are in the order of the table, each field
 * once. Everything else is copied byte for byte.
 */
void event_write(struct buffer *to, const struct event *event, const struct event_change *changes, size_t count);

#endif
