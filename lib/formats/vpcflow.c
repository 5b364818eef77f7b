/* vpcflow: Amazon's VPC flow logs: the columns of version 2, or those that a header line names. */
/* SPDX-License-Identifier: MIT */
#include "columns.h"
#include "suits.h"
#include "table.h"
#include "web.h"

static const char *const samples[] = {
	"2 123456789010 eni-1235b8ca123456789 192.0.2.7 198.51.100.7 49761 22 6 20 4249 1718013600 1718013660 REJECT "
	"OK",
	"2 123456789010 eni-1235b8ca123456789 - - - - - - - 1718013600 1718013660 - NODATA",
	"version vpc-id interface-id srcaddr dstaddr srcport dstport protocol tcp-flags start end action",
	NULL,
};

static const struct column_word words[] = {
	{ "srcaddr", COLUMN_FIELD, FIELD_SOURCE_HOST, NULL }, { "dstaddr", COLUMN_FIELD, FIELD_DEST_HOST, NULL },
	{ "srcport", COLUMN_SOURCE_PORT, FIELD_NONE, NULL },  { "dstport", COLUMN_DEST_PORT, FIELD_NONE, NULL },
	{ "protocol", COLUMN_FIELD, FIELD_PROTOCOL, NULL },   { "bytes", COLUMN_EXTEND, FIELD_NONE, "byte_count" },
	{ "start", COLUMN_EPOCH, FIELD_NONE, NULL },	      { NULL, COLUMN_EXTEND, FIELD_NONE, NULL },
};

static const struct slice version2 =
    SLICE("version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action "
	  "log-status");

/* What is kept from line to line. */
struct state {
	struct columns_state columns; /* first, for columns_forget */
};

/* Names that flow logs alone have, and a time: columns of others stay others'. */
static bool is_header(struct slice line)
{
	bool address = false, start = false;

	if (line.len == 0 || line.ptr[0] < 'a' || line.ptr[0] > 'z')
		return false;
	while (line.len > 0) {
		struct slice name = columns_next(&line, ' ');
		for (size_t i = 0; i < name.len; i++)
			if ((name.ptr[i] < 'a' || name.ptr[i] > 'z') && (name.ptr[i] < '0' || name.ptr[i] > '9') &&
			    name.ptr[i] != '-' && name.ptr[i] != '_')
				return false;
		address |= slice_is(name, "srcaddr") || slice_is(name, "pkt-srcaddr");
		start |= slice_is(name, "start");
	}
	return address && start;
}

static bool is_version2(struct slice line)
{
	struct slice rest = line;

	if (!slice_starts(line, SLICE("2 ")) || columns_count(line, ' ') != 14)
		return false;
	columns_next(&rest, ' ');
	return suits_digits(columns_next(&rest, ' ')) && slice_starts(rest, SLICE("eni-"));
}

/* The columns of a line, or NULL. */
static const struct columns *columns_of(struct state *state, struct slice line)
{
	if (state->columns.named.count > 1 && line.len > 0 && columns_count(line, ' ') == state->columns.named.count)
		return &state->columns.named;
	if (!is_version2(line))
		return NULL;
	if (state->columns.usual.count == 0)
		columns_set(&state->columns.usual, version2, ' ', words);
	return &state->columns.usual;
}

/* Tells which column is not one of version 2. */
static bool miss_columns(struct slice line, struct parsed *out)
{
	struct slice rest = line, version, account;

	if (out->miss == NULL)
		return false;
	version = columns_next(&rest, ' ');
	account = columns_next(&rest, ' ');
	if (!slice_is(version, "2") || !suits_digits(account))
		return parsed_miss(out, version, "the columns that a header line names, or those of version 2");
	if (!slice_starts(rest, SLICE("eni-")))
		return parsed_miss(out, rest, "an interface such as eni-1235b8ca123456789");
	return parsed_miss(out, slice_after(line, line.len), "fourteen columns");
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice seen[COLUMN_COUNT] = { { 0 } }, name;
	struct state *state = context->state;
	const struct columns *columns;

	if (is_header(line)) {
		columns_set(&state->columns.named, line, ' ', words);
		parsed_text(out, FIELD_MESSAGE, line);
		return true;
	}
	columns = columns_of(state, line);
	if (columns == NULL)
		return miss_columns(line, out);
	if (!columns_read(columns, line, ' ', seen, out) || !out->has_stamp)
		return parsed_miss(out, seen[COLUMN_EPOCH].len > 0 ? seen[COLUMN_EPOCH] : line,
				   "a column with seconds since 1970");
	if (parsed_has(out, FIELD_PROTOCOL)) {
		name = suits_protocol(out->text[FIELD_PROTOCOL]);
		parsed_text(out, FIELD_PROTOCOL, name.len > 0 ? name : out->text[FIELD_PROTOCOL]);
	}
	parsed_text(out, FIELD_MESSAGE, line);
	return true;
}

const struct format format_vpcflow = {
	.name = "vpcflow",
	.what = "flow logs of Amazon's VPC: version 2, or by a header line",
	.samples = samples,
	.read = read,
	.state_size = sizeof(struct state),
	.forget = columns_forget,
};
