/* Lines that make one event together: which belong to which, when they are whole, and in which order they leave. */
/* SPDX-License-Identifier: MIT */
#include "gather.h"

#include "formats/audit.h"
#include "gather_slot.h"
#include "memory.h"

#include <stdlib.h>

enum {
	FREE_MAX = 32, /* slots that are kept for the next events */
};

static void free_slots(struct gather_slot *slot)
{
	while (slot != NULL) {
		struct gather_slot *next = slot->next;
		gather_slot_free(slot);
		slot = next;
	}
}

void gather_clear(struct gather *gather)
{
	free_slots(gather->first);
	free_slots(gather->free);
	free(gather->audits);
	parsed_clear(&gather->parsed);
	buffer_clear(&gather->event);
	buffer_clear(&gather->key);
}

static void read_records(struct gather *gather, const struct gather_slot *slot)
{
	size_t count = 0;

	gather->audits = memory_grow(gather->audits, &gather->audits_room, slot->count, sizeof *gather->audits);
	for (size_t i = 0; i < slot->count; i++)
		count += audit_split(gather_slot_record(slot, i), &gather->audits[count]);
	if (count > 0)
		audit_read(gather->audits, count, &gather->parsed);
}

static void write_event(struct gather *gather, struct gather_slot *slot, struct buffer *to)
{
	gather_slot_restore(slot, &gather->parsed);
	const struct slice lines = buffer_slice(&slot->lines);
	if (!slot->wanted) {
		emit_skip(gather->emit, &gather->parsed, lines);
		return;
	}
	if (!slot->joins)
		read_records(gather, slot);
	emit_event(gather->emit, to, slot->format != NULL ? slot->format->name : format_unparsed, &gather->parsed,
		   lines, slot->cut, false);
	++*parse_counts_of(gather->counts, slot->format);
}

static void release(struct gather *gather, struct gather_slot *slot)
{
	if (gather->free_count == FREE_MAX) {
		gather_slot_free(slot);
		return;
	}
	gather_slot_empty(slot);
	slot->next = gather->free;
	gather->free = slot;
	gather->free_count++;
}

/* What is whole at the front leaves. */
static void let_go(struct gather *gather, struct buffer *to)
{
	while (gather->first != NULL && !gather->first->is_open) {
		struct gather_slot *slot = gather->first;
		buffer_add(to, buffer_slice(&slot->event));
		buffer_add(to, buffer_slice(&slot->behind));
		gather->first = slot->next;
		gather->held -= gather_slot_bytes(slot) + (gather->first != NULL ? slot->behind.len : 0);
		if (gather->first == NULL)
			gather->last = NULL;
		release(gather, slot);
	}
}

static void close_slot(struct gather *gather, struct gather_slot *slot)
{
	size_t i = 0;

	while (gather->open[i] != slot)
		i++;
	gather->open_count--;
	memmove(gather->open + i, gather->open + i + 1, (gather->open_count - i) * sizeof(struct gather_slot *));
	if (gather->joining == slot)
		gather->joining = NULL;
	slot->is_open = false;
}

/* Ends an event: its lines become an event line, which leaves or waits. */
static void end_slot(struct gather *gather, struct gather_slot *slot, struct buffer *to)
{
	close_slot(gather, slot);
	gather->held -= gather_slot_bytes(slot);
	if (slot == gather->first) {
		write_event(gather, slot, to);
	} else {
		gather->event.len = 0;
		write_event(gather, slot, &gather->event);
		gather_slot_close(slot, buffer_slice(&gather->event));
	}
	gather->held += gather_slot_bytes(slot);
	let_go(gather, to);
}

void gather_end(struct gather *gather, struct buffer *to)
{
	while (gather->open_count > 0)
		end_slot(gather, gather->open[0], to);
	gather->before.begun = false;
}

void gather_leave(struct gather *gather, struct buffer *to)
{
	while (gather->open_count > 0)
		close_slot(gather, gather->open[0]);
	let_go(gather, to);
	gather->before.begun = false;
}

/* Ends what must not wait any longer, whatever the line is. */
static void keep_limits(struct gather *gather, struct buffer *to)
{
	gather->line++;
	while (gather->open_count > 0 && (gather->line - gather->open[0]->first_line >= GATHER_LINES_MAX ||
					  gather->held + gather->last->behind.len > GATHER_HELD_MAX))
		end_slot(gather, gather->open[0], to);
}

static struct slice host_of(const struct parsed *parsed)
{
	return parsed_has(parsed, FIELD_LOG_SOURCE) ? parsed->text[FIELD_LOG_SOURCE] : (struct slice){ 0 };
}

/* The same machine is so much further that nothing more will come of what it said before; own: the line's event. */
static void end_past(struct gather *gather, const struct gather_line *line, const struct gather_slot *own,
		     struct buffer *to)
{
	const struct parsed *parsed = line->parsed;

	for (size_t i = 0; parsed->has_stamp && i < gather->open_count;) {
		struct gather_slot *slot = gather->open[i];
		const int64_t apart = parsed->stamp.time - slot->stamp.time;
		if (slot == own || slot->joins || (apart < GATHER_APART && apart > -GATHER_APART) ||
		    !slice_equal(slice_first(buffer_slice(&slot->key), slot->host_len), host_of(parsed)))
			i++;
		else
			end_slot(gather, slot, to);
	}
}

/* Adds the line; at a limit, or behind the last record, the event ends. */
static void add_line(struct gather *gather, struct gather_slot *slot, const struct gather_line *line, struct buffer *to)
{
	gather->held -= gather_slot_bytes(slot);
	gather_slot_add(slot, line);
	gather->held += gather_slot_bytes(slot);
	if (slot->lines.len >= GATHER_BYTES_MAX || (!slot->joins && line->parsed->part.kind == AUDIT_LAST))
		end_slot(gather, slot, to);
}

static bool has_room(const struct gather_slot *slot, const struct gather_line *line)
{
	return slot->lines.len + 1 + line->line.len <= GATHER_BYTES_MAX;
}

/* Which event a record belongs to: its machine, the program and node that it came through, stamp and serial. */
static void set_key(struct gather *gather, const struct parsed *parsed)
{
	struct buffer *key = &gather->key;
	const struct part *part = &parsed->part;

	key->len = 0;
	buffer_add(key, host_of(parsed));
	gather->host_len = key->len;
	buffer_add_char(key, '\0');
	if (part->texts >> FIELD_SOURCE_PROCESS & 1)
		buffer_add(key, parsed->text[FIELD_SOURCE_PROCESS]);
	buffer_add_char(key, '\0');
	buffer_add(key, part->node);
	buffer_add_char(key, '\0');
	buffer_add(key, part->event);
}

/* The open event of the key in hand, the latest first: records of one event stand close together. */
static struct gather_slot *find_event(const struct gather *gather)
{
	for (size_t i = gather->open_count; i > 0; i--)
		if (!gather->open[i - 1]->joins &&
		    slice_equal(buffer_slice(&gather->open[i - 1]->key), buffer_slice(&gather->key)))
			return gather->open[i - 1];
	return NULL;
}

/* The open event that the record in hand belongs to, or NULL; where it can have no more, it ends. */
static struct gather_slot *event_of(struct gather *gather, const struct gather_line *line, struct buffer *to)
{
	const bool first = line->parsed->part.kind == AUDIT_FIRST;
	struct gather_slot *slot;

	set_key(gather, line->parsed);
	slot = find_event(gather);
	if (slot == NULL)
		return NULL;
	if (!has_room(slot, line) || (first && slot->has_first)) {
		end_slot(gather, slot, to);
		return NULL;
	}
	slot->has_first |= first;
	return slot;
}

/* The line before is whole, unless this one goes on with it. */
static bool add_continuation(struct gather *gather, const struct gather_line *line, struct buffer *to)
{
	struct gather_slot *slot = gather->joining;

	gather->rest = continuation_is(&gather->before, line->text, line->format != NULL);
	if (gather->rest && slot != NULL && has_room(slot, line)) {
		add_line(gather, slot, line, to);
		return true;
	}
	if (slot != NULL)
		end_slot(gather, slot, to);
	return false;
}

static bool is_record(const struct gather *gather, const struct gather_line *line)
{
	return gather->records && line->parsed->part.text.ptr != NULL;
}

bool gather_add(struct gather *gather, const struct gather_line *line, struct buffer *to)
{
	struct gather_slot *slot;

	keep_limits(gather, to);
	if (gather->join && add_continuation(gather, line, to))
		return true;
	slot = is_record(gather, line) ? event_of(gather, line, to) : NULL;
	end_past(gather, line, slot, to);
	if (slot == NULL)
		return false;
	gather->before.begun = false;
	add_line(gather, slot, line, to);
	return true;
}

/* A slot that is open, behind all others. */
static struct gather_slot *append_slot(struct gather *gather, struct buffer *to)
{
	struct gather_slot *slot;

	if (gather->open_count == GATHER_OPEN_MAX)
		end_slot(gather, gather->open[0], to);
	slot = gather->free;
	if (slot != NULL) {
		gather->free = slot->next;
		gather->free_count--;
	} else {
		slot = memory_new(1, sizeof *slot);
	}
	slot->next = NULL;
	if (gather->last != NULL) {
		gather->held += gather->last->behind.len;
		gather->last->next = slot;
	} else {
		gather->first = slot;
	}
	gather->last = slot;
	gather->open[gather->open_count++] = slot;
	return slot;
}

bool gather_begin(struct gather *gather, const struct gather_line *line, bool wanted, struct buffer *to)
{
	const bool record = is_record(gather, line);
	struct gather_slot *slot;

	if (gather->join && !gather->rest)
		gather->before = record
				     ? (struct continuation){ 0 }
				     : continuation_after(line->text, line->format != NULL && line->parsed->has_stamp);
	if (line->line.len >= GATHER_BYTES_MAX || (record ? line->parsed->part.kind == AUDIT_LAST : !gather->join))
		return false;
	slot = append_slot(gather, to);
	slot->is_open = true;
	slot->wanted = wanted;
	slot->first_line = gather->line;
	gather_slot_begin(slot, line, !record);
	if (record) {
		buffer_add(&slot->key, buffer_slice(&gather->key));
		slot->host_len = gather->host_len;
	} else {
		gather->joining = slot;
	}
	gather->held += gather_slot_bytes(slot);
	return true;
}

struct buffer *gather_behind_last(struct gather *gather)
{
	return &gather->last->behind;
}

struct buffer *gather_pass(struct gather *gather, struct buffer *to)
{
	if (gather->first == NULL && !gather->join)
		return to;
	keep_limits(gather, to);
	if (gather->joining != NULL)
		end_slot(gather, gather->joining, to);
	gather->before.begun = false;
	return gather_behind(gather, to);
}

int gather_idle(struct gather *gather, int64_t now, struct buffer *to)
{
	int64_t left = -1;

	for (size_t i = 0; i < gather->open_count;) {
		struct gather_slot *slot = gather->open[i];
		if (slot->quiet < 0)
			slot->quiet = now;
		if (now - slot->quiet >= GATHER_QUIET) {
			end_slot(gather, slot, to);
			continue;
		}
		if (left < 0 || slot->quiet + GATHER_QUIET - now < left)
			left = slot->quiet + GATHER_QUIET - now;
		i++;
	}
	return left < 0 ? -1 : (int)((left + MILLISECOND - 1) / MILLISECOND);
}
