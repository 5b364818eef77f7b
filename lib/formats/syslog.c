/* What the syslog formats share: stamps and the machine. */
/* SPDX-License-Identifier: MIT */
#include "syslog.h"

#include "../scan.h"
#include "tag.h"

/* Has the line the same stamp as the one before, and no year behind it ("Jun 10 12:00:00 2024 ")? */
static inline bool is_last_stamp(const struct format_context *context, struct slice line)
{
	enum { YEAR = 16, BEHIND = 20 };

	if (line.len <= BEHIND || !scan_same16(line.ptr, context->last.text, sizeof context->last.text))
		return false;
	return !(line.ptr[YEAR] >= '0' && line.ptr[YEAR] <= '9' && line.ptr[BEHIND] == ' ');
}

/* Reads the stamp anew and remembers what it means. */
static bool new_bsd_stamp(struct format_context *context, struct slice *line, struct parsed *out)
{
	struct slice rest = *line;
	struct civil civil;

	if (!civil_read_bsd(&rest, &civil))
		return false;
	if (civil.year == 0)
		year_set(context->year, context->zone, &civil);
	out->stamp = zone_stamp(context->zone, &civil);
	context->last.text[0] = '\0';
	if ((size_t)(rest.ptr - line->ptr) == sizeof context->last.text - 1 && rest.len > 0 && rest.ptr[0] == ' ') {
		memcpy(context->last.text, line->ptr, sizeof context->last.text);
		context->last.stamp = out->stamp;
	}
	*line = rest;
	return true;
}

bool syslog_bsd_stamp(struct format_context *context, struct slice *line, struct parsed *out)
{
	struct slice rest = *line;

	if (is_last_stamp(context, rest)) {
		out->stamp = context->last.stamp;
		rest = slice_after(rest, sizeof context->last.text - 1);
	} else if (!new_bsd_stamp(context, &rest, out)) {
		return false;
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

void syslog_blanks(struct slice *line)
{
	while (line->len > 0 && line->ptr[0] == ' ')
		*line = slice_after(*line, 1);
}

/* What a syslog daemon says itself, without naming machine or program. */
static bool said_by_syslogd(struct slice text)
{
	return slice_starts(text, SLICE("last message repeated ")) || slice_starts(text, SLICE("message repeated ")) ||
	       slice_starts(text, SLICE("-- MARK --"));
}

/* Is the first word of a text a machine? bracket: there is one in it, not at its start. */
static bool is_host(struct slice text, struct slice word, bool bracket)
{
	struct tag tag;

	if (word.len == 0 || word.ptr[0] == '%')
		return false;
	if (word.ptr[word.len - 1] == ':')
		return word.len > 2 && word.ptr[word.len - 2] == ':'; /* fe80:: is a machine */
	if (bracket && tag_split(text, &tag))
		return false;
	return !said_by_syslogd(text);
}

bool syslog_host(struct slice *text, struct parsed *out)
{
	struct slice word;
	bool bracket = false;
	size_t n = 0;

	for (; n < text->len && text->ptr[n] != ' '; n++)
		bracket |= text->ptr[n] == '[' && n > 0;
	word = slice_first(*text, n);
	if (!is_host(*text, word, bracket))
		return false;
	parsed_text(out, FIELD_LOG_SOURCE, word);
	*text = slice_after(*text, n < text->len ? n + 1 : n);
	return true;
}
