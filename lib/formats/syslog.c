/* What the syslog formats share: stamps and the machine. */
/* SPDX-License-Identifier: MIT */
#include "syslog.h"

#include "../notation.h"
#include "../scan.h"
#include "cisco.h"
#include "level.h"
#include "payload.h"
#include "priority.h"
#include "tag.h"
#include "windows.h"

enum {
	MINUTE_LEN = sizeof "Jun 10 12:00:" - 1,
	STAMP_LEN = sizeof "Jun 10 12:00:00" - 1,
	YEAR_END = sizeof "Jun 10 12:00:00 2024" - 1,
	ISO_MINUTE_LEN = sizeof "2024-06-10T12:00" - 1,
	ISO_LEN = sizeof "2024-06-10T12:00:00" - 1,
};

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The stamp, if it lies in the same minute as the last one, and has neither fraction nor year. */
static inline bool same_minute(const struct format_context *context, struct slice line, struct stamp *stamp)
{
	const char *p = line.ptr + MINUTE_LEN;

	if (line.len <= YEAR_END || line.ptr[0] == '\0' || !scan_same16(line.ptr, context->minute.text, MINUTE_LEN) ||
	    line.ptr[STAMP_LEN] != ' ')
		return false;
	if (p[0] < '0' || p[0] > '5' || !is_digit(p[1]) ||
	    (is_digit(line.ptr[STAMP_LEN + 1]) && line.ptr[YEAR_END] == ' '))
		return false;
	*stamp = (struct stamp){
		.time = context->minute.time + ((p[0] - '0') * 10 + (p[1] - '0')) * SECOND,
		.offset = context->minute.offset,
	};
	return true;
}

/* Remembers a minute: clocks change only between minutes, and its day has one year for sure. */
static void remember_minute(struct format_context *context, const char *text, const struct civil *civil,
			    struct stamp stamp)
{
	if (stamp.digits > 0 || stamp.leap || !year_is_sure(context->year, civil))
		return;
	memcpy(context->minute.text, text, MINUTE_LEN);
	context->minute.time = stamp.time - civil->second * SECOND;
	context->minute.offset = stamp.offset;
}

/* "January 29 06:09:59": so some appliances write. */
static bool read_long_month(struct slice *text, struct civil *civil)
{
	struct datetime datetime = { 0 };

	if (text->len <= STAMP_LEN || text->ptr[3] < 'a' || text->ptr[3] > 'z' || !notation_may_start(text->ptr) ||
	    !notation_read(text, "b D H:M:S", &datetime))
		return false;
	*civil = datetime.civil;
	return true;
}

/* Reads any stamp. */
static bool new_bsd_stamp(struct format_context *context, struct slice *line, struct stamp *stamp)
{
	struct slice rest = *line;
	struct civil civil;
	bool lacks_year;

	if (!civil_read_bsd(&rest, &civil) && !read_long_month(&rest, &civil))
		return false;
	context->minute.text[0] = '\0';
	lacks_year = civil.year == 0;
	if (lacks_year)
		year_set(context->year, context->zone, &civil);
	*stamp = zone_stamp(context->zone, &civil);
	if (lacks_year && rest.ptr - line->ptr == STAMP_LEN)
		remember_minute(context, line->ptr, &civil, *stamp);
	*line = rest;
	return true;
}

bool syslog_bsd_stamp(struct format_context *context, struct slice *line, struct parsed *out)
{
	struct slice rest = *line;

	if (same_minute(context, rest, &out->stamp))
		rest = slice_after(rest, STAMP_LEN);
	else if (!new_bsd_stamp(context, &rest, &out->stamp))
		return parsed_miss_stamp(out, rest, "b e H:M:S", "a stamp such as Jun 10 12:00:00");
	if (rest.len > 0 && rest.ptr[0] == '.')
		rest = slice_after(rest, 1); /* a point without digits behind it */
	if (rest.len > 0 && rest.ptr[0] != ' ' && rest.ptr[0] != ':')
		return parsed_miss(out, rest, "a blank behind the stamp");
	*line = rest;
	return out->has_stamp = true;
}

/* A stamp with an offset, in the same minute as the last one: its date has been found right. */
static inline bool same_iso_minute(const struct format_context *context, struct slice *text, struct stamp *stamp)
{
	const char *p = text->ptr + ISO_MINUTE_LEN;
	struct slice rest;
	struct civil civil;

	if (text->len < ISO_LEN || text->ptr[0] == '\0' || !scan_same16(text->ptr, context->iso.text, ISO_MINUTE_LEN) ||
	    p[0] != ':' || p[1] < '0' || p[1] > '5' || !is_digit(p[2]))
		return false;
	rest = slice_after(*text, ISO_LEN);
	civil_read_fraction(&rest, &civil);
	if (!zone_read_offset(&rest, &stamp->offset, &stamp->utc))
		return false;
	stamp->time =
	    context->iso.time + ((p[1] - '0') * 10 + (p[2] - '0') - stamp->offset) * SECOND + civil.microsecond;
	stamp->digits = civil.digits;
	stamp->leap = false;
	*text = rest;
	return true;
}

/* Any stamp with an offset. */
static bool new_iso_stamp(struct format_context *context, struct slice *text, struct stamp *stamp)
{
	const char *start = text->ptr;

	if (!stamp_read(text, stamp))
		return false;
	if (stamp->leap)
		return true;
	memcpy(context->iso.text, start, ISO_MINUTE_LEN);
	context->iso.time = stamp->time + stamp->offset * SECOND;
	context->iso.time -= context->iso.time % MINUTE + (context->iso.time % MINUTE < 0 ? MINUTE : 0);
	return true;
}

bool syslog_iso_stamp(struct format_context *context, struct slice *line, struct parsed *out)
{
	struct slice rest = *line;
	struct civil civil;

	if (!same_iso_minute(context, &rest, &out->stamp) && !new_iso_stamp(context, &rest, &out->stamp)) {
		if (!civil_read_iso(&rest, &civil))
			return parsed_miss_stamp(out, rest, "Y-m-dtH:M:S", "a stamp such as 2024-06-10T12:00:00Z");
		out->stamp = zone_stamp(context->zone, &civil);
	}
	if (rest.len > 0 && rest.ptr[0] != ' ')
		return parsed_miss(out, rest, "an offset to UTC, or a blank behind the stamp");
	*line = rest;
	return out->has_stamp = true;
}

/* "CEST ": the stamp before it was read in another zone. */
static void read_zone(struct slice *text, struct parsed *out)
{
	struct slice rest = *text;
	int32_t offset;

	if (!notation_zone_name(&rest, &offset) || rest.len == 0 || rest.ptr[0] != ' ')
		return;
	out->stamp.time += (out->stamp.offset - offset) * SECOND;
	out->stamp.offset = offset;
	out->stamp.utc = offset == 0 && rest.ptr[-1] == 'C';
	*text = rest;
	syslog_blanks(text);
}

void syslog_any_words(struct slice *text, struct parsed *out)
{
	read_zone(text, out);
	if (priority_read_word(text, out))
		syslog_blanks(text);
}

/* What a syslog daemon says itself, without naming machine or program. */
static inline bool said_by_syslogd(struct slice text)
{
	if (text.ptr[0] != 'l' && text.ptr[0] != 'm' && text.ptr[0] != '-')
		return false;
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
	const char *start = text->ptr, *end = start + text->len, *stop = scan_any_slack(start, end, ' ', '[', '[');
	bool bracket = stop < end && *stop == '[' && stop > start;
	size_t n = stop < end && *stop == '[' ? slice_find(*text, ' ') : (size_t)(stop - start);
	struct slice word = slice_first(*text, n);

	if (!is_host(*text, word, bracket))
		return false;
	parsed_text(out, FIELD_LOG_SOURCE, word);
	*text = slice_after(*text, n < text->len ? n + 1 : n);
	return true;
}

/* The tag; before it, words of busybox's and AIX's syslogd, which spoil it, behind it Solaris's number. */
static void read_tag(struct slice text, struct parsed *out)
{
	if (!tag_read(text, out) &&
	    (priority_read_word(&text, out) || (out->source_pid >= 0 && priority_read_severity(&text, out)))) {
		out->texts &= ~(UINT32_C(1) << FIELD_SOURCE_PROCESS);
		(void)tag_read(text, out);
	}
	priority_read_id(&out->text[FIELD_MESSAGE], out);
}

void syslog_text(struct format_context *context, struct slice text, struct parsed *out)
{
	if (cisco_may_be(text) && cisco_read(context, text, out))
		return;
	if (text.len > 0 && text.ptr[0] == 'M' && windows_snare(context, text, out))
		return;
	read_tag(text, out);
	payload_read(context, out);
}

bool syslog_is_logger(struct slice rest)
{
	struct slice word;
	int64_t number;

	syslog_blanks(&rest);
	word = slice_first(rest, slice_find(rest, ' '));
	if ((word.len == 1 || (word.len == 2 && word.ptr[1] == '!')) && level_letter(word.ptr[0]) != LEVEL_NONE)
		return true;
	if (word.len > 0 && word.ptr[word.len - 1] == ':')
		word.len--;
	return (word.len > 0 && word.ptr[0] == '[') || level_stands_alone(word) ||
	       slice_number(word, 0, INT64_MAX, &number);
}
