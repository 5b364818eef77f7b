/* From what a format found to an event line: fields in their order, id, raw text. */
/* SPDX-License-Identifier: MIT */
#include "emit.h"

#include "json.h"
#include "scan.h"
#include "utf8.h"

#include <endian.h>

#define ID_NAME "{\"id\":\""

enum {
	ESCAPED_MAX = 6,  /* bytes that one byte of text becomes at most */
	STEP = 32,	  /* bytes that are copied at once */
	NEAR_MAX = 512,	  /* longer texts are copied by the library */
	FIXED_MAX = 1024, /* bytes of an event besides its texts: names, quotes, numbers, stamp, id */
};

void emit_init(struct emit *emit, struct slice host, bool raw)
{
	*emit = (struct emit){ .ids = id_memory_new(), .raw = raw, .host = host };
}

void emit_clear(struct emit *emit)
{
	id_memory_free(emit->ids);
	buffer_clear(&emit->end);
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

/* An event being written, to room that is known to be there. */
struct writing {
	struct buffer *to;
	char *at;
	struct slice line;
	bool plain; /* the line, and what borrows from it, needs no escapes */
};

static inline void put(struct writing *w, struct slice text)
{
	memcpy(w->at, text.ptr, text.len);
	w->at += text.len;
}

/* A text in the line: most are short, and we may read and write behind them. */
static inline void put_near(struct writing *w, struct slice text)
{
	if (text.len > NEAR_MAX) {
		put(w, text);
		return;
	}
	memcpy(w->at, text.ptr, STEP);
	for (size_t i = STEP; i < text.len; i += STEP)
		memcpy(w->at + i, text.ptr + i, STEP);
	w->at += text.len;
}

static inline void put_char(struct writing *w, char c)
{
	*w->at++ = c;
}

/* A number below 100,000,000 as eight digits (not letters yet), the first in the lowest byte: no loop, nothing to
 * guess. */
static inline uint64_t eight_digits(uint32_t n)
{
	uint64_t v = n / 10000 | (uint64_t)(n % 10000) << 32;
	uint64_t hundreds = v * 5243 >> 19 & UINT64_C(0x0000007f0000007f), tens;

	v = hundreds | (v - hundreds * 100) << 16;
	tens = v * 103 >> 10 & UINT64_C(0x000f000f000f000f);
	return tens | (v - tens * 10) << 8;
}

/* A number from 0 on. Most are pids and ports. */
static inline void put_number(struct writing *w, int64_t n)
{
	enum { DIGITS = 8, BELOW = 100000000 };
	uint64_t digits;
	int zeros;

	if (n >= BELOW) {
		w->to->len = (size_t)(w->at - w->to->ptr);
		buffer_add_number(w->to, n);
		w->at = w->to->ptr + w->to->len;
		return;
	}
	digits = eight_digits((uint32_t)n);
	zeros = digits != 0 ? __builtin_ctzll(digits) / 8 : DIGITS - 1;
	digits = htole64((digits | UINT64_C(0x3030303030303030)) >> 8 * zeros);
	memcpy(w->at, &digits, sizeof digits);
	w->at += DIGITS - zeros;
}

/* ,"name": */
static inline void put_name(struct writing *w, enum field field)
{
	const struct field_row *row = &field_table[field];

	put_char(w, ',');
	put_char(w, '"');
	memcpy(w->at, row->name, FIELD_NAME_SIZE); /* more than its length, of fixed size */
	w->at += row->len;
	put_char(w, '"');
	put_char(w, ':');
}

static inline void put_number_field(struct writing *w, enum field field, int64_t n)
{
	if (n < 0)
		return;
	put_name(w, field);
	put_number(w, n);
}

static void put_escaped(struct writing *w, struct slice text)
{
	w->to->len = (size_t)(w->at - w->to->ptr);
	json_add_escaped(w->to, text);
	w->at = w->to->ptr + w->to->len;
}

static inline bool is_inside(struct slice line, struct slice text)
{
	return (uintptr_t)text.ptr - (uintptr_t)line.ptr <= line.len - text.len && text.len <= line.len;
}

static inline void put_text_field(struct writing *w, enum field field, struct slice text)
{
	put_name(w, field);
	put_char(w, '"');
	if (is_inside(w->line, text) &&
	    (w->plain || scan_plain_slack(text.ptr, text.ptr + text.len) == text.ptr + text.len))
		put_near(w, text);
	else
		put_escaped(w, text);
	put_char(w, '"');
}

static inline void put_text(struct writing *w, enum field field, const struct parsed *parsed)
{
	if (parsed_has(parsed, field))
		put_text_field(w, field, parsed->text[field]);
}

/* ","format":"name" */
static inline void put_format(struct emit *emit, struct writing *w, const char *format)
{
	if (format != emit->format) {
		struct writing text = { .at = emit->format_text };
		put(&text, SLICE("\",\"format\":\""));
		put(&text, (struct slice){ format, strnlen(format, EMIT_FORMAT_MAX / 2) });
		put_char(&text, '"');
		emit->format_len = (size_t)(text.at - emit->format_text);
		emit->format = format;
	}
	memcpy(w->at, emit->format_text, sizeof emit->format_text);
	w->at += emit->format_len;
}

static inline void put_head(struct emit *emit, struct writing *w, const char *format, const struct parsed *parsed)
{
	put(w, SLICE(ID_NAME));
	w->at += ID_LEN; /* it comes when all else is there */
	put(w, SLICE("\",\"date_stamp\":\""));
	w->at += stamp_print_next(&emit->minute, w->at, &parsed->stamp);
	put_format(emit, w, format);
	put_number_field(w, FIELD_FACILITY, parsed->facility);
	put_number_field(w, FIELD_SEVERITY, parsed->severity);
}

static inline void put_fields(struct writing *w, const struct parsed *parsed)
{
	put_text(w, FIELD_SOURCE_PROCESS, parsed);
	put_number_field(w, FIELD_SOURCE_PID, parsed->source_pid);
	put_text(w, FIELD_SOURCE_HOST, parsed);
	put_number_field(w, FIELD_SOURCE_PORT, parsed->source_port);
	put_text(w, FIELD_DEST_HOST, parsed);
	put_number_field(w, FIELD_DEST_PORT, parsed->dest_port);
	put_text(w, FIELD_USER, parsed);
	put_text(w, FIELD_PROTOCOL, parsed);
	put_text(w, FIELD_MESSAGE, parsed);
	if (parsed->extended.len > 0) {
		put_name(w, FIELD_EXTENDED);
		put_char(w, '{');
		put(w, buffer_slice(&parsed->extended));
		put_char(w, '}');
	}
}

static void put_base64(struct writing *w, struct slice line)
{
	put_name(w, FIELD_RAW_BASE64);
	w->to->len = (size_t)(w->at - w->to->ptr);
	json_add_base64(w->to, line);
	w->at = w->to->ptr + w->to->len;
}

/* Bytes that an event takes at most. */
static size_t room_of(const struct emit *emit, const struct parsed *parsed, struct slice line, bool plain)
{
	size_t texts = line.len + emit->host.len;

	for (uint32_t bits = parsed->texts; bits != 0; bits &= bits - 1) {
		struct slice text = parsed->text[__builtin_ctz(bits)];
		texts += is_inside(line, text) ? text.len : ESCAPED_MAX * text.len;
	}
	/* Twice the line more for its base64. */
	return FIXED_MAX + (plain ? texts : ESCAPED_MAX * texts + 2 * line.len) + ESCAPED_MAX * emit->host.len +
	       parsed->extended.len + emit->end.len + STEP;
}

void emit_event(struct emit *emit, struct buffer *to, const char *format, const struct parsed *parsed,
		struct slice line, uint64_t cut)
{
	/* One look at the whole line tells for all of its parts. */
	bool plain = scan_plain_slack(line.ptr, line.ptr + line.len) == line.ptr + line.len;
	struct slice host = parsed_has(parsed, FIELD_LOG_SOURCE) ? parsed->text[FIELD_LOG_SOURCE] : emit->host;
	const struct id first = id_look(emit->ids, parsed->stamp.time, host, line);
	size_t start = to->len;
	struct writing w = { to, buffer_room(to, room_of(emit, parsed, line, plain)), line, plain };

	put_head(emit, &w, format, parsed);
	put_text_field(&w, FIELD_LOG_SOURCE, host);
	put_fields(&w, parsed);
	if (emit->raw) {
		put_text_field(&w, FIELD_RAW_TEXT, line);
		if (!plain && !utf8_valid(line))
			put_base64(&w, line);
	}
	if (cut > 0)
		put_number_field(&w, FIELD_TRUNCATED, (int64_t)cut);
	put(&w, buffer_slice(&emit->end));
	id_print(to->ptr + start + sizeof ID_NAME - 1, id_settle(emit->ids, first, parsed->stamp.time, host, line));
	to->len = (size_t)(w.at - to->ptr);
}
