/* zeek: the network monitor's logs with tabs, "#fields" and "#types" before them. */
/* SPDX-License-Identifier: MIT */
#include "columns.h"
#include "table.h"
#include "web.h"

enum {
	DATASET_MAX = 64, /* bytes of a log's name */
	TAB = '\t',
};

static const char *const samples[] = {
	"1541350796.901974\tC54zqz17PXuBv3HkLg\t192.0.2.7\t54855\t198.51.100.7\t443\ttcp\tssl\t0."
	"153642\t1147\t589\tSF\tT\t0",
	"#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice",
	NULL,
};

#define PROTOCOL                                                                                                       \
	{                                                                                                              \
		"http_version", COLUMN_EXTEND, FIELD_NONE, "protocol"                                                  \
	}
static const struct column_word protocol = PROTOCOL;
static const struct column_word words[] = {
	{ "ts", COLUMN_EPOCH, FIELD_NONE, NULL },
	{ "id.orig_h", COLUMN_FIELD, FIELD_SOURCE_HOST, NULL },
	{ "id.orig_p", COLUMN_SOURCE_PORT, FIELD_NONE, NULL },
	{ "id.resp_h", COLUMN_FIELD, FIELD_DEST_HOST, NULL },
	{ "id.resp_p", COLUMN_DEST_PORT, FIELD_NONE, NULL },
	{ "proto", COLUMN_FIELD, FIELD_PROTOCOL, NULL },
	{ "src", COLUMN_FIELD, FIELD_SOURCE_HOST, NULL },
	{ "dst", COLUMN_FIELD, FIELD_DEST_HOST, NULL },
	{ "client_addr", COLUMN_FIELD, FIELD_SOURCE_HOST, NULL },
	{ "server_addr", COLUMN_FIELD, FIELD_DEST_HOST, NULL },
	{ "user", COLUMN_USER, FIELD_NONE, NULL },
	{ "username", COLUMN_USER, FIELD_NONE, NULL },
	{ "msg", COLUMN_FIELD, FIELD_MESSAGE, NULL },
	{ "message", COLUMN_FIELD, FIELD_MESSAGE, NULL },
	{ "uri", COLUMN_TARGET, FIELD_NONE, NULL },
	{ "host", COLUMN_EXTEND, FIELD_NONE, "vhost" },
	{ "status_code", COLUMN_EXTEND, FIELD_NONE, "status" },
	{ "response_body_len", COLUMN_EXTEND, FIELD_NONE, "byte_count" },
	PROTOCOL,
	{ "orig_l2_addr", COLUMN_EXTEND, FIELD_NONE, "src_mac" },
	{ "resp_l2_addr", COLUMN_EXTEND, FIELD_NONE, "dst_mac" },
	{ NULL, COLUMN_EXTEND, FIELD_NONE, NULL },
};

/* What lines without a header are read by; columns behind these are left to raw_text. */
#define CONNECTION "ts uid id.orig_h id.orig_p id.resp_h id.resp_p "
#define ASKED	   CONNECTION "trans_depth method host uri referrer "
#define ANSWERED   "request_body_len response_body_len status_code status_msg"
#define COUNTED	   "proto service duration orig_bytes resp_bytes conn_state local_orig "
#define PACKETS	   "missed_bytes history orig_pkts orig_ip_bytes resp_pkts resp_ip_bytes tunnel_parents "
static const struct slice by_protocol = SLICE(CONNECTION "proto");
static const struct slice conn_old = SLICE(CONNECTION COUNTED PACKETS);
static const struct slice conn = SLICE(CONNECTION COUNTED "local_resp " PACKETS "orig_l2_addr resp_l2_addr");
static const struct slice http_old = SLICE(ASKED "user_agent " ANSWERED);
static const struct slice http_version = SLICE(ASKED "http_version user_agent " ANSWERED);
static const struct slice http_origin = SLICE(ASKED "http_version user_agent origin " ANSWERED);

/* What is kept from line to line. */
struct state {
	struct columns_state columns; /* first, for columns_forget */
	const char *of_usual;
	size_t dataset_len;
	char dataset[DATASET_MAX]; /* "conn", "http": the log's name */
};

/* What the words in "#types" mean for how we write values. */
static enum column_kind kind_of(struct slice type)
{
	if (slice_is(type, "string") || slice_is(type, "addr") || slice_is(type, "enum"))
		return COLUMN_TEXT;
	if (slice_is(type, "bool"))
		return COLUMN_TRUTH;
	return slice_starts(type, SLICE("set[")) || slice_starts(type, SLICE("vector[")) ? COLUMN_LIST : COLUMN_ANY;
}

static void set_types(struct columns *columns, struct slice types)
{
	for (size_t i = 0; i < columns->count && types.len > 0; i++)
		columns->list[i].kind = kind_of(columns_next(&types, TAB));
}

/* "version" is the protocol in http.log, and something else in others. "#path" comes before "#fields". */
static void set_fields(struct state *state, struct slice names)
{
	const bool http = state->dataset_len == 4 && memcmp(state->dataset, "http", 4) == 0;

	columns_set(&state->columns.named, names, TAB, words);
	for (size_t i = 0; http && i < state->columns.named.count; i++)
		if (slice_is(state->columns.named.list[i].name, "version"))
			state->columns.named.list[i].word = &protocol;
}

static void set_dataset(struct state *state, struct slice name)
{
	state->dataset_len = name.len < DATASET_MAX ? name.len : DATASET_MAX;
	memcpy(state->dataset, name.ptr, state->dataset_len);
}

/* "#fields<TAB>ts<TAB>uid", "#separator \x09" */
static bool read_header(struct state *state, struct slice line, struct parsed *out)
{
	static const char *const names[] = { "#set_separator", "#empty_field", "#unset_field", "#path",
					     "#open",	       "#close",       "#fields",      "#types" };
	struct slice rest = line, name = columns_next(&rest, TAB);
	size_t i = 0, count = sizeof names / sizeof names[0];

	while (i < count && !slice_is(name, names[i]))
		i++;
	if (i == count && !slice_starts(line, SLICE("#separator \\x")))
		return false;
	if (slice_is(name, "#fields"))
		set_fields(state, rest);
	else if (slice_is(name, "#types"))
		set_types(&state->columns.named, rest);
	else if (slice_is(name, "#path"))
		set_dataset(state, rest);
	parsed_text(out, FIELD_MESSAGE, line);
	return true;
}

static bool is_version(struct slice text)
{
	return text.len == 3 && text.ptr[0] >= '0' && text.ptr[0] <= '9' && text.ptr[1] == '.';
}

/* "SF", "REJ", "RSTO": what became of a connection. */
static bool is_state(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((text.ptr[i] < 'A' || text.ptr[i] > 'Z') && (text.ptr[i] < '0' || text.ptr[i] > '9'))
			return false;
	return text.len >= 2 && text.len <= 6 && text.ptr[0] >= 'A';
}

static bool is_truth(struct slice text)
{
	return text.len == 1 && (text.ptr[0] == 'T' || text.ptr[0] == 'F' || text.ptr[0] == '-');
}

/* The columns of a line without a header, by its looks; ptr NULL: it is no such line. */
static struct slice usual_header(struct slice line)
{
	enum { LOOKED_AT = 14 };
	struct slice value[LOOKED_AT];

	for (size_t i = 0; i < LOOKED_AT; i++)
		value[i] = columns_next(&line, TAB);
	if (!web_is_address(value[2]) || !web_is_number(value[3]) || !web_is_address(value[4]) ||
	    !web_is_number(value[5]))
		return (struct slice){ 0 };
	if (!web_is_number(value[6]) && is_state(value[11]) && is_truth(value[12]))
		return is_truth(value[13]) ? conn : conn_old;
	if (!web_is_number(value[6]))
		return by_protocol;
	if (!is_version(value[11]))
		return http_old;
	return web_is_number(value[13]) ? http_version : http_origin;
}

/* The columns of a line, or NULL. */
static const struct columns *columns_of(struct state *state, struct slice line)
{
	struct slice header;

	if (state->columns.named.count > 0 && state->columns.named.count == columns_count(line, TAB))
		return &state->columns.named;
	header = usual_header(line);
	if (header.ptr == NULL)
		return NULL;
	if (header.ptr != state->of_usual)
		columns_set(&state->columns.usual, header, ' ', words);
	state->of_usual = header.ptr;
	return &state->columns.usual;
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice seen[COLUMN_COUNT] = { { 0 } };
	struct state *state = context->state;
	const struct columns *columns;

	if (line.len > 0 && line.ptr[0] == '#')
		return read_header(state, line, out) || parsed_miss(out, line, "a header such as #fields, and a tab");
	if (line.len == 0 || line.ptr[0] < '0' || line.ptr[0] > '9' || slice_find(line, TAB) == line.len)
		return parsed_miss(out, line, "seconds since 1970, and a tab");
	columns = columns_of(state, line);
	if (columns == NULL)
		return parsed_miss(out, slice_after(line, slice_find(line, TAB) + 1),
				   "as many columns as #fields has, or those of a log that is known");
	if (!columns_read(columns, line, TAB, seen, out) || !out->has_stamp)
		return parsed_miss(out, seen[COLUMN_EPOCH].len > 0 ? seen[COLUMN_EPOCH] : line, "seconds since 1970");
	if (columns == &state->columns.named && state->dataset_len > 0)
		parsed_extend(out, "dataset", (struct slice){ state->dataset, state->dataset_len });
	if (!parsed_has(out, FIELD_MESSAGE))
		parsed_text(out, FIELD_MESSAGE, line);
	return true;
}

const struct format format_zeek = {
	.name = "zeek",
	.what = "logs of the network monitor Zeek, with tabs and a header",
	.samples = samples,
	.sure = true,
	.read = read,
	.state_size = sizeof(struct state),
	.forget = columns_forget,
};
