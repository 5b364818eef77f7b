/* applog: logs of applications: a stamp in any notation, then level, thread, pid, component as libraries write them. */
/* SPDX-License-Identifier: MIT */
#include "cluster.h"
#include "layout.h"
#include "moment.h"
#include "payload.h"
#include "priority.h"
#include "table.h"

enum {
	PREFIX_MAX = 96,       /* bytes before the stamp */
	PREFIX_WORDS_MAX = 16, /* in them, at which one may start */
};

static const char *const samples[] = {
	"2024-06-10 12:00:00,123 INFO [main] org.example.app.Server: listening on port 8080",
	"2024-06-10 12:00:00.123  WARN 45469 --- [nio-8080-exec-1] o.s.web.PageNotFound : No mapping for GET /x",
	"[2024-06-10T12:00:00,123][ERROR][o.e.b.Bootstrap          ] [node-1] node validation exception",
	"24/06/10 12:00:00 INFO storage.BlockManager: Registering block manager",
	"06-10 12:00:00.123  1702  2395 D WindowManager: printFreezingDisplayLogs",
	"I0610 12:00:00.123456    1234 server.go:42] listening",
	"Mon Jun 10 12:00:00 2024 daemon started",
	NULL,
};

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Does a word go on behind it? "app.log.2024-06-10" is a name. */
static bool joins(char c)
{
	return is_word(c) || c == '.' || c == '-' || c == '_' || c == '/' || c == '\\';
}

/* "[", "(", "<" and "audit(" before a stamp leave it the first of its line. */
static bool is_first(struct slice prefix)
{
	return prefix.len == 0 || (prefix.len == 1 && !is_word(prefix.ptr[0])) || slice_equal(prefix, SLICE("audit("));
}

/* Looks for the first stamp near the start of a line, at a word's start; *prefix is what stands before it. */
static bool find_stamp(struct format_context *context, struct slice line, struct slice *prefix, struct slice *rest,
		       struct datetime *datetime)
{
	const size_t max = line.len < PREFIX_MAX ? line.len : PREFIX_MAX;
	unsigned words = 0;

	for (size_t i = 0; i < max && words < PREFIX_WORDS_MAX; i++) {
		if ((unsigned char)line.ptr[i] < ' ' && line.ptr[i] != '\t')
			return false; /* no program's habit */
		if (!(is_word(line.ptr[i]) || (i == 0 && line.ptr[i] == '@')) || (i > 0 && joins(line.ptr[i - 1])))
			continue;
		*prefix = slice_first(line, i);
		*rest = slice_after(line, i);
		*datetime = (struct datetime){ 0 };
		if (datetime_read(rest, is_first(*prefix) ? DATETIME_FIRST : DATETIME_WITHIN, context->year->reference,
				  datetime))
			return true;
		words++;
	}
	return false;
}

/* What stands before the stamp; false where it is not understood: then all of the line is the message. */
static bool read_prefix(struct head *head, struct slice prefix)
{
	struct slice rest = head->rest;

	if (prefix.len == 0 || layout_before(head, prefix))
		return true;
	head->rest = prefix;
	head_read(head);
	if (head->rest.len > 0 || !head->level)
		return false;
	head->rest = rest;
	head->done = false;
	return true;
}

/* " #1234": Ruby's pid. */
static void read_hash(struct head *head)
{
	struct slice digits = head->rest;

	head_blanks(&digits);
	if (digits.len < 2 || digits.ptr[0] != '#' || !head_is_number(slice_after(digits, 1)))
		return;
	head_number(head, slice_after(digits, 1), false);
	head->rest = slice_after(head->rest, head->rest.len);
}

/* The bracket that was opened before the stamp, and what else is in it: "[.. INFO mod]", "[..: INFO/MainProcess]". */
static void read_closing(struct head *head, char open)
{
	const char close = open == '[' ? ']' : open == '(' ? ')' : '>';
	const struct slice rest = head->rest;
	const size_t n = slice_find(slice_first(rest, rest.len < HEAD_NAME_MAX ? rest.len : HEAD_NAME_MAX), close);

	if (n == rest.len || n == HEAD_NAME_MAX)
		return;
	if (n > 0) {
		head->rest = slice_first(rest, n);
		read_hash(head);
		head_read(head);
		if (head->level && head_is_name(slice_trim(head->rest)))
			head_component(head, slice_trim(head->rest));
	}
	head->rest = slice_after(rest, n + 1);
	head->done = false;
}

/* All but the stamp. False where what stands before it is not understood. */
static bool read_around(struct head *head, struct slice prefix)
{
	const char open = prefix.len > 0 ? prefix.ptr[prefix.len - 1] : '\0';
	const bool opened = open == '[' || open == '(' || open == '<';

	if (opened)
		prefix.len--;
	if (!read_prefix(head, slice_trim(prefix)))
		return false;
	if (opened)
		read_closing(head, open);
	if (!head->done && !layout_behind(head))
		head_read(head);
	return true;
}

/* The message, and what the head told; or the line as a whole. */
static void read_text(struct slice line, struct slice prefix, struct head *head)
{
	struct parsed *out = head->out;
	const int facility = out->facility, severity = out->severity;

	if (!head->done && !read_around(head, prefix)) {
		parsed_empty(out);
		out->facility = facility;
		out->severity = severity;
		head->rest = line;
	}
	head_blanks(&head->rest);
	if (head->rest.len == 0)
		return;
	parsed_text(out, FIELD_MESSAGE, head->rest);
	payload_request(NULL, head->rest, out);
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct head head = { .out = out };
	struct datetime datetime = { 0 };
	struct slice prefix = { 0 }, rest;

	priority_read_bare(&line, out);
	line = slice_trim(line);
	rest = line;
	if (cluster_read(line, out))
		return true;
	if (!layout_glog(&rest, &datetime, &head) && !find_stamp(context, line, &prefix, &rest, &datetime))
		return parsed_miss_stamp(out, line, "Y-m-dtH:M:S", "a stamp in the first words of the line");
	head.rest = rest;
	read_text(line, prefix, &head);
	out->stamp = moment_stamp(context, &datetime);
	return out->has_stamp = true;
}

const struct format format_applog = {
	.name = "applog",
	.what = "logs of applications: a stamp in any notation, level, thread, component",
	.samples = samples,
	.is_output = true,
	.read = read,
};
