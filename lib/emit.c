/* From what a format found to an event line: fields in their order, id, raw text. */
/* SPDX-License-Identifier: MIT */
#include "emit.h"

#include "digits.h"
#include "json.h"
#include "scan.h"
#include "utf8.h"

#include <endian.h>

#define ID_NAME	    "{\"id\":\""
#define STAMP_NAME  "\",\"date_stamp\":\""
#define FORMAT_NAME "\",\"format\":\""

enum {
	ESCAPED_MAX = 6,  /* bytes that one byte of text becomes at most */
	STEP = 64,	  /* bytes that are copied at once, */
	SHORT_STEP = 32,  /* and of texts that are a word */
	NEAR_MAX = 512,	  /* longer texts are copied by the library */
	SHORT_MAX = 2048, /* bytes of texts up to which more room than they need is no matter */
	FIXED_MAX = 1024, /* bytes of an event besides its texts: names, quotes, numbers, stamp, id */
	ID_AT = sizeof ID_NAME - 1,
	STAMP_AT = ID_AT + ID_LEN + sizeof STAMP_NAME - 1,
	FORMAT_MAX = EMIT_HEAD_MAX - STAMP_AT - STAMP_TEXT_MAX - sizeof FORMAT_NAME, /* bytes of its name */
};

void emit_init(struct emit *emit, struct slice host, bool raw)
{
	*emit = (struct emit){ .ids = id_memory_new(), .raw = raw, .host = host };
	buffer_add(&emit->host_text, SLICE(",\"log_source\":"));
	json_add_string(&emit->host_text, host);
}

void emit_clear(struct emit *emit)
{
	id_memory_free(emit->ids);
	buffer_clear(&emit->end);
	buffer_clear(&emit->host_text);
	*emit = (struct emit){ 0 };
}

void emit_begin(struct emit *emit, struct slice parsed_on, const char *path)
{
	id_memory_clear(emit->ids);
	emit->end.len = 0;
	buffer_add(&emit->end, SLICE(",\"parsed_on\":"));
	json_add_string(&emit->end, parsed_on);
	if (path != NULL) {
		buffer_add(&emit->end, SLICE(",\"source_path\":"));
		json_add_string(&emit->end, slice_of(path));
	}
	buffer_add(&emit->end, SLICE("}\n"));
}

/*
 * An event being written, to room that is known to be there. Where it is written goes from hand to hand (at), so
 * that it stays in a register.
 */
struct writing {
	struct buffer *to;
	struct slice line;
	bool plain; /* the line, and what borrows from it, needs no escapes */
};

static inline char *put(char *at, struct slice text)
{
	memcpy(at, text.ptr, text.len);
	return at + text.len;
}

/* A text in the line: most are short, and we may read and write behind them. */
static inline char *put_near(char *at, struct slice text, size_t step)
{
	if (text.len > NEAR_MAX)
		return put(at, text);
	memcpy(at, text.ptr, step);
	for (size_t i = step; i < text.len; i += step)
		memcpy(at + i, text.ptr + i, step);
	return at + text.len;
}

/* A number from 0 on. Most are pids and ports. */
static inline char *put_number(struct writing *w, char *at, int64_t n)
{
	enum { BELOW = 100000000 };
	uint64_t digits;
	int zeros;

	if (n >= BELOW) {
		w->to->len = (size_t)(at - w->to->ptr);
		buffer_add_number(w->to, n);
		return w->to->ptr + w->to->len;
	}
	digits = digits_of((uint32_t)n);
	zeros = digits != 0 ? __builtin_ctzll(digits) / 8 : DIGITS_MAX - 1;
	digits = htole64((digits | UINT64_C(0x3030303030303030)) >> 8 * zeros);
	memcpy(at, &digits, sizeof digits);
	return at + DIGITS_MAX - zeros;
}

/* ,"name": */
static inline char *put_name(char *at, enum field field)
{
	const struct field_row *row = &field_table[field];

	*at++ = ',';
	*at++ = '"';
	memcpy(at, row->name, FIELD_NAME_SIZE); /* more than its length, of fixed size */
	at += row->len;
	*at++ = '"';
	*at++ = ':';
	return at;
}

static inline char *put_number_field(struct writing *w, char *at, enum field field, int64_t n)
{
	return n < 0 ? at : put_number(w, put_name(at, field), n);
}

/* What follows is for the lines that hold quotes and the like: apart, so that the rest stays small. */
static __attribute__((noinline)) char *put_escaped(struct writing *w, char *at, struct slice text, bool near)
{
	w->to->len = (size_t)(at - w->to->ptr);
	if (near)
		json_add_escaped_slack(w->to, text);
	else
		json_add_escaped(w->to, text);
	return w->to->ptr + w->to->len;
}

static inline bool is_inside(struct slice line, struct slice text)
{
	return (uintptr_t)text.ptr - (uintptr_t)line.ptr <= line.len - text.len && text.len <= line.len;
}

/* A text in the line that may hold what needs escapes. */
static __attribute__((noinline)) char *put_near_odd(struct writing *w, char *at, struct slice text)
{
	const char *end = text.ptr + text.len, *odd = scan_copy_slack(at, text.ptr, end);

	at += odd - text.ptr;
	return odd == end ? at : put_escaped(w, at, (struct slice){ odd, (size_t)(end - odd) }, true);
}

static inline char *put_text_field(struct writing *w, char *at, enum field field, struct slice text)
{
	at = put_name(at, field);
	*at++ = '"';
	if (!is_inside(w->line, text))
		at = put_escaped(w, at, text, false);
	else
		at = w->plain ? put_near(at, text, field == FIELD_MESSAGE ? STEP : SHORT_STEP)
			      : put_near_odd(w, at, text);
	*at++ = '"';
	return at;
}

static inline char *put_text(struct writing *w, char *at, enum field field, const struct parsed *parsed)
{
	return parsed_has(parsed, field) ? put_text_field(w, at, field, parsed->text[field]) : at;
}

/* {"id":"..","date_stamp":"..","format":"name" */
static void make_head(struct emit *emit, const char *format, const struct stamp *stamp)
{
	char *at = put(emit->head, SLICE(ID_NAME)) + ID_LEN; /* the id comes when all else is there */

	at = put(at, SLICE(STAMP_NAME));
	at += stamp_print_minute(&emit->minute, at, stamp);
	at = put(at, SLICE(FORMAT_NAME));
	at = put(at, (struct slice){ format, strnlen(format, FORMAT_MAX) });
	*at++ = '"';
	emit->head_len = (size_t)(at - emit->head);
	emit->format = format;
}

static inline char *put_head(struct emit *emit, struct writing *w, char *at, const char *format,
			     const struct parsed *parsed)
{
	const bool same = format == emit->format && stamp_is_of_minute(&emit->minute, &parsed->stamp);

	if (!same)
		make_head(emit, format, &parsed->stamp);
	memcpy(at, emit->head, sizeof emit->head); /* more than its length, of fixed size */
	if (same)
		stamp_print_seconds(&emit->minute, at + STAMP_AT, &parsed->stamp);
	at = put_number_field(w, at + emit->head_len, FIELD_FACILITY, parsed->facility);
	return put_number_field(w, at, FIELD_SEVERITY, parsed->severity);
}

static inline char *put_extended(char *at, const struct parsed *parsed)
{
	if (parsed->extended.len == 0)
		return at;
	at = put_name(at, FIELD_EXTENDED);
	*at++ = '{';
	at = put(at, buffer_slice(&parsed->extended));
	*at++ = '}';
	return at;
}

static inline char *put_fields(struct writing *w, char *at, const struct parsed *parsed)
{
	at = put_text(w, at, FIELD_SOURCE_PROCESS, parsed);
	at = put_number_field(w, at, FIELD_SOURCE_PID, parsed->source_pid);
	at = put_text(w, at, FIELD_SOURCE_HOST, parsed);
	at = put_number_field(w, at, FIELD_SOURCE_PORT, parsed->source_port);
	at = put_text(w, at, FIELD_DEST_HOST, parsed);
	at = put_number_field(w, at, FIELD_DEST_PORT, parsed->dest_port);
	at = put_text(w, at, FIELD_USER, parsed);
	at = put_text(w, at, FIELD_PROTOCOL, parsed);
	at = put_text(w, at, FIELD_MESSAGE, parsed);
	return put_extended(at, parsed);
}

/* raw_base64, where raw_text is not the line. */
static char *put_base64(struct writing *w, char *at)
{
	at = put_name(at, FIELD_RAW_BASE64);
	w->to->len = (size_t)(at - w->to->ptr);
	json_add_base64(w->to, w->line);
	return w->to->ptr + w->to->len;
}

static inline char *put_raw(struct writing *w, char *at)
{
	bool ascii = true;

	at = put_name(at, FIELD_RAW_TEXT);
	*at++ = '"';
	if (w->plain) {
		at = put_near(at, w->line, STEP);
	} else {
		w->to->len = (size_t)(at - w->to->ptr);
		ascii = json_add_escaped_slack(w->to, w->line);
		at = w->to->ptr + w->to->len;
	}
	*at++ = '"';
	return ascii || utf8_valid(w->line) ? at : put_base64(w, at);
}

/* Bytes that the texts of an event take at most, twice the line more for its base64. */
static size_t room_of_texts(const struct emit *emit, const struct parsed *parsed, struct slice line, bool plain)
{
	const size_t texts = line.len + emit->host.len + parsed->bytes;
	size_t outside = emit->host.len;

	if (!plain || texts < SHORT_MAX)
		return ESCAPED_MAX * (texts + outside) + 2 * line.len;
	for (uint32_t bits = parsed->texts; bits != 0; bits &= bits - 1) {
		const struct slice text = parsed->text[__builtin_ctz(bits)];
		outside += is_inside(line, text) ? 0 : text.len;
	}
	return texts + ESCAPED_MAX * outside;
}

/* Bytes that an event takes at most. */
static inline size_t room_of(const struct emit *emit, const struct parsed *parsed, struct slice line, bool plain)
{
	return FIXED_MAX + room_of_texts(emit, parsed, line, plain) + parsed->extended.len + emit->end.len + STEP;
}

static struct slice host_of(const struct emit *emit, const struct parsed *parsed)
{
	return parsed_has(parsed, FIELD_LOG_SOURCE) ? parsed->text[FIELD_LOG_SOURCE] : emit->host;
}

void emit_skip(struct emit *emit, const struct parsed *parsed, struct slice line)
{
	id_take(emit->ids, parsed->stamp.time, host_of(emit, parsed), line);
}

void emit_event(struct emit *emit, struct buffer *to, const char *format, const struct parsed *parsed,
		struct slice line, uint64_t cut, bool plain)
{
	struct writing w = { to, line, plain };
	struct slice host = host_of(emit, parsed);
	const struct id first = id_look(emit->ids, parsed->stamp.time, host, line);
	const size_t start = to->len;
	char *at = buffer_room(to, room_of(emit, parsed, line, plain));

	at = put_head(emit, &w, at, format, parsed);
	if (parsed_has(parsed, FIELD_LOG_SOURCE))
		at = put_text_field(&w, at, FIELD_LOG_SOURCE, host);
	else
		at = put(at, buffer_slice(&emit->host_text));
	at = put_fields(&w, at, parsed);
	if (emit->raw)
		at = put_raw(&w, at);
	if (cut > 0)
		at = put_number_field(&w, at, FIELD_TRUNCATED, (int64_t)cut);
	at = put(at, buffer_slice(&emit->end));
	id_settle(emit->ids, to->ptr + start + ID_AT, &first, parsed->stamp.time, host, line);
	to->len = (size_t)(at - to->ptr);
}
