/* w3c: logs in the extended format of the W3C, as IIS and CloudFront write them: "#Fields:" names the columns. */
/* SPDX-License-Identifier: MIT */
#include "columns.h"
#include "table.h"
#include "web.h"

enum {
	DATE_LEN = sizeof "2024-06-10" - 1,
	STAMP_LEN = sizeof "2024-06-10 12:00:00" - 1,
	STAMP_MAX = 40,
};

static const char *const samples[] = {
	"2024-06-10 12:00:00 198.51.100.7 GET /default.aspx id=7 443 - 192.0.2.7 Mozilla/5.0+(Windows+NT+10.0) - 200 0 "
	"0 15",
	"#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status",
	NULL,
};

static const struct column_word words[] = {
	{ "date", COLUMN_DATE, FIELD_NONE, NULL },
	{ "time", COLUMN_TIME, FIELD_NONE, NULL },
	{ "c-ip", COLUMN_FIELD, FIELD_SOURCE_HOST, NULL },
	{ "c-port", COLUMN_SOURCE_PORT, FIELD_NONE, NULL },
	{ "s-ip", COLUMN_FIELD, FIELD_DEST_HOST, NULL },
	{ "s-port", COLUMN_DEST_PORT, FIELD_NONE, NULL },
	{ "src-ip", COLUMN_FIELD, FIELD_SOURCE_HOST, NULL },
	{ "dst-ip", COLUMN_FIELD, FIELD_DEST_HOST, NULL },
	{ "src-port", COLUMN_SOURCE_PORT, FIELD_NONE, NULL },
	{ "dst-port", COLUMN_DEST_PORT, FIELD_NONE, NULL },
	{ "protocol", COLUMN_FIELD, FIELD_PROTOCOL, NULL },
	{ "s-computername", COLUMN_FIELD, FIELD_LOG_SOURCE, NULL },
	{ "cs-username", COLUMN_USER, FIELD_NONE, NULL },
	{ "cs-method", COLUMN_EXTEND, FIELD_NONE, "method" },
	{ "cs-uri-stem", COLUMN_EXTEND, FIELD_NONE, "path" },
	{ "cs-uri-query", COLUMN_EXTEND, FIELD_NONE, "query" },
	{ "cs-uri", COLUMN_TARGET, FIELD_NONE, NULL },
	{ "cs-host", COLUMN_EXTEND, FIELD_NONE, "vhost" },
	{ "cs(Host)", COLUMN_EXTEND, FIELD_NONE, "vhost" },
	{ "cs-version", COLUMN_EXTEND, FIELD_NONE, "protocol" },
	{ "cs-protocol-version", COLUMN_EXTEND, FIELD_NONE, "protocol" },
	{ "cs(User-Agent)", COLUMN_EXTEND, FIELD_NONE, "user_agent" },
	{ "cs(Referer)", COLUMN_EXTEND, FIELD_NONE, "referrer" },
	{ "sc-status", COLUMN_EXTEND, FIELD_NONE, "status" },
	{ "sc-bytes", COLUMN_EXTEND, FIELD_NONE, "byte_count" },
	{ NULL, COLUMN_EXTEND, FIELD_NONE, NULL },
};

/* What lines without a header are read by: the columns that the programs write unless told otherwise. */
#define IIS_REQUEST "cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) "
#define IIS_STATUS  "sc-status sc-substatus sc-win32-status"
static const struct slice iis6 = SLICE("date time s-sitename s-ip " IIS_REQUEST IIS_STATUS);
static const struct slice iis7 = SLICE("date time s-ip " IIS_REQUEST IIS_STATUS " time-taken");
static const struct slice iis8 = SLICE("date time s-ip " IIS_REQUEST "cs(Referer) " IIS_STATUS " time-taken");
static const struct slice firewall =
    SLICE("date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn "
	  "tcpack tcpwin icmptype icmpcode info path");
static const struct slice cloudfront =
    SLICE("date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) "
	  "cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken "
	  "x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status "
	  "fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len "
	  "sc-range-start sc-range-end");

/* What is kept from line to line. */
struct state {
	struct columns_state columns; /* first, for columns_forget */
	const char *of_usual;	      /* which of the texts above it was */
	bool dated;
	char date[DATE_LEN]; /* of the last "#Date:", for lines that have a clock alone */
};

/* Date and time of the W3C are those of UTC. */
static bool read_stamp(struct slice date, struct slice time, struct parsed *out)
{
	char text[STAMP_MAX];
	struct slice iso = { text, date.len + 1 + time.len };
	struct civil civil;

	if (date.len != DATE_LEN || time.len == 0 || iso.len > sizeof text)
		return false;
	memcpy(text, date.ptr, date.len);
	text[DATE_LEN] = ' ';
	memcpy(text + DATE_LEN + 1, time.ptr, time.len);
	if (!civil_read_iso(&iso, &civil))
		return false;
	out->stamp = (struct stamp){ .time = civil_time(&civil), .digits = civil.digits, .utc = true };
	return out->has_stamp = true;
}

/* "#Fields: ..", "#Date: 2024-06-10 12:00:00" */
static bool read_header(struct state *state, struct slice line, struct parsed *out)
{
	static const char *const directives[] = { "#Version",  "#Fields", "#Software", "#Start-Date",
						  "#End-Date", "#Date",	  "#Remark" };
	size_t colon = slice_find(line, ':'), i = 0, count = sizeof directives / sizeof directives[0];
	struct slice name = slice_first(line, colon), rest;

	while (i < count && !slice_equal_nocase(name, slice_of(directives[i])))
		i++;
	if (i == count || colon == line.len)
		return false;
	rest = slice_trim(slice_after(line, colon + 1));
	if (slice_equal_nocase(name, SLICE("#Fields")))
		columns_set(&state->columns.named, rest, slice_find(rest, '\t') < rest.len ? '\t' : ' ', words);
	else if (rest.len >= STAMP_LEN)
		read_stamp(slice_first(rest, DATE_LEN), slice_after(slice_first(rest, STAMP_LEN), DATE_LEN + 1), out);
	if (slice_equal_nocase(name, SLICE("#Date"))) {
		state->dated = out->has_stamp;
		memcpy(state->date, rest.ptr, out->has_stamp ? DATE_LEN : 0);
	}
	parsed_text(out, FIELD_MESSAGE, line);
	return true;
}

/* "GET", "POST": what tells IIS's columns from those of others. */
static bool is_method(struct slice word)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] < 'A' || word.ptr[i] > 'Z')
			return false;
	return word.len >= 3;
}

/* The columns of a line without a header, by its looks; ptr NULL: it is no such line. */
static struct slice usual_header(struct slice line, char separator, size_t count)
{
	struct slice third, fourth, fifth;

	columns_next(&line, separator);
	columns_next(&line, separator);
	third = columns_next(&line, separator);
	fourth = columns_next(&line, separator);
	fifth = columns_next(&line, separator);
	if (separator == '\t')
		return count == 33 && web_is_address(fifth) ? cloudfront : (struct slice){ 0 };
	if (slice_starts(third, SLICE("W3SVC")) && web_is_address(fourth) && is_method(fifth) && count == 14)
		return iis6;
	if (is_method(third) && web_is_address(fifth) && count == 17)
		return firewall;
	if (!web_is_address(third) || !is_method(fourth) || (count != 14 && count != 15))
		return (struct slice){ 0 };
	return count == 14 ? iis7 : iis8;
}

/* The columns of a line, or NULL. */
static const struct columns *columns_of(struct state *state, struct slice line, char separator)
{
	size_t count = columns_count(line, separator);
	struct slice header;

	if (state->columns.named.count > 0 && state->columns.named.count == count)
		return &state->columns.named;
	header = usual_header(line, separator, count);
	if (header.ptr == NULL)
		return NULL;
	if (header.ptr != state->of_usual)
		columns_set(&state->columns.usual, header, ' ', words);
	state->of_usual = header.ptr;
	return &state->columns.usual;
}

/* The firewall of Windows writes local time. */
static void make_local(struct format_context *context, struct parsed *out)
{
	struct civil civil = { 0 };
	const int64_t day = out->stamp.time / DAY - (out->stamp.time % DAY < 0);
	const int64_t second = (out->stamp.time - day * DAY) / SECOND;

	civil_from_days(day, &civil.year, &civil.month, &civil.day);
	civil.hour = (int)(second / 3600);
	civil.minute = (int)(second / 60 % 60);
	civil.second = (int)(second % 60);
	out->stamp = zone_stamp(context->zone, &civil);
}

/* '2024-06-10 ', '"2024-06-10" ', and a clock where the file has said the day. */
static bool may_start(const struct state *state, struct slice line)
{
	line = slice_after(line, line.len > 0 && line.ptr[0] == '"');
	if (line.len > STAMP_LEN && line.ptr[4] == '-' && line.ptr[7] == '-')
		return true;
	return state->dated && state->columns.named.count > 0 && line.len > 8 && line.ptr[2] == ':' &&
	       line.ptr[5] == ':';
}

/* Tells that it is the columns, or the stamp before them. */
static bool miss_columns(struct slice line, struct parsed *out)
{
	struct slice rest = line;
	struct civil civil;

	if (out->miss == NULL)
		return false;
	if (!civil_read_iso(&rest, &civil))
		return parsed_miss_common_stamp(out, line, "Y-m-d H:M:S ",
						"a date and a time such as 2024-06-10 12:00:00");
	if (rest.len == 0 || (rest.ptr[0] != ' ' && rest.ptr[0] != '\t'))
		return out->miss->lone && parsed_miss(out, rest, "a blank or tab behind the stamp");
	return parsed_miss(out, rest, "as many columns as #Fields: has, or those of IIS");
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice seen[COLUMN_COUNT] = { { 0 } };
	struct state *state = context->state;
	const struct columns *columns;
	char separator;

	if (line.len > 0 && line.ptr[0] == '#')
		return read_header(state, line, out) || parsed_miss(out, line, "a directive such as #Fields:");
	line = slice_trim(line);
	if (!may_start(state, line))
		return parsed_miss_common_stamp(out, line, "Y-m-d H:M:S ",
						"a date and a time such as 2024-06-10 12:00:00");
	separator = memchr(line.ptr, '\t', line.len < STAMP_LEN ? line.len : STAMP_LEN) != NULL ? '\t' : ' ';
	columns = columns_of(state, line, separator);
	if (columns == NULL)
		return miss_columns(line, out);
	columns_read(columns, line, separator, seen, out);
	if (seen[COLUMN_DATE].len == 0 && state->dated)
		seen[COLUMN_DATE] = (struct slice){ state->date, DATE_LEN };
	if (!read_stamp(seen[COLUMN_DATE], seen[COLUMN_TIME], out))
		return parsed_miss_common_stamp(out, line, "Y-m-d H:M:S ", "columns with a date and a time");
	if (columns->count > 2 && slice_is(columns->list[2].name, "action"))
		make_local(context, out);
	parsed_text(out, FIELD_MESSAGE, line);
	return true;
}

const struct format format_w3c = {
	.name = "w3c",
	.what = "extended log format of the W3C: IIS, CloudFront, the firewall of Windows",
	.samples = samples,
	.sure = true,
	.read = read,
	.state_size = sizeof(struct state),
	.forget = columns_forget,
};
