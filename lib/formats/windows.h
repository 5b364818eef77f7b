/* Events of Windows as agents send them in syslog: Snare, nxlog, EventReporter and the rsyslog agent. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_WINDOWS_H
#define SIEM_FORMAT_WINDOWS_H

#include "format.h"

/*
 * "MSWinEventLog\t1\tSecurity\t..", the fields that Snare and nxlog separate by tabs ("#011" where a syslogd escaped
 * them, blanks where a relay changed them): source, channel, event_id, event_type, the message, and what the text
 * tells. False, and nothing done, where the text is anything else.
 */
bool windows_snare(struct format_context *context, struct slice text, struct parsed *out);

/*
 * What the text of an event tells under its headings ("Account Name: anna", "Source Network Address: 192.0.2.1"), to
 * fields that are not filled yet. id is the event's number, 0 where it is not known.
 */
void windows_text(struct slice text, int64_t id, struct parsed *out);

#endif
