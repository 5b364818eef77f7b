/* webproxy: access logs that start with the stamp: Nginx Proxy Manager, NPMplus, Apache's ssl_request_log. */
/* SPDX-License-Identifier: MIT */
#include "clf.h"
#include "table.h"
#include "web.h"

static const char *const samples[] = {
	"[24/Jan/2022:16:51:02 +0000] - 404 404 - GET http example.com \"/a?b\" [Client 192.0.2.7] [Length 192] [Gzip "
	"3.10] "
	"[Sent-to web1] \"Mozilla/5.0 (X11)\" \"-\"",
	"[10/Feb/2024:21:23:40 +0100] example.com 192.0.2.7 0.002 \"GET / HTTP/1.1\" 401 77 935 - curl/8.6.0",
	"[10/Dec/2020:08:45:56 +0000] 192.0.2.7 TLSv1.2 ECDHE-RSA-AES256-GCM-SHA384 \"GET /a?b HTTP/1.1\" 1375",
	NULL,
};

/* "GET": capitals alone. */
static bool is_method(struct slice word)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] < 'A' || word.ptr[i] > 'Z')
			return false;
	return word.len >= 3;
}

/* "[Client 192.0.2.7] [Length 192]", each of them once, and what follows in quotes. */
static void read_tail(struct slice line, struct parsed *out)
{
	struct slice text, length = { 0 }, server = { 0 };

	while (line.len > 0 && line.ptr[0] == '[') {
		size_t close = slice_find(line, ']');
		struct slice value = slice_after(slice_first(line, close), 1), name = web_word(&value);
		if (slice_is(name, "Client"))
			parsed_text(out, FIELD_SOURCE_HOST, value);
		else if (slice_is(name, "Length"))
			length = value;
		else if (slice_is(name, "Sent-to"))
			server = value;
		line = slice_trim(slice_after(line, close < line.len ? close + 1 : close));
	}
	web_number(out, SLICE("byte_count"), length);
	web_text(out, SLICE("upstream"), server);
	if (line.len > 0 && line.ptr[0] == '"' && web_quoted(&line, &text))
		web_text(out, SLICE("user_agent"), text);
	line = slice_trim(line);
	if (line.len > 0 && line.ptr[0] == '"' && web_quoted(&line, &text))
		web_text(out, SLICE("referrer"), text);
}

/* "HIT 200 404 - GET http example.com "/path" ..": cache and the status of the server behind may be missing. */
static bool read_manager(struct slice line, struct parsed *out)
{
	enum { WORDS_MAX = 4 };
	const struct slice whole = line;
	struct slice word = { 0 }, status = { 0 }, method, target;
	const char *start;

	for (int i = 0; i < WORDS_MAX && !slice_is(word, "-") && line.len > 0; i++) {
		word = web_word(&line);
		if (i == 0 && slice_is(word, "-"))
			word = (struct slice){ 0 };
		else if (web_is_number(word))
			status = word;
	}
	start = line.ptr;
	method = web_word(&line);
	if (!slice_is(word, "-") || status.len == 0 || !is_method(method))
		return parsed_miss(out, whole, "a status, - and a method such as GET");
	web_text(out, SLICE("scheme"), web_word(&line));
	web_text(out, SLICE("vhost"), web_word(&line));
	if (line.len == 0 || line.ptr[0] != '"')
		return parsed_miss(out, line, "a quoted path");
	web_quoted(&line, &target);
	parsed_text(out, FIELD_MESSAGE, (struct slice){ start, (size_t)(line.ptr - start) });
	web_text(out, SLICE("method"), method);
	web_target(out, target);
	web_number(out, SLICE("status"), status);
	read_tail(slice_trim(line), out);
	return true;
}

/* Behind the request, without quotes: status, bytes, .. referrer, user agent. */
static void read_plus(struct slice line, struct parsed *out)
{
	web_number(out, SLICE("status"), web_word(&line));
	web_number(out, SLICE("byte_count"), web_word(&line));
	web_word(&line);
	web_text(out, SLICE("referrer"), web_word(&line));
	web_text(out, SLICE("user_agent"), line);
}

/* Three words, "request", and more. */
static bool read_three(struct slice line, struct parsed *out)
{
	struct slice first = web_word(&line), second = web_word(&line), third = web_word(&line), request;
	bool tls = slice_starts(second, SLICE("TLS")) || slice_starts(second, SLICE("SSL"));

	if (!web_is_address(tls ? first : second))
		return parsed_miss(out, tls ? first : second, "the client's address");
	if (line.len == 0 || line.ptr[0] != '"')
		return parsed_miss(out, line, "a quoted request");
	parsed_text(out, FIELD_SOURCE_HOST, tls ? first : second);
	if (!web_quoted(&line, &request))
		parsed_fault(out, "line ends inside the request");
	web_request(out, request);
	line = slice_trim(line);
	if (tls) {
		web_text(out, SLICE("tls_version"), second);
		web_text(out, SLICE("tls_cipher"), third);
		web_number(out, SLICE("byte_count"), web_word(&line));
		return true;
	}
	web_text(out, SLICE("vhost"), first);
	web_text(out, SLICE("duration"), third);
	read_plus(line, out);
	return true;
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	if (line.len == 0 || line.ptr[0] != '[')
		return parsed_miss(out, line, "[ and a stamp");
	line = slice_after(line, 1);
	if (!clf_stamp(context, &line, out))
		return false;
	if (!slice_starts(line, SLICE("] ")))
		return parsed_miss(out, line, "an offset and ] behind the stamp");
	line = slice_after(line, 2);
	return read_three(line, out) || read_manager(line, out);
}

const struct format format_webproxy = {
	.name = "webproxy",
	.what = "access logs with the stamp first: Nginx Proxy Manager, Apache's ssl_request_log",
	.samples = samples,
	.sure = true,
	.read = read,
};
