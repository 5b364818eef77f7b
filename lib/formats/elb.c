/* elb: access logs of Amazon's load balancers, classic and for applications. */
/* SPDX-License-Identifier: MIT */
#include "table.h"
#include "web.h"

static const char *const samples[] = {
	"https 2024-06-10T12:00:00.186641Z app/my-balancer/50dc6c495c0c9188 192.0.2.7:2817 198.51.100.7:80 0.086 0.048 "
	"0.037 200 200 "
	"0 57 \"GET https://www.example.com:443/a?b HTTP/1.1\" \"curl/7.46.0\" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2",
	"2024-06-10T12:00:00.945958Z my-balancer 192.0.2.7:2817 198.51.100.7:80 0.000073 0.001048 0.000057 200 200 0 "
	"29 "
	"\"GET http://www.example.com:80/ HTTP/1.1\"",
	NULL,
};

/* "GET https://www.example.com:443/a?b HTTP/1.1": such targets name the host as well. */
static void read_url(struct slice target, struct parsed *out)
{
	const char *host = memmem(target.ptr, target.len, "://", 3);
	struct slice rest, path;
	int64_t port;

	if (host == NULL)
		return;
	host += 3;
	rest = (struct slice){ host, (size_t)(target.ptr + target.len - host) };
	path = slice_after(rest, slice_find(rest, '/'));
	web_text(out, SLICE("vhost"), web_host(slice_first(rest, rest.len - path.len), &port));
	web_text(out, SLICE("url"), target);
	rest = slice_after(path, slice_find(path, '?'));
	web_text(out, SLICE("path"), slice_first(path, path.len - rest.len));
	if (rest.len > 1)
		web_text(out, SLICE("query"), slice_after(rest, 1));
}

static void read_request(struct slice request, struct parsed *out)
{
	struct slice rest = request, method = web_word(&rest), target = web_word(&rest);

	if (memmem(target.ptr, target.len, "://", 3) == NULL) {
		web_request(out, request);
		return;
	}
	parsed_text(out, FIELD_MESSAGE, request);
	web_text(out, SLICE("method"), method);
	read_url(target, out);
	web_text(out, SLICE("protocol"), slice_trim(rest));
}

/* How long it took: on the way in, at the target, on the way out; -1 where it was not reached. */
static bool is_time(struct slice word)
{
	size_t i = word.len > 0 && word.ptr[0] == '-';

	for (; i < word.len; i++)
		if ((word.ptr[i] < '0' || word.ptr[i] > '9') && word.ptr[i] != '.')
			return false;
	return word.len > 0;
}

static bool take_times(struct slice *line, struct parsed *out)
{
	for (int i = 0; i < 3; i++) {
		const struct slice word = web_word(line);
		if (!is_time(word))
			return parsed_miss(out, word, "three times in seconds");
	}
	return true;
}

/* Behind the times: statuses, bytes, "request" "user agent". */
static bool read_answer(struct slice line, struct parsed *out)
{
	struct slice status = web_word(&line), target_status = web_word(&line), received = web_word(&line), request,
		     agent;

	web_number(out, SLICE("status"), status);
	web_number(out, SLICE("target_status"), target_status);
	web_number(out, SLICE("bytes_received"), received);
	web_number(out, SLICE("byte_count"), web_word(&line));
	if (line.len == 0 || line.ptr[0] != '"')
		return parsed_miss(out, line, "a quoted request");
	web_quoted(&line, &request);
	read_request(request, out);
	line = slice_trim(line);
	if (line.len > 0 && line.ptr[0] == '"' && web_quoted(&line, &agent))
		web_text(out, SLICE("user_agent"), agent);
	return true;
}

static bool is_type(struct slice word)
{
	static const char *const types[] = { "http", "https", "h2", "grpcs", "ws", "wss" };

	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (slice_is(word, types[i]))
			return true;
	return false;
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice rest = line, type = web_word(&rest), balancer, client, target;

	(void)context;
	if (!is_type(type))
		rest = line;
	if (!stamp_read(&rest, &out->stamp) || rest.len == 0 || rest.ptr[0] != ' ')
		return parsed_miss_common_stamp(out, rest, "Y-m-dTH:M:S",
						"a stamp such as 2024-06-10T12:00:00.186641Z");
	rest = slice_after(rest, 1);
	balancer = web_word(&rest);
	client = web_word(&rest);
	target = web_word(&rest);
	if (slice_find(client, ':') == client.len)
		return parsed_miss(out, client, "client:port");
	if (!take_times(&rest, out))
		return false;
	out->has_stamp = true;
	parsed_text(out, FIELD_SOURCE_HOST, web_host(client, &out->source_port));
	if (!web_unknown(target))
		parsed_text(out, FIELD_DEST_HOST, web_host(target, &out->dest_port));
	web_text(out, SLICE("balancer"), balancer);
	return read_answer(rest, out);
}

const struct format format_elb = {
	.name = "elb",
	.what = "access logs of Amazon's load balancers (ELB, ALB)",
	.samples = samples,
	.sure = true,
	.read = read,
};
