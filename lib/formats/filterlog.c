/* Packets that pfSense and OPNsense log: filterlog's columns. */
/* SPDX-License-Identifier: MIT */
#include "columns.h"
#include "payload.h"

enum {
	DIRECTION = 7, /* columns before it, and the version of IP behind it */
};

#define SKIP                                                                                                           \
	{                                                                                                              \
		NULL, COLUMN_EXTEND, FIELD_NONE, NULL                                                                  \
	}
#define EXTEND(name)                                                                                                   \
	{                                                                                                              \
		NULL, COLUMN_EXTEND, FIELD_NONE, name                                                                  \
	}
#define FIELD(field)                                                                                                   \
	{                                                                                                              \
		NULL, COLUMN_FIELD, field, NULL                                                                        \
	}
#define PORTS                                                                                                          \
	{ NULL, COLUMN_SOURCE_PORT, FIELD_NONE, NULL },                                                                \
	{                                                                                                              \
		NULL, COLUMN_DEST_PORT, FIELD_NONE, NULL                                                               \
	}

static const struct column_word rule[] = {
	EXTEND("rule_id"),
	SKIP,
	EXTEND("anchor"),
	EXTEND("tracker"),
	EXTEND("interface"),
	EXTEND("reason"),
	EXTEND("action"),
	EXTEND("direction"),
	SKIP,
};
static const struct column_word ip4[] = {
	EXTEND("tos"),	  EXTEND("ecn"),   EXTEND("ttl"), EXTEND("packet_id"),
	EXTEND("offset"), EXTEND("flags"), SKIP,	  FIELD(FIELD_PROTOCOL),
};
static const struct column_word ip6[] = {
	EXTEND("traffic_class"), EXTEND("flow_label"), EXTEND("hop_limit"), FIELD(FIELD_PROTOCOL), SKIP,
};
static const struct column_word ends[] = { EXTEND("length"), FIELD(FIELD_SOURCE_HOST), FIELD(FIELD_DEST_HOST) };
static const struct column_word udp[] = { PORTS, EXTEND("data_length") };
static const struct column_word tcp[] = {
	PORTS,
	EXTEND("data_length"),
	EXTEND("tcp_flags"),
	EXTEND("sequence"),
	EXTEND("acknowledgement"),
	EXTEND("window"),
	SKIP,
	EXTEND("tcp_options"),
};
static const struct column_word icmp[] = { EXTEND("icmp_type") };

#define READ(words) columns_fixed(words, sizeof(words) / sizeof(words)[0], &line, ',', out)

/* "match,block,in,4" */
static bool read_rule(struct slice line, char *version)
{
	struct slice direction = { 0 }, ip;

	for (int i = 0; i <= DIRECTION; i++)
		direction = columns_next(&line, ',');
	ip = columns_next(&line, ',');
	*version = ip.len == 1 ? ip.ptr[0] : '\0';
	return (slice_is(direction, "in") || slice_is(direction, "out")) && (*version == '4' || *version == '6');
}

static void read_protocol(struct slice line, struct parsed *out)
{
	const struct slice none = { 0 };
	struct slice protocol = parsed_has(out, FIELD_PROTOCOL) ? out->text[FIELD_PROTOCOL] : none;

	if (slice_equal_nocase(protocol, SLICE("tcp")))
		READ(tcp);
	else if (slice_equal_nocase(protocol, SLICE("udp")) || slice_equal_nocase(protocol, SLICE("sctp")))
		READ(udp);
	else if (slice_equal_nocase(protocol, SLICE("icmp")))
		READ(icmp);
}

void payload_filterlog(struct format_context *context, struct slice line, struct parsed *out)
{
	char version;

	(void)context;
	if (!read_rule(line, &version))
		return;
	READ(rule);
	if (version == '4')
		READ(ip4);
	else
		READ(ip6);
	READ(ends);
	read_protocol(line, out);
}
