/* squid: who asked a proxy for what; its native log. What it writes in the common format is read by webaccess. */
/* SPDX-License-Identifier: MIT */
#include "payload.h"
#include "table.h"
#include "web.h"

#include "../epoch.h"

static const char *const samples[] = {
	"1525334330.556      3 192.0.2.7 TCP_MISS/200 2014 GET http://www.example.com/a.txt?b anna "
	"HIER_DIRECT/198.51.100.7 "
	"text/plain",
	"1525344856.899  16867 192.0.2.7 TCP_TUNNEL/200 6256 CONNECT example.com:443 - HIER_DIRECT/198.51.100.7 -",
	NULL,
};

/* "TCP_MISS/200", "HIER_DIRECT/192.0.2.7": a word in capitals, a slash, and what is behind. */
static bool split_result(struct slice word, struct slice *result, struct slice *rest)
{
	size_t slash = slice_find(word, '/');

	for (size_t i = 0; i < slash; i++)
		if ((word.ptr[i] < 'A' || word.ptr[i] > 'Z') && word.ptr[i] != '_')
			return false;
	if (slash == 0 || slash == word.len)
		return false;
	*result = slice_first(word, slash);
	*rest = slice_after(word, slash + 1);
	return true;
}

static bool is_number(struct slice word)
{
	int64_t n;

	return slice_number(word, 0, INT64_MAX, &n);
}

/* "GET http://www.example.com/a user", and they are the message. */
static void read_request(struct slice *line, struct parsed *out)
{
	const char *start = line->ptr;
	struct slice method = web_word(line), target = web_word(line);

	if (method.len > 0)
		parsed_text(out, FIELD_MESSAGE, (struct slice){ start, (size_t)(target.ptr + target.len - start) });
	web_text(out, SLICE("method"), method);
	web_target(out, target);
	web_user(out, web_word(line));
}

static void read_peer(struct slice word, struct parsed *out)
{
	struct slice hierarchy, peer;

	if (!split_result(word, &hierarchy, &peer))
		return;
	web_text(out, SLICE("hierarchy"), hierarchy);
	if (!web_unknown(peer))
		parsed_text(out, FIELD_DEST_HOST, web_host(peer, &out->dest_port));
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice word, duration, client, result, status, bytes;

	(void)context;
	word = web_word(&line);
	if (!epoch_read(word, &out->stamp))
		return parsed_miss(out, word, "seconds since 1970");
	duration = web_word(&line);
	client = web_word(&line);
	word = web_word(&line);
	if (!is_number(duration))
		return parsed_miss(out, duration, "a duration in milliseconds");
	if (!split_result(word, &result, &status) || !is_number(status))
		return parsed_miss(out, word, "a result such as TCP_MISS/200");
	bytes = web_word(&line);
	if (!is_number(bytes))
		return parsed_miss(out, bytes, "a number of bytes");
	out->has_stamp = true;
	if (!web_unknown(client))
		parsed_text(out, FIELD_SOURCE_HOST, client);
	web_number(out, SLICE("duration"), duration);
	web_text(out, SLICE("result"), result);
	web_number(out, SLICE("status"), status);
	web_number(out, SLICE("byte_count"), bytes);
	read_request(&line, out);
	read_peer(web_word(&line), out);
	web_text(out, SLICE("content_type"), web_word(&line));
	return true;
}

void payload_squid(struct format_context *context, struct slice message, struct parsed *out)
{
	web_payload(context, message, out, read);
}

const struct format format_squid = {
	.name = "squid",
	.what = "access log of the proxy Squid, in its native form",
	.samples = samples,
	.sure = true,
	.read = read,
};
