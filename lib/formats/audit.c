/* Records of Linux's audit system, from their head to the fields of an event. */
/* SPDX-License-Identifier: MIT */
#include "audit.h"

#include "../epoch.h"
#include "audit_pair.h"
#include "sockaddr.h"

enum {
	NAME_MAX_BYTES = 64, /* of a key; what is longer is none */
	PORT_MAX = 65535,
};

/* The types that the kernel writes by number where no auditd names them (linux/audit.h). */
struct type {
	int number;
	const char *name;
};

static const struct type types[] = {
	{ 1006, "LOGIN" },
	{ 1100, "USER_AUTH" },
	{ 1101, "USER_ACCT" },
	{ 1102, "USER_MGMT" },
	{ 1103, "CRED_ACQ" },
	{ 1104, "CRED_DISP" },
	{ 1105, "USER_START" },
	{ 1106, "USER_END" },
	{ 1107, "USER_AVC" },
	{ 1108, "USER_CHAUTHTOK" },
	{ 1109, "USER_ERR" },
	{ 1110, "CRED_REFR" },
	{ 1112, "USER_LOGIN" },
	{ 1113, "USER_LOGOUT" },
	{ 1114, "ADD_USER" },
	{ 1115, "DEL_USER" },
	{ 1116, "ADD_GROUP" },
	{ 1117, "DEL_GROUP" },
	{ 1123, "USER_CMD" },
	{ 1130, "SERVICE_START" },
	{ 1131, "SERVICE_STOP" },
	{ 1300, "SYSCALL" },
	{ 1302, "PATH" },
	{ 1305, "CONFIG_CHANGE" },
	{ 1306, "SOCKADDR" },
	{ 1307, "CWD" },
	{ 1309, "EXECVE" },
	{ 1325, "NETFILTER_CFG" },
	{ 1326, "SECCOMP" },
	{ 1327, "PROCTITLE" },
	{ 1334, "BPF" },
	{ 1400, "AVC" },
	{ 1403, "MAC_POLICY_LOAD" },
	{ 1404, "MAC_STATUS" },
	{ 1700, "ANOM_PROMISCUOUS" },
	{ 1701, "ANOM_ABEND" },
};

/* Keys whose values may be encoded (auparse's table of escaped fields), but for arguments. */
static const char *const encoded[] = {
	"acct", "cgroup", "cmd",      "comm",  "cwd",	   "data", "device",	"dir",	    "exe", "file", "grp",
	"key",	"name",	  "new-disk", "ocomm", "old-disk", "path", "proctitle", "root_dir", "sw",  "vm",   "watch",
};

/* Which field of ours a key fills. */
struct row {
	const char *key;
	enum field field;
};

static const struct row rows[] = {
	{ "acct", FIELD_USER },		{ "addr", FIELD_SOURCE_HOST }, { "saddr", FIELD_SOURCE_HOST },
	{ "rport", FIELD_SOURCE_PORT }, { "src", FIELD_SOURCE_PORT },  { "sport", FIELD_SOURCE_PORT },
	{ "laddr", FIELD_DEST_HOST },	{ "daddr", FIELD_DEST_HOST },  { "lport", FIELD_DEST_PORT },
	{ "dest", FIELD_DEST_PORT },	{ "dport", FIELD_DEST_PORT },
};

struct record {
	struct parsed *out;
	struct slice type;
	size_t count;
	struct audit_pair pairs[AUDIT_PAIRS_MAX];
	bool command; /* there are arguments, joined in out->scratch */
};

/* "1364481363.243:24287)" behind "audit(", moved behind. */
static bool take_stamp(struct slice *text, struct audit *audit)
{
	const struct slice head = slice_first(*text, text->len < NAME_MAX_BYTES ? text->len : NAME_MAX_BYTES);
	size_t close = slice_find(head, ')'), colon = slice_find(head, ':');

	if (close == head.len || colon > close || !epoch_read(slice_first(head, colon), &audit->stamp))
		return false;
	audit->serial = slice_after(slice_first(head, close), colon + 1);
	*text = slice_after(*text, close + 1);
	return true;
}

/* The name of a type's number; what is none stays as it is. */
static struct slice type_named(struct slice type)
{
	int64_t number;

	if (!slice_number(type, 0, INT16_MAX, &number))
		return type;
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (types[i].number == number)
			return slice_of(types[i].name);
	return type;
}

static bool take(struct slice *text, struct slice start)
{
	if (!slice_starts(*text, start))
		return false;
	*text = slice_after(*text, start.len);
	return true;
}

bool audit_split(struct slice text, struct audit *audit)
{
	audit->type = (struct slice){ 0 };
	if (take(&text, SLICE("type="))) {
		size_t n = slice_find(slice_first(text, text.len < NAME_MAX_BYTES ? text.len : NAME_MAX_BYTES), ' ');
		audit->type = type_named(slice_first(text, n));
		if (n == text.len || text.ptr[n] != ' ')
			return false;
		text = slice_after(text, n + 1);
		(void)take(&text, SLICE("msg="));
	}
	if (!take(&text, SLICE("audit(")) || !take_stamp(&text, audit))
		return false;
	(void)(take(&text, SLICE(":")) || take(&text, SLICE(" :")));
	audit->body = slice_trim(text);
	return true;
}

static bool is_capital(struct slice key)
{
	for (size_t i = 0; i < key.len; i++)
		if (key.ptr[i] >= 'a' && key.ptr[i] <= 'z')
			return false;
	return key.len > 0 && key.ptr[0] >= 'A' && key.ptr[0] <= 'Z';
}

/* The name in extended: "uid", and "uid_name" of UID. */
static const char *name_of(const struct record *record, struct slice key, char name[NAME_MAX_BYTES + sizeof "_name"])
{
	if (slice_is(key, "cmd"))
		return "command";
	if (slice_is(key, "name") && slice_is(record->type, "PATH"))
		return "path";
	for (size_t i = 0; i < key.len; i++)
		name[i] = (char)(key.ptr[i] >= 'A' && key.ptr[i] <= 'Z' ? key.ptr[i] | 0x20 : key.ptr[i]);
	memcpy(name + key.len, "_name", sizeof "_name");
	if (!is_capital(key))
		name[key.len] = '\0';
	return name;
}

/* "a0", "a12", "a1[0]", "a1_len" of EXECVE. */
static bool is_argument(struct slice key)
{
	return key.len > 1 && key.ptr[0] == 'a' && key.ptr[1] >= '0' && key.ptr[1] <= '9';
}

/* A long argument comes in pieces, a1[0]=.. a1[1]=.. */
static void add_argument(struct record *record, const struct audit_pair *pair)
{
	struct buffer *line = &record->out->scratch;
	size_t bracket = slice_find(pair->key, '[');
	bool first = bracket == pair->key.len || slice_is(slice_after(pair->key, bracket), "[0]");

	if (slice_find(pair->key, '_') < pair->key.len)
		return;
	if (first && record->command)
		buffer_add_char(line, ' ');
	audit_pair_decode(pair, line);
	record->command = true;
}

/* Is the name taken, by the head or by a pair before? */
static bool is_known(const struct record *record, struct slice key)
{
	if (slice_is(key, "type") || slice_is(key, "sequence"))
		return true;
	for (size_t i = 0; i < record->count; i++)
		if (slice_equal(record->pairs[i].key, key))
			return true;
	return false;
}

static void take_pairs(struct record *record, struct slice text)
{
	struct audit_pair pair;

	while (audit_pair_next(&text, &pair)) {
		if (slice_is(record->type, "EXECVE") && is_argument(pair.key))
			add_argument(record, &pair);
		else if (record->count < AUDIT_PAIRS_MAX && pair.key.len < NAME_MAX_BYTES &&
			 !is_known(record, pair.key) && !audit_pair_unknown(&pair))
			record->pairs[record->count++] = pair;
	}
	if (record->command)
		parsed_extend_first(record->out, "command_line", buffer_slice(&record->out->scratch));
}

static bool is_encoded_key(struct slice key)
{
	for (size_t i = 0; i < sizeof encoded / sizeof encoded[0]; i++)
		if (slice_is(key, encoded[i]))
			return true;
	return false;
}

/* A field of ours; false where it is filled already, or the value does not fit. */
static bool fill(struct parsed *out, enum field field, struct slice value)
{
	int64_t *port = field == FIELD_SOURCE_PORT ? &out->source_port
			: field == FIELD_DEST_PORT ? &out->dest_port
						   : NULL;

	if (port != NULL)
		return *port < 0 && slice_number(value, 0, PORT_MAX, port);
	if (parsed_has(out, field))
		return false;
	buffer_add(parsed_own(out, field), value);
	parsed_text(out, field, buffer_slice(&out->own[field]));
	return true;
}

static void read_sockaddr(struct parsed *out, struct slice digits)
{
	struct sockaddr_text address;
	char port[sizeof "65535"];
	size_t n = sizeof port;

	if (!sockaddr_read(digits, &address))
		return;
	parsed_extend_first(out, "family", slice_of(address.family));
	if (address.address_len > 0)
		parsed_extend_first(out, "address", (struct slice){ address.address, address.address_len });
	if (address.port < 0)
		return;
	for (int64_t rest = address.port; n == sizeof port || rest > 0; rest /= 10)
		port[--n] = (char)('0' + rest % 10);
	parsed_extend_first(out, "port", (struct slice){ port + n, sizeof port - n });
}

/* Records of changes to accounts name the one that is changed. */
static bool changes_account(struct slice type)
{
	return slice_is(type, "ADD_USER") || slice_is(type, "DEL_USER") || slice_is(type, "USER_MGMT") ||
	       slice_is(type, "USER_CHAUTHTOK") || slice_is(type, "GRP_MGMT") || slice_is(type, "ACCT_LOCK") ||
	       slice_is(type, "ACCT_UNLOCK");
}

/* True where the value went to a field of ours. */
static bool fill_by_key(struct record *record, struct slice key, struct slice value)
{
	if (slice_is(key, "acct") && changes_account(record->type)) {
		parsed_extend_first(record->out, "target_user", value);
		return true;
	}
	if (slice_is(key, "pid"))
		return record->out->source_pid < 0 && !parsed_has(record->out, FIELD_SOURCE_PROCESS) &&
		       slice_number(value, 0, INT32_MAX, &record->out->source_pid);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (slice_is(key, rows[i].key))
			return fill(record->out, rows[i].field, value);
	return false;
}

static void read_pair(struct record *record, const struct audit_pair *pair)
{
	char name[NAME_MAX_BYTES + sizeof "_name"];
	struct slice value = pair->value;

	if (is_encoded_key(pair->key)) {
		record->out->scratch.len = 0;
		audit_pair_decode(pair, &record->out->scratch);
		value = buffer_slice(&record->out->scratch);
	}
	if (slice_is(pair->key, "saddr") && slice_is(record->type, "SOCKADDR"))
		read_sockaddr(record->out, value);
	else if (!fill_by_key(record, pair->key, value))
		parsed_extend_first(record->out, name_of(record, pair->key, name), value);
}

static const struct audit_pair *pair_of(const struct record *record, const char *key)
{
	for (size_t i = 0; i < record->count; i++)
		if (slice_is(record->pairs[i].key, key))
			return &record->pairs[i];
	return NULL;
}

/* What a record does not say outright: the program from its file, the peer from its name, the user from the number's.
 */
static void read_rest(struct record *record, bool process)
{
	const struct audit_pair *comm = pair_of(record, "comm"), *exe = pair_of(record, "exe");
	const struct audit_pair *host = pair_of(record, "hostname"), *user = pair_of(record, "UID");
	const struct audit_pair *program = comm != NULL ? comm : exe;

	if (process && program != NULL) {
		struct buffer *scratch = &record->out->scratch;
		scratch->len = 0;
		audit_pair_decode(program, scratch);
		const char *slash =
		    program == exe && scratch->len > 0 ? memrchr(scratch->ptr, '/', scratch->len) : NULL;
		size_t base = slash != NULL ? (size_t)(slash + 1 - scratch->ptr) : 0;
		(void)fill(record->out, FIELD_SOURCE_PROCESS, slice_after(buffer_slice(scratch), base));
	}
	if (host != NULL && slice_find(host->value, '.') < host->value.len)
		(void)fill(record->out, FIELD_SOURCE_HOST, host->value);
	if (user != NULL && !slice_is(user->value, "unset"))
		(void)fill(record->out, FIELD_USER, user->value);
}

/* "avc:  denied  { read write } for  pid=.." */
static void read_decision(struct slice body, struct parsed *out)
{
	const char *avc = body.len > 0 ? memmem(body.ptr, body.len, "avc:", 4) : NULL;
	struct slice text =
	    avc != NULL ? slice_trim(slice_after(body, (size_t)(avc - body.ptr) + 4)) : (struct slice){ 0 };
	size_t blank = slice_find(text, ' '), open = slice_find(text, '{'), close = slice_find(text, '}');

	if (open == text.len || close == text.len || open > close || blank > open)
		return;
	parsed_extend_first(out, "action", slice_first(text, blank));
	parsed_extend_first(out, "permission", slice_trim(slice_after(slice_first(text, close), open + 1)));
}

void audit_read(const struct audit *audit, struct parsed *out)
{
	struct record record = { .out = out, .type = audit->type };
	bool process = !parsed_has(out, FIELD_SOURCE_PROCESS);

	out->scratch.len = 0;
	if (audit->type.len > 0)
		parsed_extend_first(out, "type", audit->type);
	if (audit->serial.len > 0)
		parsed_extend_first(out, "sequence", audit->serial);
	if (slice_is(audit->type, "AVC") || slice_is(audit->type, "USER_AVC"))
		read_decision(audit->body, out);
	take_pairs(&record, audit->body);
	for (size_t i = 0; i < record.count; i++)
		read_pair(&record, &record.pairs[i]);
	read_rest(&record, process);
}
