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

/* "Mon ": else a word of three letters before a stamp would pass for it. */
static bool is_weekday(struct slice line)
{
	static const char *const names[] = { "Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun " };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (slice_starts(line, slice_of(names[i])))
			return true;
	return false;
}

/* "Mon Jun 10 12:00:00 2024 daemon.info dnsmasq[1]: .." of OpenWrt's logread, which names no machine. */
static bool read_logread(struct format_context *context, struct slice line, struct parsed *out)
{
	enum { WEEKDAY = sizeof "Mon " - 1 };

	if (!is_weekday(line))
		return false;
	line = slice_after(line, WEEKDAY);
	if (!syslog_bsd_stamp(context, &line, out))
		return false;
	syslog_blanks(&line);
	syslog_words(&line, out);
	if (out->facility < 0 && syslog_host(&line, out))
		syslog_words(&line, out);
	if (out->facility < 0)
		return parsed_miss(out, line, "facility and severity such as daemon.info");
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
		return parsed_miss(out, line, "a machine and a message");
	line = slice_after(line, 1);
	syslog_blanks(&line);
	priority_read_names(&line, out);
	syslog_words(&line, out);
	if (!syslog_host(&line, out))
		return parsed_miss(out, line, "a machine before the program");
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
