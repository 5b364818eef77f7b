/* webapp: requests as application servers show them: Uvicorn, Werkzeug, Gin, uWSGI, Rails. */
/* SPDX-License-Identifier: MIT */
#include "level.h"
#include "moment.h"
#include "payload.h"
#include "table.h"
#include "web.h"

#include "../notation.h"

static const char *const samples[] = {
	"INFO:     192.0.2.7:52782 - \"POST /login?next=/ HTTP/1.1\" 401 Unauthorized",
	"192.0.2.7 - - [10/Jun/2024 12:00:00] \"GET /a HTTP/1.1\" 200 -",
	"[GIN] 2024/06/10 - 12:00:00 | 401 |    1.234ms |       192.0.2.7 | POST     \"/api/login\"",
	"[pid: 77|app: 0|req: 1/9] 192.0.2.7 () {40 vars in 600 bytes} [Mon Jun 10 12:00:00 2024] GET /x => generated "
	"100 bytes in 5 msecs (HTTP/1.1 200) 2 headers in 79 bytes (1 switches on core 0)",
	"Started POST \"/users/sign_in\" for 192.0.2.7 at 2024-06-10 12:00:00 +0200",
	NULL,
};

/* The client, maybe with its port, at the start of *text, moved behind; false where there is another word. */
static bool take_client(struct slice *text, struct parsed *out)
{
	struct slice rest = *text, word = web_word(&rest);
	int64_t port;
	const struct slice host = web_host(word, &port);

	if (!web_is_address(host))
		return parsed_miss(out, word, "the client's address");
	if (!parsed_has(out, FIELD_SOURCE_HOST)) {
		parsed_text(out, FIELD_SOURCE_HOST, host);
		out->source_port = out->source_port < 0 ? port : out->source_port;
	}
	*text = rest;
	return true;
}

/* "INFO:     ", "INFO:werkzeug:" at the start of *text, moved behind. */
static void take_level(struct slice *text, struct parsed *out)
{
	const size_t n = slice_find(slice_first(*text, text->len < 10 ? text->len : 10), ':');
	const struct slice name = slice_first(*text, n), werkzeug = SLICE("werkzeug:");

	if (n + 1 >= text->len || text->ptr[n] != ':' || !level_stands_alone(name))
		return;
	level_set(name, level_severity(name), out);
	*text = slice_after(*text, n + 1);
	if (slice_starts(*text, werkzeug))
		*text = slice_after(*text, werkzeug.len);
	*text = slice_trim(*text);
}

static bool set_stamp(struct format_context *context, struct datetime *datetime, struct parsed *out)
{
	out->stamp = moment_stamp(context, datetime);
	return out->has_stamp = true;
}

/* "192.0.2.7:52782 - "POST /login HTTP/1.1" 401", and a stamp between client and request. */
static bool read_quoted(struct format_context *context, struct slice line, struct parsed *out)
{
	struct datetime datetime = { 0 };
	struct slice rest, text;

	take_level(&line, out);
	text = line;
	if (!take_client(&line, out))
		return false;
	if (!slice_starts(line, SLICE("- ")))
		return parsed_miss(out, line, "- behind the client");
	rest = slice_after(line, slice_find(line, '['));
	line = slice_after(line, 2);
	if (line.len > 0 && line.ptr[0] != '"') {
		if (rest.len < 2)
			return parsed_miss(out, line, "a quoted request, or [ and a stamp");
		rest = slice_after(rest, 1);
		if (!notation_read(&rest, "D/b/Y H:M:S", &datetime))
			return parsed_miss_stamp(out, rest, "e/b/Y H:M:S", "a stamp such as 10/Jun/2024 12:00:00");
		if (!slice_starts(rest, SLICE("] \"")))
			return parsed_miss(out, rest, "] and a quoted request");
		set_stamp(context, &datetime, out);
	}
	return web_find_request(out, text) || parsed_miss(out, line, "a quoted request");
}

/* "| 401 |    1.234ms |       192.0.2.7 | POST     "/api/login"" behind Gin's stamp. */
static bool read_gin(struct format_context *context, struct slice line, struct parsed *out)
{
	struct datetime datetime = { 0 };
	struct slice cells[4], method;

	if (!slice_starts(line, SLICE("[GIN] ")))
		return parsed_miss(out, line, "[GIN]");
	line = slice_after(line, sizeof "[GIN] " - 1);
	if (!notation_read(&line, "Y/m/d - H:M:S", &datetime))
		return parsed_miss_stamp(out, line, "Y/m/d - H:M:S", "a stamp such as 2024/06/10 - 12:00:00");
	if (!slice_starts(line, SLICE(" |")))
		return parsed_miss(out, line, "a bar behind the stamp");
	line = slice_trim(slice_after(line, 2));
	parsed_text(out, FIELD_MESSAGE, line);
	for (int i = 0; i < 4; i++) {
		const size_t n = slice_find(line, '|');
		cells[i] = slice_trim(slice_first(line, n));
		line = slice_after(line, n < line.len ? n + 1 : n);
	}
	method = web_word(&cells[3]);
	if (!web_is_number(cells[0]))
		return parsed_miss(out, cells[0], "a status between bars");
	if (!take_client(&cells[2], out))
		return false;
	if (cells[3].len < 2)
		return parsed_miss(out, cells[3], "a method and a path behind the bar");
	web_number(out, SLICE("status"), cells[0]);
	web_text(out, SLICE("duration"), cells[1]);
	web_text(out, SLICE("method"), method);
	web_target(out, cells[3].ptr[0] == '"' ? (struct slice){ cells[3].ptr + 1, cells[3].len - 2 } : cells[3]);
	return set_stamp(context, &datetime, out);
}

/* "[pid: 77|app: 0|req: 1/9] 192.0.2.7 (anna) {..} [stamp] GET /x => generated 100 bytes in 5 msecs (HTTP/1.1 200)" */
static bool read_uwsgi(struct format_context *context, struct slice line, struct parsed *out)
{
	const struct slice start = SLICE("[pid: ");
	struct datetime datetime = { 0 };
	struct slice user, method, status;
	const char *at;

	if (!slice_starts(line, start))
		return parsed_miss(out, line, "[pid: or [GIN]");
	line = slice_after(line, start.len);
	(void)slice_number(slice_first(line, slice_find(line, '|')), 0, INT32_MAX, &out->source_pid);
	line = slice_after(line, slice_find(line, ']'));
	if (!slice_starts(line, SLICE("] ")))
		return parsed_miss(out, line, "] behind the pid");
	line = slice_after(line, 2);
	if (!take_client(&line, out))
		return false;
	if (line.len == 0 || line.ptr[0] != '(')
		return parsed_miss(out, line, "the user in ()");
	user = slice_after(slice_first(line, slice_find(line, ')')), 1);
	line = slice_after(line, slice_find(line, '['));
	line = slice_after(line, line.len > 0);
	if (!notation_read(&line, "a b D H:M:S Y", &datetime) || !slice_starts(line, SLICE("] ")))
		return parsed_miss_stamp(out, line, "a b e H:M:S Y] ", "a stamp such as Mon Jun 10 12:00:00 2024");
	line = slice_after(line, 2);
	parsed_text(out, FIELD_MESSAGE, line);
	web_user(out, user);
	method = web_word(&line);
	web_text(out, SLICE("method"), method);
	web_target(out, web_word(&line));
	at = line.len > 0 ? memmem(line.ptr, line.len, "(HTTP/", 6) : NULL;
	if (at == NULL)
		return parsed_miss(out, slice_after(line, line.len), "(HTTP/ and a status in the line");
	line = slice_after(line, (size_t)(at + 1 - line.ptr));
	web_text(out, SLICE("protocol"), web_word(&line));
	status = slice_first(line, slice_find(line, ')'));
	web_number(out, SLICE("status"), status);
	return set_stamp(context, &datetime, out);
}

/* "Started POST "/users/sign_in" for 192.0.2.7 at 2024-06-10 12:00:00 +0200" */
static bool read_rails(struct slice line, struct parsed *out, struct slice *rest)
{
	const struct slice start = SLICE("Started ");
	struct slice method, target;

	if (!slice_starts(line, start))
		return parsed_miss(out, line, "Started");
	line = slice_after(line, start.len);
	method = web_word(&line);
	if (line.len == 0 || line.ptr[0] != '"' || !web_quoted(&line, &target))
		return parsed_miss(out, line, "a quoted path");
	line = slice_trim(line);
	if (!slice_starts(line, SLICE("for ")))
		return parsed_miss(out, line, "for and the client");
	line = slice_after(line, 4);
	if (!take_client(&line, out))
		return false;
	web_text(out, SLICE("method"), method);
	web_target(out, target);
	*rest = line;
	return true;
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice rest;

	if (line.len == 0)
		return false;
	if (line.ptr[0] == '[')
		return slice_starts(line, SLICE("[G")) ? read_gin(context, line, out) : read_uwsgi(context, line, out);
	if (line.ptr[0] == 'S') {
		parsed_text(out, FIELD_MESSAGE, line);
		if (!read_rails(line, out, &rest))
			return false;
		return (slice_is(web_word(&rest), "at") && moment_read(context, rest, out)) ||
		       parsed_miss(out, rest, "at and a stamp");
	}
	return read_quoted(context, line, out);
}

void payload_request(struct format_context *context, struct slice message, struct parsed *out)
{
	struct slice rest = message, user;

	(void)context;
	if (read_rails(message, out, &rest) || !web_find_request(out, message))
		return;
	if (!take_client(&rest, out) || !slice_starts(rest, SLICE("- ")))
		return;
	rest = slice_after(rest, 2);
	user = web_word(&rest);
	if (user.len > 0 && user.ptr[0] != '"' && rest.len > 0 && rest.ptr[0] == '"' && !parsed_has(out, FIELD_USER))
		web_user(out, user);
}

const struct format format_webapp = {
	.name = "webapp",
	.what = "requests as application servers show them: Uvicorn, Werkzeug, Gin, uWSGI, Rails",
	.samples = samples,
	.is_output = true,
	.read = read,
};
