/* What stands in angle brackets: "<34>" at the start of a line, "<auth.info>" behind the stamp of BSD's syslogd -v. */
/* SPDX-License-Identifier: MIT */
#include "priority.h"

enum {
	INNER_MAX = 16,	      /* bytes between brackets that may have been meant as one */
	WORD_MAX = 32,	      /* bytes of "auth|security:info" */
	FRAME_DIGITS_MAX = 9, /* of the length of a frame */
	PRIORITY_MAX = 191,
	PRIORITY_DIGITS = 3,
	FACILITIES = 24,
	SEVERITIES = 8,
};

/* As syslog.conf(5) of FreeBSD and rsyslog name them, by their numbers in RFC 5424. */
/* clang-format off */
static const char *const facilities[FACILITIES] = {
	"kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news",
	"uucp", "cron", "authpriv", "ftp", "ntp", "security", "console", "clock",
	"local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
};
static const char *const severities[SEVERITIES] = {
	"emerg", "alert", "crit", "err", "warning", "notice", "info", "debug",
};
/* clang-format on */

/* The text in the brackets at the start of line; false where there are none, or too far apart. */
static bool in_brackets(struct slice line, struct slice *inner)
{
	size_t close;

	if (line.len == 0 || line.ptr[0] != '<')
		return false;
	line = slice_first(line, line.len < INNER_MAX + 2 ? line.len : INNER_MAX + 2);
	close = slice_find(line, '>');
	*inner = slice_after(slice_first(line, close), 1);
	return close < line.len;
}

static bool read_number(struct slice inner, struct parsed *out)
{
	int64_t priority;

	if (!slice_number(inner, 0, PRIORITY_MAX, &priority) || (inner.len > 1 && inner.ptr[0] == '0') ||
	    inner.ptr[0] == '-')
		return false;
	out->facility = (int)priority / SEVERITIES;
	out->severity = (int)priority % SEVERITIES;
	return true;
}

/* "123 " before a bracket, as messages are framed on their way through TCP; moved behind. */
static inline void skip_frame(struct slice *line)
{
	size_t n = 0;

	while (n < line->len && n <= FRAME_DIGITS_MAX && (unsigned char)(line->ptr[n] - '0') < 10)
		n++;
	if (n > 0 && n + 1 < line->len && line->ptr[n] == ' ' && line->ptr[n + 1] == '<')
		*line = slice_after(*line, n + 1);
}

/* "<34>" at the start of *line, moved behind; false, and nothing done, for anything else: it may be wrong. */
static bool read_plain(struct slice *line, struct parsed *out)
{
	const char *p = line->ptr;
	size_t n = 1;
	int priority = 0;

	for (; n < line->len && n <= PRIORITY_DIGITS && (unsigned char)(p[n] - '0') < 10; n++)
		priority = priority * 10 + (p[n] - '0');
	if (n == 1 || n >= line->len || p[0] != '<' || p[n] != '>' || (n > 2 && p[1] == '0') || priority > PRIORITY_MAX)
		return false;
	out->facility = priority / SEVERITIES;
	out->severity = priority % SEVERITIES;
	*line = slice_after(*line, n + 1);
	return true;
}

void priority_read_any(struct slice *line, struct parsed *out)
{
	struct slice inner;

	skip_frame(line);
	if (read_plain(line, out) || !in_brackets(*line, &inner))
		return;
	if (!read_number(inner, out))
		parsed_fault(out, "priority is not 0 to 191");
	*line = slice_after(*line, inner.len + 2);
}

void priority_read_bare(struct slice *line, struct parsed *out)
{
	struct slice inner;

	skip_frame(line);
	if (in_brackets(*line, &inner) && read_number(inner, out))
		*line = slice_after(*line, inner.len + 2);
}

/* The place of a word in the list, or its number; -1 where it is neither. */
static int code_of(struct slice word, const char *const *names, int count)
{
	int64_t n;

	for (int i = 0; i < count; i++)
		if (slice_is(word, names[i]))
			return i;
	return slice_number(word, 0, count - 1, &n) ? (int)n : -1;
}

void priority_read_any_names(struct slice *text, struct parsed *out)
{
	struct slice inner;
	int facility, severity;
	size_t point;

	if (!in_brackets(*text, &inner) || (point = slice_find(inner, '.')) == inner.len)
		return;
	facility = code_of(slice_first(inner, point), facilities, FACILITIES);
	severity = code_of(slice_after(inner, point + 1), severities, SEVERITIES);
	if (facility < 0 || severity < 0)
		return;
	out->facility = facility;
	out->severity = severity;
	*text = slice_after(*text, inner.len + 2);
	if (text->len > 0 && text->ptr[0] == ' ')
		*text = slice_after(*text, 1);
}

/* As syslog.conf(5) has them for long, and some still write. */
static int severity_of(struct slice word)
{
	if (slice_is(word, "warn"))
		return 4;
	if (slice_is(word, "error"))
		return 3;
	return slice_is(word, "panic") ? 0 : code_of(word, severities, SEVERITIES);
}

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

/* "auth" and "info"; false, and nothing done, where one is no name. */
static bool take_names(struct slice facility, struct slice severity, struct parsed *out)
{
	const int f = code_of(facility, facilities, FACILITIES), s = severity_of(severity);

	if (f < 0 || s < 0)
		return false;
	out->facility = f;
	out->severity = s;
	return true;
}

bool priority_read_word(struct slice *text, struct parsed *out)
{
	const struct slice near = slice_first(*text, text->len < WORD_MAX ? text->len : WORD_MAX);
	const struct slice word = slice_first(near, slice_find(near, ' '));
	size_t n = 0, bar;

	while (n < word.len &&
	       (is_letter(word.ptr[n]) || word.ptr[n] == '|' || (n > 0 && word.ptr[n] >= '0' && word.ptr[n] <= '9')))
		n++;
	if (n == 0 || n + 1 >= word.len || word.len == near.len || (word.ptr[n] != '.' && word.ptr[n] != ':'))
		return false;
	if (!is_letter(word.ptr[n + 1]))
		return false;
	bar = slice_find(slice_first(word, n), '|');
	if (!take_names(slice_first(word, bar), slice_after(word, n + 1), out))
		return false;
	*text = slice_after(*text, word.len + 1);
	return true;
}

bool priority_read_severity(struct slice *text, struct parsed *out)
{
	const struct slice near = slice_first(*text, text->len < WORD_MAX ? text->len : WORD_MAX);
	const struct slice word = slice_first(near, slice_find(near, ' '));
	const int severity = word.len >= 3 && is_letter(word.ptr[0]) ? severity_of(word) : -1;

	if (severity < 0 || word.len == near.len)
		return false;
	if (out->severity < 0)
		out->severity = severity;
	*text = slice_after(*text, word.len + 1);
	return true;
}

void priority_read_any_id(struct slice *text, struct parsed *out)
{
	const struct slice near = slice_first(*text, text->len < 2 * WORD_MAX ? text->len : 2 * WORD_MAX);
	size_t close, blank, point;
	struct slice number, word;
	int64_t n;

	if (!slice_starts(near, SLICE("[ID ")) || (close = slice_find(near, ']')) == near.len)
		return;
	number = slice_after(slice_first(near, close), sizeof "[ID " - 1);
	blank = slice_find(number, ' ');
	if (blank == number.len || !slice_number(slice_first(number, blank), 0, INT32_MAX, &n))
		return;
	word = slice_after(number, blank + 1);
	point = slice_find(word, '.');
	if (point == word.len || !take_names(slice_first(word, point), slice_after(word, point + 1), out))
		return;
	parsed_extend(out, "msgid", slice_first(number, blank));
	*text = slice_after(*text, close + 1 < text->len && text->ptr[close + 1] == ' ' ? close + 2 : close + 1);
}
