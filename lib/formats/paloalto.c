/* paloalto: logs of PAN-OS: columns by the kind of log, as they come behind a head of syslog or alone. */
/* SPDX-License-Identifier: MIT */
#include "columns.h"
#include "moment.h"
#include "payload.h"
#include "table.h"

#include "../level.h"
#include "../notation.h"

static const char *const samples[] = {
	"1,2024/06/10 12:00:00,007200001056,TRAFFIC,end,2049,2024/06/10 12:00:00,192.0.2.7,198.51.100.7,0.0.0.0,"
	"0.0.0.0,allow-all,example\\anna,,ssl,vsys1,trust,untrust,ethernet1/2,ethernet1/1,log-fwd,2024/06/10 "
	"12:00:00,33554,1,54321,443,0,0,0x19,tcp,allow,5230,1230,4000,25,2024/06/10 11:59:30,15,any",
	"1,2024/06/10 12:00:00,007200001056,SYSTEM,auth,0,2024/06/10 12:00:00,,auth-fail,,0,0,general,medium,\"failed "
	"authentication for user 'admin'. Reason: Invalid username/password. From: 192.0.2.7.\",1234,0x0",
	NULL,
};

enum {
	CELLS_MIN = 5, /* that a line must have */
};

/* clang-format off */
#define SKIP	     { NULL, COLUMN_EXTEND, FIELD_NONE, NULL }
#define EXTEND(name) { NULL, COLUMN_EXTEND, FIELD_NONE, name }
#define FIELD(field) { NULL, COLUMN_FIELD, field, NULL }
#define USER	     { NULL, COLUMN_USER, FIELD_NONE, NULL }
#define PORTS	     { NULL, COLUMN_SOURCE_PORT, FIELD_NONE, NULL }, { NULL, COLUMN_DEST_PORT, FIELD_NONE, NULL }

/* Behind serial number, kind, subtype, a number and the time at which it was made. */
#define FLOW                                                                                                           \
	FIELD(FIELD_SOURCE_HOST), FIELD(FIELD_DEST_HOST), EXTEND("source_nat"), EXTEND("dest_nat"),                    \
	EXTEND("rule_name"), USER, EXTEND("target_user"), EXTEND("application"), EXTEND("vsys"),                       \
	EXTEND("source_zone"), EXTEND("dest_zone"), EXTEND("in_interface"), EXTEND("out_interface"), SKIP, SKIP,       \
	EXTEND("session_id"), EXTEND("repeat_count"), PORTS, EXTEND("source_nat_port"), EXTEND("dest_nat_port"),       \
	EXTEND("flags"), FIELD(FIELD_PROTOCOL), EXTEND("action")

static const struct column_word traffic[] = {
	FLOW, EXTEND("byte_count"), EXTEND("bytes_sent"), EXTEND("bytes_received"), EXTEND("packets"), EXTEND("start_time"),
	EXTEND("duration"), EXTEND("category"), SKIP, EXTEND("sequence"), EXTEND("action_flags"),
	EXTEND("source_location"), EXTEND("dest_location"), SKIP, EXTEND("packets_sent"), EXTEND("packets_received"),
	EXTEND("session_end_reason"),
};
static const struct column_word threat[] = {
	FLOW, EXTEND("url"), EXTEND("threat"), EXTEND("category"), EXTEND("level"), EXTEND("direction"),
	EXTEND("sequence"), EXTEND("action_flags"), EXTEND("source_location"), EXTEND("dest_location"), SKIP,
	EXTEND("content_type"), SKIP, SKIP, SKIP, SKIP, EXTEND("user_agent"), SKIP, EXTEND("forwarded_for"),
	EXTEND("referrer"),
};
static const struct column_word system_log[] = {
	EXTEND("vsys"), EXTEND("event_id"), EXTEND("object"), SKIP, SKIP, EXTEND("module"), EXTEND("level"),
	EXTEND("description"), EXTEND("sequence"),
};
static const struct column_word config[] = {
	FIELD(FIELD_SOURCE_HOST), EXTEND("vsys"), EXTEND("action"), USER, EXTEND("client"), EXTEND("result"),
	EXTEND("path"),
};
static const struct column_word globalprotect[] = {
	EXTEND("vsys"), EXTEND("event_id"), EXTEND("stage"), EXTEND("auth_method"), EXTEND("tunnel_type"), USER,
	EXTEND("source_location"), EXTEND("machine"), FIELD(FIELD_SOURCE_HOST), EXTEND("source_ip6"),
	EXTEND("private_ip"), EXTEND("private_ip6"), EXTEND("host_id"), EXTEND("machine_serial"),
	EXTEND("client_version"), EXTEND("client_os"), EXTEND("client_os_version"), EXTEND("repeat_count"),
	EXTEND("reason"), EXTEND("error"), EXTEND("description"), EXTEND("result"),
};
static const struct column_word userid[] = {
	EXTEND("vsys"), FIELD(FIELD_SOURCE_HOST), USER, EXTEND("data_source"), EXTEND("event_id"),
};
static const struct column_word hipmatch[] = {
	USER, EXTEND("vsys"), EXTEND("machine"), EXTEND("client_os"), FIELD(FIELD_SOURCE_HOST), EXTEND("hip"),
};
static const struct column_word authentication[] = {
	EXTEND("vsys"), FIELD(FIELD_SOURCE_HOST), USER, EXTEND("normalized_user"), EXTEND("object"),
	EXTEND("auth_policy"), EXTEND("repeat_count"), EXTEND("auth_id"), EXTEND("vendor"), SKIP,
	EXTEND("server_profile"), EXTEND("description"), EXTEND("client_type"), EXTEND("event_id"),
};

#define KIND(name, words) { name, words, sizeof(words) / sizeof(words)[0] }
#define NAME(name)	  { name, NULL, 0 }
static const struct kind {
	const char *name;
	const struct column_word *words;
	size_t count;
} kinds[] = {
	KIND("TRAFFIC", traffic), KIND("THREAT", threat), KIND("SYSTEM", system_log), KIND("CONFIG", config),
	KIND("GLOBALPROTECT", globalprotect), KIND("USERID", userid), KIND("HIPMATCH", hipmatch),
	KIND("HIP-MATCH", hipmatch), KIND("AUTHENTICATION", authentication), KIND("AUTH", authentication),
	KIND("WILDFIRE", threat), KIND("URL", threat), KIND("DATA", threat), NAME("DECRYPTION"),
	NAME("TUNNEL"), NAME("GTP"), NAME("SCTP"), NAME("CORRELATION"), NAME("IPTAG"),
};
/* clang-format on */

static const struct kind *kind_of(struct slice word)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (slice_is(word, kinds[i].name))
			return &kinds[i];
	return NULL;
}

static bool is_stamp(struct slice text, struct datetime *datetime)
{
	*datetime = (struct datetime){ 0 };
	return (notation_read(&text, "Y/m/d H:M:S", datetime) || notation_read(&text, "Y-m-dTH:M:Sfz", datetime)) &&
	       text.len == 0;
}

/* Words of the line's own level; syslog's severity, where there is one, stays. */
static void read_level(struct parsed *out, const struct kind *kind, struct slice line)
{
	struct slice level = { 0 };

	for (size_t i = 0; i < kind->count && line.len > 0; i++) {
		struct slice value = columns_next_quoted(&line, ',');
		if (kind->words[i].as != NULL && strcmp(kind->words[i].as, "level") == 0)
			level = value;
	}
	if (out->severity < 0 && level.len > 0)
		out->severity = level_word(level) >= 0 ? level_word(level) : level_cef(level);
}

/* "1,stamp,serial,KIND,subtype,number,stamp,": then what the kind has. */
static bool read_line(struct slice line, struct datetime *datetime, struct parsed *out)
{
	struct slice version = columns_next(&line, ','), received = columns_next(&line, ','), serial, name, subtype,
		     generated;
	const struct kind *kind;

	if (version.len == 0 || version.len > 2)
		return parsed_miss(out, version, "a number of one or two digits, and a comma");
	if (!is_stamp(received, datetime))
		return parsed_miss_stamp(out, received, "Y/m/d H:M:S,", "a stamp such as 2024/06/10 12:00:00");
	serial = columns_next(&line, ',');
	name = columns_next(&line, ',');
	kind = kind_of(name);
	if (kind == NULL)
		return parsed_miss(out, name, "a kind such as TRAFFIC or THREAT");
	parsed_extend(out, "serial", serial);
	parsed_extend(out, "log_type", name);
	subtype = columns_next(&line, ',');
	if (subtype.len > 0)
		parsed_extend(out, "log_subtype", subtype);
	columns_next(&line, ',');
	generated = columns_next(&line, ',');
	if (!is_stamp(generated, datetime))
		(void)is_stamp(received, datetime);
	read_level(out, kind, line);
	columns_fixed(kind->words, kind->count, &line, ',', out);
	return true;
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct datetime datetime;

	if (line.len < CELLS_MIN || line.ptr[0] < '0' || line.ptr[0] > '9')
		return parsed_miss(out, line, "a number of one or two digits, and a comma");
	if (!read_line(line, &datetime, out))
		return false;
	out->stamp = moment_stamp(context, &datetime);
	parsed_text(out, FIELD_MESSAGE, line);
	return out->has_stamp = true;
}

void payload_paloalto(struct format_context *context, struct slice message, struct parsed *out)
{
	struct datetime datetime;

	(void)context;
	if (message.len > CELLS_MIN && message.ptr[0] >= '0' && message.ptr[0] <= '9')
		(void)read_line(message, &datetime, out);
}

const struct format format_paloalto = {
	.name = "paloalto",
	.what = "logs of PAN-OS, in columns; behind a syslog head they are read as well",
	.samples = samples,
	.sure = true,
	.read = read,
};
