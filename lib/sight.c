/* What is remembered of an event: its time and its id, never the event itself. */
/* SPDX-License-Identifier: MIT */
#include "sight.h"

static bool is_id(const struct id *id)
{
	return (id->milliseconds | id->hash_high | id->hash_low) != 0;
}

bool sight_has_id(const struct sight *sight)
{
	return is_id(&sight->id);
}

void sight_write_id(struct buffer *to, const struct id *id)
{
	char text[ID_LEN];

	if (!is_id(id)) {
		buffer_add(to, SLICE("null"));
		return;
	}
	id_print(text, *id);
	buffer_add_char(to, '"');
	buffer_add(to, (struct slice){ text, sizeof text });
	buffer_add_char(to, '"');
}

bool sight_read_id(const json_t *json, struct id *id)
{
	*id = (struct id){ 0 };
	return json_is_null(json) || (json_is_string(json) && id_read(slice_of(json_string_value(json)), id));
}

void sight_write(struct buffer *to, const struct sight *sight)
{
	buffer_add_char(to, '[');
	buffer_add_number(to, sight->time);
	buffer_add_char(to, ',');
	sight_write_id(to, &sight->id);
	buffer_add_char(to, ',');
	buffer_add_number(to, (int64_t)sight->number);
	buffer_add_char(to, ']');
}

bool sight_read(const json_t *json, struct sight *sight)
{
	const json_t *time = json_array_get(json, 0), *number = json_array_get(json, 2);

	if (!json_is_integer(time) || !json_is_integer(number) || !sight_read_id(json_array_get(json, 1), &sight->id))
		return false;
	sight->time = json_integer_value(time);
	sight->number = (uint64_t)json_integer_value(number);
	return true;
}
