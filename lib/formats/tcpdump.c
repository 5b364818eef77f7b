/* tcpdump: packets as it shows them on a terminal, a line each, whatever kind of stamp it was asked for. */
/* SPDX-License-Identifier: MIT */
#include "clock.h"

#include "../cidr.h"
#include "../epoch.h"
#include "syslog.h"
#include "table.h"

static const char *const samples[] = {
	"11:29:42.550475 IP 192.0.2.1.43436 > 198.51.100.7.22: Flags [S], seq 2398030442, win 64240, length 0",
	"2024-06-10 11:29:42.550475 IP6 2001:db8::1.546 > ff02::1:2.547: dhcp6 solicit",
	"1718018982.550475 eth0  In  IP 192.0.2.1 > 198.51.100.7: ICMP echo request, id 1, seq 1, length 64",
	"11:29:43.000001 ARP, Request who-has 192.0.2.1 tell 192.0.2.7, length 28",
	NULL,
};

enum {
	HOST_MAX = 255,
	PORT_MAX = 65535,
	MAC_LEN = sizeof "00:11:22:33:44:55" - 1,
};

/* Ports that tcpdump shows by their names unless -n is given (services(5)), as far as people watch them. */
static const struct {
	const char *name;
	int port;
} services[] = {
	{ "ssh", 22 },	       { "http", 80 },	       { "https", 443 },       { "domain", 53 },
	{ "smtp", 25 },	       { "submission", 587 },  { "telnet", 23 },       { "ftp", 21 },
	{ "ftp-data", 20 },    { "tftp", 69 },	       { "ntp", 123 },	       { "snmp", 161 },
	{ "syslog", 514 },     { "imap2", 143 },       { "imaps", 993 },       { "pop3", 110 },
	{ "pop3s", 995 },      { "bootps", 67 },       { "bootpc", 68 },       { "mdns", 5353 },
	{ "ldap", 389 },       { "ldaps", 636 },       { "kerberos", 88 },     { "microsoft-ds", 445 },
	{ "netbios-ns", 137 }, { "netbios-dgm", 138 }, { "netbios-ssn", 139 }, { "ms-wbt-server", 3389 },
	{ "mysql", 3306 },     { "postgresql", 5432 },
};

/* The next word, and the blanks behind it, off the start of *text. */
static struct slice take_word(struct slice *text)
{
	const size_t n = slice_find(*text, ' ');
	const struct slice word = slice_first(*text, n);

	*text = slice_after(*text, n);
	syslog_blanks(text);
	return word;
}

static bool take_stamp(struct format_context *context, struct slice *line, struct stamp *stamp)
{
	const struct slice word = slice_first(*line, slice_find(*line, ' '));
	struct civil civil;

	if (slice_find(word, '.') < word.len && epoch_read(word, stamp)) {
		*line = slice_after(*line, word.len);
		return true;
	}
	if (clock_read(context, line, stamp))
		return stamp->digits > 0;
	if (!civil_read_iso(line, &civil) || civil.digits == 0)
		return false;
	*stamp = zone_stamp(context->zone, &civil);
	return true;
}

static int64_t port_of(struct slice text)
{
	int64_t port;

	if (slice_number(text, 0, PORT_MAX, &port))
		return port;
	for (size_t i = 0; i < sizeof services / sizeof services[0]; i++)
		if (slice_is(text, services[i].name))
			return services[i].port;
	return -1;
}

/* "192.0.2.1.22", "2001:db8::1.546", "web1.example.com.ssh"; without ports where the protocol has none. */
static void read_end(struct slice end, bool ports, struct parsed *out, enum field host, int64_t *port)
{
	const char *point = end.len > 0 ? memrchr(end.ptr, '.', end.len) : NULL;
	const size_t n = point != NULL ? (size_t)(point - end.ptr) : end.len;
	struct address address;

	if (end.len == 0)
		return;
	if (ports && n < end.len && !address_read(end, &address)) {
		*port = port_of(slice_after(end, n + 1));
		if (*port >= 0)
			end = slice_first(end, n);
	}
	parsed_text(out, host, end);
}

/* As far as what is said of a packet shows it. */
static struct slice protocol_of(struct slice text)
{
	if (slice_starts(text, SLICE("Flags [")))
		return SLICE("tcp");
	if (slice_starts(text, SLICE("UDP")))
		return SLICE("udp");
	if (slice_starts(text, SLICE("ICMP6")))
		return SLICE("ipv6-icmp");
	if (slice_starts(text, SLICE("ICMP")))
		return SLICE("icmp");
	return slice_starts(text, SLICE("igmp")) ? SLICE("igmp") : (struct slice){ 0 };
}

/* "(tos 0x0, ttl 64, id 1, offset 0, flags [DF], proto TCP (6), length 60)" of -v, moved behind. */
static void skip_details(struct slice *text)
{
	const char *proto, *close;

	if (text->len == 0 || text->ptr[0] != '(' || (close = memmem(text->ptr, text->len, ") ", 2)) == NULL)
		return;
	while ((proto = memmem(close + 2, text->len - (size_t)(close + 2 - text->ptr), ") ", 2)) != NULL &&
	       memchr(close + 2, '>', (size_t)(proto - close - 2)) == NULL)
		close = proto;
	*text = slice_after(*text, (size_t)(close + 2 - text->ptr));
	syslog_blanks(text);
}

/* "a > b: what": false where it is anything else. */
static bool read_packet(struct slice text, struct parsed *out)
{
	struct slice from, to, what, protocol;

	skip_details(&text);
	from = take_word(&text);
	if (from.len == 0 || from.len > HOST_MAX || !slice_starts(text, SLICE("> ")))
		return parsed_miss(out, text, "> between two addresses");
	text = slice_after(text, 2);
	to = take_word(&text);
	if (to.len < 2 || to.len > HOST_MAX || to.ptr[to.len - 1] != ':')
		return parsed_miss(out, to, "an address and a colon");
	to.len--;
	what = text;
	protocol = protocol_of(what);
	const bool ports =
	    !slice_is(protocol, "icmp") && !slice_is(protocol, "ipv6-icmp") && !slice_is(protocol, "igmp");
	read_end(from, ports, out, FIELD_SOURCE_HOST, &out->source_port);
	read_end(to, ports, out, FIELD_DEST_HOST, &out->dest_port);
	if (protocol.len > 0)
		parsed_text(out, FIELD_PROTOCOL, protocol);
	if (slice_is(protocol, "tcp") && slice_find(what, ']') < what.len)
		parsed_extend(out, "tcp_flags",
			      slice_after(slice_first(what, slice_find(what, ']')), sizeof "Flags [" - 1));
	return true;
}

/* "Request who-has 192.0.2.1 tell 192.0.2.7, length 28", "Reply 192.0.2.1 is-at 00:11:22:33:44:55, length 28" */
static bool read_arp(struct slice text, struct parsed *out)
{
	const struct slice kind = take_word(&text);
	struct slice word = take_word(&text), end = { 0 };
	const bool asks = slice_is(kind, "Request") && slice_is(word, "who-has");

	if (!asks && !slice_is(kind, "Reply"))
		return parsed_miss(out, kind, "Request who-has, or Reply");
	parsed_text(out, FIELD_PROTOCOL, SLICE("arp"));
	if (!asks) {
		parsed_text(out, FIELD_SOURCE_HOST, word);
		return true;
	}
	parsed_text(out, FIELD_DEST_HOST, take_word(&text));
	while (text.len > 0 && !slice_is(end, "tell"))
		end = take_word(&text);
	end = take_word(&text);
	if (end.len > 0 && end.ptr[end.len - 1] == ',')
		end.len--;
	if (end.len > 0)
		parsed_text(out, FIELD_SOURCE_HOST, end);
	return true;
}

/* "00:11:22:33:44:55 > 66:77:88:99:aa:bb, ethertype IPv4 (0x0800), length 74: " of -e, moved behind. */
static bool take_ethernet(struct slice *text, struct parsed *out)
{
	struct slice rest = *text;
	const struct slice from = take_word(&rest);
	const char *length;

	if (from.len != MAC_LEN || from.ptr[2] != ':' || !slice_starts(rest, SLICE("> ")))
		return false;
	rest = slice_after(rest, 2);
	const struct slice to = take_word(&rest);
	if (to.len != MAC_LEN + 1 || !slice_starts(rest, SLICE("ethertype IP")) ||
	    (length = memmem(rest.ptr, rest.len, ", length ", 9)) == NULL)
		return false;
	rest = slice_after(rest, (size_t)(length - rest.ptr));
	rest = slice_after(rest, slice_find(rest, ':'));
	if (rest.len < 2)
		return false;
	parsed_extend(out, "src_mac", from);
	parsed_extend(out, "dst_mac", slice_first(to, MAC_LEN));
	*text = slice_after(rest, 2);
	return true;
}

/* "eth0  In  " of newer versions on all interfaces, moved behind. */
static void take_interface(struct slice *text, struct parsed *out)
{
	struct slice rest = *text;
	const struct slice name = take_word(&rest), way = take_word(&rest);

	if (!slice_is(way, "In") && !slice_is(way, "Out") && !slice_is(way, "B") && !slice_is(way, "M") &&
	    !slice_is(way, "P"))
		return;
	parsed_extend(out, "interface", name);
	parsed_extend(out, "direction", way);
	*text = rest;
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice word;

	if (line.len == 0 || line.ptr[0] < '0' || line.ptr[0] > '9' || !take_stamp(context, &line, &out->stamp))
		return parsed_miss_stamp(out, line, "H:M:S.", "a stamp such as 11:29:42.550475");
	out->has_stamp = true;
	if (line.len == 0 || line.ptr[0] != ' ')
		return parsed_miss(out, line, "a blank behind the stamp");
	syslog_blanks(&line);
	parsed_text(out, FIELD_MESSAGE, line);
	take_interface(&line, out);
	if (take_ethernet(&line, out))
		return read_packet(line, out);
	word = take_word(&line);
	if (slice_is(word, "IP") || slice_is(word, "IP6"))
		return read_packet(line, out);
	return slice_is(word, "ARP,") ? read_arp(line, out) : parsed_miss(out, word, "IP, IP6 or ARP");
}

const struct format format_tcpdump = {
	.name = "tcpdump",
	.what = "packets as tcpdump shows them on a terminal",
	.samples = samples,
	.read = read,
};
