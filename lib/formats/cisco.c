/* Messages of Cisco's systems: %FACILITY-SEVERITY-MNEMONIC: text, and what IOS, IOS XR, NX-OS and ASA put before it. */
/* SPDX-License-Identifier: MIT */
#include "cisco.h"

#include "../zone_name.h"
#include "tag.h"

enum {
	HEAD_MAX = 192,	     /* bytes before the '%' */
	NAME_MAX_BYTES = 64, /* of facility and mnemonic */
	UNITS_MAX = 8,	     /* things before the '%' */
};

/* "%SYS-5-CONFIG_I", "%SNMP-SNMP-3-AUTH_FAIL", "%ASA-4-402117", "%ASA-config-5-111008" */
struct mark {
	struct slice facility, mnemonic;
	int severity;
};

static bool is_name(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26 || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '/';
}

/* The next part of a mark, up to '-', ':' or a blank; moved behind it. */
static struct slice take_part(struct slice *text)
{
	size_t n = 0;

	while (n < text->len && n < NAME_MAX_BYTES && is_name(text->ptr[n]))
		n++;
	const struct slice part = slice_first(*text, n);
	*text = slice_after(*text, n);
	return part;
}

static bool take_dash(struct slice *text)
{
	if (text->len == 0 || text->ptr[0] != '-')
		return false;
	*text = slice_after(*text, 1);
	return true;
}

static bool is_severity(struct slice part)
{
	return part.len == 1 && part.ptr[0] >= '0' && part.ptr[0] <= '7';
}

/* The mark behind the '%' that *text starts with, moved as far as it goes; of ASA some versions write two. */
static bool read_mark(struct slice *text, struct mark *mark)
{
	struct slice part;

	*text = slice_after(*text, 1);
	if (text->len > 0 && text->ptr[0] == '%')
		*text = slice_after(*text, 1);
	mark->facility = part = take_part(text);
	if (part.len < 2 || part.ptr[0] < 'A' || part.ptr[0] > 'Z')
		return false;
	do {
		if (!take_dash(text))
			return false;
		part = take_part(text);
		if (part.len == 0)
			return false;
	} while (!is_severity(part));
	mark->severity = part.ptr[0] - '0';
	if (!take_dash(text))
		return false;
	mark->mnemonic = take_part(text);
	return mark->mnemonic.len > 0 && (text->len == 0 || text->ptr[0] == ':' || text->ptr[0] == ' ');
}

bool cisco_mark(struct slice *text)
{
	struct mark mark;

	return read_mark(text, &mark);
}

/* What stands before the mark. */
struct head {
	struct format_context *context;
	struct slice text; /* what is left of it */
	struct slice sequence, host, node, program, pid;
	struct stamp stamp;
	bool has_stamp;
	char clock; /* '*' it was never set, '.' it is not synchronised */
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The word at the start of the text, up to a blank or colon. */
static struct slice word_of(struct slice text)
{
	size_t n = 0;

	while (n < text.len && text.ptr[n] != ' ' && text.ptr[n] != ':')
		n++;
	return slice_first(text, n);
}

/* " CEST", " -0500" behind a stamp. */
static bool take_zone(struct slice *text, int32_t *offset)
{
	struct slice rest, word;
	bool utc;

	if (text->len == 0 || text->ptr[0] != ' ')
		return false;
	rest = slice_after(*text, 1);
	word = word_of(rest);
	if (zone_name_read(word, offset)) {
		*text = slice_after(rest, word.len);
		return true;
	}
	if (!zone_read_offset(&rest, offset, &utc))
		return false;
	*text = rest;
	return true;
}

static bool take_stamp(struct head *head)
{
	struct slice rest = head->text;
	struct civil civil;
	int32_t offset;
	char clock = rest.len > 0 ? rest.ptr[0] : ' ';

	if (clock == '*' || clock == '.')
		rest = slice_after(rest, 1);
	if (!civil_read_bsd(&rest, &civil) && !civil_read_iso(&rest, &civil))
		return false;
	if (civil.year == 0)
		year_set(head->context->year, head->context->zone, &civil);
	head->stamp = zone_stamp(head->context->zone, &civil);
	if (take_zone(&rest, &offset)) {
		head->stamp.time = civil_time(&civil) - offset * SECOND;
		head->stamp.offset = offset;
		head->stamp.utc = offset == 0;
	}
	if (clock == '*' || clock == '.')
		head->clock = clock;
	head->has_stamp = true;
	head->text = rest;
	return true;
}

/* "000123: ", a number that counts messages; of two the first, the other is of those before the relay. */
static bool take_sequence(struct head *head)
{
	const struct slice word = word_of(head->text);

	for (size_t i = 0; i < word.len; i++)
		if (!is_digit(word.ptr[i]))
			return false;
	if (word.len == 0 || word.len == head->text.len || head->text.ptr[word.len] != ':')
		return false;
	if (head->text.len > word.len + 1 && head->text.ptr[word.len + 1] != ' ')
		return false;
	if (head->sequence.ptr == NULL)
		head->sequence = word;
	head->text = slice_after(head->text, word.len + 1);
	return true;
}

/* Time since start instead of a stamp: "00:00:47", "3w2d", "1d05h". */
static bool take_uptime(struct head *head)
{
	size_t n = 0;

	while (n < head->text.len && (is_digit(head->text.ptr[n]) || memchr("ywdhms:", head->text.ptr[n], 7) != NULL))
		n++;
	if (n < 3 || !is_digit(head->text.ptr[0]) || head->text.ptr[n - 1] != ':' ||
	    (n < head->text.len && head->text.ptr[n] != ' '))
		return false;
	head->text = slice_after(head->text, n);
	return true;
}

/* "snmpd[1002]: " of IOS XR and NX-OS. */
static bool take_program(struct head *head)
{
	struct tag tag;

	if (!tag_split(head->text, &tag) || tag.pid.ptr == NULL || tag.message.len > head->text.len)
		return false;
	head->program = tag.name;
	head->pid = tag.pid;
	head->text = tag.message;
	return true;
}

/* The machine, or a part of it: "RP/0/RP0/CPU0", "CLC 6/0", up to a colon or the end. */
static bool take_origin(struct head *head)
{
	size_t colon = 0, blank;
	struct slice name;

	while (colon < head->text.len &&
	       (head->text.ptr[colon] != ':' || (colon + 1 < head->text.len && head->text.ptr[colon + 1] == ':') ||
		(colon > 0 && head->text.ptr[colon - 1] == ':')))
		colon++;
	name = slice_trim(slice_first(head->text, colon));
	blank = slice_find(name, ' ');
	if (slice_find(name, '/') < name.len && head->node.ptr == NULL)
		head->node = name;
	else if (blank == name.len && head->host.ptr == NULL)
		head->host = name;
	else
		return false;
	head->text = slice_after(head->text, colon < head->text.len ? colon + 1 : colon);
	return true;
}

static void skip_blanks(struct head *head)
{
	while (head->text.len > 0 && (head->text.ptr[0] == ' ' || head->text.ptr[0] == ':'))
		head->text = slice_after(head->text, 1);
}

/* All of the head must be of what these systems write. */
static bool read_head(struct head *head)
{
	for (int i = 0; i < UNITS_MAX; i++) {
		skip_blanks(head);
		if (head->text.len == 0)
			return true;
		if (!head->has_stamp && take_stamp(head))
			continue;
		if (!take_sequence(head) && !take_uptime(head) && !take_program(head) && !take_origin(head))
			return false;
	}
	return false;
}

/* Where the mark starts, within reach; false where there is none. */
static bool find_mark(struct slice text, struct mark *mark, size_t *start)
{
	const struct slice near = slice_first(text, text.len < HEAD_MAX ? text.len : HEAD_MAX);
	size_t n = slice_find(near, '%');
	struct slice rest;

	while (n < near.len && (rest = slice_after(text, n), !read_mark(&rest, mark))) {
		n++;
		n += slice_find(slice_after(near, n), '%');
	}
	*start = n;
	return n < near.len;
}

static void fill(struct parsed *out, const struct head *head, const struct mark *mark, struct slice message)
{
	const bool named = head->program.len > 0;

	if (!out->has_stamp && head->has_stamp)
		out->stamp = head->stamp;
	out->has_stamp |= head->has_stamp;
	if (!parsed_has(out, FIELD_LOG_SOURCE) && head->host.len > 0)
		parsed_text(out, FIELD_LOG_SOURCE, head->host);
	if (out->severity < 0)
		out->severity = mark->severity;
	parsed_text(out, FIELD_SOURCE_PROCESS, named ? head->program : mark->facility);
	tag_pid(head->pid, out);
	parsed_text(out, FIELD_MESSAGE, message);
	if (head->sequence.len > 0)
		parsed_extend(out, "sequence", head->sequence);
	if (head->node.len > 0)
		parsed_extend(out, "node", head->node);
	if (head->clock != '\0')
		parsed_extend(out, "clock", head->clock == '*' ? SLICE("not set") : SLICE("not synchronised"));
	parsed_extend(out, "cisco_facility", mark->facility);
	parsed_extend(out, "mnemonic", mark->mnemonic);
}

bool cisco_read(struct format_context *context, struct slice text, struct parsed *out)
{
	struct mark mark;
	size_t start;

	if (!find_mark(text, &mark, &start))
		return false;
	struct head head = { .context = context, .text = slice_first(text, start) };
	if (!read_head(&head))
		return false;
	fill(out, &head, &mark, slice_after(text, start));
	return true;
}
