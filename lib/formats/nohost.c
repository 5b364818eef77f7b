/* nohost: BSD syslog without the machine's name. */
/* SPDX-License-Identifier: MIT */
#include "priority.h"
#include "syslog.h"
#include "table.h"

static const char *const samples[] = {
	"Jun 10 12:00:00 sshd[77]: Accepted publickey for anna from 192.0.2.1 port 4711 ssh2",
	"<6>Jun 10 12:00:00 kernel: Out of memory: Killed process 1234 (java)",
	NULL,
};

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	priority_read(&line, out);
	syslog_blanks(&line);
	if (!syslog_bsd_stamp(context, &line, out))
		return false;
	line = slice_trim(slice_after(line, line.len > 0));
	priority_read_names(&line, out);
	syslog_words(&line, out);
	syslog_text(context, line, out);
	return true;
}

const struct format format_nohost = {
	.name = "nohost",
	.what = "BSD syslog without the machine's name",
	.samples = samples,
	.read = read,
};
