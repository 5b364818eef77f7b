/* What Juniper's structured data says of a packet or a login. */
/* SPDX-License-Identifier: MIT */
#include "junos.h"

#include "suits.h"
#include "web.h"

static void take(struct slice name, struct slice value, struct parsed *out)
{
	if (slice_is(name, "source-address") && web_is_address(value))
		parsed_text(out, FIELD_SOURCE_HOST, value);
	else if (slice_is(name, "destination-address") && web_is_address(value))
		parsed_text(out, FIELD_DEST_HOST, value);
	else if (slice_is(name, "source-port"))
		(void)slice_number(value, 0, UINT16_MAX, &out->source_port);
	else if (slice_is(name, "destination-port"))
		(void)slice_number(value, 0, UINT16_MAX, &out->dest_port);
	else if (slice_is(name, "protocol-id") && suits_protocol(value).len > 0)
		parsed_text(out, FIELD_PROTOCOL, suits_protocol(value));
	else if (slice_is(name, "username") && value.len > 0 && !slice_is(value, "N/A"))
		parsed_text(out, FIELD_USER, value);
}

void junos_read(struct slice data, struct parsed *out)
{
	if (!slice_starts(data, SLICE("[junos@")))
		return;
	while (data.len > 0) {
		size_t n = slice_find(data, '=');
		struct slice name = slice_first(data, n), value = slice_after(data, n);
		if (!slice_starts(value, SLICE("=\"")))
			return;
		while (slice_find(name, ' ') < name.len)
			name = slice_after(name, slice_find(name, ' ') + 1);
		value = slice_after(value, 2);
		n = slice_find(value, '"');
		data = slice_after(value, n);
		value = slice_first(value, n);
		if (slice_find(value, '\\') == value.len)
			take(name, value, out);
	}
}
