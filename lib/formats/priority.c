/* What stands in angle brackets: "<34>" at the start of a line, "<auth.info>" behind the stamp of BSD's syslogd -v. */
/* SPDX-License-Identifier: MIT */
#include "priority.h"

enum {
	INNER_MAX = 16, /* bytes between brackets that may have been meant as one */
	PRIORITY_MAX = 191,
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

void priority_read(struct slice *line, struct parsed *out)
{
	struct slice inner;

	if (!in_brackets(*line, &inner))
		return;
	if (!read_number(inner, out))
		parsed_fault(out, "priority is not 0 to 191");
	*line = slice_after(*line, inner.len + 2);
}

void priority_read_bare(struct slice *line, struct parsed *out)
{
	struct slice inner;

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

void priority_read_names(struct slice *text, struct parsed *out)
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
