/* haproxy: what HAProxy logs of HTTP requests, TCP connections and failed handshakes, bare or in syslog. */
/* SPDX-License-Identifier: MIT */
#include "clf.h"
#include "payload.h"
#include "table.h"
#include "web.h"

static const char *const samples[] = {
	"192.0.2.7:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 "
	"{1wt.eu} {} "
	"\"GET /index.html HTTP/1.1\"",
	"192.0.2.7:33312 [06/Feb/2009:12:12:09.296] fnt bck/srv1 0/0/5007 212 -- 0/0/0/0/3 0/0",
	"192.0.2.7:33317 [06/Feb/2009:12:14:14.655] https-in/1: SSL handshake failure",
	NULL,
};

/* "bck/srv1": nothing stands for a server where none was reached, "<NOSRV>". */
static bool read_server(struct slice word, struct parsed *out)
{
	size_t slash = slice_find(word, '/');

	if (slash == 0 || slash == word.len)
		return false;
	web_text(out, SLICE("backend"), slice_first(word, slash));
	if (slice_after(word, slash + 1).ptr[0] != '<')
		web_text(out, SLICE("server"), slice_after(word, slash + 1));
	return true;
}

/* "10/0/30/69/109": how many numbers; 0 where one is none. "+" before one says that the log was written early. */
static size_t count_numbers(struct slice word)
{
	size_t count = 0;

	while (word.len > 0) {
		size_t slash = slice_find(word, '/'), plus = word.ptr[0] == '+';
		int64_t n;
		if (!slice_number(slice_after(slice_first(word, slash), plus), -1, INT64_MAX, &n))
			return 0;
		count++;
		word = slice_after(word, slash < word.len ? slash + 1 : slash);
	}
	return count;
}

/* Without the "+" of a log that was written early. */
static struct slice plain_number(struct slice word)
{
	return slice_after(word, word.len > 0 && word.ptr[0] == '+');
}

/* Behind the timers of a request: status, bytes, cookies, state, connections, queues, headers, "request". */
static void read_http(struct slice line, struct parsed *out)
{
	struct slice request;
	size_t quote;

	web_number(out, SLICE("status"), plain_number(web_word(&line)));
	web_number(out, SLICE("byte_count"), plain_number(web_word(&line)));
	web_text(out, SLICE("request_cookie"), web_word(&line));
	web_text(out, SLICE("response_cookie"), web_word(&line));
	web_text(out, SLICE("termination_state"), web_word(&line));
	web_text(out, SLICE("connections"), web_word(&line));
	web_text(out, SLICE("queues"), web_word(&line));
	quote = slice_find(line, '"');
	if (quote == line.len)
		return;
	line = slice_after(line, quote);
	if (!web_quoted(&line, &request))
		parsed_fault(out, "line ends inside the request");
	web_request(out, request);
}

static void read_tcp(struct slice line, struct parsed *out)
{
	web_number(out, SLICE("byte_count"), plain_number(web_word(&line)));
	web_text(out, SLICE("termination_state"), web_word(&line));
	web_text(out, SLICE("connections"), web_word(&line));
	web_text(out, SLICE("queues"), web_word(&line));
}

/* Behind the stamp: frontend backend/server timers .., or "frontend/1: why". */
static bool read_rest(struct slice line, struct parsed *out)
{
	enum { TCP_TIMERS = 3, HTTP_TIMERS = 5 };
	struct slice frontend = web_word(&line), server, timers;
	size_t count;

	if (frontend.len > 1 && frontend.ptr[frontend.len - 1] == ':' && slice_find(frontend, '/') < frontend.len) {
		web_text(out, SLICE("frontend"), slice_first(frontend, slice_find(frontend, '/')));
		parsed_text(out, FIELD_MESSAGE, line);
		return line.len > 0 || parsed_miss(out, line, "what became of the connection");
	}
	server = web_word(&line);
	timers = web_word(&line);
	count = count_numbers(timers);
	if (slice_find(server, '/') == server.len)
		return parsed_miss(out, server, "backend/server");
	if (count < TCP_TIMERS)
		return parsed_miss(out, timers, "timers such as 10/0/30/69/109");
	web_text(out, SLICE("frontend"), frontend);
	if (!read_server(server, out))
		return parsed_miss(out, server, "a backend before the /");
	web_text(out, SLICE("timers"), timers);
	if (count >= HTTP_TIMERS)
		read_http(line, out);
	else
		read_tcp(line, out);
	return true;
}

/* "Connect from 192.0.2.7:33312 to 198.51.100.7:8012 (www/HTTP)" */
static bool read_connect(struct slice line, struct parsed *out)
{
	const struct slice start = SLICE("Connect from ");
	struct slice from, to;

	if (!slice_starts(line, start))
		return false;
	line = slice_after(line, start.len);
	from = web_word(&line);
	if (!slice_is(web_word(&line), "to"))
		return false;
	to = web_word(&line);
	parsed_text(out, FIELD_SOURCE_HOST, web_host(from, &out->source_port));
	parsed_text(out, FIELD_DEST_HOST, web_host(to, &out->dest_port));
	if (line.len > 2 && line.ptr[0] == '(')
		web_text(out, SLICE("frontend"), slice_after(slice_first(line, slice_find(line, '/')), 1));
	return true;
}

/* Tells whether it is the client that is missing, or the stamp behind it. */
static bool miss_client(struct slice client, struct slice rest, struct parsed *out)
{
	int64_t port = -1;

	if (out->miss == NULL)
		return false;
	(void)web_host(client, &port);
	return port < 0 ? parsed_miss(out, client, "client:port") : parsed_miss(out, rest, "[ and a stamp");
}

/* A line without the head of syslog. */
static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice rest = line, client = web_word(&rest);

	if (rest.len < 4 || rest.ptr[0] != '[' || rest.ptr[3] != '/' || slice_find(client, ':') == client.len)
		return miss_client(client, rest, out);
	rest = slice_after(rest, 1);
	if (!clf_stamp(context, &rest, out))
		return false;
	if (!slice_starts(rest, SLICE("] ")))
		return parsed_miss(out, rest, "] and a blank behind the stamp");
	parsed_text(out, FIELD_MESSAGE, line);
	if (!read_rest(slice_after(rest, 2), out))
		return false;
	parsed_text(out, FIELD_SOURCE_HOST, web_host(client, &out->source_port));
	return true;
}

void payload_haproxy(struct format_context *context, struct slice message, struct parsed *out)
{
	if (!read_connect(message, out))
		web_payload(context, message, out, read);
}

const struct format format_haproxy = {
	.name = "haproxy",
	.what = "HAProxy's logs of HTTP requests and TCP connections, without the head of syslog",
	.samples = samples,
	.sure = true,
	.read = read,
};
