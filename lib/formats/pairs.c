/* Texts of names and values that become JSON objects: what their writers share. */
/* SPDX-License-Identifier: MIT */
#include "pairs.h"

#include "../json.h"

void pairs_name(struct buffer *to, struct slice name)
{
	if (to->len > 0 && to->ptr[to->len - 1] != '{')
		buffer_add_char(to, ',');
	json_add_string(to, name);
	buffer_add(to, SLICE(":\""));
}

void pairs_add(struct buffer *to, struct slice name, struct slice value)
{
	pairs_name(to, name);
	json_add_escaped(to, value);
	buffer_add_char(to, '"');
}
