/* A JSON object of any program, read into our fields: from what was found to the fields of the event. */
/* SPDX-License-Identifier: MIT */
#include "object.h"

#include "../input.h"
#include "../json.h"
#include "../level.h"
#include "suits.h"
#include "when.h"

enum {
	CLOCK_MAX = 64, /* bytes of date, clock and offset put together */
};

/* The text of a string; what it borrows from is the object, or the field's own buffer. */
static void fill_text(struct parsed *out, enum field field, struct object_find *find)
{
	if (find->row == NULL || parsed_has(out, field))
		return;
	parsed_text(out, field, json_text(find->value, parsed_own(out, field)));
	find->taken = find->top;
}

static void fill_number(int64_t *number, struct object_find *find)
{
	if (find->row == NULL || *number >= 0)
		return;
	slice_number(suits_text(find->value), 0, INT32_MAX, number);
	find->taken = find->top;
}

/* An address, and the port that may stand behind it. */
static void fill_host(struct parsed *out, enum field field, int64_t *port, struct object_find *find)
{
	struct slice host, digits;

	if (find->row == NULL || parsed_has(out, field))
		return;
	suits_address(suits_text(find->value), &host, &digits);
	parsed_text(out, field, host);
	find->taken = find->top;
	if (digits.len > 0 && *port < 0)
		slice_number(digits, 0, UINT16_MAX, port);
}

/* Puts a date, a clock and maybe an offset together. */
static bool read_parts(struct format_context *context, const struct slice *parts, size_t count, struct stamp *stamp)
{
	char text[CLOCK_MAX];
	size_t len = 0;

	for (size_t i = 0; i < count; i++) {
		if (parts[i].len > sizeof text - len)
			return false;
		memcpy(text + len, parts[i].ptr, parts[i].len);
		len += parts[i].len;
	}
	return when_read(context, (struct slice){ text, len }, false, stamp);
}

/* Date and clock that stand apart: FortiOS, Sophos. An offset that is none (the name of a zone that we do not know) is
 * passed over. */
static bool fill_parts(struct format_context *context, struct object_finds *finds, struct parsed *out)
{
	struct object_find *date = &finds->of[ATTRIBUTE_DATE], *clock = &finds->of[ATTRIBUTE_CLOCK];
	struct object_find *offset = &finds->of[ATTRIBUTE_OFFSET];
	const struct slice parts[] = { suits_text(date->value), SLICE(" "), suits_text(clock->value),
				       suits_text(offset->value) };

	if (date->row == NULL || clock->row == NULL)
		return false;
	if ((offset->row == NULL || !read_parts(context, parts, 4, &out->stamp)) &&
	    !read_parts(context, parts, 3, &out->stamp))
		return false;
	date->taken = date->top;
	clock->taken = clock->top;
	return true;
}

/* A stamp in digits and points says more than ours (a number of nanoseconds, say): it stays where it was as well. */
static void fill_time(struct format_context *context, struct object_finds *finds, struct parsed *out)
{
	struct object_find *find = &finds->of[ATTRIBUTE_TIME];

	if (out->has_stamp)
		return;
	if (fill_parts(context, finds, out)) {
		out->has_stamp = true;
	} else if (find->row != NULL) {
		out->stamp = finds->stamp;
		out->has_stamp = true;
		find->taken = find->top && json_kind(find->value) == JSON_KIND_STRING &&
			      !suits_digits(slice_first(suits_text(find->value), 5));
	}
}

/* Words and numbers stay in extended: they tell more than eight severities can. */
static void fill_severity(struct object_finds *finds, struct parsed *out)
{
	static const enum attribute order[] = { ATTRIBUTE_SEVERITY, ATTRIBUTE_LEVEL, ATTRIBUTE_LEVEL_WINDOWS,
						ATTRIBUTE_LEVEL_CEF, ATTRIBUTE_LEVEL_GELF };
	const struct object_find *message = &finds->of[ATTRIBUTE_MESSAGE];
	bool gelf = message->row != NULL && strcmp(message->row->name, "shortmessage") == 0;

	for (size_t i = 0; i < sizeof order / sizeof *order && out->severity < 0; i++) {
		const struct object_find *find = &finds->of[order[i]];
		if (find->row != NULL && (order[i] != ATTRIBUTE_LEVEL_GELF || gelf))
			out->severity = suits_severity(order[i], find->value);
	}
	if (out->facility < 0 && finds->of[ATTRIBUTE_FACILITY].row != NULL)
		out->facility = level_facility(suits_text(finds->of[ATTRIBUTE_FACILITY].value));
}

/* What journald writes as a list of numbers. */
static struct slice bytes_of(struct slice list, struct buffer *to)
{
	struct json_walk walk = json_walk(list);
	struct slice key, member;

	while (json_next(&walk, &key, &member)) {
		int64_t n = 0;
		slice_number(member, 0, UINT8_MAX, &n);
		buffer_add_char(to, (char)n);
	}
	return buffer_slice(to);
}

static void fill_message(struct object_find *find, struct parsed *out)
{
	struct slice text;

	if (find->row == NULL || parsed_has(out, FIELD_MESSAGE))
		return;
	/* Other formats may read it in turn, and look a bit behind it. */
	buffer_room(parsed_own(out, FIELD_MESSAGE), find->value.len + INPUT_SLACK);
	if (json_kind(find->value) == JSON_KIND_ARRAY)
		text = bytes_of(find->value, parsed_own(out, FIELD_MESSAGE));
	else
		text = json_text(find->value, parsed_own(out, FIELD_MESSAGE));
	/* Docker's, with the end of the line. */
	while (text.len > 0 && (text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == '\r'))
		text.len--;
	parsed_text(out, FIELD_MESSAGE, text);
	find->taken = find->top;
}

static void fill_protocol(struct object_find *find, struct parsed *out)
{
	struct slice name = suits_protocol(suits_text(find->value));

	if (find->row != NULL && name.len > 0 && !parsed_has(out, FIELD_PROTOCOL))
		parsed_text(out, FIELD_PROTOCOL, name);
	else
		fill_text(out, FIELD_PROTOCOL, find);
}

static void fill_extended(struct object_finds *finds, struct parsed *out)
{
	for (int i = ATTRIBUTE_EXTENDED; i < ATTRIBUTE_COUNT; i++) {
		struct object_find *find = &finds->of[i];
		if (find->row == NULL)
			continue;
		parsed_extend_json(out, attribute_name(i), find->value);
		find->taken = find->top;
	}
}

void object_fill(struct format_context *context, struct object_finds *finds, struct parsed *out)
{
	struct object_find *of = finds->of;

	fill_time(context, finds, out);
	fill_severity(finds, out);
	fill_text(out, FIELD_LOG_SOURCE, &of[ATTRIBUTE_LOG_SOURCE]);
	fill_text(out, FIELD_SOURCE_PROCESS, &of[ATTRIBUTE_PROCESS]);
	fill_number(&out->source_pid, &of[ATTRIBUTE_PID]);
	fill_number(&out->source_port, &of[ATTRIBUTE_SOURCE_PORT]);
	fill_number(&out->dest_port, &of[ATTRIBUTE_DEST_PORT]);
	fill_host(out, FIELD_SOURCE_HOST, &out->source_port, &of[ATTRIBUTE_SOURCE_HOST]);
	fill_host(out, FIELD_DEST_HOST, &out->dest_port, &of[ATTRIBUTE_DEST_HOST]);
	fill_text(out, FIELD_USER, &of[ATTRIBUTE_USER]);
	fill_protocol(&of[ATTRIBUTE_PROTOCOL], out);
	fill_message(&of[ATTRIBUTE_MESSAGE], out);
	fill_extended(finds, out);
}
