/* What an alert tells of the event that began it: taken while the event is in hand, as it may be told much later. */
/* SPDX-License-Identifier: MIT */
#include "origin.h"

#include "sight.h"
#include "stamp.h"

void origin_take(struct origin *origin, const struct rule *rule, const struct event *event, struct slice key)
{
	struct buffer scratch = { 0 };
	struct stamp stamp;

	struct slice text = event_text(event, FIELD_DATE_STAMP, &scratch);
	const bool has_stamp = stamp_read(&text, &stamp);
	origin->offset = has_stamp ? stamp.offset : 0;
	origin->utc = !has_stamp || stamp.utc;
	if (!event_has(event, FIELD_ID) || !id_read(event_text(event, FIELD_ID, &scratch), &origin->id))
		origin->id = id_of_bytes(0, event->line);
	origin->message.len = 0;
	template_fill(&rule->message, event, key, &origin->message);
	buffer_clear(&scratch);
}

void origin_clear(struct origin *origin)
{
	buffer_clear(&origin->message);
	*origin = (struct origin){ 0 };
}

/* The message is escaped JSON already, but for the NUL bytes that stand for counts. */
static void write_message(struct buffer *to, struct slice filled)
{
	buffer_add_char(to, '"');
	for (;;) {
		const size_t plain = slice_find(filled, '\0');
		buffer_add(to, slice_first(filled, plain));
		if (plain == filled.len)
			break;
		buffer_add(to, SLICE("\\u0000"));
		filled = slice_after(filled, plain + 1);
	}
	buffer_add_char(to, '"');
}

static void read_message(struct slice text, struct buffer *to)
{
	for (;;) {
		const size_t plain = slice_find(text, '\0');
		json_add_escaped(to, slice_first(text, plain));
		if (plain == text.len)
			return;
		buffer_add_char(to, '\0');
		text = slice_after(text, plain + 1);
	}
}

void origin_write(struct buffer *to, const struct origin *origin)
{
	buffer_add_char(to, '[');
	sight_write_id(to, &origin->id);
	buffer_add_char(to, ',');
	buffer_add_number(to, origin->offset);
	buffer_add(to, origin->utc ? SLICE(",true,") : SLICE(",false,"));
	write_message(to, buffer_slice(&origin->message));
	buffer_add_char(to, ']');
}

bool origin_read(const json_t *json, struct origin *origin)
{
	const json_t *offset = json_array_get(json, 1), *utc = json_array_get(json, 2);
	const json_t *message = json_array_get(json, 3);

	if (!sight_read_id(json_array_get(json, 0), &origin->id) || !json_is_integer(offset) || !json_is_boolean(utc) ||
	    !json_is_string(message) || json_integer_value(offset) < -DAY / SECOND ||
	    json_integer_value(offset) > DAY / SECOND)
		return false;
	origin->offset = (int32_t)json_integer_value(offset);
	origin->utc = json_is_true(utc);
	read_message((struct slice){ json_string_value(message), json_string_length(message) }, &origin->message);
	return true;
}
