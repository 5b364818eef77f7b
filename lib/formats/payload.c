/* Which programs' messages have a form of their own, and who reads it. */
/* SPDX-License-Identifier: MIT */
#include "payload.h"

struct payload {
	struct slice program; /* empty: lines that name none */
	void (*read)(struct format_context *context, struct slice message, struct parsed *out);
};

/* A program may stand here more than once. */
static const struct payload payloads[] = {
	{ { "apache", 6 }, payload_webaccess },	 { { "apache", 6 }, payload_weberror },
	{ { "apache2", 7 }, payload_webaccess }, { { "apache2", 7 }, payload_weberror },
	{ { "haproxy", 7 }, payload_haproxy },	 { { "httpd", 5 }, payload_webaccess },
	{ { "httpd", 5 }, payload_weberror },	 { { "nginx", 5 }, payload_webaccess },
	{ { "nginx", 5 }, payload_weberror },	 { { "squid", 5 }, payload_squid },
	{ { "(squid-1)", 9 }, payload_squid },	 { { "audisp-syslog", 13 }, payload_audit },
	{ { "audispd", 7 }, payload_audit },	 { { "audit", 5 }, payload_audit },
	{ { "auditd", 6 }, payload_audit },	 { { "kernel", 6 }, payload_audit },
	{ { "kernel", 6 }, payload_firewall },	 { { "ulogd", 5 }, payload_firewall },
	{ { "", 0 }, payload_firewall },	 { { "EvntSLog", 8 }, payload_eventreporter },
	{ { "Security-Auditing", 17 }, payload_windows },
};

void payload_read(struct format_context *context, struct parsed *out)
{
	const struct slice none = { 0 };
	const struct slice program = parsed_has(out, FIELD_SOURCE_PROCESS) ? out->text[FIELD_SOURCE_PROCESS] : none;

	if (!parsed_has(out, FIELD_MESSAGE))
		return;
	if (slice_starts(program, SLICE("Microsoft-Windows-")))
		payload_windows(context, out->text[FIELD_MESSAGE], out);
	for (size_t i = 0; i < sizeof payloads / sizeof payloads[0]; i++)
		if (slice_equal(program, payloads[i].program))
			payloads[i].read(context, out->text[FIELD_MESSAGE], out);
}
