/* envoy: access logs of the proxy Envoy, alone and in Istio's mesh. */
/* SPDX-License-Identifier: MIT */
#include "table.h"
#include "web.h"

static const char *const samples[] = {
	"[2024-06-10T12:00:00.123Z] \"GET /api HTTP/1.1\" 200 - 0 123 5 4 \"192.0.2.7\" \"curl/8\" \"f1\" "
	"\"example.com\" "
	"\"10.0.0.5:8080\"",
	"[2024-06-10T12:00:00.123Z] \"GET / HTTP/1.1\" 503 UF via_upstream - \"-\" 0 91 3 - \"-\" \"curl/8\" \"f1\" "
	"\"example.com\" \"10.0.0.5:80\" outbound|80||web 10.0.0.1:5000 10.0.0.2:80 192.0.2.7:54321 - default",
	NULL,
};

/* "[2024-06-10T12:00:00.123Z] " */
static bool take_stamp(struct slice *line, struct parsed *out)
{
	struct slice rest = slice_after(*line, line->len > 0 && line->ptr[0] == '[');

	if (rest.len == line->len || !stamp_read(&rest, &out->stamp))
		return parsed_miss_common_stamp(out, rest, "Y-m-dTH:M:S", "[ and a stamp such as 2024-06-10T12:00:00Z");
	if (!slice_starts(rest, SLICE("] \"")))
		return parsed_miss(out, rest, "] and a request in quotes");
	*line = slice_after(rest, 2);
	return out->has_stamp = true;
}

static bool next_quoted(struct slice *line, struct slice *text)
{
	*text = (struct slice){ 0 };
	*line = slice_trim(*line);
	return line->len > 0 && line->ptr[0] == '"' && web_quoted(line, text);
}

/* What stands between the flags and the texts: in Istio two words and a text more, then four counts. */
static bool take_counts(struct slice *line, struct parsed *out)
{
	struct slice words[4], ignored;

	if (!web_is_number(slice_first(*line, slice_find(*line, ' ')))) {
		web_text(out, SLICE("response_details"), web_word(line));
		(void)web_word(line);
		if (!next_quoted(line, &ignored))
			return false;
		*line = slice_trim(*line);
	}
	for (int i = 0; i < 4; i++) {
		words[i] = web_word(line);
		if (!web_is_number(words[i]) && !slice_is(words[i], "-"))
			return false;
	}
	web_number(out, SLICE("bytes_received"), words[0]);
	web_number(out, SLICE("byte_count"), words[1]);
	web_number(out, SLICE("duration"), words[2]);
	return line->len > 0 && line->ptr[0] == '"';
}

/* The client is the first that was forwarded for, else the other end of the connection, the fourth word behind all. */
static void read_client(struct slice forwarded, struct slice line, struct parsed *out)
{
	struct slice word = { 0 };

	for (int i = 0; i < 4; i++)
		word = web_word(&line);
	if (!web_unknown(forwarded)) {
		web_text(out, SLICE("forwarded_for"), forwarded);
		word = slice_first(forwarded, slice_find(forwarded, ','));
	}
	if (!web_unknown(word))
		parsed_text(out, FIELD_SOURCE_HOST, web_host(word, &out->source_port));
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice request, status, flags, forwarded, agent, id, host, upstream;

	(void)context;
	if (!take_stamp(&line, out) || !next_quoted(&line, &request))
		return false;
	line = slice_trim(line);
	status = web_word(&line);
	flags = web_word(&line);
	if (!web_is_number(status) || line.len == 0 || line.ptr[0] == '"')
		return parsed_miss(out, status, "status and flags");
	web_request(out, request);
	web_number(out, SLICE("status"), status);
	web_text(out, SLICE("response_flags"), flags);
	if (!take_counts(&line, out))
		return parsed_miss(out, line, "four counts, and a text in quotes");
	if (!next_quoted(&line, &forwarded) || !next_quoted(&line, &agent) || !next_quoted(&line, &id) ||
	    !next_quoted(&line, &host) || !next_quoted(&line, &upstream))
		return parsed_miss(out, line, "five texts in quotes");
	web_text(out, SLICE("user_agent"), agent);
	web_text(out, SLICE("request_id"), id);
	web_text(out, SLICE("vhost"), host);
	web_text(out, SLICE("upstream"), upstream);
	read_client(forwarded, slice_trim(line), out);
	return true;
}

const struct format format_envoy = {
	.name = "envoy",
	.what = "access logs of Envoy, alone and in Istio's mesh",
	.samples = samples,
	.sure = true,
	.read = read,
};
