/* Error logs of Apache: "[stamp] [module:level] [pid 7:tid 9] [client 192.0.2.7:4711] text, referer: url". */
/* SPDX-License-Identifier: MIT */
#include "weberror.h"

#include "clf.h"
#include "web.h"

enum {
	WEEKDAY = sizeof "Fri " - 1,
	DATE_MAX = 64, /* bytes in the brackets of a stamp */
	CODE = sizeof "AH01630" - 1,
};

static void read_pid(struct slice pid, struct parsed *out)
{
	int64_t n;

	if (slice_number(pid, 0, INT32_MAX, &n))
		out->source_pid = n;
}

/* "Fri Sep 09 10:42:29.902022 2022", or as ErrorLogFormat may have it: "09/Sep/2022:10:42:29 +0200", "2022-09-09
 * 10:42:29". */
static bool apache_stamp(struct format_context *context, struct slice text, struct parsed *out)
{
	struct civil civil;
	struct slice rest = text;

	if (text.len > 0 && text.ptr[0] <= '9' && (clf_stamp(context, &rest, out) || stamp_read(&rest, &out->stamp)))
		return (out->has_stamp = true) && rest.len == 0;
	if (text.len > WEEKDAY && text.ptr[WEEKDAY - 1] == ' ')
		rest = slice_after(text, WEEKDAY);
	if (!(rest.len < text.len ? civil_read_bsd(&rest, &civil) : civil_read_iso(&rest, &civil)))
		return parsed_miss_stamp(out, text, "a b e H:M:S", "a stamp such as Fri Sep 09 10:42:29 2022");
	out->stamp = zone_stamp(context->zone, &civil);
	if (rest.len > 0 || civil.year == 0)
		return parsed_miss(out, rest, "the year, and ] behind the stamp");
	return out->has_stamp = true;
}

/* The level in "error", "core:error". */
static struct slice level_of(struct slice text)
{
	size_t colon = slice_find(text, ':');

	return colon < text.len ? slice_after(text, colon + 1) : text;
}

bool weberror_is_module(struct slice text)
{
	return weberror_severity(level_of(text)) >= 0;
}

static bool read_module(struct slice text, struct parsed *out)
{
	struct slice level = level_of(text);

	if (!weberror_level(level, out))
		return parsed_miss(out, level, "a level such as error");
	if (level.len + 1 < text.len)
		web_text(out, SLICE("component"), slice_first(text, text.len - level.len - 1));
	return true;
}

/* "35708:tid 4328636416" */
static void read_process(struct slice text, struct parsed *out)
{
	size_t colon = slice_find(text, ':');

	read_pid(slice_first(text, colon), out);
	if (slice_starts(slice_after(text, colon), SLICE(":tid ")))
		web_number(out, SLICE("tid"), slice_after(text, colon + sizeof ":tid " - 1));
}

/* One of the fields before the message, the process once; false where the message has begun. */
static bool read_field(struct slice text, bool *process, struct parsed *out)
{
	const struct slice pid = SLICE("pid "), client = SLICE("client "), remote = SLICE("remote ");

	if (slice_starts(text, pid) && !*process) {
		read_process(slice_after(text, pid.len), out);
		*process = true;
	} else if (slice_starts(text, client)) {
		weberror_client(slice_after(text, client.len), out);
	} else if (slice_starts(text, remote)) {
		weberror_client(slice_after(text, remote.len), out);
	} else {
		return false;
	}
	return true;
}

/* The last ", referer: " of a text: what is behind it. */
static void read_referrer(struct slice message, struct parsed *out)
{
	const struct slice mark = SLICE(", referer: ");
	const char *comma = message.ptr + message.len;

	while ((comma = memrchr(message.ptr, ',', (size_t)(comma - message.ptr))) != NULL) {
		struct slice rest = { comma, (size_t)(message.ptr + message.len - comma) };
		if (slice_starts(rest, mark)) {
			web_text(out, SLICE("referrer"), slice_after(rest, mark.len));
			return;
		}
	}
}

static void read_code(struct slice message, struct parsed *out)
{
	if (message.len <= CODE || message.ptr[CODE] != ':' || !slice_starts(message, SLICE("AH")))
		return;
	for (size_t i = 2; i < CODE; i++)
		if (message.ptr[i] < '0' || message.ptr[i] > '9')
			return;
	web_text(out, SLICE("code"), slice_first(message, CODE));
}

/* Behind the stamp, which syslog has in its head. */
bool weberror_apache_fields(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice inner, rest;
	bool process = false;

	(void)context;
	if (!weberror_brackets(&line, WEBERROR_BRACKETS_MAX, &inner))
		return parsed_miss(out, line, "[level] or [module:level]");
	if (!read_module(inner, out))
		return false;
	rest = line;
	while (weberror_brackets(&rest, WEBERROR_BRACKETS_MAX, &inner) && read_field(inner, &process, out))
		line = rest;
	read_code(line, out);
	read_referrer(line, out);
	if (line.len > 0)
		parsed_text(out, FIELD_MESSAGE, line);
	return true;
}

bool weberror_apache(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice inner;

	if (!weberror_brackets(&line, DATE_MAX, &inner))
		return parsed_miss(out, line, "a stamp in brackets");
	if (line.len > 0 && line.ptr[-1] == ']')
		return parsed_miss(out, line, "a blank behind the stamp"); /* Java's own log looks alike */
	if (!apache_stamp(context, inner, out))
		return false;
	return weberror_apache_fields(context, line, out);
}
