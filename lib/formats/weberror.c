/* weberror: what web servers say of themselves: error logs of Apache (2.2 and 2.4) and nginx. */
/* SPDX-License-Identifier: MIT */
#include "clf.h"
#include "payload.h"
#include "table.h"
#include "web.h"

enum {
	WEEKDAY = sizeof "Fri " - 1,
	DATE_MAX = 64,	 /* bytes in the brackets of a stamp */
	FIELD_MAX = 128, /* in those of another field */
	CODE = sizeof "AH01630" - 1,
	NGINX_STAMP = sizeof "2022/05/14 19:55:51" - 1,
};

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

/* The servers' words by RFC 5424's numbers; trace1 .. trace8 are debug. */
static int severity_of(struct slice level)
{
	static const char *const names[] = { "emerg", "alert", "crit", "error", "warn", "notice", "info", "debug" };

	for (int i = 0; i < 8; i++)
		if (slice_is(level, names[i]))
			return i;
	return level.len == 6 && slice_starts(level, SLICE("trace")) ? 7 : -1;
}

static bool read_level(struct slice level, struct parsed *out)
{
	out->severity = severity_of(level);
	if (out->severity >= 0)
		web_text(out, SLICE("level"), level);
	return out->severity >= 0;
}

static void read_pid(struct slice pid, struct parsed *out)
{
	int64_t n;

	if (slice_number(pid, 0, INT32_MAX, &n))
		out->source_pid = n;
}

static void read_client(struct slice client, struct parsed *out)
{
	if (!parsed_has(out, FIELD_SOURCE_HOST) && !web_unknown(client))
		parsed_text(out, FIELD_SOURCE_HOST, web_host(client, &out->source_port));
}

/* --- Apache */

/* "[..] " at the start of *line, moved behind it and the blanks that follow; false where it is too long or there is
 * none. */
static bool take_brackets(struct slice *line, size_t max, struct slice *inner)
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

/* "Fri Sep 09 10:42:29.902022 2022", or as ErrorLogFormat may have it: "09/Sep/2022:10:42:29 +0200", "2022-09-09
 * 10:42:29". */
static bool apache_stamp(struct format_context *context, struct slice text, struct parsed *out)
{
	struct civil civil;
	struct slice rest = text;

	if (clf_stamp(context, &rest, out) || stamp_read(&rest, &out->stamp))
		return (out->has_stamp = true) && rest.len == 0;
	if (text.len > WEEKDAY && text.ptr[WEEKDAY - 1] == ' ')
		rest = slice_after(text, WEEKDAY);
	if (!(rest.len < text.len ? civil_read_bsd(&rest, &civil) : civil_read_iso(&rest, &civil)))
		return false;
	out->stamp = zone_stamp(context->zone, &civil);
	return (out->has_stamp = true) && rest.len == 0 && civil.year != 0;
}

/* The level in "error", "core:error". */
static struct slice level_of(struct slice text)
{
	size_t colon = slice_find(text, ':');

	return colon < text.len ? slice_after(text, colon + 1) : text;
}

static bool is_module(struct slice text)
{
	return severity_of(level_of(text)) >= 0;
}

static bool read_module(struct slice text, struct parsed *out)
{
	struct slice level = level_of(text);

	if (!read_level(level, out))
		return false;
	if (level.len + 1 < text.len)
		web_text(out, SLICE("component"), slice_first(text, text.len - level.len - 1));
	return true;
}

/* "35708:tid 4328636416" */
static void read_process(struct slice text, struct parsed *out)
{
	size_t colon = slice_find(text, ':');

	read_pid(slice_first(text, colon), out);
	if (slice_starts(slice_after(text, colon), SLICE(":tid ")))
		web_number(out, SLICE("tid"), slice_after(text, colon + sizeof ":tid " - 1));
}

/* One of the fields before the message; false where the message has begun. */
static bool read_field(struct slice text, struct parsed *out)
{
	const struct slice pid = SLICE("pid "), client = SLICE("client "), remote = SLICE("remote ");

	if (slice_starts(text, pid))
		read_process(slice_after(text, pid.len), out);
	else if (slice_starts(text, client))
		read_client(slice_after(text, client.len), out);
	else if (slice_starts(text, remote))
		read_client(slice_after(text, remote.len), out);
	else
		return false;
	return true;
}

/* The last ", referer: " of a text: what is behind it. */
static void read_referrer(struct slice message, struct parsed *out)
{
	const struct slice mark = SLICE(", referer: ");
	const char *comma = message.ptr + message.len;

	while ((comma = memrchr(message.ptr, ',', (size_t)(comma - message.ptr))) != NULL) {
		struct slice rest = { comma, (size_t)(message.ptr + message.len - comma) };
		if (slice_starts(rest, mark)) {
			web_text(out, SLICE("referrer"), slice_after(rest, mark.len));
			return;
		}
	}
}

static void read_code(struct slice message, struct parsed *out)
{
	if (message.len <= CODE || message.ptr[CODE] != ':' || !slice_starts(message, SLICE("AH")))
		return;
	for (size_t i = 2; i < CODE; i++)
		if (message.ptr[i] < '0' || message.ptr[i] > '9')
			return;
	web_text(out, SLICE("code"), slice_first(message, CODE));
}

/* Behind the stamp, which syslog has in its head. */
static bool read_apache_fields(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice inner, rest;

	(void)context;
	if (!take_brackets(&line, FIELD_MAX, &inner) || !read_module(inner, out))
		return false;
	rest = line;
	while (take_brackets(&rest, FIELD_MAX, &inner) && read_field(inner, out))
		line = rest;
	read_code(line, out);
	read_referrer(line, out);
	if (line.len > 0)
		parsed_text(out, FIELD_MESSAGE, line);
	return true;
}

static bool read_apache(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice inner;

	if (!take_brackets(&line, DATE_MAX, &inner) || !apache_stamp(context, inner, out))
		return false;
	return read_apache_fields(context, line, out);
}

/* --- nginx */

/* "2022/05/14 19:55:51 " */
static bool nginx_stamp(struct format_context *context, struct slice *line, struct parsed *out)
{
	char text[NGINX_STAMP];
	struct slice iso = { text, sizeof text };
	struct civil civil;

	if (line->len <= NGINX_STAMP || line->ptr[4] != '/' || line->ptr[7] != '/' || line->ptr[NGINX_STAMP] != ' ')
		return false;
	memcpy(text, line->ptr, sizeof text);
	text[4] = text[7] = '-';
	if (!civil_read_iso(&iso, &civil))
		return false;
	out->stamp = zone_stamp(context->zone, &civil);
	*line = slice_after(*line, NGINX_STAMP + 1);
	return out->has_stamp = true;
}

/* "6689#6689: " and, where a connection is meant, "*17 ". */
static bool read_thread(struct slice *line, struct parsed *out)
{
	struct slice word = web_word(line), rest = *line;
	size_t hash = slice_find(word, '#');
	int64_t n;

	if (hash + 1 >= word.len || word.ptr[word.len - 1] != ':')
		return false;
	word.len--;
	if (!slice_number(slice_first(word, hash), 0, INT32_MAX, &out->source_pid))
		return false;
	web_number(out, SLICE("tid"), slice_after(word, hash + 1));
	word = web_word(&rest);
	if (word.len < 2 || word.ptr[0] != '*' || !slice_number(slice_after(word, 1), 0, INT64_MAX, &n))
		return true;
	web_number(out, SLICE("connection"), slice_after(word, 1));
	*line = rest;
	return true;
}

/* The last ", client: " with an address behind it; names of files before it come from clients, who may write the same.
 */
static struct slice find_client(struct slice message)
{
	const struct slice mark = SLICE(", client: ");
	const char *end = message.ptr + message.len, *comma = end;

	while ((comma = memrchr(message.ptr, ',', (size_t)(comma - message.ptr))) != NULL) {
		struct slice rest = { comma, (size_t)(end - comma) }, host;
		int64_t port;
		if (!slice_starts(rest, mark))
			continue;
		host = slice_after(rest, mark.len);
		if (web_is_address(web_host(slice_first(host, slice_find(host, ',')), &port)))
			return rest;
	}
	return (struct slice){ end, 0 };
}

static void read_pair(struct slice key, struct slice value, struct parsed *out)
{
	if (slice_is(key, "client"))
		read_client(value, out);
	else if (slice_is(key, "server"))
		web_text(out, SLICE("vhost"), value);
	else if (slice_is(key, "request"))
		web_request(out, value);
	else if (slice_is(key, "login"))
		web_user(out, value);
	else if (slice_is(key, "host") || slice_is(key, "upstream") || slice_is(key, "referrer"))
		parsed_extend_near(out, key, value);
}

/* ", client: 192.0.2.7, server: example.com, request: "GET / HTTP/1.1"" */
static void read_pairs(struct slice rest, struct parsed *out)
{
	while (slice_starts(rest, SLICE(", "))) {
		struct slice key, value;
		size_t colon;

		rest = slice_after(rest, 2);
		colon = slice_find(rest, ':');
		if (colon + 2 > rest.len)
			return;
		key = slice_first(rest, colon);
		rest = slice_after(rest, colon + 2);
		if (rest.len > 0 && rest.ptr[0] == '"') {
			web_quoted(&rest, &value);
		} else {
			value = slice_first(rest, slice_find(rest, ','));
			rest = slice_after(rest, value.len);
		}
		read_pair(key, value, out);
	}
}

static bool read_nginx(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice level;

	if (!nginx_stamp(context, &line, out) || !take_brackets(&line, FIELD_MAX, &level) || !read_level(level, out))
		return false;
	if (!read_thread(&line, out))
		return false;
	read_pairs(find_client(line), out);
	parsed_text(out, FIELD_MESSAGE, line);
	return true;
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	if (line.len > 0 && line.ptr[0] == '[')
		return read_apache(context, line, out);
	return read_nginx(context, line, out);
}

void payload_weberror(struct format_context *context, struct slice message, struct parsed *out)
{
	struct slice rest = message, inner;
	bool bare = take_brackets(&rest, FIELD_MAX, &inner) && is_module(inner);

	web_payload(context, message, out, bare ? read_apache_fields : read);
}

const struct format format_weberror = {
	.name = "weberror",
	.what = "error logs of Apache (2.2, 2.4) and nginx",
	.samples = samples,
	.sure = true,
	.read = read,
};
