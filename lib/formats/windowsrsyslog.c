/* windowsrsyslog: events of Windows as rsyslog and others keep what agents send. */
/* SPDX-License-Identifier: MIT */
#include "priority.h"
#include "syslog.h"
#include "table.h"
#include "tag.h"
#include "windows.h"

static const char *const samples[] = {
	"web1.example.com\tMSWinEventLog\t1\tSecurity\t5183\tMon Jun 10 12:00:00 "
	"2024\t4625\tMicrosoft-Windows-Security-Auditing\t"
	"N/A\tN/A\tFailure Audit\tweb1.example.com\tLogon\t\tAn account failed to log on.    Account Name:  anna    "
	"Source Network Address: 192.0.2.1    Source Port:  4711\t4321",
	NULL,
};

enum {
	HOST_MAX = 255,
};

/* A line of Snare's without a head: "HOST<tab>MSWinEventLog<tab>..", "MSWinEventLog<tab>..". */
static bool read_bare(struct format_context *context, struct slice line, struct parsed *out)
{
	const size_t tab = slice_find(slice_first(line, line.len < HOST_MAX ? line.len : HOST_MAX), '\t');

	if (windows_snare(context, line, out))
		return true;
	if (tab == 0 || tab == line.len || line.ptr[tab] != '\t' ||
	    !windows_snare(context, slice_after(line, tab + 1), out))
		return false;
	parsed_text(out, FIELD_LOG_SOURCE, slice_first(line, tab));
	return true;
}

/* Stamp, machine, then the source as one word, with or without a colon. */
static void read_text(struct format_context *context, struct slice text, struct parsed *out)
{
	const size_t blank = slice_find(text, ' ');
	struct tag tag;

	if (tag_split(text, &tag) || blank == text.len || slice_starts(text, SLICE("MSWinEventLog"))) {
		syslog_text(context, text, out);
		return;
	}
	parsed_text(out, FIELD_SOURCE_PROCESS, slice_first(text, blank));
	parsed_text(out, FIELD_MESSAGE, slice_after(text, blank + 1));
	windows_text(slice_after(text, blank + 1), 0, out);
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	priority_read(&line, out);
	syslog_blanks(&line);
	if (read_bare(context, line, out))
		return true;
	/* A blank between date and time is common to many logs. */
	if (!syslog_bsd_stamp(context, &line, out) &&
	    (line.len < 11 || line.ptr[10] == ' ' || !syslog_iso_stamp(context, &line, out)))
		return parsed_miss(out, line, "a stamp of syslog, or MSWinEventLog and a tab");
	syslog_blanks(&line);
	if (syslog_is_logger(line) || !syslog_host(&line, out))
		return parsed_miss(out, line, "a machine, and a word for the source");
	read_text(context, line, out);
	return true;
}

const struct format format_windowsrsyslog = {
	.name = "windowsrsyslog",
	.what = "events of Windows in syslog: Snare, nxlog, EventReporter, the rsyslog agent",
	.samples = samples,
	.read = read,
};
