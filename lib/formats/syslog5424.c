/* syslog5424: RFC 5424, and what is commonly sent under its name. */
/* SPDX-License-Identifier: MIT */
#include "junos.h"
#include "payload.h"
#include "priority.h"
#include "sd.h"
#include "syslog.h"
#include "table.h"
#include "tag.h"

#include "../scan.h"

static const char *const samples[] = {
	"<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - 'su root' failed for lonvick on /dev/pts/8",
	"<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 "
	"[exampleSDID@32473 iut=\"3\" eventSource=\"App\\\"lication\" eventID=\"1011\"][examplePriority@32473 "
	"class=\"high\"] text",
	NULL,
};

/* The next word, without the blank behind it; "-" is empty. False at the end of the line. */
static bool take_word(struct slice *line, struct slice *word)
{
	size_t n = (size_t)(scan_any_slack(line->ptr, line->ptr + line->len, ' ', ' ', ' ') - line->ptr);

	*word = slice_first(*line, n);
	*line = slice_after(*line, n < line->len ? n + 1 : n);
	if (word->len == 0)
		return false;
	if (slice_equal(*word, SLICE("-")))
		*word = (struct slice){ 0 };
	return true;
}

/* "1 " behind the priority. */
static bool take_version(struct slice *line, struct slice *version)
{
	size_t n = slice_find(slice_first(*line, line->len < 4 ? line->len : 4), ' ');

	if (n == 0 || n > 3 || n >= line->len || line->ptr[0] < '1' || line->ptr[0] > '9')
		return false;
	for (size_t i = 1; i < n; i++)
		if (line->ptr[i] < '0' || line->ptr[i] > '9')
			return false;
	*version = slice_first(*line, n);
	*line = slice_after(*line, n + 1);
	return true;
}

/* Structured data and message. A byte order mark before it says that it is UTF-8 and is no part of it. */
static void read_rest(struct slice line, struct parsed *out)
{
	const struct slice mark = SLICE("\xef\xbb\xbf"), data = line;

	if (line.len > 0 && line.ptr[0] == '[') {
		if (!sd_read(&line, out))
			parsed_fault(out, "structured data is malformed");
		else
			junos_read(slice_first(data, data.len - line.len), out);
	} else if (line.len > 0 && line.ptr[0] == '-' && (line.len == 1 || line.ptr[1] == ' ')) {
		line = slice_after(line, line.len == 1 ? 1 : 2);
	}
	if (line.len > 0)
		parsed_text(out, FIELD_MESSAGE, slice_starts(line, mark) ? slice_after(line, mark.len) : line);
}

static bool read_stamp(struct format_context *context, struct slice *line, struct parsed *out)
{
	if (slice_starts(*line, SLICE("- "))) {
		*line = slice_after(*line, 2);
		return true;
	}
	if (line->len < 11 || line->ptr[10] == ' ')
		return parsed_miss_stamp(out, *line, "Y-m-dTH:M:S", "a stamp of RFC 5424, or -");
	if (!syslog_iso_stamp(context, line, out))
		return false;
	*line = slice_after(*line, line->len > 0);
	return true;
}

static void read_head(struct slice *line, struct parsed *out)
{
	struct slice host = { 0 }, program = { 0 }, pid = { 0 }, message_id = { 0 };

	if (!take_word(line, &host) || !take_word(line, &program) || !take_word(line, &pid) ||
	    !take_word(line, &message_id))
		parsed_fault(out, "header is incomplete");
	if (host.len > 0)
		parsed_text(out, FIELD_LOG_SOURCE, host);
	if (program.len > 0)
		parsed_text(out, FIELD_SOURCE_PROCESS, program);
	tag_pid(pid, out);
	if (message_id.len > 0)
		parsed_extend(out, "msgid", message_id);
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice version;

	priority_read(&line, out);
	if (!take_version(&line, &version))
		return parsed_miss(out, line, "a version such as 1, and a blank");
	if (!read_stamp(context, &line, out))
		return false;
	read_head(&line, out);
	read_rest(line, out);
	payload_read(context, out);
	return true;
}

const struct format format_syslog5424 = {
	.name = "syslog5424",
	.what = "syslog by RFC 5424, structured data in extended.sd",
	.samples = samples,
	.sure = true,
	.read = read,
};
