/* Packets that netfilter (iptables, nftables, ufw, Shorewall) logs: "IN=eth0 OUT= SRC=.. DST=.. PROTO=TCP ..". */
/* SPDX-License-Identifier: MIT */
#include "payload.h"

#include "../digits.h"
#include "../scan.h"

enum {
	MAC_LEN = sizeof "00:11:22:33:44:55" - 1,
	PREFIX_MAX = 128, /* bytes before the packet; the kernel takes 64, ulogd 128 */
	PORT_MAX = 65535,
	FLAGS_MAX = 64, /* bytes of "SYN ACK .." */
	AHEAD = 10,	/* keys that most packets leave out at most, one after the other */
};

/* A key of the packet's, and the field of ours or the name in extended that its value goes to. */
struct key {
	char name[SCAN_STEP]; /* with its '=', NUL behind that up to the end */
	unsigned char len;    /* without it */
	unsigned char as_len;
	enum field field; /* FIELD_EXTENDED: extended has it, as */
	bool frame;	  /* the value may start with the head of an Ethernet frame */
	char as[PARSED_NAME_SIZE];
};

#define KEY(text)                                                                                                      \
	{                                                                                                              \
		(text), sizeof(text) - 1                                                                               \
	}
/* clang-format off */
#define TO_FIELD(text, field) { text "=", sizeof(text) - 1, 0, (field), false, "" }
#define TO_EXTENDED(text, as) { text "=", sizeof(text) - 1, sizeof(as) - 1, FIELD_EXTENDED, false, as }
/* clang-format on */

/* In the order in which the kernel writes them: a key is looked for from behind the last one on. */
static const struct key keys[] = {
	TO_EXTENDED("IN", "in_interface"),
	TO_EXTENDED("OUT", "out_interface"),
	TO_EXTENDED("PHYSIN", "physical_in_interface"),
	TO_EXTENDED("PHYSOUT", "physical_out_interface"),
	{ "MAC=", 3, 3, FIELD_EXTENDED, true, "mac" },
	TO_EXTENDED("MACSRC", "src_mac"),
	TO_EXTENDED("MACDST", "dst_mac"),
	TO_EXTENDED("MACPROTO", "ether_type"),
	TO_EXTENDED("VPROTO", "vlan_protocol"),
	TO_EXTENDED("VID", "vlan"),
	TO_FIELD("SRC", FIELD_SOURCE_HOST),
	TO_FIELD("DST", FIELD_DEST_HOST),
	TO_EXTENDED("LEN", "length"),
	TO_EXTENDED("TOS", "tos"),
	TO_EXTENDED("PREC", "prec"),
	TO_EXTENDED("TTL", "ttl"),
	TO_EXTENDED("TC", "traffic_class"),
	TO_EXTENDED("HOPLIMIT", "hop_limit"),
	TO_EXTENDED("FLOWLBL", "flow_label"),
	TO_EXTENDED("ID", "packet_id"),
	TO_FIELD("PROTO", FIELD_PROTOCOL),
	TO_EXTENDED("TYPE", "icmp_type"),
	TO_EXTENDED("CODE", "icmp_code"),
	TO_FIELD("SPT", FIELD_SOURCE_PORT),
	TO_FIELD("DPT", FIELD_DEST_PORT),
	TO_EXTENDED("SEQ", "sequence"),
	TO_EXTENDED("ACK", "acknowledgement"),
	TO_EXTENDED("SPI", "spi"),
	TO_EXTENDED("WINDOW", "window"),
	TO_EXTENDED("UID", "uid"),
	TO_EXTENDED("GID", "gid"),
	TO_EXTENDED("MARK", "mark"),
	TO_EXTENDED("ARPHWTYPE", "arp_hardware_type"),
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
	size_t next;   /* the place behind the last key in the table */
	bool whole;    /* not to be cut into fragments */
	char flags[FLAGS_MAX + SCAN_STEP];
	size_t flags_len;
};

static void read_port(struct slice text, int64_t *port)
{
	uint32_t number;

	if (*port >= 0)
		return;
	if (digits_read(text.ptr, &number) != text.len)
		(void)slice_number(text, 0, PORT_MAX, port);
	else if (number <= PORT_MAX)
		*port = number;
}

/* "dst:src:type": an Ethernet frame's head, as far as it is one. */
static __attribute__((noinline)) void read_mac(struct slice text, struct parsed *out)
{
	if (text.len < 2 * MAC_LEN + 1 || text.ptr[MAC_LEN] != ':')
		return;
	parsed_extend_near(out, SLICE("dst_mac"), slice_first(text, MAC_LEN));
	parsed_extend_near(out, SLICE("src_mac"), slice_first(slice_after(text, MAC_LEN + 1), MAC_LEN));
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
		parsed_extend_named(out, key->as, key->as_len, value);
		if (key->frame)
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

/* The key that a word starts with, if it is one of those that come next, as nearly all do; else KEYS. */
static inline size_t next_key(const struct packet *packet, struct slice word)
{
	const size_t end = packet->next + AHEAD < KEYS ? packet->next + AHEAD : KEYS;
	size_t i = packet->next;

	while (i < end && (!scan_same16(word.ptr, keys[i].name, keys[i].len + (size_t)1) || word.len <= keys[i].len))
		i++;
	return i < end ? i : KEYS;
}

/* The same, if it is any; a word without '=' is a flag. */
static size_t find_key(struct packet *packet, struct slice word, struct parsed *out)
{
	const size_t equals = slice_find(word, '=');
	size_t i = packet->next;

	if (equals == word.len) {
		read_flag(packet, word, out);
		return KEYS;
	}
	for (size_t left = KEYS; left > 0; left--, i++) {
		i = i < KEYS ? i : 0;
		if (keys[i].len == equals && scan_same16(word.ptr, keys[i].name, equals))
			return i;
	}
	return KEYS;
}

/* Up to the packet that an ICMP error is about, which stands in brackets. */
static void read_packet(struct slice text, struct parsed *out)
{
	const char *p = text.ptr, *end = p + text.len;
	struct packet packet = { 0 };

	while (p < end && *p != '[') {
		const char *stop = scan_any_slack(p, end, ' ', ' ', ' ');
		const struct slice word = { p, (size_t)(stop - p) };
		size_t i = next_key(&packet, word);
		if (i == KEYS)
			i = find_key(&packet, word, out);
		if (i < KEYS) {
			if (!(packet.seen >> i & 1))
				read_value(&keys[i], slice_after(word, keys[i].len + (size_t)1), out);
			packet.seen |= UINT64_C(1) << i;
			packet.next = i + 1;
		}
		p = stop < end ? stop + 1 : end;
	}
	if (packet.flags_len > 0)
		parsed_extend_near(out, SLICE("tcp_flags"), (struct slice){ packet.flags, packet.flags_len });
}

/* Length of "[ 203.842973]" at the start, as the kernel writes it; 0: it is not quite that. */
static size_t uptime_length(struct slice prefix)
{
	uint32_t number;
	size_t n = 1;

	while (n < prefix.len && prefix.ptr[n] == ' ')
		n++;
	n += digits_read(prefix.ptr + n, &number);
	if (prefix.ptr[n] != '.')
		return 0;
	n += 1 + digits_read(prefix.ptr + n + 1, &number);
	return n < prefix.len && prefix.ptr[n] == ']' ? n + 1 : 0;
}

/* Behind the kernel's clock, "[ 203.842973] ". */
static struct slice skip_uptime(struct slice prefix)
{
	size_t close, n;

	if (prefix.len == 0 || prefix.ptr[0] != '[')
		return prefix;
	if ((n = uptime_length(prefix)) > 0)
		return slice_trim(slice_after(prefix, n));
	close = slice_find(prefix, ']');
	if (close == prefix.len)
		return prefix;
	n = 1;
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
			if (word.len == fates[i].len && (word.ptr[0] & 31) == (fates[i].ptr[0] & 31) &&
			    slice_equal_nocase(word, fates[i]))
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
	parsed_extend_near(out, SLICE("log_prefix"), prefix);
	if (fate.len > 0)
		parsed_extend_near(out, SLICE("action"), fate);
}

void payload_firewall(struct format_context *context, struct slice message, struct parsed *out)
{
	const char *end = message.ptr + message.len;
	/* "IN=" may stand close to a prefix. */
	const char *start = scan_text_slack(message.ptr, end, "IN=", 3);

	(void)context;
	if (start == end || scan_text_slack(start, end, " SRC=", 5) == end ||
	    scan_text_slack(start, end, " DST=", 5) == end)
		return;
	read_prefix(slice_first(message, (size_t)(start - message.ptr)), out);
	read_packet((struct slice){ start, (size_t)(end - start) }, out);
}
