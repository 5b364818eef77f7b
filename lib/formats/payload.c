/* Which programs' messages have a form of their own, and who reads it. */
/* SPDX-License-Identifier: MIT */
#include "payload.h"

/* Programs and readers; a program may stand here more than once, and "" is for lines that name none. */
#define PAYLOADS(ROW)                                                                                                  \
	ROW("", payload_firewall)                                                                                      \
	ROW("", payload_paloalto)                                                                                      \
	ROW("", payload_routeros)                                                                                      \
	ROW("(squid-1)", payload_squid)                                                                                \
	ROW("EvntSLog", payload_eventreporter)                                                                         \
	ROW("Security-Auditing", payload_windows)                                                                      \
	ROW("apache", payload_webaccess)                                                                               \
	ROW("apache", payload_weberror)                                                                                \
	ROW("apache2", payload_webaccess)                                                                              \
	ROW("apache2", payload_weberror)                                                                               \
	ROW("audisp-syslog", payload_audit)                                                                            \
	ROW("audispd", payload_audit)                                                                                  \
	ROW("audit", payload_audit)                                                                                    \
	ROW("auditd", payload_audit)                                                                                   \
	ROW("filterlog", payload_filterlog)                                                                            \
	ROW("haproxy", payload_haproxy)                                                                                \
	ROW("httpd", payload_webaccess)                                                                                \
	ROW("httpd", payload_weberror)                                                                                 \
	ROW("kernel", payload_audit)                                                                                   \
	ROW("kernel", payload_firewall)                                                                                \
	ROW("nginx", payload_webaccess)                                                                                \
	ROW("nginx", payload_weberror)                                                                                 \
	ROW("snort", payload_snort)                                                                                    \
	ROW("squid", payload_squid)                                                                                    \
	ROW("suricata", payload_snort)                                                                                 \
	ROW("ulogd", payload_firewall)

struct payload {
	const char *program;
	void (*read)(struct format_context *context, struct slice message, struct parsed *out);
};

#define AS_ROW(program, read) { program, read },
static const struct payload payloads[] = { PAYLOADS(AS_ROW) };

/* Lengths of the programs' names, close together: they are looked at first. */
#define AS_LENGTH(program, read) sizeof(program) - 1,
static const unsigned char name_lengths[] = { PAYLOADS(AS_LENGTH) };

/* Most lines are of other programs, and the length of a name shows it: a bit for each length that there is. */
#define AS_BIT(program, read) | UINT64_C(1) << (sizeof(program) - 1)
static const uint64_t lengths = 0 PAYLOADS(AS_BIT);

static bool may_be(struct slice program)
{
	return program.len < 64 && (lengths >> program.len & 1) != 0;
}

void payload_read(struct format_context *context, struct parsed *out)
{
	const struct slice none = SLICE("");
	const struct slice program = parsed_has(out, FIELD_SOURCE_PROCESS) ? out->text[FIELD_SOURCE_PROCESS] : none;

	if (!parsed_has(out, FIELD_MESSAGE))
		return;
	if (slice_starts(program, SLICE("Microsoft-Windows-")))
		payload_windows(context, out->text[FIELD_MESSAGE], out);
	if (!may_be(program))
		return;
	for (size_t i = 0; i < sizeof name_lengths; i++)
		if (name_lengths[i] == program.len && memcmp(program.ptr, payloads[i].program, program.len) == 0)
			payloads[i].read(context, out->text[FIELD_MESSAGE], out);
}
