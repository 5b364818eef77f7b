/* An event that is put together of lines, and what waits behind it. */
/* SPDX-License-Identifier: MIT */
#include "gather_slot.h"

#include "input.h"
#include "memory.h"

#include <stdlib.h>

enum {
	KEPT_MAX = 16 << 10, /* bytes of a buffer that are kept for the next event */
};

static struct gather_text add_own(struct gather_slot *slot, struct slice text)
{
	const struct gather_text kept = { .start = slot->own.len, .len = text.len };

	buffer_add(&slot->own, text);
	return kept;
}

static struct gather_text keep_text(struct gather_slot *slot, struct slice line, struct slice text)
{
	const size_t start = (size_t)((uintptr_t)text.ptr - (uintptr_t)line.ptr);

	if (text.len > line.len || start > line.len - text.len)
		return add_own(slot, text);
	return (struct gather_text){ .in_line = true, .start = start, .len = text.len };
}

void gather_slot_begin(struct gather_slot *slot, const struct gather_line *line, bool joins)
{
	const struct parsed *parsed = line->parsed;

	slot->joins = joins;
	slot->format = line->format;
	slot->stamp = parsed->stamp;
	slot->facility = parsed->facility;
	slot->severity = parsed->severity;
	slot->source_port = joins ? parsed->source_port : -1;
	slot->dest_port = joins ? parsed->dest_port : -1;
	slot->source_pid = joins ? parsed->source_pid : parsed->part.source_pid;
	slot->texts = joins ? parsed->texts : parsed->part.texts;
	for (uint32_t bits = slot->texts; bits != 0; bits &= bits - 1) {
		const int field = __builtin_ctz(bits);
		slot->text[field] = keep_text(slot, line->line, parsed->text[field]);
	}
	slot->extended = add_own(slot, buffer_slice(joins ? &parsed->extended : &parsed->work[WORK_PART]));
	slot->has_first = parsed->part.kind == AUDIT_FIRST;
	gather_slot_add(slot, line);
}

void gather_slot_add(struct gather_slot *slot, const struct gather_line *line)
{
	struct gather_piece *piece;

	slot->pieces = memory_grow(slot->pieces, &slot->room, slot->count + 1, sizeof *slot->pieces);
	if (slot->count > 0)
		buffer_add_char(&slot->lines, '\n');
	piece = &slot->pieces[slot->count++];
	piece->start = slot->lines.len;
	piece->len = line->text.len;
	piece->record = slot->joins ? 0 : (size_t)(line->parsed->part.text.ptr - line->text.ptr);
	buffer_add(&slot->lines, line->line);
	slot->cut += line->cut;
	slot->quiet = -1;
}

static struct slice text_of(const struct gather_slot *slot, struct gather_text text)
{
	if (text.len == 0)
		return SLICE("");
	return (struct slice){ (text.in_line ? slot->lines.ptr : slot->own.ptr) + text.start, text.len };
}

static struct slice line_of(const struct gather_slot *slot, size_t piece)
{
	return (struct slice){ slot->lines.ptr + slot->pieces[piece].start, slot->pieces[piece].len };
}

struct slice gather_slot_record(const struct gather_slot *slot, size_t piece)
{
	return slice_after(line_of(slot, piece), slot->pieces[piece].record);
}

/* The message of the first line, and all lines behind it. */
static void join_message(const struct gather_slot *slot, struct parsed *parsed)
{
	struct buffer *to = parsed_own(parsed, FIELD_MESSAGE);

	if (parsed_has(parsed, FIELD_MESSAGE))
		buffer_add(to, parsed->text[FIELD_MESSAGE]);
	for (size_t i = 1; i < slot->count; i++) {
		if (to->len > 0)
			buffer_add_char(to, '\n');
		buffer_add(to, line_of(slot, i));
	}
	parsed_text(parsed, FIELD_MESSAGE, buffer_slice(to));
}

void gather_slot_restore(struct gather_slot *slot, struct parsed *parsed)
{
	memset(buffer_room(&slot->lines, INPUT_SLACK), 0, INPUT_SLACK);
	parsed_empty(parsed);
	parsed->has_stamp = true;
	parsed->stamp = slot->stamp;
	parsed->facility = slot->facility;
	parsed->severity = slot->severity;
	parsed->source_pid = slot->source_pid;
	parsed->source_port = slot->source_port;
	parsed->dest_port = slot->dest_port;
	for (uint32_t bits = slot->texts; bits != 0; bits &= bits - 1) {
		const int field = __builtin_ctz(bits);
		parsed_text(parsed, (enum field)field, text_of(slot, slot->text[field]));
	}
	buffer_add(&parsed->extended, text_of(slot, slot->extended));
	if (slot->joins && slot->count > 1)
		join_message(slot, parsed);
}

size_t gather_slot_bytes(const struct gather_slot *slot)
{
	return sizeof *slot + slot->lines.len + slot->own.len + slot->event.len + slot->room * sizeof *slot->pieces;
}

void gather_slot_close(struct gather_slot *slot, struct slice event)
{
	buffer_clear(&slot->key);
	buffer_clear(&slot->own);
	buffer_clear(&slot->lines);
	free(slot->pieces);
	slot->pieces = NULL;
	slot->count = slot->room = 0;
	buffer_add(&slot->event, event);
}

static void empty(struct buffer *b)
{
	b->len = 0;
	if (b->size > KEPT_MAX)
		buffer_clear(b);
}

void gather_slot_empty(struct gather_slot *slot)
{
	struct gather_slot kept = {
		.key = slot->key,
		.own = slot->own,
		.lines = slot->lines,
		.pieces = slot->pieces,
		.room = slot->room,
		.event = slot->event,
		.behind = slot->behind,
	};

	empty(&kept.key);
	empty(&kept.own);
	empty(&kept.lines);
	empty(&kept.event);
	empty(&kept.behind);
	*slot = kept;
}

void gather_slot_free(struct gather_slot *slot)
{
	buffer_clear(&slot->key);
	buffer_clear(&slot->own);
	buffer_clear(&slot->lines);
	buffer_clear(&slot->event);
	buffer_clear(&slot->behind);
	free(slot->pieces);
	free(slot);
}
