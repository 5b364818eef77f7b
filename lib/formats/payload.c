/* Which programs' messages have a form of their own, and who reads it. */
/* SPDX-License-Identifier: MIT */
#include "payload.h"

/* Programs and readers; a program may stand here more than once, and "" is for lines that name none. */
#define PAYLOADS(ROW)                                                                                                  \
	ROW("", payload_firewall)                                                                                      \
	ROW("", payload_meraki)                                                                                        \
	ROW("", payload_netscaler)                                                                                     \
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
static const unsigned char name_lengths[2 * SCAN_STEP] = { PAYLOADS(AS_LENGTH) };

enum {
	COUNT = sizeof payloads / sizeof payloads[0],
};

_Static_assert(COUNT <= sizeof name_lengths, "there is room for all lengths");

/* Most lines are of other programs, and the length of a name shows it: a bit for each length that there is. */
#define AS_BIT(program, read) | UINT64_C(1) << (sizeof(program) - 1)
static const uint64_t lengths = 0 PAYLOADS(AS_BIT);

static inline bool may_be(struct slice program)
{
	return program.len < 64 && (lengths >> program.len & 1) != 0;
}

/* A bit for each row with a name of that length. */
static inline unsigned rows_of(size_t len)
{
	const unsigned bits = scan_bytes16(name_lengths, (char)len);

	return (bits | scan_bytes16(name_lengths + SCAN_STEP, (char)len) << SCAN_STEP) & ((1u << COUNT) - 1);
}

void payload_read(struct format_context *context, struct parsed *out)
{
	const struct slice none = SLICE("");
	const struct slice program = parsed_has(out, FIELD_SOURCE_PROCESS) ? out->text[FIELD_SOURCE_PROCESS] : none;

	if (!parsed_has(out, FIELD_MESSAGE))
		return;
	if (program.len > 0 && program.ptr[0] == 'M' && slice_starts(program, SLICE("Microsoft-Windows-")))
		payload_windows(context, out->text[FIELD_MESSAGE], out);
	if (!may_be(program))
		return;
	for (unsigned rows = rows_of(program.len); rows != 0; rows &= rows - 1) {
		const struct payload *payload = &payloads[__builtin_ctz(rows)];
		if (slice_equal(program, (struct slice){ payload->program, program.len }))
			payload->read(context, out->text[FIELD_MESSAGE], out);
	}
}
