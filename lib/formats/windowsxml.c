/* windowsxml: events of Windows as XML, one a line, as wevtutil, collectors and agents render them. */
/* SPDX-License-Identifier: MIT */
#include "attribute.h"
#include "priority.h"
#include "syslog.h"
#include "table.h"

static const char *const samples[] = {
	"<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider "
	"Name='Microsoft-Windows-Security-Auditing'/><EventID>4625</EventID><Level>0</Level><TimeCreated "
	"SystemTime='2024-06-10T12:00:00.9443547Z'/><Execution ProcessID='568' "
	"ThreadID='5132'/><Channel>Security</Channel>"
	"<Computer>dc1</Computer></System><EventData><Data Name='TargetUserName'>anna</Data><Data "
	"Name='IpAddress'>192.0.2.1</Data><Data Name='IpPort'>4711</Data></EventData></Event>",
	NULL,
};

enum {
	NAME_MAX_BYTES = 64, /* of data */
	DATA_MAX = 128,	     /* pieces of data that are taken */
	PORT_MAX = 65535,
	ID_MAX = 65535,
	USER_CREATED = 4720, /* the first and last number of events that change an account */
	USER_CHANGED_LAST = 4767,
};

/* Behind what comes next, moved there; false where it does not come. */
static bool skip_to(struct slice *text, struct slice what)
{
	const char *found = text->len > 0 ? memmem(text->ptr, text->len, what.ptr, what.len) : NULL;

	if (found == NULL)
		return false;
	*text = slice_after(*text, (size_t)(found - text->ptr) + what.len);
	return true;
}

/* The text of the first element whose tag starts so: "<EventID" of "<EventID Qualifiers='0'>4625</EventID>". */
static bool element(struct slice text, struct slice tag, struct slice *value)
{
	while (skip_to(&text, tag)) {
		if (text.len == 0 || (text.ptr[0] != '>' && text.ptr[0] != ' '))
			continue;
		const size_t close = slice_find(text, '>');
		if (close == text.len || (close > 0 && text.ptr[close - 1] == '/'))
			return false;
		text = slice_after(text, close + 1);
		*value = slice_trim(slice_first(text, slice_find(text, '<')));
		return value->len > 0;
	}
	return false;
}

/* The attribute of the tag at the start of the text: "Name" of " Name='x'>..". */
static bool attribute(struct slice text, struct slice name, struct slice *value)
{
	text = slice_first(text, slice_find(text, '>'));
	while (skip_to(&text, name)) {
		if (text.len < 2 || text.ptr[0] != '=' || (text.ptr[1] != '\'' && text.ptr[1] != '"'))
			continue;
		const char quote = text.ptr[1];
		text = slice_after(text, 2);
		*value = slice_first(text, slice_find(text, quote));
		return value->len > 0 && value->len < text.len;
	}
	return false;
}

static bool attribute_of(struct slice text, struct slice tag, struct slice name, struct slice *value)
{
	return skip_to(&text, tag) && attribute(text, name, value);
}

/* "&lt;" and its like at the start of a text: what it stands for, and its length; 0 where it is none. */
static char entity(struct slice text, size_t *len)
{
	static const struct {
		struct slice name;
		char c;
	} entities[] = {
		{ { "&lt;", 4 }, '<' },	  { { "&gt;", 4 }, '>' },    { { "&amp;", 5 }, '&' },
		{ { "&quot;", 6 }, '"' }, { { "&apos;", 6 }, '\'' }, { { "&#xD;", 5 }, ' ' },
		{ { "&#xA;", 5 }, ' ' },  { { "&#13;", 5 }, ' ' },   { { "&#10;", 5 }, ' ' },
	};

	for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++)
		if (slice_starts(text, entities[i].name)) {
			*len = entities[i].name.len;
			return entities[i].c;
		}
	return '\0';
}

/* Replaces *to by the text without entities. */
static struct slice plain(struct slice text, struct buffer *to)
{
	to->len = 0;
	while (text.len > 0) {
		size_t n = slice_find(text, '&'), len = 1;
		buffer_add(to, slice_first(text, n));
		text = slice_after(text, n);
		if (text.len == 0)
			break;
		const char c = entity(text, &len);
		buffer_add_char(to, c != '\0' ? c : '&');
		text = slice_after(text, len);
	}
	return buffer_slice(to);
}

static void fill_text(struct parsed *out, enum field field, struct slice value)
{
	buffer_add(parsed_own(out, field), plain(value, &out->scratch));
	parsed_text(out, field, buffer_slice(&out->own[field]));
}

static bool is_user(struct slice name, int64_t id)
{
	const bool change = id >= USER_CREATED && id <= USER_CHANGED_LAST;

	return slice_is(name, change ? "SubjectUserName" : "TargetUserName");
}

/* Ends of a connection and parts of a request, as Sysmon, the filtering platform and IIS name them. */
static enum attribute known_name(struct slice name)
{
	char plain[NAME_MAX_BYTES];
	size_t len = 0;
	const struct attribute_row *row;

	if (slice_is(name, "s-ip") || slice_is(name, "s-port"))
		return name.len == 4 ? ATTRIBUTE_DEST_HOST : ATTRIBUTE_DEST_PORT; /* IIS: s is the server */
	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i] != '-' && name.ptr[i] != '_')
			plain[len++] =
			    name.ptr[i] >= 'A' && name.ptr[i] <= 'Z' ? (char)(name.ptr[i] | 0x20) : name.ptr[i];
	row = attribute_find((struct slice){ plain, len });
	return row != NULL && row->weight < ATTRIBUTE_DOUBTFUL ? (enum attribute)row->attribute : ATTRIBUTE_COUNT;
}

static bool read_known(struct slice name, struct slice value, struct parsed *out)
{
	static const struct {
		enum attribute attribute;
		enum field field;
	} texts[] = { { ATTRIBUTE_SOURCE_HOST, FIELD_SOURCE_HOST },
		      { ATTRIBUTE_DEST_HOST, FIELD_DEST_HOST },
		      { ATTRIBUTE_PROTOCOL, FIELD_PROTOCOL } };
	const enum attribute attribute = known_name(name);
	int64_t *port = attribute == ATTRIBUTE_SOURCE_PORT ? &out->source_port : &out->dest_port;

	if (attribute == ATTRIBUTE_SOURCE_PORT || attribute == ATTRIBUTE_DEST_PORT)
		return *port < 0 && slice_number(value, 1, PORT_MAX, port);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (attribute == texts[i].attribute && !parsed_has(out, texts[i].field)) {
			fill_text(out, texts[i].field, value);
			return true;
		}
	if (attribute < ATTRIBUTE_METHOD || attribute > ATTRIBUTE_HTTP_VERSION)
		return false;
	parsed_extend_first(out, attribute_name(attribute).ptr, plain(value, &out->scratch));
	return true;
}

/* A piece of data: to the field that it is, else to extended under its own name. */
static void read_datum(struct slice name, struct slice value, int64_t id, struct parsed *out)
{
	char text[NAME_MAX_BYTES + 1];

	if (value.len == 0 || slice_is(value, "-") || name.len > NAME_MAX_BYTES || slice_find(name, '&') < name.len)
		return;
	if (is_user(name, id) && !parsed_has(out, FIELD_USER)) {
		fill_text(out, FIELD_USER, value);
	} else if (slice_is(name, "IpAddress") && !parsed_has(out, FIELD_SOURCE_HOST)) {
		const struct slice mapped = SLICE("::ffff:");
		parsed_text(out, FIELD_SOURCE_HOST,
			    slice_starts(value, mapped) ? slice_after(value, mapped.len) : value);
	} else if (slice_is(name, "IpPort") && out->source_port < 0) {
		(void)slice_number(value, 1, PORT_MAX, &out->source_port);
	} else if (slice_is(name, "TargetUserName")) {
		parsed_extend_first(out, "target_user", plain(value, &out->scratch));
	} else if (!read_known(name, value, out)) {
		for (size_t i = 0; i < name.len; i++)
			text[i] = (unsigned char)(name.ptr[i] - '!') < '~' - '!' + 1 && name.ptr[i] != '"' &&
					  name.ptr[i] != '\\'
				      ? name.ptr[i]
				      : '_';
		text[name.len] = '\0';
		parsed_extend_first(out, text, plain(value, &out->scratch));
	}
}

static void read_data(struct slice text, int64_t id, struct parsed *out)
{
	for (int n = 0; n < DATA_MAX && skip_to(&text, SLICE("<Data ")); n++) {
		struct slice name, value = text;
		if (!attribute(text, SLICE("Name"), &name) || !skip_to(&value, SLICE(">")))
			continue;
		text = value;
		read_datum(name, slice_trim(slice_first(value, slice_find(value, '<'))), id, out);
	}
}

static void extend_element(struct slice text, struct slice tag, const char *name, struct parsed *out)
{
	struct slice value;

	if (element(text, tag, &value))
		parsed_extend(out, name, plain(value, &out->scratch));
}

/* Levels of the event log: 1 critical, 2 error, 3 warning, 4 information, 5 verbose; 0 is for audits. */
static void read_level(struct slice text, struct parsed *out)
{
	static const int severities[] = { -1, 2, 3, 4, 6, 7 };
	struct slice value;
	int64_t level;

	if (out->severity < 0 && element(text, SLICE("<Level"), &value) && slice_number(value, 0, 5, &level))
		out->severity = severities[level];
}

static void read_system(struct slice text, struct parsed *out)
{
	struct slice value;

	read_level(text, out);
	if (attribute_of(text, SLICE("<Provider "), SLICE("Name"), &value))
		fill_text(out, FIELD_SOURCE_PROCESS, value);
	if (attribute_of(text, SLICE("<Execution "), SLICE("ProcessID"), &value))
		(void)slice_number(value, 0, INT32_MAX, &out->source_pid);
	if (element(text, SLICE("<Computer"), &value))
		fill_text(out, FIELD_LOG_SOURCE, value);
	extend_element(text, SLICE("<EventID"), "event_id", out);
	extend_element(text, SLICE("<Channel"), "channel", out);
	extend_element(text, SLICE("<EventRecordID"), "sequence", out);
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice stamp, id, message;
	int64_t number = 0;

	(void)context;
	priority_read_bare(&line, out);
	line = slice_trim(line);
	if (slice_starts(line, SLICE("- ")))
		line = slice_after(line, 2); /* as browsers copy it */
	if (!slice_starts(line, SLICE("<Event ")) && !slice_starts(line, SLICE("<Event>")))
		return parsed_miss(out, line, "<Event>");
	if (!attribute_of(line, SLICE("<TimeCreated "), SLICE("SystemTime"), &stamp))
		return parsed_miss(out, slice_after(line, line.len), "<TimeCreated SystemTime='..'/> in the line");
	if (!stamp_read(&stamp, &out->stamp))
		return parsed_miss_stamp(out, stamp, "Y-m-dTH:M:S", "a stamp such as 2024-06-10T12:00:00Z");
	out->has_stamp = true;
	if (element(line, SLICE("<EventID"), &id))
		(void)slice_number(id, 0, ID_MAX, &number);
	read_system(line, out);
	read_data(line, number, out);
	if (element(line, SLICE("<Message"), &message))
		fill_text(out, FIELD_MESSAGE, message);
	else
		parsed_text(out, FIELD_MESSAGE, line);
	return true;
}

const struct format format_windowsxml = {
	.name = "windowsxml",
	.what = "events of Windows as XML, one a line",
	.samples = samples,
	.sure = true,
	.read = read,
};
