/* What the formats of web servers and proxies share: requests, addresses, quoted texts. */
/* SPDX-License-Identifier: MIT */
#include "web.h"

#include "../scan.h"

enum {
	ADDRESS_MAX = 64, /* bytes of an address with its zone */
	METHOD_MAX = 32,
	PROTOCOL_MAX = 16,
	DIGITS_MAX = 18, /* of a number that 64 bits hold */
};

struct slice web_word(struct slice *line)
{
	const char *end = line->ptr + line->len, *stop = scan_any_slack(line->ptr, end, ' ', ' ', ' ');
	struct slice word = slice_first(*line, (size_t)(stop - line->ptr));

	while (stop < end && *stop == ' ')
		stop++;
	*line = (struct slice){ stop, (size_t)(end - stop) };
	return word;
}

bool web_is_escaped(const char *start, const char *p)
{
	const char *slash = p;

	while (slash > start && slash[-1] == '\\')
		slash--;
	return (p - slash) % 2 == 1;
}

bool web_quoted(struct slice *line, struct slice *text)
{
	const char *start = line->ptr + 1, *end = line->ptr + line->len, *p = start;

	while ((p = scan_any_slack(p, end, '"', '"', '"')) < end) {
		if ((p + 1 == end || p[1] == ' ' || p[1] == ',') &&
		    (p == start || p[-1] != '\\' || !web_is_escaped(start, p)))
			break;
		p++;
	}
	*text = (struct slice){ start, (size_t)(p - start) };
	*line = p < end ? (struct slice){ p + 1, (size_t)(end - p - 1) } : (struct slice){ end, 0 };
	return p < end;
}

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool is_hex(char c)
{
	return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

static bool is_ipv4(struct slice text)
{
	size_t dots = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '.' ? i == 0 || text.ptr[i - 1] == '.' : !is_digit(text.ptr[i]))
			return false;
		dots += text.ptr[i] == '.';
	}
	return dots == 3 && text.ptr[text.len - 1] != '.';
}

static bool is_ipv6(struct slice text)
{
	size_t colons = 0, dots = 0;
	bool gap = false;

	for (size_t i = 0; i < text.len && text.ptr[i] != '%'; i++) {
		char c = text.ptr[i];
		if (c != ':' && c != '.' && !is_hex(c))
			return false;
		gap |= c == ':' && i > 0 && text.ptr[i - 1] == ':';
		colons += c == ':';
		dots += c == '.';
	}
	return (gap && colons <= 8) || (colons == 7 && dots == 0) || (colons == 6 && dots == 3);
}

bool web_is_address(struct slice text)
{
	return text.len > 1 && text.len <= ADDRESS_MAX && (is_ipv4(text) || is_ipv6(text));
}

/* Port of 1 to 5 digits, or -1. */
static int64_t port_of(struct slice text)
{
	int64_t port;

	return text.len <= 5 && slice_number(text, 0, UINT16_MAX, &port) && text.ptr[0] != '-' ? port : -1;
}

struct slice web_host(struct slice text, int64_t *port)
{
	const char *colon = text.len > 0 ? memrchr(text.ptr, ':', text.len) : NULL;
	size_t close = slice_find(text, ']'), n = colon != NULL ? (size_t)(colon - text.ptr) : text.len;

	*port = -1;
	if (text.len > 2 && text.ptr[0] == '[' && close < text.len) {
		if (n == close + 1)
			*port = port_of(slice_after(text, n + 1));
		return slice_after(slice_first(text, close), 1);
	}
	/* "::1:58619", as Apache writes it: five digits are too long for a part of an address. */
	if (n < text.len && slice_find(text, ':') < n && (web_is_address(text) && text.len - n - 1 < 5))
		return text;
	if (n < text.len)
		*port = port_of(slice_after(text, n + 1));
	return *port >= 0 ? slice_first(text, n) : text;
}

bool web_is_number(struct slice text)
{
	size_t n = 0;

	while (n < text.len && is_digit(text.ptr[n]))
		n++;
	return n > 0 && n == text.len && n <= DIGITS_MAX && (n == 1 || text.ptr[0] != '0');
}

void web_number(struct parsed *out, struct slice name, struct slice text)
{
	if (web_is_number(text))
		parsed_extend_near_json(out, name, text);
	else
		web_text(out, name, text);
}

void web_user(struct parsed *out, struct slice user)
{
	if (web_unknown(user))
		return;
	parsed_text(out, FIELD_USER, user);
	web_text(out, SLICE("user"), user);
}

void web_target(struct parsed *out, struct slice target)
{
	size_t n = (size_t)(scan_any_slack(target.ptr, target.ptr + target.len, '?', '?', '?') - target.ptr);

	web_text(out, SLICE("path"), slice_first(target, n));
	if (n == target.len)
		return;
	web_text(out, SLICE("query"), slice_after(target, n + 1));
	web_text(out, SLICE("url"), target);
}

/* Length of the method at the start, a word of letters and '-' or '_' with a blank behind; 0: there is none. */
static size_t method_length(struct slice request)
{
	size_t n = 0, max = request.len < METHOD_MAX ? request.len : METHOD_MAX;

	while (n < max && (((request.ptr[n] | 0x20) >= 'a' && (request.ptr[n] | 0x20) <= 'z') ||
			   request.ptr[n] == '-' || request.ptr[n] == '_'))
		n++;
	return n < max && request.ptr[n] == ' ' ? n : 0;
}

/* Length of the protocol at the end, "HTTP/1.1", "RTSP/1.0", with a blank before; 0: there is none. */
static size_t protocol_length(struct slice request)
{
	size_t n = 0, max = request.len < PROTOCOL_MAX ? request.len : PROTOCOL_MAX, letters;
	const char *end = request.ptr + request.len;

	while (n < max && (is_digit(end[-1 - (ptrdiff_t)n]) || end[-1 - (ptrdiff_t)n] == '.'))
		n++;
	if (n == 0 || n == max || end[-1 - (ptrdiff_t)n] != '/')
		return 0;
	letters = ++n;
	while (n < max && end[-1 - (ptrdiff_t)n] >= 'A' && end[-1 - (ptrdiff_t)n] <= 'Z')
		n++;
	return n > letters && n < max && end[-1 - (ptrdiff_t)n] == ' ' ? n : 0;
}

/* HTTP/0.9 has no protocol: what follows the method must look like a target then. */
static bool is_target(struct slice text)
{
	return text.len > 0 && (text.ptr[0] == '/' || text.ptr[0] == '*' || slice_starts(text, SLICE("http")));
}

void web_request(struct parsed *out, struct slice request)
{
	size_t method = method_length(request), protocol = method > 0 ? protocol_length(request) : 0;
	struct slice target = slice_after(request, method + (method > 0));

	if (!web_unknown(request))
		parsed_text(out, FIELD_MESSAGE, request);
	if (method == 0 || (protocol == 0 && !is_target(target))) {
		web_text(out, SLICE("path"), request);
		return;
	}
	web_text(out, SLICE("method"), slice_first(request, method));
	if (protocol > 0)
		target.len -= protocol < target.len ? protocol + 1 : protocol;
	web_target(out, target);
	if (protocol > 0)
		web_text(out, SLICE("protocol"), slice_after(request, request.len - protocol));
}

/* What the head of a syslog line says. */
struct head {
	bool has_stamp, fault;
	struct stamp stamp;
	int severity;
	int64_t source_pid, source_port, dest_port;
	struct slice message;
	uint32_t texts;
	size_t extended;
};

/* The message had no form of its own. */
static void undo(const struct head *head, struct parsed *out)
{
	out->fault = head->fault;
	out->severity = head->severity;
	out->source_pid = head->source_pid;
	out->source_port = head->source_port;
	out->dest_port = head->dest_port;
	out->texts = head->texts;
	out->extended.len = head->extended;
}

void web_payload(struct format_context *context, struct slice message, struct parsed *out,
		 bool (*read)(struct format_context *context, struct slice line, struct parsed *out))
{
	const struct head head = {
		.has_stamp = out->has_stamp,
		.fault = out->fault,
		.stamp = out->stamp,
		.severity = out->severity,
		.source_pid = out->source_pid,
		.source_port = out->source_port,
		.dest_port = out->dest_port,
		.message = out->text[FIELD_MESSAGE],
		.texts = out->texts,
		.extended = out->extended.len,
	};

	if (!read(context, message, out))
		undo(&head, out);
	if (head.has_stamp)
		out->stamp = head.stamp;
	if (head.severity >= 0)
		out->severity = head.severity;
	if (head.source_pid >= 0)
		out->source_pid = head.source_pid;
	parsed_text(out, FIELD_MESSAGE, head.message);
}

/* The quotes around what stands at "at"; false where it is not in quotes. */
static bool find_quotes(struct slice text, const char *at, struct slice *quoted)
{
	const char *start = memrchr(text.ptr, '"', (size_t)(at - text.ptr));
	const char *end = memchr(at, '"', (size_t)(text.ptr + text.len - at));

	if (start == NULL || end == NULL)
		return false;
	*quoted = (struct slice){ start + 1, (size_t)(end - start - 1) };
	return true;
}

bool web_find_request(struct parsed *out, struct slice text)
{
	const char *at = text.len > 0 ? memmem(text.ptr, text.len, " HTTP/", 6) : NULL;
	struct slice request, rest, status, whole = { 0 };

	if (at == NULL || !find_quotes(text, at, &request) || method_length(request) == 0 ||
	    protocol_length(request) == 0)
		return false;
	if (parsed_has(out, FIELD_MESSAGE))
		whole = out->text[FIELD_MESSAGE];
	web_request(out, request);
	parsed_text(out, FIELD_MESSAGE, whole.ptr != NULL ? whole : text);
	rest = slice_after(text, (size_t)(request.ptr + request.len + 1 - text.ptr));
	rest = slice_trim(rest);
	status = web_word(&rest);
	if (slice_is(status, "status:"))
		status = web_word(&rest); /* OpenStack */
	if (status.len == 3 && web_is_number(status))
		web_number(out, SLICE("status"), status);
	return true;
}
