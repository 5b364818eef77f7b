/* Event lines of ours among lines of log. */
/* SPDX-License-Identifier: MIT */
#include "parse_event.h"

#include "formats/table.h"
#include "names.h"

/* The text of a field between its quotes, empty where it has escapes. */
static struct slice plain_value(const struct event *event, enum field field)
{
	struct slice value = event_value(event, field);

	if (event->escaped >> field & 1 || value.len < 2 || value.ptr[0] != '"')
		return (struct slice){ 0 };
	return (struct slice){ value.ptr + 1, value.len - 2 };
}

/* Certainly: the quick look takes many names, and names with escapes, for repeated ones. */
static bool is_repeated(const struct event *event, struct buffer *scratch)
{
	scratch->len = 0;
	return event->repeated && names_unique(scratch, event->line);
}

bool parse_event(struct parse *parse, struct slice line, struct event *event)
{
	struct error err;
	struct slice stamp;
	struct id id;

	if (line.ptr[0] != '{' || !slice_starts(line, SLICE("{\"id\":\"")) ||
	    (parse->only != NULL && parse->only != &format_json))
		return false;
	if (!event_read(event, line, &err) || !event_has(event, FIELD_DATE_STAMP) ||
	    is_repeated(event, &parse->parsed.scratch))
		return false;
	stamp = plain_value(event, FIELD_DATE_STAMP);
	if (!id_read(plain_value(event, FIELD_ID), &id) || !stamp_read(&stamp, &parse->parsed.stamp) || stamp.len > 0)
		return false;
	return parse->parsed.has_stamp = true;
}
