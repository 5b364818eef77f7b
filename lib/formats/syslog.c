/* What the syslog formats share: priority, stamps, machine, tag. */
/* SPDX-License-Identifier: MIT */
#include "syslog.h"

enum {
	PRIORITY_TEXT_MAX = 16, /* bytes between brackets that may have been meant as one */
	PRIORITY_MAX = 191,
	PID_MAX = INT32_MAX,
};

static void skip_blank(struct slice *text)
{
	if (text->len > 0 && text->ptr[0] == ' ')
		*text = slice_after(*text, 1);
}

void syslog_priority(struct slice *line, struct parsed *out)
{
	struct slice inner;
	int64_t priority;
	size_t close;

	if (line->len == 0 || line->ptr[0] != '<')
		return;
	close = slice_find(slice_first(*line, line->len < PRIORITY_TEXT_MAX ? line->len : PRIORITY_TEXT_MAX), '>');
	if (close >= PRIORITY_TEXT_MAX || close == line->len)
		return;
	inner = slice_after(slice_first(*line, close), 1);
	*line = slice_after(*line, close + 1);
	if (!slice_number(inner, 0, PRIORITY_MAX, &priority) || (inner.len > 1 && inner.ptr[0] == '0')) {
		parsed_fault(out, "priority is not 0 to 191");
		return;
	}
	out->facility = (int)priority / 8;
	out->severity = (int)priority % 8;
}

bool syslog_bsd_stamp(struct format_context *context, struct slice *line, struct parsed *out)
{
	enum { LEN = sizeof "Jun 10 12:00:00" - 1 };
	bool plain = line->len > LEN && line->ptr[LEN] == ' ';
	struct civil civil;
	struct slice rest = *line;

	if (plain && memcmp(line->ptr, context->last.text, LEN) == 0) {
		out->stamp = context->last.stamp;
		rest = slice_after(rest, LEN);
	} else {
		if (!civil_read_bsd(&rest, &civil))
			return false;
		year_set(context->year, context->zone, &civil);
		out->stamp = zone_stamp(context->zone, &civil);
		context->last.text[0] = '\0';
		if (plain && rest.ptr == line->ptr + LEN) {
			memcpy(context->last.text, line->ptr, LEN);
			context->last.stamp = out->stamp;
		}
	}
	if (rest.len > 0 && rest.ptr[0] == '.')
		rest = slice_after(rest, 1); /* a point without digits behind it */
	if (rest.len > 0 && rest.ptr[0] != ' ' && rest.ptr[0] != ':')
		return false;
	*line = rest;
	return out->has_stamp = true;
}

bool syslog_iso_stamp(struct format_context *context, struct slice *line, struct parsed *out)
{
	struct slice rest = *line;
	struct civil civil;

	if (!stamp_read(&rest, &out->stamp)) {
		if (!civil_read_iso(&rest, &civil))
			return false;
		out->stamp = zone_stamp(context->zone, &civil);
	}
	if (rest.len > 0 && rest.ptr[0] != ' ')
		return false;
	*line = rest;
	return out->has_stamp = true;
}

static size_t word_length(struct slice text)
{
	return slice_find(text, ' ');
}

/* "[123]" at the start: its length, and what stands inside. 0 where there is none. */
static size_t pid_brackets(struct slice text, struct slice *inner)
{
	size_t close;

	if (text.len == 0 || text.ptr[0] != '[')
		return 0;
	close = slice_find(slice_first(text, text.len < SYSLOG_TAG_MAX ? text.len : SYSLOG_TAG_MAX), ']');
	if (close >= text.len || close >= SYSLOG_TAG_MAX)
		return 0;
	*inner = slice_after(slice_first(text, close), 1);
	return close + 1;
}

static bool is_number(struct slice text)
{
	int64_t n;

	return slice_number(text, 0, INT64_MAX, &n);
}

/* Length of the program's name at the start of a tag: up to a blank, colon or bracket. */
static size_t name_length(struct slice text)
{
	size_t n = 0, max = text.len < SYSLOG_TAG_MAX ? text.len : SYSLOG_TAG_MAX;

	while (n < max && text.ptr[n] != ' ' && text.ptr[n] != '[' && text.ptr[n] != ':')
		n++;
	return n;
}

/* Names of several words ("Google Chrome", "syslogd 1.4.1"): before a pid and colon, or a version and colon. 0: none. */
static size_t words_length(struct slice text)
{
	enum { WORDS_MAX = 48 };
	size_t max = text.len < WORDS_MAX ? text.len : WORDS_MAX, n = 0, close;
	struct slice inner;

	while (n < max && text.ptr[n] != ':' && text.ptr[n] != '[' && text.ptr[n] != ']')
		n++;
	if (n == 0 || n == max)
		return 0;
	if (text.ptr[n] == ':') {
		size_t blank = slice_find(slice_first(text, n), ' ');
		struct slice version = slice_after(slice_first(text, n), blank < n ? blank + 1 : n);
		bool digits = version.len > 0 && version.ptr[0] >= '0' && version.ptr[0] <= '9';
		return digits && slice_find(version, '.') < version.len && slice_find(version, ' ') == version.len ? n : 0;
	}
	close = pid_brackets(slice_after(text, n), &inner);
	return close > 0 && is_number(inner) && n + close < text.len && text.ptr[n + close] == ':' ? n : 0;
}

/* The whole of a tag: name, pid, what is behind. False where the text has none. */
static bool split_tag(struct slice text, struct slice *name, struct slice *pid, struct slice *message)
{
	size_t n = name_length(text), brackets;

	*pid = (struct slice){ 0 };
	if (n < text.len && text.ptr[n] == ' ')
		n = words_length(text);
	if (n == 0 || n >= text.len || n >= SYSLOG_TAG_MAX)
		return false;
	brackets = pid_brackets(slice_after(text, n), pid);
	*name = slice_first(text, n);
	*message = slice_after(text, n + brackets);
	if (text.ptr[n] == '[' && brackets == 0)
		return false;
	if (message->len > 0 && message->ptr[0] == ':')
		*message = slice_after(*message, 1);
	else if (brackets == 0)
		return false;
	/* "10:15:00 .." is no program; with a pid the colon may stand close to the text. */
	if (brackets == 0 && message->len > 0 && message->ptr[0] != ' ')
		return false;
	skip_blank(message);
	return true;
}

bool syslog_has_pid_tag(struct slice text)
{
	struct slice name, pid, message;

	return split_tag(text, &name, &pid, &message) && pid.len > 0;
}

bool syslog_lacks_host(struct slice text)
{
	static const struct slice said_by_syslogd[] = { { "last message repeated ", 22 }, { "message repeated ", 17 },
		{ "-- MARK --", 10 } };
	struct slice word = slice_first(text, word_length(text)), name, pid, message;

	for (size_t i = 0; i < sizeof said_by_syslogd / sizeof said_by_syslogd[0]; i++)
		if (slice_starts(text, said_by_syslogd[i]))
			return true;
	if (word.len == 0 || word.ptr[0] == '[')
		return word.len == 0;
	if (word.ptr[word.len - 1] == ':')
		return word.len < 2 || word.ptr[word.len - 2] != ':'; /* fe80:: is a machine */
	return split_tag(text, &name, &pid, &message) && slice_find(name, ' ') == name.len;
}

bool syslog_host(struct slice *text, struct parsed *out)
{
	size_t n = word_length(*text);

	if (n == 0)
		return false;
	parsed_text(out, FIELD_LOG_SOURCE, slice_first(*text, n));
	*text = slice_after(*text, n);
	skip_blank(text);
	return true;
}

void syslog_tag(struct slice text, struct parsed *out)
{
	struct slice name, pid, message;
	int64_t number;

	if (!split_tag(text, &name, &pid, &message)) {
		parsed_text(out, FIELD_MESSAGE, text);
		return;
	}
	parsed_text(out, FIELD_SOURCE_PROCESS, name);
	parsed_text(out, FIELD_MESSAGE, message);
	if (slice_number(pid, 0, PID_MAX, &number))
		out->source_pid = number;
}
