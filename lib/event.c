/* The event line: one JSON object, read in place and changed without touching what stays. */
/* SPDX-License-Identifier: MIT */
#include "event.h"

#include "json.h"
#include "scan.h"
#include "stamp.h"

/* A line being read. */
struct reading {
	struct event *event;
	const char *p;
	const char *end;
	enum field expected; /* names mostly come in the table's order */
	struct json_fault fault;
};

static bool fail(struct reading *r, const char *at, const char *what)
{
	r->fault.at = at;
	r->fault.what = what;
	return false;
}

static inline bool is_field(enum field field, struct slice name)
{
	return field_table[field].len == name.len && memcmp(field_table[field].name, name.ptr, name.len) == 0;
}

/* The field of a name as it stands in the text; a few steps from the one expected, else a search. */
static enum field find_field(struct reading *r, struct slice name, bool escaped)
{
	struct buffer scratch = { 0 };
	enum field field;

	for (enum field f = r->expected; f < FIELD_COUNT && f < r->expected + 4; f++)
		if (is_field(f, name))
			return f;
	if (!escaped)
		return field_find(name);
	field = field_find(json_text((struct slice){ name.ptr - 1, name.len + 2 }, &scratch));
	buffer_clear(&scratch);
	return field;
}

/* The name at r->p (a quote) and the colon; r->p is then at the value. */
static bool read_name(struct reading *r, struct slice *name, bool *escaped)
{
	const char *start = r->p + 1, *quote;

	if (r->p == r->end || *r->p != '"')
		return fail(r, r->p, "a name in quotes was expected");
	quote = json_check_string(start, r->end, escaped, &r->fault);
	if (quote == NULL)
		return false;
	*name = (struct slice){ start, (size_t)(quote - start) };
	r->p = json_blanks(quote + 1, r->end);
	if (r->p == r->end || *r->p != ':')
		return fail(r, r->p, "':' was expected");
	r->p = json_blanks(r->p + 1, r->end);
	return true;
}

static bool read_value(struct reading *r, struct slice *value, bool *escaped)
{
	const char *start = r->p, *end;

	if (start < r->end && *start == '"') {
		end = json_check_string(start + 1, r->end, escaped, &r->fault);
		end = end != NULL ? end + 1 : NULL;
	} else {
		end = json_check(start, r->end, &r->fault);
	}
	if (end == NULL)
		return false;
	*value = (struct slice){ start, (size_t)(end - start) };
	r->p = end;
	return true;
}

static bool read_member(struct reading *r)
{
	bool name_escaped = false, escaped = false;
	struct slice name, value;
	enum field field;

	if (!read_name(r, &name, &name_escaped))
		return false;
	field = find_field(r, name, name_escaped);
	if (!read_value(r, &value, &escaped))
		return false;
	if (field == FIELD_NONE) {
		r->event->unknown++;
		return true;
	}
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
		r->p = json_blanks(r->p, r->end);
		if (r->p < r->end && *r->p == '}')
			return true;
		if (r->p == r->end || *r->p != ',')
			return fail(r, r->p, "',' or '}' was expected");
		r->p = json_blanks(r->p + 1, r->end);
	}
}

bool event_read(struct event *event, struct slice line, struct error *err)
{
	struct reading r = { .event = event, .p = line.ptr, .end = line.ptr + line.len };

	event->present = 0;
	event->escaped = 0;
	event->unknown = 0;
	if (!read_object(&r))
		return error_set(err, "byte %zu: %s", (size_t)(r.fault.at - line.ptr) + 1, r.fault.what);
	event->line.len = (size_t)(r.p + 1 - event->line.ptr);
	r.p = json_blanks(r.p + 1, r.end);
	if (r.p != r.end)
		return error_set(err, "byte %zu: text behind the object", (size_t)(r.p - line.ptr) + 1);
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
