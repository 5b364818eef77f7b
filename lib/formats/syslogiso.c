/* syslogiso: syslog with an RFC 3339 stamp, as rsyslog on Debian 12 writes it. */
/* SPDX-License-Identifier: MIT */
#include "cri.h"
#include "level.h"
#include "priority.h"
#include "syslog.h"
#include "table.h"
#include "tag.h"

static const char *const samples[] = {
	"2024-06-10T12:00:00.123456+02:00 web1 sshd[77]: Failed password for root from 192.0.2.1 port 4711 ssh2",
	"<86>2024-06-10T12:00:00Z web1 CRON[12]: pam_unix(cron:session): session closed for user root",
	NULL,
};

/* "[main]", "4711", "INFO", "I" where the machine would stand: the log of an application. */
static bool is_logger(struct slice rest)
{
	struct slice word;
	int64_t number;

	syslog_blanks(&rest);
	word = slice_first(rest, slice_find(rest, ' '));
	if (word.len == 1 && level_letter(word.ptr[0]) != LEVEL_NONE)
		return true;
	if (word.len > 0 && word.ptr[word.len - 1] == ':')
		word.len--;
	return (word.len > 0 && word.ptr[0] == '[') || level_stands_alone(word) || slice_number(word, 0, INT64_MAX, &number);
}

/* A blank between date and time is common to many logs that are no syslog: there a tag with a pid must follow. */
static bool is_syslog(struct slice stamp, struct slice rest)
{
	size_t host;
	struct tag tag;

	if (stamp.ptr[10] != ' ')
		return !is_logger(rest);
	host = slice_find(rest, ' ');
	return host + 1 < rest.len && rest.ptr[host + 1] != ' ' && tag_split(slice_after(rest, host + 1), &tag) && tag.pid.ptr != NULL;
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice stamp;

	priority_read(&line, out);
	syslog_blanks(&line);
	stamp = line;
	if (!syslog_iso_stamp(context, &line, out) || line.len == 0)
		return false;
	line = slice_after(line, 1);
	if (!is_syslog(stamp, line) || cri_is(line))
		return false;
	syslog_host(&line, out);
	syslog_text(context, line, out);
	return true;
}

const struct format format_syslogiso = {
	.name = "syslogiso",
	.what = "syslog with an ISO 8601 (RFC 3339) stamp, with or without <PRI>",
	.samples = samples,
	.sure = true,
	.read = read,
};
