/* ciscoios: what routers, switches and firewalls of Cisco send, with or without the head of a relay. */
/* SPDX-License-Identifier: MIT */
#include "cisco.h"
#include "priority.h"
#include "syslog.h"
#include "table.h"

static const char *const samples[] = {
	"<189>000035: *Jun 10 12:00:00.059 CEST: %SYS-5-CONFIG_I: Configured from console by anna on vty0 (192.0.2.1)",
	"<166>Jun 10 2024 12:00:00: %ASA-6-605004: Login denied from 192.0.2.1/56332 to outside:198.51.100.7/ssh for "
	"user \"x\"",
	"<187>: 2024 Jun 10 12:00:00 CEST: %ETHPORT-5-IF_DOWN_LINK_FAILURE: Interface Ethernet1/1 is down (Link "
	"failure)",
	NULL,
};

/* The head that a relay put before it. */
static bool skip_relay(struct format_context *context, struct slice *line, struct parsed *out)
{
	if (!syslog_bsd_stamp(context, line, out) && !syslog_iso_stamp(context, line, out))
		return false;
	syslog_blanks(line);
	return syslog_host(line, out);
}

/* Tells where the mark of a message breaks off, or that it is what stands before; of other percent signs nothing. */
static void tell_mark(struct slice line, struct parsed *out)
{
	struct slice rest = line;

	if (out->miss == NULL)
		return;
	rest = slice_after(line, slice_find(line, '%'));
	if (rest.len < 2 || rest.ptr[1] < 'A' || rest.ptr[1] > 'Z')
		(void)parsed_miss(out, line, "a mark such as %SYS-5-CONFIG_I: in the line");
	else if (cisco_mark(&rest))
		(void)parsed_miss(out, rest, "nothing but stamps, numbers and names before the mark");
	else
		(void)parsed_miss(out, rest, "a mark such as %SYS-5-CONFIG_I:");
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	priority_read(&line, out);
	syslog_blanks(&line);
	if (cisco_read(context, line, out))
		return true;
	tell_mark(line, out);
	return skip_relay(context, &line, out) && cisco_read(context, line, out);
}

const struct format format_ciscoios = {
	.name = "ciscoios",
	.what = "messages of Cisco's systems, %FACILITY-SEVERITY-MNEMONIC: text",
	.samples = samples,
	.read = read,
};
