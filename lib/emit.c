/* From what a format found to an event line: fields in their order, id, raw text. */
/* SPDX-License-Identifier: MIT */
#include "emit.h"

#include "json.h"
#include "utf8.h"

enum {
	HEAD_MAX = 256,  /* bytes of {"id":"..","date_stamp":"..","format":".." and its numbers */
	FIELD_MAX = 32,  /* bytes of ,"name":"" */
	NUMBER_MAX = 21, /* digits and sign */
};

void emit_init(struct emit *emit, struct slice host, bool raw)
{
	*emit = (struct emit){ .ids = id_memory_new(), .raw = raw, .host = host };
	json_add_escaped(&emit->host_text, host);
}

void emit_clear(struct emit *emit)
{
	id_memory_free(emit->ids);
	buffer_clear(&emit->host_text);
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

/* Writing where there is known to be room. */
static inline char *put(char *at, struct slice text)
{
	memcpy(at, text.ptr, text.len);
	return at + text.len;
}

static char *put_number(char *at, int64_t n)
{
	char digits[NUMBER_MAX];
	size_t first = sizeof digits;

	do
		digits[--first] = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	return put(at, (struct slice){ digits + first, sizeof digits - first });
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

static char *put_number_field(char *at, enum field field, int64_t n)
{
	return n < 0 ? at : put_number(put_name(at, field), n);
}

static bool same_stamp(const struct stamp *a, const struct stamp *b)
{
	return a->time == b->time && a->offset == b->offset && a->digits == b->digits && a->utc == b->utc && a->leap == b->leap;
}

static char *put_stamp(struct emit *emit, char *at, const struct stamp *stamp)
{
	if (emit->stamp_len == 0 || !same_stamp(stamp, &emit->stamp)) {
		emit->stamp_len = stamp_print(emit->stamp_text, stamp);
		emit->stamp = *stamp;
	}
	return put(at, (struct slice){ emit->stamp_text, emit->stamp_len });
}

static void add_head(struct emit *emit, struct buffer *to, const char *format, const struct parsed *parsed, struct id id)
{
	char *at = buffer_room(to, HEAD_MAX);

	at = put(at, SLICE("{\"id\":\""));
	id_print(at, id);
	at = put(at + ID_LEN, SLICE("\",\"date_stamp\":\""));
	at = put_stamp(emit, at, &parsed->stamp);
	at = put(at, SLICE("\",\"format\":\""));
	at = put(at, slice_of(format));
	*at++ = '"';
	at = put_number_field(at, FIELD_FACILITY, parsed->facility);
	at = put_number_field(at, FIELD_SEVERITY, parsed->severity);
	to->len = (size_t)(at - to->ptr);
}

/* plain: the text needs no escapes. */
static void add_text(struct buffer *to, enum field field, struct slice text, bool plain)
{
	char *at = buffer_room(to, FIELD_MAX + text.len);

	at = put_name(at, field);
	*at++ = '"';
	if (plain) {
		at = put(at, text);
	} else {
		to->len = (size_t)(at - to->ptr);
		json_add_escaped(to, text);
		at = buffer_room(to, 1);
	}
	*at++ = '"';
	to->len = (size_t)(at - to->ptr);
}

static void add_number(struct buffer *to, enum field field, int64_t n)
{
	char *at = buffer_room(to, FIELD_MAX + NUMBER_MAX);

	to->len = (size_t)(put_number_field(at, field, n) - to->ptr);
}

static void add_texts(struct buffer *to, const struct parsed *parsed, enum field from, enum field before, bool plain)
{
	for (enum field f = from; f < before; f++)
		if (parsed_has(parsed, f))
			add_text(to, f, parsed->text[f], plain);
}

static void add_extended(struct buffer *to, const struct parsed *parsed)
{
	if (parsed->extended.len == 0)
		return;
	buffer_add(to, SLICE(",\"extended\":{"));
	buffer_add(to, buffer_slice(&parsed->extended));
	buffer_add_char(to, '}');
}

static void add_raw(struct emit *emit, struct buffer *to, struct slice line, bool plain)
{
	if (!emit->raw)
		return;
	add_text(to, FIELD_RAW_TEXT, line, plain);
	if (plain || utf8_valid(line))
		return;
	buffer_add(to, SLICE(",\"raw_base64\":"));
	json_add_base64(to, line);
}

void emit_event(struct emit *emit, struct buffer *to, const char *format, const struct parsed *parsed, struct slice line, uint64_t cut)
{
	/* One look at the whole line tells for all of its parts. */
	bool plain = json_plain(line) == line.len;
	struct slice host = parsed_has(parsed, FIELD_LOG_SOURCE) ? parsed->text[FIELD_LOG_SOURCE] : emit->host;

	add_head(emit, to, format, parsed, id_take(emit->ids, parsed->stamp.time, host, line));
	if (parsed_has(parsed, FIELD_LOG_SOURCE))
		add_text(to, FIELD_LOG_SOURCE, host, plain);
	else
		add_text(to, FIELD_LOG_SOURCE, buffer_slice(&emit->host_text), true);
	add_texts(to, parsed, FIELD_SOURCE_PROCESS, FIELD_SOURCE_PID, plain);
	add_number(to, FIELD_SOURCE_PID, parsed->source_pid);
	add_texts(to, parsed, FIELD_SOURCE_HOST, FIELD_SOURCE_PORT, plain);
	add_number(to, FIELD_SOURCE_PORT, parsed->source_port);
	add_texts(to, parsed, FIELD_DEST_HOST, FIELD_DEST_PORT, plain);
	add_number(to, FIELD_DEST_PORT, parsed->dest_port);
	add_texts(to, parsed, FIELD_USER, FIELD_EXTENDED, plain);
	add_extended(to, parsed);
	add_raw(emit, to, line, plain);
	if (cut > 0)
		add_number(to, FIELD_TRUNCATED, (int64_t)cut);
	buffer_add(to, buffer_slice(&emit->end));
}
