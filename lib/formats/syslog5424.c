/* syslog5424: RFC 5424, and what is commonly sent under its name. */
/* SPDX-License-Identifier: MIT */
#include "syslog.h"
#include "table.h"

#include "../json.h"

static const char *const samples[] = {
	"<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - 'su root' failed for lonvick on /dev/pts/8",
	"<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 "
	"[exampleSDID@32473 iut=\"3\" eventSource=\"App\\\"lication\" eventID=\"1011\"][examplePriority@32473 class=\"high\"] text",
	NULL,
};

enum {
	PID_MAX = INT32_MAX,
};

/* The next word, without the blank behind it; "-" is empty. False at the end of the line. */
static bool take_word(struct slice *line, struct slice *word)
{
	size_t n = slice_find(*line, ' ');

	*word = slice_first(*line, n);
	*line = slice_after(*line, n < line->len ? n + 1 : n);
	if (word->len == 0)
		return false;
	if (slice_equal(*word, SLICE("-")))
		*word = (struct slice){ 0 };
	return true;
}

/* "1 " behind the priority. */
static bool take_version(struct slice *line, struct slice *version)
{
	size_t n = slice_find(slice_first(*line, line->len < 4 ? line->len : 4), ' ');

	if (n == 0 || n > 3 || n >= line->len || line->ptr[0] < '1' || line->ptr[0] > '9')
		return false;
	for (size_t i = 1; i < n; i++)
		if (line->ptr[i] < '0' || line->ptr[i] > '9')
			return false;
	*version = slice_first(*line, n);
	*line = slice_after(*line, n + 1);
	return true;
}

static bool is_name(struct slice name)
{
	if (name.len == 0)
		return false;
	for (size_t i = 0; i < name.len; i++)
		if ((unsigned char)name.ptr[i] <= ' ' || name.ptr[i] == '"' || name.ptr[i] == ']' || name.ptr[i] == '=')
			return false;
	return true;
}

/* Behind the value whose text starts at p (behind its quote), or NULL where no quote closes it. Its escapes are undone. */
static const char *take_value(const char *p, const char *end, struct buffer *to)
{
	buffer_add_char(to, '"');
	for (;;) {
		const char *start = p;
		while (p < end && *p != '"' && *p != '\\')
			p++;
		json_add_escaped(to, (struct slice){ start, (size_t)(p - start) });
		if (p == end)
			return NULL;
		if (*p == '"')
			break;
		/* A backslash before anything else stands for itself (6.3.3). */
		if (p + 1 < end && (p[1] == '"' || p[1] == '\\' || p[1] == ']'))
			p++;
		json_add_escaped(to, (struct slice){ p, 1 });
		p++;
	}
	buffer_add_char(to, '"');
	return p + 1;
}

/* ` name="value"` at p; returns behind it, or NULL. */
static const char *take_parameter(const char *p, const char *end, struct buffer *to, bool first)
{
	const char *name = p + 1, *equals = memchr(name, '=', (size_t)(end - name));

	if (equals == NULL || !is_name((struct slice){ name, (size_t)(equals - name) }))
		return NULL;
	if (equals + 1 == end || equals[1] != '"')
		return NULL;
	if (!first)
		buffer_add_char(to, ',');
	json_add_string(to, (struct slice){ name, (size_t)(equals - name) });
	buffer_add_char(to, ':');
	return take_value(equals + 2, end, to);
}

/* "[id name="value" ..]" at p; returns behind it, or NULL. */
static const char *take_element(const char *p, const char *end, struct buffer *to)
{
	const char *id = ++p;
	bool first = true;

	while (p < end && *p != ' ' && *p != ']')
		p++;
	if (p == end || !is_name((struct slice){ id, (size_t)(p - id) }))
		return NULL;
	json_add_string(to, (struct slice){ id, (size_t)(p - id) });
	buffer_add(to, SLICE(":{"));
	while (p != NULL && p < end && *p == ' ' && p + 1 < end && p[1] != ']') {
		p = take_parameter(p, end, to, first);
		first = false;
	}
	if (p != NULL && p < end && *p == ' ')
		p++;
	if (p == NULL || p == end || *p != ']')
		return NULL;
	buffer_add_char(to, '}');
	return p + 1;
}

/* Structured data at the start of *line, moved behind it and its blank; into extended as "sd". False where it is broken. */
static bool take_data(struct slice *line, struct parsed *out)
{
	const char *p = line->ptr, *end = p + line->len;
	struct buffer *to = &out->extended;
	size_t before = to->len;

	buffer_add(to, before > 0 ? SLICE(",\"sd\":{") : SLICE("\"sd\":{"));
	while (p != NULL && p < end && *p == '[') {
		if (p != line->ptr)
			buffer_add_char(to, ',');
		p = take_element(p, end, to);
	}
	if (p == NULL || (p < end && *p != ' ')) {
		to->len = before;
		return false;
	}
	buffer_add_char(to, '}');
	p += p < end;
	*line = (struct slice){ p, (size_t)(end - p) };
	return true;
}

/* Structured data and message. */
static void read_rest(struct slice line, struct parsed *out)
{
	if (slice_starts(line, SLICE("- ")))
		line = slice_after(line, 2);
	else if (slice_equal(line, SLICE("-")))
		return;
	else if (line.len > 0 && line.ptr[0] == '[' && !take_data(&line, out))
		parsed_fault(out, "structured data is malformed");
	if (slice_starts(line, SLICE("\xef\xbb\xbf")))
		line = slice_after(line, 3);
	if (line.len > 0)
		parsed_text(out, FIELD_MESSAGE, line);
}

static bool read_stamp(struct format_context *context, struct slice *line, struct parsed *out)
{
	if (slice_starts(*line, SLICE("- "))) {
		*line = slice_after(*line, 2);
		return true;
	}
	if (line->len < 11 || line->ptr[10] == ' ' || !syslog_iso_stamp(context, line, out))
		return false;
	*line = slice_after(*line, line->len > 0);
	return true;
}

static void read_head(struct slice *line, struct parsed *out)
{
	struct slice host = { 0 }, program = { 0 }, pid = { 0 }, message_id = { 0 };
	int64_t number;

	if (!take_word(line, &host) || !take_word(line, &program) || !take_word(line, &pid) || !take_word(line, &message_id))
		parsed_fault(out, "header is incomplete");
	if (host.len > 0)
		parsed_text(out, FIELD_LOG_SOURCE, host);
	if (program.len > 0)
		parsed_text(out, FIELD_SOURCE_PROCESS, program);
	if (slice_number(pid, 0, PID_MAX, &number))
		out->source_pid = number;
	else if (pid.len > 0)
		parsed_extend(out, "procid", pid);
	if (message_id.len > 0)
		parsed_extend(out, "msgid", message_id);
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice version;

	syslog_priority(&line, out);
	if (!take_version(&line, &version) || !read_stamp(context, &line, out))
		return false;
	read_head(&line, out);
	read_rest(line, out);
	return true;
}

const struct format format_syslog5424 = {
	.name = "syslog5424",
	.what = "syslog by RFC 5424, structured data in extended.sd",
	.samples = samples,
	.sure = true,
	.read = read,
};
