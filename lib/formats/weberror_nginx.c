/* Error logs of nginx: "2022/05/14 19:55:51 [error] 7#9: *17 text, client: 192.0.2.7, server: name, request: ..". */
/* SPDX-License-Identifier: MIT */
#include "weberror.h"

#include "web.h"

enum {
	NGINX_STAMP = sizeof "2022/05/14 19:55:51" - 1,
};

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

/* Names of servers have no quotes: with one, the word stands within a text that a client sent. */
static bool skip_word(struct slice *rest)
{
	const size_t len = slice_find(*rest, ',');

	if (slice_find(slice_first(*rest, len), '"') < len)
		return false;
	*rest = slice_after(*rest, len);
	return true;
}

/* A text in quotes, behind which the next pair or the end follows. */
static bool skip_quoted(struct slice *rest)
{
	const struct slice text = slice_after(*rest, 1);
	const size_t len = slice_find(text, '"');

	if (len == text.len)
		return false;
	*rest = slice_after(text, len + 1);
	return rest->len == 0 || slice_starts(*rest, SLICE(", "));
}

/* Is all of it ", key: value" and ", key: "value"", as nginx writes it? */
static bool all_pairs(struct slice rest)
{
	while (slice_starts(rest, SLICE(", "))) {
		const size_t colon = slice_find(rest, ':');
		if (colon + 2 >= rest.len || rest.ptr[colon + 1] != ' ')
			return false;
		rest = slice_after(rest, colon + 2);
		if (!(rest.ptr[0] == '"' ? skip_quoted(&rest) : skip_word(&rest)))
			return false;
	}
	return rest.len == 0;
}

/*
 * Where ", client: " with an address behind it stands. Clients may write the same: in names of files before it, which
 * are followed by words, and in the request or referrer behind it, which end with a quote. So it is the first from
 * which on all is pairs; where none is, the last.
 */
static struct slice find_client(struct slice message)
{
	const struct slice mark = SLICE(", client: ");
	const char *end = message.ptr + message.len, *at = message.ptr;
	struct slice found = { end, 0 };

	while ((at = memmem(at, (size_t)(end - at), mark.ptr, mark.len)) != NULL) {
		const struct slice rest = { at, (size_t)(end - at) }, host = slice_after(rest, mark.len);
		int64_t port;
		at += mark.len;
		if (!web_is_address(web_host(slice_first(host, slice_find(host, ',')), &port)))
			continue;
		found = rest;
		if (all_pairs(rest))
			return found;
	}
	return found;
}

enum pair { PAIR_CLIENT, PAIR_SERVER, PAIR_REQUEST, PAIR_LOGIN, PAIR_HOST, PAIR_UPSTREAM, PAIR_REFERRER, PAIRS };

static enum pair pair_of(struct slice key)
{
	static const char *const keys[PAIRS] = {
		"client", "server", "request", "login", "host", "upstream", "referrer"
	};
	int pair = 0;

	while (pair < PAIRS && !slice_is(key, keys[pair]))
		pair++;
	return (enum pair)pair;
}

/* Each of them once: the first is nginx's, what comes again a client wrote. */
static void read_pair(struct slice key, struct slice value, unsigned *seen, struct parsed *out)
{
	const enum pair pair = pair_of(key);

	if (pair == PAIRS || (*seen >> pair & 1))
		return;
	*seen |= 1u << pair;
	if (pair == PAIR_CLIENT)
		weberror_client(value, out);
	else if (pair == PAIR_SERVER)
		web_text(out, SLICE("vhost"), value);
	else if (pair == PAIR_REQUEST)
		web_request(out, value);
	else if (pair == PAIR_LOGIN)
		web_user(out, value);
	else
		parsed_extend_near(out, key, value);
}

/* ", client: 192.0.2.7, server: example.com, request: "GET / HTTP/1.1"" */
static void read_pairs(struct slice rest, struct parsed *out)
{
	unsigned seen = 0;

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
		read_pair(key, value, &seen, out);
	}
}

/* "client 192.0.2.7:4711 connected to 0.0.0.0:25", of mail and streams. */
static void read_session(struct slice message, struct parsed *out)
{
	const struct slice start = SLICE("client ");
	struct slice client;
	int64_t port;

	if (!slice_starts(message, start))
		return;
	message = slice_after(message, start.len);
	client = web_word(&message);
	if (web_is_address(web_host(client, &port)))
		weberror_client(client, out);
}

bool weberror_nginx(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice level, rest;

	if (!nginx_stamp(context, &line, out))
		return parsed_miss_stamp(out, line, "Y/m/d H:M:S ", "a stamp such as 2022/05/14 19:55:51");
	if (!weberror_brackets(&line, WEBERROR_BRACKETS_MAX, &level))
		return parsed_miss(out, line, "[level]");
	if (!weberror_level(level, out))
		return parsed_miss(out, level, "a level such as error");
	rest = line;
	if (!read_thread(&line, out))
		return parsed_miss(out, rest, "process#thread:");
	read_pairs(find_client(line), out);
	read_session(line, out);
	parsed_text(out, FIELD_MESSAGE, line);
	return true;
}
