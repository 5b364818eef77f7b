/* The event line: one JSON object, read in place and changed without touching what stays. */
/* SPDX-License-Identifier: MIT */
#include "event.h"

#include "json.h"
#include "scan.h"
#include "stamp.h"

enum {
	GUESSES = 8, /* fields behind the last one that are tried before a search */
};

/* A line being read. */
struct reading {
	struct event *event;
	const char *p;
	const char *end;
	enum field expected; /* names mostly come in the table's order */
	struct json_fault fault;
	struct names names; /* those that are not fields, and all that stand deeper */
};

static bool fail(struct reading *r, const char *at, const char *what)
{
	r->fault.at = at;
	r->fault.what = what;
	return false;
}

static inline const char *skip_blanks(const char *p, const char *end)
{
	return p < end && (unsigned char)*p > ' ' ? p : json_blanks(p, end);
}

/* As json_check_string, with the usual case, nothing odd, in place. */
static inline const char *string_end(const char *p, const char *end, bool *escaped, struct json_fault *fault)
{
	p = scan_string(p, end);
	return p < end && *p == '"' ? p : json_check_string(p, end, escaped, fault);
}

/* The field whose name, with the quote behind it, starts at p: one of the next few in the table, or FIELD_NONE. */
static inline enum field guess_field(const struct reading *r, const char *p)
{
	enum field f = r->expected, stop = f + GUESSES < FIELD_COUNT ? f + GUESSES : FIELD_COUNT;

	if (r->end - p < FIELD_NAME_SIZE + 1)
		return FIELD_NONE;
	for (; f < stop; f++) {
		const struct field_row *row = &field_table[f];
		if (p[row->len] == '"' && scan_same16(p, row->name, row->len))
			return f;
	}
	return FIELD_NONE;
}

/* The field of a name as it stands in the text. */
static enum field find_field(struct slice name, bool escaped)
{
	struct buffer scratch = { 0 };
	enum field field;

	if (!escaped)
		return field_find(name);
	field = field_find(json_text((struct slice){ name.ptr - 1, name.len + 2 }, &scratch));
	buffer_clear(&scratch);
	return field;
}

/* The name at r->p (a quote) and the colon; r->p is then at the value. */
static bool read_name(struct reading *r, enum field *field)
{
	const char *start = r->p + 1, *quote;
	bool escaped = false;

	if (r->p == r->end || *r->p != '"')
		return fail(r, r->p, "a name in quotes was expected");
	*field = guess_field(r, start);
	if (*field != FIELD_NONE) {
		quote = start + field_table[*field].len;
	} else {
		quote = string_end(start, r->end, &escaped, &r->fault);
		if (quote == NULL)
			return false;
		*field = find_field((struct slice){ start, (size_t)(quote - start) }, escaped);
		if (*field == FIELD_NONE)
			names_add(&r->names, 0, (struct slice){ start, (size_t)(quote - start) });
	}
	r->p = skip_blanks(quote + 1, r->end);
	if (r->p == r->end || *r->p != ':')
		return fail(r, r->p, "':' was expected");
	r->p = skip_blanks(r->p + 1, r->end);
	return true;
}

/* Behind a plain whole number, the usual kind; p where it is none. */
static inline const char *whole_number(const char *p, const char *end)
{
	const char *start = p;

	if (p == end || *p < '1' || *p > '9')
		return p;
	while (p < end && *p >= '0' && *p <= '9')
		p++;
	return p < end && (*p == ',' || *p == '}') ? p : start;
}

static bool read_value(struct reading *r, struct slice *value, bool *escaped)
{
	const char *start = r->p, *end;

	if (start < r->end && *start == '"') {
		end = string_end(start + 1, r->end, escaped, &r->fault);
		end = end != NULL ? end + 1 : NULL;
	} else {
		end = whole_number(start, r->end);
		if (end == start)
			end = json_check(start, r->end, &r->names, &r->fault);
	}
	if (end == NULL)
		return false;
	*value = (struct slice){ start, (size_t)(end - start) };
	r->p = end;
	return true;
}

static bool read_member(struct reading *r)
{
	bool escaped = false;
	struct slice value;
	enum field field;

	if (!read_name(r, &field) || !read_value(r, &value, &escaped))
		return false;
	if (field == FIELD_NONE) {
		r->event->unknown++;
		return true;
	}
	r->names.repeated |= event_has(r->event, field);
	r->event->value[field] = value;
	r->event->present |= UINT64_C(1) << field;
	r->event->escaped = (r->event->escaped & ~(UINT64_C(1) << field)) | (uint64_t)escaped << field;
	r->expected = field + 1;
	return true;
}

static bool read_object(struct reading *r)
{
	r->p = json_blanks(r->p, r->end);
	if (r->p == r->end || *r->p != '{')
		return fail(r, r->p, "an object was expected");
	r->event->line.ptr = r->p;
	r->p = json_blanks(r->p + 1, r->end);
	if (r->p < r->end && *r->p == '}')
		return true;
	for (;;) {
		if (!read_member(r))
			return false;
		r->p = skip_blanks(r->p, r->end);
		if (r->p < r->end && *r->p == '}')
			return true;
		if (r->p == r->end || *r->p != ',')
			return fail(r, r->p, "',' or '}' was expected");
		r->p = skip_blanks(r->p + 1, r->end);
	}
}

bool event_read(struct event *event, struct slice line, struct error *err)
{
	struct reading r;

	r.event = event;
	r.p = line.ptr;
	r.end = line.ptr + line.len;
	r.expected = FIELD_ID;
	r.names.count = r.names.objects = 0;
	r.names.repeated = false;
	event->present = 0;
	event->escaped = 0;
	event->unknown = 0;
	if (!read_object(&r))
		return error_set(err, "byte %zu: %s", (size_t)(r.fault.at - line.ptr) + 1, r.fault.what);
	event->line.len = (size_t)(r.p + 1 - event->line.ptr);
	r.p = json_blanks(r.p + 1, r.end);
	if (r.p != r.end)
		return error_set(err, "byte %zu: text behind the object", (size_t)(r.p - line.ptr) + 1);
	event->repeated = r.names.repeated;
	return true;
}

struct slice event_value(const struct event *event, enum field field)
{
	return event_has(event, field) ? event->value[field] : (struct slice){ 0 };
}

struct slice event_text(const struct event *event, enum field field, struct buffer *scratch)
{
	struct slice value = event_value(event, field);

	if (value.len == 0 || value.ptr[0] != '"')
		return value;
	if (event->escaped >> field & 1)
		return json_text(value, scratch);
	return (struct slice){ value.ptr + 1, value.len - 2 };
}

bool event_time(const struct event *event, int64_t *microseconds)
{
	struct buffer scratch = { 0 };
	struct slice text = event_text(event, FIELD_DATE_STAMP, &scratch);
	struct stamp stamp;
	bool ok = stamp_read(&text, &stamp) && text.len == 0;

	buffer_clear(&scratch);
	if (ok)
		*microseconds = stamp.time;
	return ok;
}

/* Two digits of minutes or seconds at p; -1 where they are none below 60. */
static inline int sixty(const char *p)
{
	unsigned tens = (unsigned)p[0] - '0', ones = (unsigned)p[1] - '0';

	return tens < 6 && ones <= 9 ? (int)(tens * 10 + ones) : -1;
}

bool event_time_next(struct event_clock *clock, const struct event *event, int64_t *microseconds)
{
	enum {
		HOUR_END = sizeof "\"2024-06-10T12:" - 1,
		COLON = HOUR_END + 2,
		SECONDS = COLON + 1,
		REST = SECONDS + 2
	};
	struct slice value = event_value(event, FIELD_DATE_STAMP);
	int minute, second;

	if (value.len == clock->len && clock->len > REST && memcmp(value.ptr, clock->text, HOUR_END) == 0 &&
	    memcmp(value.ptr + REST, clock->text + REST, clock->len - REST) == 0 && value.ptr[COLON] == ':') {
		minute = sixty(value.ptr + HOUR_END);
		second = sixty(value.ptr + SECONDS);
		if (minute >= 0 && second >= 0) {
			*microseconds = clock->hour + minute * MINUTE + second * SECOND;
			return true;
		}
	}
	if (!event_time(event, microseconds))
		return false;
	minute = value.len > REST ? sixty(value.ptr + HOUR_END) : -1;
	second = value.len > REST ? sixty(value.ptr + SECONDS) : -1;
	const bool plain = (event->escaped >> FIELD_DATE_STAMP & 1) == 0 && minute >= 0 && second >= 0;
	clock->len = plain && value.len <= sizeof clock->text ? value.len : 0;
	memcpy(clock->text, value.ptr, clock->len);
	clock->hour = *microseconds - minute * MINUTE - second * SECOND;
	return true;
}

bool event_unknown(const struct event *event, struct slice name, struct slice *value)
{
	return event->unknown > 0 && json_member(event->line, name, value);
}

/* The first known field of the line that the table has behind this one; FIELD_NONE: none. */
static enum field field_after(const struct event *event, enum field field)
{
	uint64_t later = field + 1 < 64 ? event->present & ~UINT64_C(0) << (field + 1) : 0;
	enum field first = FIELD_NONE;

	for (; later != 0; later &= later - 1) {
		enum field f = (enum field)__builtin_ctzll(later);
		if (first == FIELD_NONE || event->value[f].ptr < event->value[first].ptr)
			first = f;
	}
	return first;
}

/* The opening quote of the name whose value is at p. */
static const char *name_start(const char *p, const char *first)
{
	p--;
	while (*p != ':')
		p--;
	while (*p != '"')
		p--;
	for (p--; p > first && (*p != '"' || p[-1] == '\\'); p--)
		;
	return p;
}

static void add_member(struct buffer *to, const struct event_change *change)
{
	const struct field_row *row = &field_table[change->field];

	buffer_add_char(to, '"');
	buffer_add(to, (struct slice){ row->name, row->len });
	buffer_add(to, SLICE("\":"));
	buffer_add(to, change->value);
}

/* Where in the line a change goes: what it takes the place of, maybe nothing. */
struct edit {
	const char *from;
	const char *to;
	const struct event_change *change;
};

static struct edit edit_of(const struct event *event, const struct event_change *change)
{
	const char *close = event->line.ptr + event->line.len - 1;
	enum field next;

	if (event_has(event, change->field)) {
		struct slice old = event->value[change->field];
		return (struct edit){ old.ptr, old.ptr + old.len, change };
	}
	next = field_after(event, change->field);
	if (next != FIELD_NONE)
		close = name_start(event->value[next].ptr, event->line.ptr);
	return (struct edit){ close, close, change };
}

/* Adds a new member before the byte at, with the comma on the side where it belongs. */
static void insert_member(struct buffer *to, const struct edit *edit, const char *close, bool *empty)
{
	if (edit->from == close && !*empty)
		buffer_add_char(to, ',');
	add_member(to, edit->change);
	if (edit->from != close)
		buffer_add_char(to, ',');
	*empty = false;
}

void event_write(struct buffer *to, const struct event *event, const struct event_change *changes, size_t count)
{
	const char *p = event->line.ptr, *end = p + event->line.len, *close = end - 1;
	bool empty = event->present == 0 && event->unknown == 0;
	struct edit edits[FIELD_COUNT];

	for (size_t i = 0; i < count; i++) {
		struct edit edit = edit_of(event, &changes[i]);
		size_t at = i;
		/* In the line, fields may stand in another order than in the table. */
		for (; at > 0 && edits[at - 1].from > edit.from; at--)
			edits[at] = edits[at - 1];
		edits[at] = edit;
	}
	for (size_t i = 0; i < count; i++) {
		buffer_add(to, (struct slice){ p, (size_t)(edits[i].from - p) });
		if (edits[i].to > edits[i].from)
			buffer_add(to, edits[i].change->value);
		else
			insert_member(to, &edits[i], close, &empty);
		p = edits[i].to;
	}
	buffer_add(to, (struct slice){ p, (size_t)(end - p) });
	buffer_add_char(to, '\n');
}
