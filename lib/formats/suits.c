/* Can this value be what its name says? A "user" of "-" is none, a "time" of 20.5 is a duration. */
/* SPDX-License-Identifier: MIT */
#include "suits.h"

#include "../json.h"
#include "../level.h"

enum {
	HOST_MAX = 255, /* bytes */
	WORD_MAX = 64,
	PORT_MAX = 65535,
};

struct slice suits_text(struct slice value)
{
	return json_kind(value) == JSON_KIND_STRING ? (struct slice){ value.ptr + 1, value.len - 2 } : value;
}

bool suits_digits(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	return text.len > 0;
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool has_letter(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (is_letter(text.ptr[i]) || (unsigned char)text.ptr[i] >= 0x80)
			return true;
	return false;
}

/* What programs write where there is nothing. */
static bool is_none(struct slice text)
{
	static const char *const words[] = { "-", "--", "n/a", "null", "(null)", "none", "<nil>", "nil", "undefined" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (slice_equal_nocase(text, slice_of(words[i])))
			return true;
	return text.len == 0;
}

/* Letters, digits and what else stands in names and addresses. */
static bool is_word(struct slice text, const char *others)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (!is_letter(c) && (c < '0' || c > '9') && (c == '\0' || strchr(others, c) == NULL))
			return false;
	}
	return text.len > 0;
}

static bool is_host(struct slice text, bool doubtful)
{
	if (text.len > HOST_MAX || is_none(text) || !is_word(text, ".:-_%[]"))
		return false;
	return !doubtful || slice_find(text, '.') < text.len || slice_find(text, ':') < text.len;
}

static bool is_user(struct slice value, bool doubtful)
{
	struct slice text = suits_text(value);

	return json_kind(value) == JSON_KIND_STRING && text.len <= HOST_MAX && !is_none(text) &&
	       (!doubtful || has_letter(text));
}

static bool is_program(struct slice value, bool doubtful)
{
	struct slice text = suits_text(value);

	if (json_kind(value) != JSON_KIND_STRING || text.len > HOST_MAX || is_none(text) || !has_letter(text))
		return false;
	return !doubtful || is_word(text, "._-/:@");
}

static bool is_number(struct slice value, int64_t min, int64_t max)
{
	int64_t n;

	return slice_number(suits_text(value), min, max, &n);
}

int suits_severity(enum attribute attribute, struct slice value)
{
	struct slice text = suits_text(value);
	bool quoted = json_kind(value) == JSON_KIND_STRING;
	int64_t n;

	switch (attribute) {
	case ATTRIBUTE_LEVEL:
		return !quoted ? level_tens(text) : level_word(text) >= 0 ? level_word(text) : level_grade(text);
	case ATTRIBUTE_LEVEL_GELF:
		return !quoted && slice_number(text, 0, 7, &n) ? (int)n : -1;
	case ATTRIBUTE_LEVEL_WINDOWS:
		return level_windows(text);
	case ATTRIBUTE_LEVEL_CEF:
		return level_cef(text);
	default: /* a bare number under "priority" may mean anything; journald writes all in quotes */
		return quoted && slice_number(text, 0, 7, &n) ? (int)n : level_word(text);
	}
}

struct slice suits_protocol(struct slice number)
{
	static const struct {
		const char *number, *name;
	} names[] = { { "6", "tcp" },  { "17", "udp" }, { "1", "icmp" }, { "58", "icmp6" }, { "2", "igmp" },
		      { "47", "gre" }, { "50", "esp" }, { "51", "ah" },	 { "89", "ospf" },  { "132", "sctp" } };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (slice_is(number, names[i].number))
			return slice_of(names[i].name);
	return (struct slice){ 0 };
}

static bool is_protocol(struct slice text)
{
	return suits_protocol(text).len > 0 ||
	       (text.len <= WORD_MAX && has_letter(text) && !is_none(text) && is_word(text, "-_."));
}

/* A list of numbers from 0 to 255: journald's way to write what is not UTF-8. */
static bool is_bytes(struct slice value)
{
	struct json_walk walk = json_walk(value);
	struct slice key, member;
	bool any = false;

	while (json_next(&walk, &key, &member)) {
		int64_t n;
		if (!slice_number(member, 0, UINT8_MAX, &n))
			return false;
		any = true;
	}
	return any;
}

/* Those that go to extended. */
static bool suits_extended(const struct attribute_row *row, struct slice value)
{
	struct slice text = suits_text(value);
	bool quoted = json_kind(value) == JSON_KIND_STRING;

	switch (row->attribute) {
	case ATTRIBUTE_STATUS:
	case ATTRIBUTE_BYTE_COUNT:
		return suits_digits(text);
	case ATTRIBUTE_RULE_ID:
		return text.len > 0 && (quoted || suits_digits(text));
	case ATTRIBUTE_METHOD:
		return quoted && is_word(text, "-_");
	case ATTRIBUTE_ACTION:
		return quoted && has_letter(text);
	case ATTRIBUTE_TARGET_USER:
		return is_user(value, false);
	default:
		return quoted && !is_none(text);
	}
}

bool suits(const struct attribute_row *row, struct slice value)
{
	bool doubtful = row->weight >= ATTRIBUTE_DOUBTFUL, quoted = json_kind(value) == JSON_KIND_STRING;
	struct slice text = suits_text(value);

	switch (row->attribute) {
	case ATTRIBUTE_LEVEL:
	case ATTRIBUTE_LEVEL_GELF:
	case ATTRIBUTE_LEVEL_WINDOWS:
	case ATTRIBUTE_LEVEL_CEF:
	case ATTRIBUTE_SEVERITY:
		return suits_severity(row->attribute, value) >= 0;
	case ATTRIBUTE_FACILITY:
		return level_facility(text) >= 0;
	case ATTRIBUTE_LOG_SOURCE:
	case ATTRIBUTE_SOURCE_HOST:
	case ATTRIBUTE_DEST_HOST:
		return quoted && is_host(text, doubtful && row->attribute != ATTRIBUTE_LOG_SOURCE);
	case ATTRIBUTE_PROCESS:
		return is_program(value, doubtful);
	case ATTRIBUTE_PID:
		return is_number(value, 0, INT32_MAX);
	case ATTRIBUTE_SOURCE_PORT:
	case ATTRIBUTE_DEST_PORT:
		return is_number(value, 1, PORT_MAX);
	case ATTRIBUTE_USER:
		return is_user(value, doubtful);
	case ATTRIBUTE_PROTOCOL:
		return is_protocol(text);
	case ATTRIBUTE_MESSAGE:
		return quoted ? text.len > 0 : json_kind(value) == JSON_KIND_ARRAY && is_bytes(value);
	default:
		return suits_extended(row, value);
	}
}

/* "192.0.2.1"? */
static bool is_ipv4(struct slice text)
{
	int points = 0;

	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] == '.')
			points++;
		else if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	return points == 3;
}

void suits_address(struct slice text, struct slice *host, struct slice *port)
{
	size_t end = text.len > 0 && text.ptr[0] == '[' ? slice_find(text, ']') : slice_find(text, ':');
	struct slice rest;

	*host = text;
	*port = (struct slice){ 0 };
	if (end == text.len)
		return;
	if (text.ptr[0] == '[')
		*host = slice_after(slice_first(text, end++), 1);
	else if (is_ipv4(slice_first(text, end)))
		*host = slice_first(text, end);
	else
		return;
	if (end == text.len || text.ptr[end] != ':')
		return;
	rest = slice_after(text, end + 1);
	*port = slice_first(rest, slice_find(rest, ':'));
	if (!is_number(*port, 1, PORT_MAX))
		*port = (struct slice){ 0 };
}
