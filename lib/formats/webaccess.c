/* webaccess: who asked a web server for what; common, combined, vhost_combined, nginx and what comes near. */
/* SPDX-License-Identifier: MIT */
#include "clf.h"
#include "payload.h"
#include "table.h"
#include "web.h"

#include "../scan.h"

enum {
	STAMP_MAX = 40, /* bytes from the bracket of a stamp to the one behind it */
	WORDS_MIN = 3,	/* before the stamp, where the client is a name and no address */
	WORDS_MAX = 4,
	NUMBER_MAX = 15, /* digits of a number */
};

static const char *const samples[] = {
	"192.0.2.7 - anna [10/Oct/2023:13:55:36 -0700] \"GET /a.php?id=7 HTTP/1.1\" 200 2326 \"https://example.com/\" "
	"\"Mozilla/5.0\"",
	"2001:db8::7 - - [10/Oct/2023:13:55:36 +0000] \"\\x16\\x03\\x01\" 400 157",
	"www.example.com:443 192.0.2.7 - - [10/Oct/2023:13:55:36 +0200] \"GET / HTTP/2.0\" 304 - \"-\" \"curl/7.88.1\"",
	NULL,
};

/* What stands before the stamp: [vhost[:port]] client[, proxy ..] ident user. */
struct head {
	struct slice vhost, client, rest; /* rest: ident and user */
};

/* "..] \"GET /": a request behind the stamp. */
static bool is_request(struct slice behind)
{
	size_t n = sizeof "] \"" - 1;

	behind = slice_after(behind, slice_find(behind, ']'));
	if (!slice_starts(behind, SLICE("] \"")))
		return false;
	while (n < behind.len && behind.ptr[n] >= 'A' && behind.ptr[n] <= 'Z')
		n++;
	return n > sizeof "] \"" - 1 && slice_starts(slice_after(behind, n), SLICE(" /"));
}

/* Does "] \"" end the bracket that starts at p? Names cannot show it: servers write \" or \x22 for a quote in them. */
static bool ends_before_request(const char *p, const char *end)
{
	const size_t max = end - p < STAMP_MAX ? (size_t)(end - p) : STAMP_MAX;
	const char *close = memchr(p, ']', max);

	return close != NULL && end - close > 2 && close[1] == ' ' && close[2] == '"';
}

/*
 * Offset of the bracket of the stamp, or line.len. Names of users come from clients, and may look like stamps: the
 * log's own is the last one before the request.
 */
static size_t find_stamp(struct slice line)
{
	const char *start = line.ptr, *end = start + line.len, *p = start, *last = end;

	for (; (p = scan_any_slack(p, end, '[', '"', '"')) < end; p++) {
		if (*p == '"') {
			if (last < end && !web_is_escaped(start, p))
				break;
			continue;
		}
		if (p == start || p[-1] != ' ' || p[3] != '/' || (p[7] != '/' && p[6] != '/'))
			continue;
		last = p;
		if (ends_before_request(p, end))
			break;
	}
	return (size_t)(last - start);
}

static size_t count_words(struct slice text)
{
	size_t count = 1;

	for (size_t i = 0; i + 1 < text.len; i++)
		count += text.ptr[i] == ' ';
	return count;
}

/* The client, and proxies behind it: "192.0.2.1, 198.51.100.7". */
static struct slice take_client(struct slice *text)
{
	struct slice client = web_word(text), next = client;

	while (next.len > 0 && next.ptr[next.len - 1] == ',')
		next = web_word(text);
	if (client.len > 0 && client.ptr[client.len - 1] == ',')
		client.len--;
	return client;
}

/* "- user" */
static bool is_usual(struct slice rest)
{
	return rest.len > 2 && rest.ptr[0] == '-' && rest.ptr[1] == ' ' &&
	       scan_any_slack(rest.ptr + 2, rest.ptr + rest.len, ' ', ' ', ' ') == rest.ptr + rest.len;
}

/*
 * An address may stand first or second, and many words may follow; a name must be followed by ident and user alone,
 * unless there is no ident and a request stands behind the stamp: then a user of many words may stand there.
 */
static bool split_head(struct slice text, struct slice behind, struct head *head)
{
	struct slice rest = text, second;
	size_t words;

	head->vhost = (struct slice){ 0 };
	head->client = take_client(&rest);
	head->rest = rest;
	if (is_usual(rest) || (slice_starts(rest, SLICE("- ")) && is_request(behind))
		? head->client.len > 0 && text.ptr[0] != '<'
		: web_is_address(head->client))
		return true;
	second = take_client(&rest);
	if (web_is_address(second)) {
		head->vhost = head->client;
		head->client = second;
		head->rest = rest;
		return true;
	}
	words = count_words(text);
	return head->client.len > 0 && words >= WORDS_MIN && words <= WORDS_MAX && text.ptr[0] != '<';
}

/* A number at the start of *rest, moved behind the blank that follows it; false where there is another word. */
static inline bool next_number(struct slice *rest, struct slice *number)
{
	size_t n = 0;

	while (n < rest->len && rest->ptr[n] >= '0' && rest->ptr[n] <= '9')
		n++;
	*number = slice_first(*rest, n);
	if (n == 0 || n > NUMBER_MAX || rest->ptr[0] == '0' || (n < rest->len && rest->ptr[n] != ' '))
		return false;
	*rest = slice_after(*rest, n < rest->len ? n + 1 : n);
	return true;
}

/* "200", "-" */
static void read_number(struct slice *rest, struct slice name, struct parsed *out)
{
	struct slice number;

	if (rest->len == 0 || rest->ptr[0] == '"')
		return;
	if (next_number(rest, &number))
		parsed_extend_near_json(out, name, number);
	else
		web_number(out, name, web_word(rest));
}

/* ident and user; where only one stands there, it is the user. A name may hold blanks; "-" at the end says that there
 * is none. */
static void read_user(struct slice rest, struct parsed *out)
{
	struct slice user = rest, ident;

	if (rest.len == 3 && memcmp(rest.ptr, "- -", 3) == 0)
		return;
	ident = web_word(&user);
	if (user.len == 0)
		user = ident;
	user = slice_trim(user);
	if (user.len > 1 && user.ptr[user.len - 1] == '-' && user.ptr[user.len - 2] == ' ')
		return;
	web_user(out, user);
}

static void read_vhost(struct slice vhost, struct parsed *out)
{
	if (vhost.len == 0)
		return;
	web_text(out, SLICE("vhost"), web_host(vhost, &out->dest_port));
}

/* The next text in quotes; false where there is none. */
static bool next_quoted(struct slice *rest, struct slice *text)
{
	size_t n = rest->len > 1 && rest->ptr[0] == ' ';

	if (rest->len > n && rest->ptr[n] != '"')
		n = (size_t)(scan_any_slack(rest->ptr, rest->ptr + rest->len, '"', '"', '"') - rest->ptr);
	*rest = slice_after(*rest, n);
	return rest->len > 0 && web_quoted(rest, text);
}

/* "203.0.113.7, 10.0.0.1", as nginx writes the header X-Forwarded-For behind all else. */
static void read_forwarded(struct slice text, struct parsed *out)
{
	struct slice list = text, first = take_client(&list);

	if (web_is_address(first))
		web_text(out, SLICE("forwarded_for"), text);
}

/* Behind the request: status, bytes, "referrer" "user agent", and more in quotes. */
static void read_answer(struct slice rest, struct parsed *out)
{
	struct slice text;

	while (rest.len > 0 && rest.ptr[0] == ' ')
		rest = slice_after(rest, 1);
	read_number(&rest, SLICE("status"), out);
	read_number(&rest, SLICE("byte_count"), out);
	if (next_quoted(&rest, &text))
		web_text(out, SLICE("referrer"), text);
	if (next_quoted(&rest, &text))
		web_text(out, SLICE("user_agent"), text);
	if (next_quoted(&rest, &text))
		read_forwarded(text, out);
}

/* Behind the stamp. A word may stand before the request: there some write the virtual host, unless it is known. */
static bool read_rest(struct slice rest, struct slice vhost, struct parsed *out)
{
	struct slice request, word;

	rest = slice_after(rest, rest.len > 0 && rest.ptr[0] == ' ');
	if (rest.len == 0)
		return true;
	if (rest.ptr[0] != '"') {
		word = web_word(&rest);
		if (rest.len == 0 || rest.ptr[0] != '"')
			return parsed_miss(out, word, "a quoted request");
		if (vhost.len == 0)
			web_text(out, SLICE("vhost"), word);
	}
	if (!web_quoted(&rest, &request))
		parsed_fault(out, "line ends inside the request");
	web_request(out, request);
	read_answer(rest, out);
	return true;
}

/* Tells where the stamp should have been: behind client, ident and user, where the first is an address. */
static bool miss_bracket(struct slice line, struct parsed *out)
{
	struct slice rest = line;

	if (out->miss == NULL)
		return false;
	if (!web_is_address(web_word(&rest)))
		return parsed_miss(out, line, "an address, or words before [ and a stamp");
	(void)web_word(&rest);
	(void)web_word(&rest);
	return parsed_miss(out, rest, "[ and a stamp");
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	size_t n = find_stamp(line);
	struct slice rest;
	struct head head;

	if (n == line.len || line.ptr[0] == '{' || line.ptr[0] == '#') /* no client: JSON, a header */
		return miss_bracket(line, out);
	rest = slice_after(line, n + 1);
	if (!split_head(slice_first(line, n - 1), rest, &head))
		return parsed_miss(out, line, "a client, ident and user before the stamp");
	if (!clf_stamp(context, &rest, out))
		return false;
	rest = slice_after(rest, rest.len > 0 && rest.ptr[0] == ' ');
	if (rest.len == 0 || rest.ptr[0] != ']')
		return parsed_miss(out, rest, "an offset and ] behind the stamp");
	if (head.client.len > 1 || head.client.ptr[0] != '-')
		parsed_text(out, FIELD_SOURCE_HOST, head.client);
	read_vhost(head.vhost, out);
	read_user(head.rest, out);
	return read_rest(slice_after(rest, 1), head.vhost, out);
}

void payload_webaccess(struct format_context *context, struct slice message, struct parsed *out)
{
	web_payload(context, message, out, read);
}

const struct format format_webaccess = {
	.name = "webaccess",
	.what = "access logs of web servers: common, combined, vhost_combined, nginx",
	.samples = samples,
	.sure = true,
	.read = read,
};
