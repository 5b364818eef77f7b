/* cef: ArcSight's Common Event Format: a head of seven fields, then key=value with blanks inside. */
/* SPDX-License-Identifier: MIT */
#include "object.h"
#include "pairs.h"
#include "priority.h"
#include "syslog.h"
#include "table.h"

#include "../json.h"

static const char *const samples[] = {
	"CEF:0|Security|threatmanager|1.0|100|worm successfully stopped|10|src=192.0.2.1 dst=192.0.2.7 spt=1232 "
	"act=blocked a \\= in it msg=Found in C:\\\\tmp rt=1718020800123",
	NULL,
};

/* Adds a text in which a backslash takes away the meaning of the next character; "\n" and "\r" are line ends in values.
 */
static void add_unescaped(struct buffer *to, struct slice text, bool value)
{
	for (size_t slash; (slash = slice_find(text, '\\')) < text.len;) {
		char next = slash + 1 < text.len ? text.ptr[slash + 1] : '\0';
		bool end = value && (next == 'n' || next == 'r'), meant = next == '\\' || next == '|' || next == '=';
		json_add_escaped(to, slice_first(text, slash + !(end || meant)));
		if (end)
			json_add_escaped(to, next == 'n' ? SLICE("\n") : SLICE("\r"));
		text = slice_after(text, slash + 1);
		if (end)
			text = slice_after(text, 1);
		if (!meant)
			continue;
		json_add_escaped(to, slice_first(text, 1));
		text = slice_after(text, 1);
	}
	json_add_escaped(to, text);
}

/* Offset of the first c that no backslash stands before, or the length. */
static size_t find_bare(struct slice text, char c)
{
	size_t i = 0;

	while (i < text.len && text.ptr[i] != c)
		i += text.ptr[i] == '\\' && i + 1 < text.len ? 2 : 1;
	return i < text.len ? i : text.len;
}

/* The next field of the head, moved behind it and the bar; false where no bar follows. */
static bool take_head(struct slice *text, struct slice *field)
{
	size_t bar = find_bare(*text, '|');

	*field = slice_first(*text, bar);
	*text = slice_after(*text, bar < text->len ? bar + 1 : bar);
	return field->ptr + field->len < text->ptr;
}

static bool add_head(struct slice *text, struct buffer *to)
{
	static const char *const names[] = { "version",	     "device_vendor", "device_product", "device_version",
					     "signature_id", "name",	      "severity" };
	enum { COUNT = sizeof names / sizeof *names };
	struct slice field;

	buffer_add(to, SLICE("{\"cef\":{"));
	for (int i = 0; i < COUNT; i++) {
		bool bar = take_head(text, &field);
		if (!bar && (i < COUNT - 1 || field.len == 0))
			return false;
		pairs_name(to, slice_of(names[i]));
		add_unescaped(to, field, false);
		buffer_add_char(to, '"');
	}
	buffer_add_char(to, '}');
	return true;
}

static bool is_key(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
	       c == '-' || c == '[' || c == ']';
}

/* The word before the first '=' that has one and that no backslash stands before; text is moved behind the '='. */
static bool take_key(struct slice *text, struct slice *key)
{
	for (size_t i = 0; i < text->len; i++) {
		size_t start = i;
		if (text->ptr[i] == '\\')
			i++;
		if (i >= text->len || text->ptr[i] != '=' || (i > 0 && text->ptr[i - 1] == '\\'))
			continue;
		while (start > 0 && is_key(text->ptr[start - 1]))
			start--;
		if (start == i || (start > 0 && text->ptr[start - 1] != ' '))
			continue;
		*key = (struct slice){ text->ptr + start, i - start };
		*text = slice_after(*text, i + 1);
		return true;
	}
	return false;
}

static void add_extension(struct slice text, struct buffer *to)
{
	struct slice key, next;

	if (!take_key(&text, &key))
		return;
	for (bool more = true; more; key = next) {
		struct slice rest = text, value = text;
		more = take_key(&rest, &next);
		if (more)
			value.len = (size_t)(next.ptr - text.ptr);
		pairs_name(to, key);
		add_unescaped(to, slice_trim(value), true);
		buffer_add_char(to, '"');
		text = rest;
	}
}

bool pairs_cef(struct slice text, struct buffer *to)
{
	if (!slice_starts(text, SLICE("CEF:")))
		return false;
	text = slice_after(text, 4);
	syslog_blanks(&text);
	if (text.len < 2 || text.ptr[0] < '0' || text.ptr[0] > '9')
		return false;
	to->len = 0;
	if (!add_head(&text, to))
		return false;
	add_extension(text, to);
	buffer_add_char(to, '}');
	return true;
}

/* Tells where the head ends too early. */
static bool miss_head(struct slice text, struct parsed *out)
{
	struct slice field, start = text;

	if (out->miss == NULL)
		return false;
	if (!slice_starts(text, SLICE("CEF:")))
		return parsed_miss(out, text, "CEF:");
	text = slice_after(text, 4);
	syslog_blanks(&text);
	if (text.len < 2 || text.ptr[0] < '0' || text.ptr[0] > '9')
		return parsed_miss(out, text, "a version such as 0, and a bar");
	do
		start = text;
	while (take_head(&text, &field));
	return parsed_miss(out, slice_after(start, field.len), "seven fields with bars between them, and a bar");
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice object;

	priority_read_bare(&line, out);
	if (!pairs_cef(line, &out->work[WORK_LINE]))
		return miss_head(line, out);
	if (!object_check(buffer_slice(&out->work[WORK_LINE]), &out->work[WORK_UNIQUE], &object))
		return false;
	object_read(context, object, out);
	return true;
}

const struct format format_cef = {
	.name = "cef",
	.what = "ArcSight Common Event Format; behind a syslog head it is read as well",
	.samples = samples,
	.sure = true,
	.read = read,
};
