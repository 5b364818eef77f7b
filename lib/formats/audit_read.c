/* What audit records tell: their pairs become fields, of one record or of all of an event. */
/* SPDX-License-Identifier: MIT */
#include "audit.h"

#include "../json.h"
#include "audit_message.h"
#include "audit_pair.h"
#include "audit_path.h"
#include "audit_socket.h"
#include "sockaddr.h"

enum {
	PORT_MAX = 65535,
	TYPES_MAX = 32, /* different ones that are named of one event */
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

struct taken {
	struct audit_pair pair;
	const struct audit *record;
};

struct reading {
	struct parsed *out;
	size_t count;
	struct taken pairs[AUDIT_PAIRS_MAX];
	bool command; /* there are arguments, joined in out->scratch */
};

static bool is_type(const struct audit *record, const char *type)
{
	return slice_is(record->type, type);
}

/* The name in extended. */
static const char *name_of(const struct taken *taken, char name[AUDIT_NAME_MAX])
{
	if (slice_is(taken->pair.key, "cmd"))
		return "command";
	if (slice_is(taken->pair.key, "name") && is_type(taken->record, "PATH"))
		return "path";
	return audit_pair_name(&taken->pair, name).ptr;
}

/* "a0", "a12", "a1[0]", "a1_len" of EXECVE. */
static bool is_argument(struct slice key)
{
	return key.len > 1 && key.ptr[0] == 'a' && key.ptr[1] >= '0' && key.ptr[1] <= '9';
}

/* A long argument comes in pieces, a1[0]=.. a1[1]=.. */
static void add_argument(struct reading *reading, const struct audit_pair *pair)
{
	struct buffer *line = &reading->out->scratch;
	size_t bracket = slice_find(pair->key, '[');
	bool first = bracket == pair->key.len || slice_is(slice_after(pair->key, bracket), "[0]");

	if (slice_find(pair->key, '_') < pair->key.len)
		return;
	if (first && reading->command)
		buffer_add_char(line, ' ');
	audit_pair_decode(pair, line);
	reading->command = true;
}

/* Is the name taken, by the head or by a pair before? */
static bool is_known(const struct reading *reading, struct slice key)
{
	if (slice_is(key, "type") || slice_is(key, "sequence"))
		return true;
	for (size_t i = 0; i < reading->count; i++)
		if (slice_equal(reading->pairs[i].pair.key, key))
			return true;
	return false;
}

static void take_pairs(struct reading *reading, const struct audit *record)
{
	const bool arguments = is_type(record, "EXECVE");
	struct slice text = record->body;
	struct audit_pair pair;

	while ((arguments || reading->count < AUDIT_PAIRS_MAX) && audit_pair_next(&text, &pair)) {
		if (arguments && is_argument(pair.key))
			add_argument(reading, &pair);
		else if (reading->count < AUDIT_PAIRS_MAX && pair.key.len < AUDIT_KEY_MAX &&
			 !is_known(reading, pair.key) && !audit_pair_unknown(&pair))
			reading->pairs[reading->count++] = (struct taken){ pair, record };
	}
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

static const struct audit_pair *pair_of(const struct reading *reading, const char *key)
{
	for (size_t i = 0; i < reading->count; i++)
		if (slice_is(reading->pairs[i].pair.key, key))
			return &reading->pairs[i].pair;
	return NULL;
}

/* Empty where there is none. */
static struct slice value_of(const struct reading *reading, const char *key)
{
	const struct audit_pair *pair = pair_of(reading, key);

	return pair != NULL ? pair->value : (struct slice){ 0 };
}

/* The one end of the event that the system call speaks to. */
static void fill_end(struct reading *reading, struct slice address, struct slice port)
{
	const enum audit_end end = audit_socket_end(value_of(reading, "SYSCALL"), value_of(reading, "arch"),
						    value_of(reading, "syscall"), value_of(reading, "a0"));

	if (end == AUDIT_END_NONE)
		return;
	if (fill(reading->out, end == AUDIT_END_DEST ? FIELD_DEST_HOST : FIELD_SOURCE_HOST, address))
		(void)fill(reading->out, end == AUDIT_END_DEST ? FIELD_DEST_PORT : FIELD_SOURCE_PORT, port);
}

static void read_sockaddr(struct reading *reading, struct slice digits)
{
	struct parsed *out = reading->out;
	struct sockaddr_text address;
	char port[sizeof "65535"];
	size_t n = sizeof port;

	if (!sockaddr_read(digits, &address))
		return;
	const struct slice text = { address.address, address.address_len };
	parsed_extend_first(out, "family", slice_of(address.family));
	if (text.len > 0)
		parsed_extend_first(out, "address", text);
	if (address.port < 0)
		return;
	for (int64_t rest = address.port; n == sizeof port || rest > 0; rest /= 10)
		port[--n] = (char)('0' + rest % 10);
	parsed_extend_first(out, "port", (struct slice){ port + n, sizeof port - n });
	fill_end(reading, text, (struct slice){ port + n, sizeof port - n });
}

/* Records of changes to accounts name the one that is changed. */
static bool changes_account(struct slice type)
{
	return slice_is(type, "ADD_USER") || slice_is(type, "DEL_USER") || slice_is(type, "USER_MGMT") ||
	       slice_is(type, "USER_CHAUTHTOK") || slice_is(type, "GRP_MGMT") || slice_is(type, "ACCT_LOCK") ||
	       slice_is(type, "ACCT_UNLOCK");
}

/* True where the value went to a field of ours. */
static bool fill_by_key(struct reading *reading, const struct taken *taken, struct slice value)
{
	const struct slice key = taken->pair.key;

	if (slice_is(key, "acct") && changes_account(taken->record->type)) {
		parsed_extend_first(reading->out, "target_user", value);
		return true;
	}
	if (slice_is(key, "pid"))
		return reading->out->source_pid < 0 && !parsed_has(reading->out, FIELD_SOURCE_PROCESS) &&
		       slice_number(value, 0, INT32_MAX, &reading->out->source_pid);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (slice_is(key, rows[i].key))
			return fill(reading->out, rows[i].field, value);
	return false;
}

static void read_pair(struct reading *reading, const struct taken *taken)
{
	const struct audit_pair *pair = &taken->pair;
	struct slice value = pair->value;
	char name[AUDIT_NAME_MAX];

	if (is_encoded_key(pair->key)) {
		reading->out->scratch.len = 0;
		audit_pair_decode(pair, &reading->out->scratch);
		value = buffer_slice(&reading->out->scratch);
	}
	if (slice_is(pair->key, "saddr") && is_type(taken->record, "SOCKADDR"))
		read_sockaddr(reading, value);
	else if (!fill_by_key(reading, taken, value))
		parsed_extend_first(reading->out, name_of(taken, name), value);
}

/* Who acts: the account that logged in, whatever it has become since; else the one that it is. */
static void fill_user(struct reading *reading)
{
	static const char *const keys[] = { "AUID", "UID" };

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		const struct slice name = value_of(reading, keys[i]);
		if (name.len > 0 && !slice_is(name, "unset"))
			(void)fill(reading->out, FIELD_USER, name);
	}
}

/* What a record does not say outright: the program from its file, the peer from its name, the user from a number's. */
static void read_rest(struct reading *reading, bool process)
{
	const struct audit_pair *comm = pair_of(reading, "comm"), *exe = pair_of(reading, "exe");
	const struct audit_pair *program = comm != NULL ? comm : exe;
	const struct slice host = value_of(reading, "hostname");

	if (process && program != NULL) {
		struct buffer *scratch = &reading->out->scratch;
		scratch->len = 0;
		audit_pair_decode(program, scratch);
		const char *slash =
		    program == exe && scratch->len > 0 ? memrchr(scratch->ptr, '/', scratch->len) : NULL;
		size_t base = slash != NULL ? (size_t)(slash + 1 - scratch->ptr) : 0;
		(void)fill(reading->out, FIELD_SOURCE_PROCESS, slice_after(buffer_slice(scratch), base));
	}
	if (slice_find(host, '.') < host.len)
		(void)fill(reading->out, FIELD_SOURCE_HOST, host);
	fill_user(reading);
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

static bool is_named(const struct slice *names, size_t count, struct slice name)
{
	for (size_t i = 0; i < count; i++)
		if (slice_equal(names[i], name))
			return true;
	return false;
}

/* The types of all records, each once. */
static void add_types(const struct audit *records, size_t count, struct parsed *out)
{
	struct buffer *list = &out->work[WORK_LIST];
	struct slice types[TYPES_MAX];
	size_t known = 0;

	list->len = 0;
	for (size_t i = 0; i < count && known < TYPES_MAX; i++) {
		if (is_named(types, known, records[i].type))
			continue;
		buffer_add_char(list, known > 0 ? ',' : '[');
		json_add_string(list, records[i].type);
		types[known++] = records[i].type;
	}
	buffer_add_char(list, ']');
	parsed_extend_json(out, SLICE("types"), buffer_slice(list));
}

/* What all records say is collected; what is put together of it comes first, and no pair takes its name. */
static void take_records(struct reading *reading, const struct audit *records, size_t count)
{
	struct parsed *out = reading->out;

	for (size_t i = 0; i < count; i++)
		if (is_type(&records[i], "AVC") || is_type(&records[i], "USER_AVC"))
			read_decision(records[i].body, out);
	out->scratch.len = 0;
	for (size_t i = 0; i < count; i++)
		if (count == 1 || !is_type(&records[i], "PATH"))
			take_pairs(reading, &records[i]);
	if (reading->command)
		parsed_extend_first(out, "command_line", buffer_slice(&out->scratch));
}

static void read_paths(struct reading *reading, const struct audit *records, size_t count)
{
	const struct audit_pair *cwd = pair_of(reading, "cwd");
	struct buffer *scratch = &reading->out->scratch;

	scratch->len = 0;
	if (cwd != NULL)
		audit_pair_decode(cwd, scratch);
	audit_path_read(records, count, buffer_slice(scratch), reading->out);
}

void audit_read(const struct audit *records, size_t count, struct parsed *out)
{
	const bool process = !parsed_has(out, FIELD_SOURCE_PROCESS);
	struct reading reading = { .out = out };

	buffer_room(&out->scratch, 1); /* an empty text stands somewhere, too */
	if (records->type.len > 0)
		parsed_extend_first(out, "type", records->type);
	if (records->serial.len > 0)
		parsed_extend_first(out, "sequence", records->serial);
	if (count > 1)
		add_types(records, count, out);
	take_records(&reading, records, count);
	if (count > 1)
		read_paths(&reading, records, count);
	for (size_t i = 0; i < reading.count; i++)
		read_pair(&reading, &reading.pairs[i]);
	read_rest(&reading, process);
	out->read = true;
	if (count > 1)
		audit_message(out);
}
