/* syslogiso: syslog with an RFC 3339 stamp, as rsyslog on Debian 12 writes it. */
/* SPDX-License-Identifier: MIT */
#include "cri.h"
#include "level.h"
#include "moment.h"
#include "payload.h"
#include "priority.h"
#include "syslog.h"
#include "table.h"
#include "tag.h"

#include "../notation.h"

enum {
	PRIORITY_MAX = 191,
};

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

/* "2019:03:12-13:14:15 fw1 httpproxy[77]: ": Sophos UTM. */
static bool read_utm(struct format_context *context, struct slice line, struct parsed *out)
{
	struct datetime datetime = { 0 };
	struct tag tag;
	size_t host;

	if (line.len < 20 || line.ptr[4] != ':' || !notation_read(&line, "Y:n:D-H:M:S", &datetime) || line.len == 0 ||
	    line.ptr[0] != ' ')
		return false;
	line = slice_after(line, 1);
	host = slice_find(line, ' ');
	if (host == line.len || !tag_split(slice_after(line, host + 1), &tag))
		return false;
	out->stamp = moment_stamp(context, &datetime);
	syslog_host(&line, out);
	syslog_text(context, line, out);
	return out->has_stamp = true;
}

/* "In(182) ", as ESXi 8 writes priorities behind the stamp: two letters of the level, facility and severity. */
static bool take_esxi_priority(struct slice *line, struct parsed *out)
{
	const size_t n = slice_find(slice_first(*line, line->len < 8 ? line->len : 8), ')');
	int64_t priority;

	if (n < 4 || n + 1 >= line->len || line->ptr[2] != '(' || line->ptr[n + 1] != ' ' ||
	    !slice_number(slice_after(slice_first(*line, n), 3), 0, PRIORITY_MAX, &priority))
		return false;
	out->facility = (int)priority / 8;
	out->severity = (int)priority % 8;
	*line = slice_after(*line, n + 2);
	return true;
}

/* "info hostd[77] [Originator@6876 ..": ESXi's own files have the level where others have the machine. */
static bool take_esxi_level(struct slice *line, struct parsed *out)
{
	const struct slice level = slice_first(*line, slice_find(*line, ' '));
	struct slice behind = slice_after(*line, level.len);
	size_t n;

	if (behind.len == 0)
		return false;
	behind = slice_after(behind, 1);
	n = slice_find(behind, ' ');
	if (n == 0 || behind.ptr[n - 1] != ']' || !slice_starts(slice_after(behind, n), SLICE(" [Originator@")) ||
	    level_severity(level) == LEVEL_NONE)
		return false;
	level_set(level, level_severity(level), out);
	*line = slice_after(*line, level.len + 1);
	return true;
}

/* "vpxd 1234 - - ": what RFC 5424 has behind the machine, its version left out (vCenter); moved behind. */
static bool take_bare_5424(struct slice *text, struct parsed *out)
{
	struct slice rest = *text, words[3];

	for (int i = 0; i < 3; i++) {
		words[i] = slice_first(rest, slice_find(rest, ' '));
		rest = slice_after(rest, words[i].len < rest.len ? words[i].len + 1 : words[i].len);
	}
	if (words[0].len == 0 || words[0].ptr[words[0].len - 1] == ':' || words[1].len == 0 || words[1].ptr[0] > '9' ||
	    !slice_is(words[2], "-") || !slice_starts(rest, SLICE("- ")) || words[1].len > 10)
		return false;
	for (size_t i = 0; i < words[1].len; i++)
		if (words[1].ptr[i] < '0' || words[1].ptr[i] > '9')
			return false;
	parsed_text(out, FIELD_SOURCE_PROCESS, words[0]);
	parsed_text(out, FIELD_MESSAGE, slice_after(rest, 2));
	tag_pid(words[1], out);
	return true;
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice stamp;

	priority_read(&line, out);
	syslog_blanks(&line);
	stamp = line;
	if (read_utm(context, line, out))
		return true;
	if (!syslog_iso_stamp(context, &line, out))
		return false;
	if (line.len == 0)
		return parsed_miss(out, line, "a machine and a message");
	line = slice_after(line, 1);
	if (!is_syslog(stamp, line) || cri_is(line))
		return parsed_miss(out, line, "a machine and program[pid]:");
	if (!take_esxi_priority(&line, out) && !take_esxi_level(&line, out))
		syslog_host(&line, out);
	if (take_bare_5424(&line, out))
		payload_read(context, out);
	else
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
