/* syslogbsd: what BSD syslog (RFC 3164) writes: Mon dd HH:MM:SS machine program[pid]: message. */
/* SPDX-License-Identifier: MIT */
#include "priority.h"
#include "syslog.h"
#include "table.h"

static const char *const samples[] = {
	"Jun 10 12:00:00 web1 sshd[77]: Failed password for root from 192.0.2.1 port 4711 ssh2",
	"<38>Jun  1 12:00:00 192.0.2.7 su(pam_unix)[1234]: session opened for user news by (uid=0)",
	NULL,
};

/* "Mon Jun 10 12:00:00 2024 daemon.info dnsmasq[1]: .." of OpenWrt's logread, which names no machine. */
static bool read_logread(struct format_context *context, struct slice line, struct parsed *out)
{
	enum { WEEKDAY = sizeof "Mon " - 1 };

	if (line.len < WEEKDAY || line.ptr[WEEKDAY - 1] != ' ')
		return false;
	line = slice_after(line, WEEKDAY);
	if (!syslog_bsd_stamp(context, &line, out))
		return false;
	syslog_blanks(&line);
	if (!priority_read_word(&line, out))
		return false;
	syslog_text(context, line, out);
	return true;
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	priority_read(&line, out);
	syslog_blanks(&line);
	if (!syslog_bsd_stamp(context, &line, out))
		return read_logread(context, line, out);
	if (line.len < 2)
		return false;
	line = slice_after(line, 1);
	syslog_blanks(&line);
	priority_read_names(&line, out);
	if (!syslog_host(&line, out))
		return false;
	syslog_text(context, line, out);
	return true;
}

const struct format format_syslogbsd = {
	.name = "syslogbsd",
	.what = "BSD syslog (RFC 3164), with or without <PRI>",
	.samples = samples,
	.sure = true,
	.read = read,
};
