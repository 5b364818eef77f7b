/* syslogiso: syslog with an RFC 3339 stamp, as rsyslog on Debian 12 writes it. */
/* SPDX-License-Identifier: MIT */
#include "cri.h"
#include "priority.h"
#include "syslog.h"
#include "table.h"
#include "tag.h"

static const char *const samples[] = {
	"2024-06-10T12:00:00.123456+02:00 web1 sshd[77]: Failed password for root from 192.0.2.1 port 4711 ssh2",
	"<86>2024-06-10T12:00:00Z web1 CRON[12]: pam_unix(cron:session): session closed for user root",
	NULL,
};

/* A blank between date and time is common to many logs that are no syslog: there a tag with a pid must follow. */
static bool is_syslog(struct slice stamp, struct slice rest)
{
	size_t host;
	struct tag tag;

	if (stamp.ptr[10] != ' ')
		return !syslog_is_logger(rest);
	host = slice_find(rest, ' ');
	return host + 1 < rest.len && rest.ptr[host + 1] != ' ' && tag_split(slice_after(rest, host + 1), &tag) &&
	       tag.pid.ptr != NULL;
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
