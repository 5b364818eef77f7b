/* Packets that netfilter (iptables, nftables, ufw, Shorewall) logs: "IN=eth0 OUT= SRC=.. DST=.. PROTO=TCP ..". */
/* SPDX-License-Identifier: MIT */
#include "payload.h"

enum {
	MAC_LEN = sizeof "00:11:22:33:44:55" - 1,
	PREFIX_MAX = 128, /* bytes before the packet; the kernel takes 64, ulogd 128 */
	PORT_MAX = 65535,
	FLAGS_MAX = 64, /* bytes of "SYN ACK .." */
};

/* A key of the packet's, and the field of ours or the name in extended that its value goes to. */
struct key {
	struct slice name;
	enum field field; /* FIELD_EXTENDED: extended has it, as */
	const char *as;
};

#define KEY(text)                                                                                                      \
	{                                                                                                              \
		(text), sizeof(text) - 1                                                                               \
	}

static const struct key keys[] = {
	{ KEY("IN"), FIELD_EXTENDED, "in_interface" },
	{ KEY("OUT"), FIELD_EXTENDED, "out_interface" },
	{ KEY("PHYSIN"), FIELD_EXTENDED, "physical_in_interface" },
	{ KEY("PHYSOUT"), FIELD_EXTENDED, "physical_out_interface" },
	{ KEY("MAC"), FIELD_EXTENDED, "mac" },
	{ KEY("SRC"), FIELD_SOURCE_HOST, NULL },
	{ KEY("DST"), FIELD_DEST_HOST, NULL },
	{ KEY("SPT"), FIELD_SOURCE_PORT, NULL },
	{ KEY("DPT"), FIELD_DEST_PORT, NULL },
	{ KEY("PROTO"), FIELD_PROTOCOL, NULL },
	{ KEY("LEN"), FIELD_EXTENDED, "length" },
	{ KEY("TOS"), FIELD_EXTENDED, "tos" },
	{ KEY("PREC"), FIELD_EXTENDED, "prec" },
	{ KEY("TTL"), FIELD_EXTENDED, "ttl" },
	{ KEY("TC"), FIELD_EXTENDED, "traffic_class" },
	{ KEY("HOPLIMIT"), FIELD_EXTENDED, "hop_limit" },
	{ KEY("FLOWLBL"), FIELD_EXTENDED, "flow_label" },
	{ KEY("ID"), FIELD_EXTENDED, "packet_id" },
	{ KEY("TYPE"), FIELD_EXTENDED, "icmp_type" },
	{ KEY("CODE"), FIELD_EXTENDED, "icmp_code" },
	{ KEY("WINDOW"), FIELD_EXTENDED, "window" },
	{ KEY("SEQ"), FIELD_EXTENDED, "sequence" },
	{ KEY("ACK"), FIELD_EXTENDED, "acknowledgement" },
	{ KEY("MARK"), FIELD_EXTENDED, "mark" },
	{ KEY("SPI"), FIELD_EXTENDED, "spi" },
	{ KEY("UID"), FIELD_EXTENDED, "uid" },
	{ KEY("GID"), FIELD_EXTENDED, "gid" },
	{ KEY("MACSRC"), FIELD_EXTENDED, "src_mac" },
	{ KEY("MACDST"), FIELD_EXTENDED, "dst_mac" },
	{ KEY("MACPROTO"), FIELD_EXTENDED, "ether_type" },
	{ KEY("ARPHWTYPE"), FIELD_EXTENDED, "arp_hardware_type" },
	{ KEY("VPROTO"), FIELD_EXTENDED, "vlan_protocol" },
	{ KEY("VID"), FIELD_EXTENDED, "vlan" },
};

enum {
	KEYS = sizeof keys / sizeof keys[0],
};

static const struct slice tcp_flags[] = {
	KEY("CWR"), KEY("ECE"), KEY("URG"), KEY("ACK"), KEY("PSH"), KEY("RST"), KEY("SYN"), KEY("FIN"),
};

/* What a rule's prefix says of the packet's fate, as far as firewalls' own rules and most people's are worded. */
static const struct slice fates[] = {
	KEY("DROP"),   KEY("DROPPED"), KEY("BLOCK"),	KEY("BLOCKED"), KEY("REJECT"),	KEY("REJECTED"), KEY("DENY"),
	KEY("DENIED"), KEY("ACCEPT"),  KEY("ACCEPTED"), KEY("ALLOW"),	KEY("ALLOWED"), KEY("AUDIT"),	 KEY("LIMIT"),
};

/* What of a packet was read so far. */
struct packet {
	uint64_t seen; /* bit per key: each counts once, UDP's own LEN comes behind IP's */
	bool whole;    /* not to be cut into fragments */
	char flags[FLAGS_MAX];
	size_t flags_len;
};

static void read_port(struct slice text, int64_t *port)
{
	if (*port < 0)
		(void)slice_number(text, 0, PORT_MAX, port);
}

/* "dst:src:type": an Ethernet frame's head, as far as it is one. */
static void read_mac(struct slice text, struct parsed *out)
{
	if (text.len < 2 * MAC_LEN + 1 || text.ptr[MAC_LEN] != ':')
		return;
	parsed_extend(out, "dst_mac", slice_first(text, MAC_LEN));
	parsed_extend(out, "src_mac", slice_first(slice_after(text, MAC_LEN + 1), MAC_LEN));
}

static void read_value(const struct key *key, struct slice value, struct parsed *out)
{
	if (value.len == 0)
		return;
	if (key->field == FIELD_SOURCE_PORT) {
		read_port(value, &out->source_port);
	} else if (key->field == FIELD_DEST_PORT) {
		read_port(value, &out->dest_port);
	} else if (key->field != FIELD_EXTENDED) {
		if (!parsed_has(out, key->field))
			parsed_text(out, key->field, value);
	} else {
		parsed_extend(out, key->as, value);
		if (slice_is(key->name, "MAC"))
			read_mac(value, out);
	}
}

/* A word without '=': one of TCP's flags, or of IP's. */
static void read_flag(struct packet *packet, struct slice word, struct parsed *out)
{
	if (slice_equal(word, SLICE("DF")) && !packet->whole) {
		parsed_extend(out, "dont_fragment", SLICE("yes"));
		packet->whole = true;
	}
	for (size_t i = 0; i < sizeof tcp_flags / sizeof tcp_flags[0]; i++)
		if (slice_equal(word, tcp_flags[i]) && packet->flags_len + word.len < FLAGS_MAX) {
			if (packet->flags_len > 0)
				packet->flags[packet->flags_len++] = ' ';
			memcpy(packet->flags + packet->flags_len, word.ptr, word.len);
			packet->flags_len += word.len;
		}
}

static void read_word(struct packet *packet, struct slice word, struct parsed *out)
{
	size_t equals = slice_find(word, '=');

	if (equals == word.len) {
		read_flag(packet, word, out);
		return;
	}
	for (size_t i = 0; i < KEYS; i++)
		if (slice_equal(slice_first(word, equals), keys[i].name)) {
			if (!(packet->seen >> i & 1))
				read_value(&keys[i], slice_after(word, equals + 1), out);
			packet->seen |= UINT64_C(1) << i;
			return;
		}
}

/* Up to the packet that an ICMP error is about, which stands in brackets. */
static void read_packet(struct slice text, struct parsed *out)
{
	struct packet packet = { 0 };

	while (text.len > 0 && text.ptr[0] != '[') {
		size_t n = slice_find(text, ' ');
		read_word(&packet, slice_first(text, n), out);
		text = slice_after(text, n < text.len ? n + 1 : n);
	}
	if (packet.flags_len > 0)
		parsed_extend(out, "tcp_flags", (struct slice){ packet.flags, packet.flags_len });
}

/* Behind the kernel's clock, "[ 203.842973] ". */
static struct slice skip_uptime(struct slice prefix)
{
	size_t close = slice_find(prefix, ']'), n = 1;

	if (prefix.len == 0 || prefix.ptr[0] != '[' || close == prefix.len)
		return prefix;
	while (n < close &&
	       (prefix.ptr[n] == ' ' || prefix.ptr[n] == '.' || (prefix.ptr[n] >= '0' && prefix.ptr[n] <= '9')))
		n++;
	return n == close ? slice_trim(slice_after(prefix, close + 1)) : prefix;
}

static bool is_letter(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

/* The word of the prefix that tells the packet's fate; empty where none does. */
static struct slice fate_of(struct slice prefix)
{
	for (size_t start = 0; start < prefix.len; start++) {
		size_t n = start;
		while (n < prefix.len && is_letter(prefix.ptr[n]))
			n++;
		const struct slice word = slice_first(slice_after(prefix, start), n - start);
		for (size_t i = 0; i < sizeof fates / sizeof fates[0]; i++)
			if (slice_equal_nocase(word, fates[i]))
				return word;
		start = n;
	}
	return (struct slice){ 0 };
}

static void read_prefix(struct slice prefix, struct parsed *out)
{
	struct slice fate;

	prefix = skip_uptime(slice_trim(prefix));
	if (prefix.len == 0 || prefix.len > PREFIX_MAX)
		return;
	fate = fate_of(prefix);
	parsed_extend(out, "log_prefix", prefix);
	if (fate.len > 0)
		parsed_extend(out, "action", fate);
}

/* Where the packet starts: at "IN=", which may stand close to a prefix; text.len where there is none. */
static size_t packet_start(struct slice text)
{
	const char *found = text.len > 0 ? memmem(text.ptr, text.len, "IN=", 3) : NULL;

	return found != NULL ? (size_t)(found - text.ptr) : text.len;
}

void payload_firewall(struct format_context *context, struct slice message, struct parsed *out)
{
	const size_t start = packet_start(message);
	struct slice packet = slice_after(message, start);

	(void)context;
	if (packet.len == 0 || memmem(packet.ptr, packet.len, " SRC=", 5) == NULL ||
	    memmem(packet.ptr, packet.len, " DST=", 5) == NULL)
		return;
	read_prefix(slice_first(message, start), out);
	read_packet(packet, out);
}
