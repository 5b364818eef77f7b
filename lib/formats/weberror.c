/* weberror: what web servers say of themselves: error logs of Apache (2.2 and 2.4) and nginx. */
/* SPDX-License-Identifier: MIT */
#include "weberror.h"

#include "payload.h"
#include "table.h"
#include "web.h"

static const char *const samples[] = {
	"[Fri Sep 09 10:42:29.902022 2022] [authz_core:error] [pid 35708:tid 43286] [client 192.0.2.7:4711] AH01630: "
	"client denied "
	"by server configuration: /var/www/html/",
	"[Fri Dec 16 01:46:23 2005] [error] [client 192.0.2.7] File does not exist: /var/www/favicon.ico, referer: "
	"http://example.com/",
	"2022/05/14 19:55:51 [error] 6689#6689: *17 user \"anna\": password mismatch, client: 192.0.2.7, server: "
	"example.com, "
	"request: \"GET /private/ HTTP/1.1\", host: \"example.com\"",
	NULL,
};

int weberror_severity(struct slice level)
{
	static const char *const names[] = { "emerg", "alert", "crit", "error", "warn", "notice", "info", "debug" };

	for (int i = 0; i < 8; i++)
		if (slice_is(level, names[i]))
			return i;
	return level.len == 6 && slice_starts(level, SLICE("trace")) ? 7 : -1;
}

bool weberror_level(struct slice level, struct parsed *out)
{
	out->severity = weberror_severity(level);
	if (out->severity >= 0)
		web_text(out, SLICE("level"), level);
	return out->severity >= 0;
}

void weberror_client(struct slice client, struct parsed *out)
{
	if (!parsed_has(out, FIELD_SOURCE_HOST) && !web_unknown(client))
		parsed_text(out, FIELD_SOURCE_HOST, web_host(client, &out->source_port));
}

bool weberror_brackets(struct slice *line, size_t max, struct slice *inner)
{
	struct slice head = slice_first(*line, line->len < max ? line->len : max);
	size_t close = slice_find(head, ']');

	if (head.len == 0 || head.ptr[0] != '[')
		return false;
	/* IPv6 addresses stand in brackets of their own: [client [2001:db8::1]:4711] */
	if (slice_starts(head, SLICE("[client [")) && close < head.len)
		close += 1 + slice_find(slice_after(head, close + 1), ']');
	if (close >= head.len)
		return false;
	*inner = slice_after(slice_first(head, close), 1);
	*line = slice_after(*line, close + 1);
	while (line->len > 0 && line->ptr[0] == ' ')
		*line = slice_after(*line, 1);
	return true;
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	if (line.len > 0 && line.ptr[0] == '[')
		return weberror_apache(context, line, out);
	return weberror_nginx(context, line, out);
}

void payload_weberror(struct format_context *context, struct slice message, struct parsed *out)
{
	struct slice rest = message, inner;
	bool bare = weberror_brackets(&rest, WEBERROR_BRACKETS_MAX, &inner) && weberror_is_module(inner);

	web_payload(context, message, out, bare ? weberror_apache_fields : read);
}

const struct format format_weberror = {
	.name = "weberror",
	.what = "error logs of Apache (2.2, 2.4) and nginx",
	.samples = samples,
	.sure = true,
	.read = read,
};
