/* leef: QRadar's Log Event Extended Format 1.0 and 2.0: a head, then key=value apart by tabs or what the head names. */
/* SPDX-License-Identifier: MIT */
#include "object.h"
#include "pairs.h"
#include "priority.h"
#include "table.h"

#include "../hex.h"

static const char *const samples[] = {
	"LEEF:1.0|Microsoft|MSExchange|4.0 "
	"SP1|15345|src=192.0.2.1\tdst=192.0.2.7\tsev=5\tcat=anomaly\tsrcPort=81\tusrName=anna",
	"LEEF:2.0|Lancope|StealthWatch|1.0|41|^|src=192.0.2.1^dst=192.0.2.7^sev=5^devTime=Jun 10 2024 12:00:00",
	NULL,
};

/* The next field of the head, moved behind it and the bar; false where no bar follows. */
static bool take_head(struct slice *text, struct slice *field)
{
	size_t bar = slice_find(*text, '|');

	*field = slice_first(*text, bar);
	if (bar == text->len)
		return false;
	*text = slice_after(*text, bar + 1);
	return true;
}

/* What LEEF 2.0 names as its delimiter: one character, or "x5E", "0x5E"; moved behind it where there is one. */
static char take_delimiter(struct slice *text)
{
	struct slice rest = *text, field;
	int code = 0;

	if (!take_head(&rest, &field) || field.len > 4)
		return '\t';
	if (field.len <= 1) {
		*text = rest;
		return field.len == 1 ? field.ptr[0] : '\t';
	}
	field = slice_after(field, field.ptr[0] == '0');
	if (field.len < 2 || (field.ptr[0] | 0x20) != 'x')
		return '\t';
	for (size_t i = 1; i < field.len; i++) {
		if (hex_digit(field.ptr[i]) < 0)
			return '\t';
		code = code * 16 + hex_digit(field.ptr[i]);
	}
	*text = rest;
	return (char)code;
}

static void add_pairs(struct slice text, char delimiter, struct buffer *to)
{
	/* Some write blanks for the tabs: there is one pair then, and nothing can be told apart for sure. */
	while (text.len > 0) {
		size_t end = slice_find(text, delimiter), equals;
		struct slice pair = slice_trim(slice_first(text, end));
		equals = slice_find(pair, '=');
		if (equals > 0 && equals < pair.len)
			pairs_add(to, slice_first(pair, equals), slice_after(pair, equals + 1));
		text = slice_after(text, end < text.len ? end + 1 : end);
	}
}

bool pairs_leef(struct slice text, struct buffer *to)
{
	static const char *const names[] = { "version", "vendor", "product", "product_version", "event_id" };
	struct slice field = { 0 };
	char delimiter = '\t';
	bool second;

	if (!slice_starts(text, SLICE("LEEF:1.")) && !slice_starts(text, SLICE("LEEF:2.")))
		return false;
	second = text.ptr[5] == '2';
	text = slice_after(text, 5);
	to->len = 0;
	buffer_add(to, SLICE("{\"leef\":{"));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (!take_head(&text, &field))
			return false;
		pairs_add(to, slice_of(names[i]), field);
	}
	buffer_add_char(to, '}');
	if (second)
		delimiter = take_delimiter(&text);
	add_pairs(text, delimiter, to);
	buffer_add_char(to, '}');
	return true;
}

/* Tells where the head ends too early. */
static bool miss_head(struct slice text, struct parsed *out)
{
	if (!slice_starts(text, SLICE("LEEF:")))
		return parsed_miss(out, text, "LEEF:");
	if (!slice_starts(text, SLICE("LEEF:1.")) && !slice_starts(text, SLICE("LEEF:2.")))
		return parsed_miss(out, slice_after(text, 5), "the version 1.0 or 2.0");
	return parsed_miss(out, slice_after(text, text.len), "five fields, each with a bar behind it");
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice object;

	priority_read_bare(&line, out);
	if (!pairs_leef(line, &out->work[WORK_LINE]))
		return miss_head(line, out);
	if (!object_check(buffer_slice(&out->work[WORK_LINE]), &out->work[WORK_UNIQUE], &object))
		return false;
	object_read(context, object, out);
	return true;
}

const struct format format_leef = {
	.name = "leef",
	.what = "QRadar Log Event Extended Format 1.0 and 2.0; behind a syslog head as well",
	.samples = samples,
	.sure = true,
	.read = read,
};
