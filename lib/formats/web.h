/* What the formats of web servers and proxies share: requests, addresses, quoted texts. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_WEB_H
#define SIEM_FORMAT_WEB_H

#include "format.h"

/* The word at the start of *line, moved behind it and the blanks that follow. Empty at the end of the line. */
struct slice web_word(struct slice *line);

/*
 * The text in quotes at the start of *line, moved behind the closing quote: one without a backslash before it, and
 * with a blank, a comma or the end of the line behind it. Without such a quote, all of the line, and false.
 */
bool web_quoted(struct slice *line, struct slice *text);

/* Is the quote at p, in a text that starts at start, one that a backslash takes its meaning from? */
bool web_is_escaped(const char *start, const char *p);

/* Is it an IPv4 or IPv6 address (told by its letters, digits and marks)? */
bool web_is_address(struct slice text);

/* "192.0.2.1:4711", "[2001:db8::1]:4711", "name:80": the host, without brackets; *port is -1 where there is none. */
struct slice web_host(struct slice text, int64_t *port);

/* Is it how these logs say that they do not know? */
static inline bool web_unknown(struct slice text)
{
	return text.len == 0 || (text.len == 1 && text.ptr[0] == '-');
}

/* Adds a text of the line to extended, unless it is empty or "-". */
static inline void web_text(struct parsed *out, struct slice name, struct slice text)
{
	if (!web_unknown(text))
		parsed_extend_near(out, name, text);
}

/* Digits without leading zeros, that 64 bits hold? */
bool web_is_number(struct slice text);

/* Adds a number, as a number; what is none, or has leading zeros, as text. */
void web_number(struct parsed *out, struct slice name, struct slice text);

/* The account: the event's own, and in extended. */
void web_user(struct parsed *out, struct slice user);

/*
 * "GET /path?query HTTP/1.1": method, path, query, protocol, and url where a query was cut off; it is the message, too.
 * Of what is no request ("\x16\x03\x01", as clients of TLS send it to port 80) all is the path.
 */
void web_request(struct parsed *out, struct slice request);

/*
 * A request in quotes within a text, "GET /path HTTP/1.1", and the status behind it, if there is one: all but the
 * message. False, and nothing done, where there is none.
 */
bool web_find_request(struct parsed *out, struct slice text);

/* The target of a request: path, query, url. */
void web_target(struct parsed *out, struct slice target);

/*
 * Reads the message of a syslog line as a line of its own. The head's stamp, severity, program, pid and message stay;
 * where it is not such a line, nothing is done.
 */
void web_payload(struct format_context *context, struct slice message, struct parsed *out,
		 bool (*read)(struct format_context *context, struct slice line, struct parsed *out));

#endif
