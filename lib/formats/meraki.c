/* meraki: what Cisco's Meraki devices send: a stamp in seconds, the device, the kind of event. */
/* SPDX-License-Identifier: MIT */
#include "payload.h"
#include "priority.h"
#include "table.h"
#include "web.h"

#include "../epoch.h"

static const char *const samples[] = {
	"<134>1 1718020800.123456789 MX84 flows src=192.0.2.7 dst=198.51.100.7 mac=00:11:22:33:44:55 protocol=tcp "
	"sport=54321 dport=443 pattern: allow all",
	"<134>1 1718020800.123456789 MX84 urls src=192.0.2.7:54321 dst=198.51.100.7:443 mac=00:11:22:33:44:55 "
	"request: GET https://example.com/",
	NULL,
};

/* A word of lower case: "flows", "ids-alerts", "security_event". */
static bool is_kind(struct slice word)
{
	for (size_t i = 0; i < word.len; i++)
		if ((word.ptr[i] < 'a' || word.ptr[i] > 'z') && word.ptr[i] != '-' && word.ptr[i] != '_')
			return false;
	return word.len > 1;
}

static void read_pair(struct slice key, struct slice value, struct parsed *out)
{
	if (slice_is(key, "src"))
		parsed_text(out, FIELD_SOURCE_HOST, web_host(value, &out->source_port));
	else if (slice_is(key, "dst"))
		parsed_text(out, FIELD_DEST_HOST, web_host(value, &out->dest_port));
	else if (slice_is(key, "protocol"))
		parsed_text(out, FIELD_PROTOCOL, value);
	else if (slice_is(key, "sport"))
		(void)slice_number(value, 0, UINT16_MAX, &out->source_port);
	else if (slice_is(key, "dport"))
		(void)slice_number(value, 0, UINT16_MAX, &out->dest_port);
	else if (slice_is(key, "mac"))
		parsed_extend_first(out, "src_mac", value);
}

/* Pairs of names and values; "pattern: allow all" or "request: GET https://example.com/" ends them. */
static void read_pairs(struct slice text, struct parsed *out)
{
	while (text.len > 0) {
		const struct slice word = web_word(&text);
		const size_t equals = slice_find(word, '=');
		if (equals < word.len) {
			read_pair(slice_first(word, equals), slice_after(word, equals + 1), out);
		} else if (slice_is(word, "request:")) {
			web_text(out, SLICE("method"), web_word(&text));
			web_text(out, SLICE("url"), web_word(&text));
			return;
		} else if (slice_is(word, "pattern:")) {
			web_text(out, SLICE("action"), web_word(&text));
			return;
		}
	}
}

/* Behind the version. */
static bool read_event(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice seconds, device, kind;

	(void)context;
	seconds = web_word(&line);
	if (!epoch_read(seconds, &out->stamp))
		return parsed_miss(out, seconds, "seconds since 1970");
	device = web_word(&line);
	kind = web_word(&line);
	if (device.len == 0 || !is_kind(kind))
		return parsed_miss(out, kind, "a device, and a kind of event such as flows");
	out->has_stamp = true;
	parsed_text(out, FIELD_LOG_SOURCE, device);
	parsed_text(out, FIELD_SOURCE_PROCESS, kind);
	parsed_text(out, FIELD_MESSAGE, line);
	read_pairs(line, out);
	return true;
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice version;

	priority_read(&line, out);
	version = web_word(&line);
	if (out->facility < 0 || !slice_is(version, "1"))
		return parsed_miss(out, version, "a priority, and the version 1");
	return read_event(context, line, out);
}

/* A relay's machine is the address that sent it; the device's own name says more. */
void payload_meraki(struct format_context *context, struct slice message, struct parsed *out)
{
	const struct slice relay = out->text[FIELD_LOG_SOURCE];

	if (!slice_starts(message, SLICE("1 1")))
		return;
	web_payload(context, slice_after(message, 2), out, read_event);
	if (parsed_has(out, FIELD_SOURCE_PROCESS))
		parsed_text(out, FIELD_MESSAGE, message);
	parsed_text(out, FIELD_LOG_SOURCE, relay);
}

const struct format format_meraki = {
	.name = "meraki",
	.what = "what Cisco's Meraki devices send: <PRI>1, seconds, device, kind of event",
	.samples = samples,
	.read = read,
};
