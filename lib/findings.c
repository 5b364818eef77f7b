/* What was found in the event in hand, checked against the table of fields and made into JSON. */
/* SPDX-License-Identifier: MIT */
#include "findings.h"
#include "json.h"

void findings_free(struct findings *findings)
{
	extend_free(&findings->extend);
	buffer_clear(&findings->made);
}

void findings_begin(struct findings *findings, const struct event *event)
{
	findings->event = event;
	findings->filled = 0;
	extend_begin(&findings->extend, event);
}

/* The highest number a field can have. */
static int64_t number_max(enum field field)
{
	switch (field) {
	case FIELD_FACILITY:
		return 23;
	case FIELD_SEVERITY:
		return 7;
	case FIELD_SOURCE_PORT:
	case FIELD_DEST_PORT:
		return UINT16_MAX;
	default:
		return UINT32_MAX;
	}
}

void findings_fill(struct findings *findings, enum field field, struct slice text)
{
	int64_t number;
	if (text.len == 0 || event_has(findings->event, field) || (findings->filled >> field & 1))
		return;
	if (field_table[field].kind == FIELD_NUMBER && !slice_number(text, 0, number_max(field), &number))
		return;
	findings->fill[field] = text;
	findings->filled |= UINT64_C(1) << field;
}

static void make_value(struct findings *findings, enum field field)
{
	int64_t number;
	if (field == FIELD_EXTENDED)
		extend_write(&findings->extend, &findings->made);
	else if (field_table[field].kind != FIELD_NUMBER)
		json_add_string(&findings->made, findings->fill[field]);
	else if (slice_number(findings->fill[field], 0, number_max(field), &number))
		buffer_add_number(&findings->made, number);
}

size_t findings_changes(struct findings *findings, struct event_change *changes)
{
	size_t count = 0;
	findings->made.len = 0;
	if (findings->extend.changed)
		findings->filled |= UINT64_C(1) << FIELD_EXTENDED;
	for (uint64_t left = findings->filled; left != 0; left &= left - 1) {
		const enum field field = (enum field)__builtin_ctzll(left);
		const size_t start = findings->made.len;
		make_value(findings, field);
		changes[count++] = (struct event_change){ field, { NULL, findings->made.len - start } };
	}
	/* Only now does the text stay where it is. */
	const char *text = findings->made.ptr;
	for (size_t i = 0; i < count; text += changes[i++].value.len)
		changes[i].value.ptr = text;
	return count;
}
