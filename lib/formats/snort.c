/* snort: alerts of Snort and Suricata, one a line, as "fast.log" has them and as they go to syslog. */
/* SPDX-License-Identifier: MIT */
#include "moment.h"
#include "payload.h"
#include "table.h"
#include "web.h"

#include "../level.h"

enum {
	STAMP_MIN = sizeof "06/10-12:00:00.123456" - 1,
};

static const char *const samples[] = {
	"06/10-12:00:00.123456  [**] [1:2003:8] MS-SQL Worm propagation attempt [**] [Classification: Misc Attack] "
	"[Priority: 2] {UDP} 192.0.2.7:1434 -> 198.51.100.7:1434",
	"06/10/2024-12:00:00.123456  [Drop] [**] [1:2010935:3] ET SCAN Suspicious inbound to MSSQL port 1433 [**] "
	"[Classification: Potentially Bad Traffic] [Priority: 2] {TCP} 192.0.2.7:6000 -> 198.51.100.7:1433",
	NULL,
};

/* "[name: value]" at the start of *text, moved behind; false where there is none. */
static bool take_bracket(struct slice *text, struct slice name, struct slice *value)
{
	size_t close = slice_find(*text, ']');

	if (close == text->len || text->ptr[0] != '[' || !slice_starts(slice_after(*text, 1), name))
		return false;
	*value = slice_trim(slice_after(slice_first(*text, close), 1 + name.len));
	*text = slice_trim(slice_after(*text, close + 1));
	return true;
}

/* "[1:2003:8]": generator, signature, revision. */
static bool read_ids(struct slice *text, struct parsed *out)
{
	const struct slice names[] = { SLICE("generator_id"), SLICE("rule_id"), SLICE("rule_revision") };
	struct slice ids, parts[3];

	if (!take_bracket(text, SLICE(""), &ids))
		return false;
	for (int i = 0; i < 3; i++) {
		size_t n = slice_find(ids, ':');
		parts[i] = slice_first(ids, n);
		if ((n == ids.len) != (i == 2) || !web_is_number(parts[i]))
			return false;
		ids = slice_after(ids, n < ids.len ? n + 1 : n);
	}
	for (int i = 0; i < 3; i++)
		web_number(out, names[i], parts[i]);
	return true;
}

/* Length of the alert's name: up to what Snort puts behind it. */
static size_t name_length(struct slice text)
{
	static const char *const ends[] = { " [**]", " [Classification:", " [Priority:", " {" };
	size_t length = text.len;

	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		const char *found = memmem(text.ptr, length, ends[i], strlen(ends[i]));
		if (found != NULL)
			length = (size_t)(found - text.ptr);
	}
	return length;
}

/* "2": of 1 to 4 the first is the worst. */
static void read_priority(struct slice priority, struct parsed *out)
{
	static const struct slice grades[] = { SLICE("high"), SLICE("medium"), SLICE("low"), SLICE("low") };
	int64_t n;

	web_number(out, SLICE("priority"), priority);
	if (out->severity < 0 && slice_number(priority, 1, 4, &n))
		out->severity = level_cef(grades[n - 1]);
}

static void read_host(struct parsed *out, enum field field, int64_t *port, struct slice text)
{
	int64_t n;
	struct slice host = web_host(text, &n);

	if (!parsed_has(out, field))
		parsed_text(out, field, host);
	if (*port < 0)
		*port = n;
}

/* "{TCP} 192.0.2.7:6000 -> 198.51.100.7:1433"; of ICMP what looks like ports are type and code. */
static bool read_packet(struct slice text, struct parsed *out)
{
	size_t close = slice_find(text, '}');
	struct slice protocol, from, to;

	if (text.len == 0 || text.ptr[0] != '{' || close == text.len)
		return parsed_miss(out, text, "a protocol such as {TCP}");
	protocol = slice_after(slice_first(text, close), 1);
	text = slice_trim(slice_after(text, close + 1));
	from = web_word(&text);
	to = web_word(&text);
	if (!slice_is(to, "->"))
		return parsed_miss(out, to, "-> between two addresses");
	to = web_word(&text);
	if (!parsed_has(out, FIELD_PROTOCOL))
		parsed_text(out, FIELD_PROTOCOL, protocol);
	read_host(out, FIELD_SOURCE_HOST, &out->source_port, from);
	read_host(out, FIELD_DEST_HOST, &out->dest_port, to);
	if (protocol.len >= 4 && memmem(protocol.ptr, protocol.len, "ICMP", 4) != NULL)
		out->source_port = out->dest_port = -1;
	return true;
}

static void skip_marks(struct slice *text)
{
	while (slice_starts(*text, SLICE("[**]")) || slice_starts(*text, SLICE(": ")) || slice_is(*text, ":"))
		*text = slice_trim(slice_after(*text, text->ptr[0] == ':' ? 1 : 4));
}

/* "[1:2003:8] name [**] [Classification: ..] [Priority: 2] {UDP} a -> b" */
static bool read_alert(struct slice text, struct parsed *out)
{
	struct slice name, value;

	if (!read_ids(&text, out))
		return parsed_miss(out, text, "numbers such as [1:2003:8]");
	name = slice_first(text, name_length(text));
	text = slice_trim(slice_after(text, name.len));
	name = slice_trim(name);
	if (name.len > 2 && name.ptr[0] == '"' && name.ptr[name.len - 1] == '"')
		name = (struct slice){ name.ptr + 1, name.len - 2 }; /* Snort 3 */
	web_text(out, SLICE("rule_name"), name);
	skip_marks(&text);
	if (take_bracket(&text, SLICE("Classification:"), &value))
		web_text(out, SLICE("classification"), value);
	if (take_bracket(&text, SLICE("Priority:"), &value))
		read_priority(value, out);
	skip_marks(&text);
	return read_packet(text, out);
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice rest = line, action;
	struct datetime datetime = { 0 };

	if (line.len < STAMP_MIN || (line.ptr[2] != '/' && line.ptr[3] != '/') ||
	    !datetime_read(&rest, DATETIME_FIRST, context->year->reference, &datetime))
		return parsed_miss_stamp(out, line, "m/d-H:M:S.", "a stamp such as 06/10-12:00:00.123456");
	rest = slice_trim(rest);
	parsed_text(out, FIELD_MESSAGE, rest);
	if (!slice_starts(rest, SLICE("[**]")) && take_bracket(&rest, SLICE(""), &action))
		web_text(out, SLICE("action"), action);
	if (!slice_starts(rest, SLICE("[**]")))
		return parsed_miss(out, rest, "[**]");
	rest = slice_trim(slice_after(rest, 4));
	out->stamp = moment_stamp(context, &datetime);
	out->has_stamp = true;
	return read_alert(rest, out);
}

void payload_snort(struct format_context *context, struct slice message, struct parsed *out)
{
	struct slice action;

	(void)context;
	if (slice_starts(message, SLICE("[Drop] ")) && take_bracket(&message, SLICE(""), &action))
		web_text(out, SLICE("action"), action);
	skip_marks(&message);
	(void)read_alert(message, out);
}

const struct format format_snort = {
	.name = "snort",
	.what = "alerts of Snort and Suricata, one a line (fast.log)",
	.samples = samples,
	.sure = true,
	.read = read,
};
