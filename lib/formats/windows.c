/* Events of Windows as agents send them in syslog: Snare, nxlog, EventReporter and the rsyslog agent. */
/* SPDX-License-Identifier: MIT */
#include "windows.h"

#include "payload.h"

#define SNARE SLICE("MSWinEventLog")

enum {
	PORT_MAX = 65535,
	ID_MAX = 65535,
	NAMES_MAX = 4, /* of accounts in one text that are looked at */
};

/* Numbers of the security log. */
enum { LOGON = 4624, LOGON_FAILED = 4625, USER_CREATED = 4720, USER_CHANGED_LAST = 4767 };

static bool is_space(char c)
{
	return c == ' ' || c == '\t';
}

/* Behind the heading, the word there; moved behind it. False where the heading does not come (again), or has nothing.
 */
static bool next_value(struct slice *text, struct slice heading, struct slice *value)
{
	const char *found = text->len > 0 ? memmem(text->ptr, text->len, heading.ptr, heading.len) : NULL;
	size_t n = 0;

	if (found == NULL)
		return false;
	*text = slice_after(*text, (size_t)(found - text->ptr) + heading.len);
	while (text->len > 0 && (is_space(text->ptr[0]) || slice_starts(*text, SLICE("#011"))))
		*text = slice_after(*text, is_space(text->ptr[0]) ? 1 : 4);
	while (n < text->len && !is_space(text->ptr[n]) && text->ptr[n] != '#')
		n++;
	*value = slice_first(*text, n);
	*text = slice_after(*text, n);
	return true;
}

/* Is it one: not "-", and not the next heading? */
static bool is_value(struct slice value)
{
	return value.len > 0 && !slice_is(value, "-") && value.ptr[value.len - 1] != ':';
}

static bool value_of(struct slice text, struct slice heading, struct slice *value)
{
	while (next_value(&text, heading, value))
		if (is_value(*value))
			return true;
	return false;
}

static void extend_value(struct slice text, struct slice heading, const char *name, struct parsed *out)
{
	struct slice value;

	if (value_of(text, heading, &value))
		parsed_extend(out, name, value);
}

/* The last one, if it is any: the names of accounts and machines, which strangers choose, stand before it. */
static bool last_value(struct slice text, struct slice heading, struct slice *value)
{
	bool found = false;

	while (next_value(&text, heading, value))
		found = is_value(*value);
	return found;
}

static void read_host(struct slice text, struct slice heading, struct parsed *out)
{
	const struct slice mapped = SLICE("::ffff:");
	struct slice value;

	if (!parsed_has(out, FIELD_SOURCE_HOST) && last_value(text, heading, &value))
		parsed_text(out, FIELD_SOURCE_HOST,
			    slice_starts(value, mapped) ? slice_after(value, mapped.len) : value);
}

static void read_port(struct slice text, struct slice heading, struct parsed *out)
{
	struct slice value;

	if (out->source_port < 0 && last_value(text, heading, &value))
		(void)slice_number(value, 1, PORT_MAX, &out->source_port);
}

static bool is_logon(struct slice text, int64_t id)
{
	return id == LOGON || id == LOGON_FAILED ||
	       (id == 0 && (slice_starts(text, SLICE("An account failed to log on")) ||
			    slice_starts(text, SLICE("An account was successfully logged on"))));
}

/* The first account is who acts; the next is who logs on, or who is changed. */
static void read_accounts(struct slice text, int64_t id, struct parsed *out)
{
	struct slice names[NAMES_MAX], rest = text, user = { 0 };
	size_t count = 0;

	while (count < NAMES_MAX && next_value(&rest, SLICE("Account Name:"), &names[count]))
		count++;
	if (count == 0 && value_of(text, SLICE("Logon Account:"), &names[0]))
		count = 1;
	if (count == 0)
		return;
	user = names[is_logon(text, id) ? count - 1 : 0];
	if (!parsed_has(out, FIELD_USER) && user.len > 0 && !slice_is(user, "-"))
		parsed_text(out, FIELD_USER, user);
	if (count > 1 && id >= USER_CREATED && id <= USER_CHANGED_LAST)
		parsed_extend(out, "target_user", names[1]);
}

void windows_text(struct slice text, int64_t id, struct parsed *out)
{
	read_accounts(text, id, out);
	read_host(text, SLICE("Source Network Address:"), out);
	read_host(text, SLICE("Client Address:"), out);
	read_port(text, SLICE("Source Port:"), out);
	read_port(text, SLICE("Client Port:"), out);
	extend_value(text, SLICE("Logon Type:"), "logon_type", out);
	extend_value(text, SLICE("Workstation Name:"), "workstation", out);
	extend_value(text, SLICE("Sub Status:"), "sub_status", out);
	extend_value(text, SLICE("New Process Name:"), "process_name", out);
	extend_value(text, SLICE("Service Name:"), "service_name", out);
}

/* What separates the fields. */
static struct slice separator_of(struct slice text)
{
	if (text.len > 0 && text.ptr[0] == '\t')
		return SLICE("\t");
	return slice_starts(text, SLICE("#011")) ? SLICE("#011") : SLICE(" ");
}

static struct slice take_field(struct slice *text, struct slice separator)
{
	const char *end = text->len > 0 ? memmem(text->ptr, text->len, separator.ptr, separator.len) : NULL;
	const size_t n = end != NULL ? (size_t)(end - text->ptr) : text->len;
	const struct slice field = slice_first(*text, n);

	*text = slice_after(*text, end != NULL ? n + separator.len : n);
	return field;
}

/* "Mon Jun 10 12:00:00 2024", and the separator behind; the time where the line's head had none. */
static bool take_stamp(struct format_context *context, struct slice *text, struct slice separator, struct parsed *out)
{
	const bool blanks = slice_is(separator, " ");
	struct slice rest = blanks ? *text : take_field(text, separator);
	struct civil civil;

	rest = slice_after(rest, slice_find(rest, ' '));
	if (rest.len == 0)
		return false;
	rest = slice_after(rest, 1);
	if (!civil_read_bsd(&rest, &civil) || civil.year == 0 || (rest.len > 0 && rest.ptr[0] != ' '))
		return false;
	if (!out->has_stamp)
		out->stamp = zone_stamp(context->zone, &civil);
	out->has_stamp = true;
	if (blanks)
		*text = slice_after(rest, rest.len > 0);
	return true;
}

static void read_type(struct slice type, struct parsed *out)
{
	parsed_extend(out, "event_type", type);
	if (out->severity >= 0)
		return;
	if (slice_is(type, "Error"))
		out->severity = 3;
	else if (slice_is(type, "Warning") || slice_is(type, "Failure Audit"))
		out->severity = 4;
	else if (slice_is(type, "Information") || slice_is(type, "Success Audit"))
		out->severity = 6;
}

/* Behind the source, where fields are separated for sure: user, kind of its SID, type, computer, category, data, text.
 */
static struct slice read_rest(struct slice text, struct slice separator, struct parsed *out)
{
	struct slice user = take_field(&text, separator), type, computer;

	(void)take_field(&text, separator);
	type = take_field(&text, separator);
	computer = take_field(&text, separator);
	if (type.len > 0)
		read_type(type, out);
	if (!parsed_has(out, FIELD_LOG_SOURCE) && computer.len > 0)
		parsed_text(out, FIELD_LOG_SOURCE, computer);
	if (user.len > 0 && !slice_is(user, "N/A") && !slice_is(user, "-"))
		parsed_extend(out, "account", user);
	(void)take_field(&text, separator);
	(void)take_field(&text, separator);
	return text;
}

bool windows_snare(struct format_context *context, struct slice text, struct parsed *out)
{
	struct slice separator, channel, id, source;
	int64_t number = 0;

	if (!slice_starts(text, SNARE))
		return false;
	text = slice_after(text, SNARE.len);
	separator = separator_of(text);
	if (!slice_starts(text, separator))
		return parsed_miss(out, text, "a tab behind MSWinEventLog");
	text = slice_after(text, separator.len);
	(void)take_field(&text, separator); /* how critical Snare's rules think it is */
	channel = take_field(&text, separator);
	(void)take_field(&text, separator); /* how many it has sent */
	if (!take_stamp(context, &text, separator, out))
		return parsed_miss(out, text, "a stamp such as Mon Jun 10 12:00:00 2024");
	id = take_field(&text, separator);
	source = take_field(&text, separator);
	if (!slice_number(id, 0, ID_MAX, &number) || source.len == 0)
		return parsed_miss(out, id, "the number of an event, and its source");
	parsed_text(out, FIELD_SOURCE_PROCESS, source);
	parsed_extend(out, "channel", channel);
	parsed_extend(out, "event_id", id);
	if (!slice_is(separator, " "))
		text = read_rest(text, separator, out);
	parsed_text(out, FIELD_MESSAGE, text);
	windows_text(text, number, out);
	return true;
}

/* "4625: AUDIT_FAILURE An account ..", as evtsys writes it; nothing is known of others. */
static int64_t take_id(struct slice *text)
{
	const size_t n = slice_find(*text, ':');
	int64_t id;

	if (n == text->len || !slice_number(slice_first(*text, n), 1, ID_MAX, &id))
		return 0;
	*text = slice_trim(slice_after(*text, n + 1));
	return id;
}

void payload_windows(struct format_context *context, struct slice message, struct parsed *out)
{
	struct slice text = message;
	const int64_t id = take_id(&text);

	(void)context;
	if (id > 0)
		parsed_extend(out, "event_id", slice_first(message, slice_find(message, ':')));
	windows_text(text, id, out);
}

/* "[AUF] Mon Jun 10 12:00:00 2024: HOST/Security (4625) - "text"", of EventReporter. */
void payload_eventreporter(struct format_context *context, struct slice message, struct parsed *out)
{
	const size_t open = slice_find(message, '('), dash = slice_find(message, '-');
	const size_t close = open + slice_find(slice_after(message, open), ')');
	int64_t id;

	(void)context;
	if (close >= message.len || dash < close)
		return;
	const struct slice number = slice_after(slice_first(message, close), open + 1);
	if (!slice_number(number, 0, ID_MAX, &id))
		return;
	parsed_extend(out, "event_id", number);
	windows_text(slice_after(message, close), id, out);
}
