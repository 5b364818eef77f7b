/* Messages that are written in a format of their own, JSON, CEF, LEEF or key=value, or that end with a JSON object. */
/* SPDX-License-Identifier: MIT */
#include "inner.h"

#include "object.h"
#include "pairs.h"
#include "syslog.h"

enum {
	WORD_MAX = 64, /* bytes in which the first word must end */
	PAIRS_CERTAIN =
	    3, /* that many key=value, a time, level or message among them, and nothing else, are no sentence */
	PAIRS_ALONE = 5, /* nor are that many of any names */
};

static void swap(struct buffer *a, struct buffer *b)
{
	struct buffer c = *a;

	*a = *b;
	*b = c;
}

static void drop_text(struct parsed *out, enum field field)
{
	out->texts &= ~(UINT32_C(1) << field);
}

/* Members of the message, then those that the head had given: where both have a name, the head's is the last, and is
 * left. */
static void merge_extended(struct parsed *out)
{
	struct buffer *extended = &out->extended, *old = &out->work[WORK_EXTENDED];
	struct slice object;

	if (old->len == 0)
		return;
	if (extended->len > 0)
		buffer_add_char(extended, ',');
	buffer_add(extended, buffer_slice(old));
	buffer_room(extended, 2);
	memmove(extended->ptr + 1, extended->ptr, extended->len);
	extended->ptr[0] = '{';
	extended->ptr[extended->len + 1] = '}';
	extended->len += 2;
	if (!object_check(buffer_slice(extended), old, &object))
		object = SLICE("{}"); /* cannot be: both were checked */
	if (object.ptr != extended->ptr) {
		extended->len = 0;
		buffer_add(extended, object);
	}
	extended->len -= 2;
	memmove(extended->ptr, extended->ptr + 1, extended->len);
}

/* Fields that an object in the message has set, and must not: the head had left them open. */
static void drop_since(struct parsed *out, uint32_t texts, uint32_t fields)
{
	out->texts &= texts | ~fields;
}

enum {
	OF_MACHINE = UINT32_C(1) << FIELD_LOG_SOURCE,
	OF_PROGRAM = UINT32_C(1) << FIELD_SOURCE_PROCESS,
};

static void read_object(struct format_context *context, struct slice object, struct parsed *out)
{
	swap(&out->extended, &out->work[WORK_EXTENDED]);
	out->extended.len = 0;
	object_read(context, object, out);
	merge_extended(out);
}

/* The same, and its message comes instead of the text that held it. */
static void read_message(struct format_context *context, struct slice text, struct parsed *out)
{
	struct slice whole = out->text[FIELD_MESSAGE], object;

	if (!object_check(text, &out->work[WORK_PAYLOAD_UNIQUE], &object))
		return;
	drop_text(out, FIELD_MESSAGE);
	read_object(context, object, out);
	if (!parsed_has(out, FIELD_MESSAGE))
		parsed_text(out, FIELD_MESSAGE, whole);
}

/* A program may name itself; the machine it runs on is for others to tell. */
static void read_json(struct format_context *context, struct slice text, struct parsed *out)
{
	const uint32_t texts = out->texts;

	/* The message may stand in its own buffer, where the next one will be put together. */
	swap(&out->own[FIELD_MESSAGE], &out->work[WORK_PAYLOAD]);
	read_message(context, text, out);
	drop_since(out, texts, OF_MACHINE);
}

/* "CEF:" or "LEEF:" was taken for the program: "CEF: 0|..", "CEF:0|..". */
static inline bool has_tag(const struct parsed *out)
{
	const struct slice name = out->text[FIELD_SOURCE_PROCESS];

	return parsed_has(out, FIELD_SOURCE_PROCESS) && (name.len == 3 || name.len == 4) &&
	       (slice_is(name, "CEF") || slice_is(name, "LEEF"));
}

/* Then the text starts with it after all. */
static struct slice with_tag(struct slice text, const struct parsed *out)
{
	const struct slice name = out->text[FIELD_SOURCE_PROCESS];

	if (!has_tag(out))
		return text;
	if (text.ptr < name.ptr || text.ptr > name.ptr + name.len + 2)
		return text;
	return (struct slice){ name.ptr, (size_t)(text.ptr + text.len - name.ptr) };
}

/* text: from "CEF:" or "LEEF:", with what stands before it in the same word. */
static void read_event_format(struct format_context *context, struct slice text, struct parsed *out)
{
	const char *at = memmem(text.ptr, text.len < WORD_MAX ? text.len : WORD_MAX, "CEF:", 4);
	struct slice program = { text.ptr, 0 };

	if (at == NULL)
		at = memmem(text.ptr, text.len < WORD_MAX ? text.len : WORD_MAX, "LEEF:", 5);
	if (at == NULL)
		return;
	program.len = (size_t)(at - text.ptr);
	text = slice_after(text, program.len);
	if (!pairs_cef(text, &out->work[WORK_PAYLOAD]) && !pairs_leef(text, &out->work[WORK_PAYLOAD]))
		return;
	if (text.ptr == out->text[FIELD_SOURCE_PROCESS].ptr)
		drop_text(out, FIELD_SOURCE_PROCESS);
	if (program.len > 1 && program.ptr[program.len - 1] == ':' && !parsed_has(out, FIELD_SOURCE_PROCESS))
		parsed_text(out, FIELD_SOURCE_PROCESS, slice_first(program, program.len - 1));
	read_message(context, buffer_slice(&out->work[WORK_PAYLOAD]), out);
}

/* 'uri="/x",ip_client="192.0.2.7",..' */
static void read_commas(struct format_context *context, struct slice text, struct parsed *out)
{
	const uint32_t texts = out->texts;
	struct slice object;
	size_t count;

	if (pairs_commas(text, &out->work[WORK_PAYLOAD], &count) && count >= PAIRS_ALONE &&
	    object_check(buffer_slice(&out->work[WORK_PAYLOAD]), &out->work[WORK_PAYLOAD_UNIQUE], &object))
		read_object(context, object, out);
	drop_since(out, texts, OF_MACHINE | OF_PROGRAM);
}

static void read_pairs(struct format_context *context, struct slice text, struct parsed *out)
{
	struct slice object;
	unsigned hints;
	size_t count;

	if (!pairs_logfmt(text, &out->work[WORK_PAYLOAD], &hints, &count) ||
	    count < (hints != 0 ? PAIRS_CERTAIN : PAIRS_ALONE) || (hints == 0 && parsed_has(out, FIELD_SOURCE_HOST))) {
		read_commas(context, text, out);
		return;
	}
	if (object_check(buffer_slice(&out->work[WORK_PAYLOAD]), &out->work[WORK_PAYLOAD_UNIQUE], &object))
		read_object(context, object, out);
}

/* '[action:"Drop"; src:"192.0.2.7"; ..]': Check Point. */
static void read_semicolons(struct format_context *context, struct slice text, struct parsed *out)
{
	struct slice object;

	if (pairs_semicolons(text, &out->work[WORK_PAYLOAD]) &&
	    object_check(buffer_slice(&out->work[WORK_PAYLOAD]), &out->work[WORK_PAYLOAD_UNIQUE], &object))
		read_object(context, object, out);
}

/* Words, then an object: Monolog (with "[]" behind), zap, winston. The message stays whole. */
static void read_tail(struct slice text, struct parsed *out)
{
	const char *at = memmem(text.ptr, text.len, " {\"", 3);
	struct slice object;

	if (at == NULL)
		return;
	text = slice_after(text, (size_t)(at + 1 - text.ptr));
	if (text.ptr[text.len - 1] == ']')
		text = slice_trim(slice_first(text, text.len - 2));
	if (!object_check(text, &out->work[WORK_PAYLOAD_UNIQUE], &object))
		return;
	swap(&out->extended, &out->work[WORK_EXTENDED]);
	out->extended.len = 0;
	parsed_extend_json(out, SLICE("context"), object);
	merge_extended(out);
}

/* May it end with an object? */
static bool ends_object(struct slice text)
{
	return text.len > 4 && (text.ptr[text.len - 1] == '}' || memcmp(text.ptr + text.len - 4, "} []", 4) == 0);
}

/* What ends the first word: a blank in most messages, which are sentences; NUL where it is too long. */
static char first_end(struct slice text)
{
	const char *end = text.ptr + (text.len < WORD_MAX ? text.len : WORD_MAX);
	const char *stop = scan_any(text.ptr, end, ' ', '=', '|');

	return stop < end ? *stop : '\0';
}

/*
 * Nothing but a sentence, as nearly all messages are: a word and a blank, and no bracket at either end. False also for
 * some that are.
 */
static inline bool is_sentence(struct slice text)
{
	enum { NEAR = 2 * SCAN_STEP };
	const char *end = text.ptr + text.len;
	unsigned blanks, others;

	if (text.len < NEAR || text.ptr[0] == '{' || text.ptr[0] == '@' || text.ptr[0] == ' ')
		return false;
	if (end[-1] == '}' || (end[-1] == ']' && (end[-2] == '"' || end[-2] == '[')) || memcmp(text.ptr, "CE", 2) == 0)
		return false;
	blanks = scan_bytes16(text.ptr, ' ') | scan_bytes16(text.ptr + SCAN_STEP, ' ') << SCAN_STEP;
	others = scan_bytes16(text.ptr, '=') | scan_bytes16(text.ptr, '|');
	others |= (scan_bytes16(text.ptr + SCAN_STEP, '=') | scan_bytes16(text.ptr + SCAN_STEP, '|')) << SCAN_STEP;
	return (blanks & -blanks) - 1 < (others & -others) - 1;
}

static void read_odd(struct format_context *context, struct parsed *out)
{
	const struct slice cookie = SLICE("@cee:");
	struct slice text = with_tag(out->text[FIELD_MESSAGE], out);
	char end;

	syslog_blanks(&text);
	if (text.len > 0 && text.ptr[0] == '@' && slice_starts(text, cookie))
		text = slice_trim(slice_after(text, cookie.len));
	if (text.len > 1 && text.ptr[0] == '{') {
		read_json(context, text, out);
		return;
	}
	if (text.len > 2 && text.ptr[text.len - 1] == ']' && text.ptr[text.len - 2] == '"')
		read_semicolons(context, text, out);
	end = first_end(text);
	if (end == '|' || (text.len > 0 && text.ptr[0] == 'C' && slice_starts(text, SLICE("CEF: "))))
		read_event_format(context, text, out);
	else if (end == '=')
		read_pairs(context, text, out);
	else if (ends_object(text))
		read_tail(text, out);
}

/* Of these fields, those that the head left open are taken for told, so that what the message says goes to extended. */
static uint32_t hold(struct parsed *out, uint32_t fields)
{
	const uint32_t held = fields & ~out->texts;

	for (uint32_t bits = held; bits != 0; bits &= bits - 1)
		parsed_text(out, (enum field)__builtin_ctz(bits), SLICE(""));
	return held;
}

/* Nobody has told them after all. */
static void release(struct parsed *out, uint32_t held)
{
	out->texts &= ~held;
}

void inner_read(struct format_context *context, bool is_output, struct parsed *out)
{
	if (!parsed_has(out, FIELD_MESSAGE) || out->read)
		return;
	if (is_sentence(out->text[FIELD_MESSAGE]) && !has_tag(out))
		return;
	const uint32_t held = is_output ? hold(out, OF_MACHINE) : 0;
	read_odd(context, out);
	release(out, held);
}

void inner_merge(struct parsed *out, struct parsed *found)
{
	found->texts &= ~out->texts | UINT32_C(1) << FIELD_MESSAGE;
	for (uint32_t bits = found->texts; bits != 0; bits &= bits - 1)
		parsed_text(out, (enum field)__builtin_ctz(bits), found->text[__builtin_ctz(bits)]);
	out->severity = out->severity < 0 ? found->severity : out->severity;
	out->source_pid = out->source_pid < 0 ? found->source_pid : out->source_pid;
	out->source_port = out->source_port < 0 ? found->source_port : out->source_port;
	out->dest_port = out->dest_port < 0 ? found->dest_port : out->dest_port;
	if (found->extended.len == 0)
		return;
	swap(&out->extended, &out->work[WORK_EXTENDED]);
	out->extended.len = 0;
	buffer_add(&out->extended, buffer_slice(&found->extended));
	merge_extended(out);
}
