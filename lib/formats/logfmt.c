/* logfmt: key=value pairs and nothing else: logrus, go-kit, slog, Traefik, FortiOS. */
/* SPDX-License-Identifier: MIT */
#include "object.h"
#include "pairs.h"
#include "priority.h"
#include "table.h"

#include "../hex.h"
#include "../json.h"
#include "../utf8.h"

static const char *const samples[] = {
	"time=\"2024-06-10T12:00:00+02:00\" level=error msg=\"user \\\"anna\\\" not found\" method=POST path=/login "
	"remote_ip=192.0.2.1",
	"date=2024-06-10 time=12:00:00 devname=\"fw1\" type=\"event\" level=\"alert\" srcip=192.0.2.1 user=\"anna\" "
	"action=\"login\" "
	"msg=\"SSL VPN login failed\"",
	NULL,
};

enum {
	WORDS_MAX = 16, /* that stand between pairs, in values without quotes */
	WORDS_EACH = 4, /* pairs that there must be for each of them: a sentence has fewer */
};

static bool is_key(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr("_.-/@#:", c) != NULL);
}

static bool take_key(struct slice *text, struct slice *key)
{
	size_t n = 0;

	while (n < text->len && is_key(text->ptr[n]))
		n++;
	if (n == 0 || n == text->len || text->ptr[n] != '=' || (text->ptr[0] >= '0' && text->ptr[0] <= '9'))
		return false;
	*key = slice_first(*text, n);
	*text = slice_after(*text, n + 1);
	return true;
}

/* The character that \xHH or \uHHHH means, whose digits start at text; 0 where they are none. */
static uint32_t hex_code(struct slice text, size_t digits)
{
	uint32_t code = 0;

	if (text.len < digits)
		return 0;
	for (size_t i = 0; i < digits; i++) {
		if (hex_digit(text.ptr[i]) < 0)
			return 0;
		code = code * 16 + (uint32_t)hex_digit(text.ptr[i]);
	}
	return code;
}

/* Adds what the escape at the start of text (a backslash, and something behind it) means; returns its length. */
static size_t add_escape(struct buffer *to, struct slice text)
{
	static const char letters[] = "ntr\"\\'", meant[] = "\n\t\r\"\\'";
	const char *letter = text.ptr[1] != '\0' ? strchr(letters, text.ptr[1]) : NULL;
	size_t digits = text.ptr[1] == 'u' ? 4 : text.ptr[1] == 'x' ? 2 : 0;
	uint32_t code = hex_code(slice_after(text, 2), digits);
	char utf8[4];

	if (letter != NULL) {
		json_add_escaped(to, (struct slice){ meant + (letter - letters), 1 });
		return 2;
	}
	if (code > 0) {
		json_add_escaped(to, (struct slice){ utf8, utf8_put(utf8, code) });
		return 2 + digits;
	}
	json_add_escaped(to, slice_first(text, 1));
	return 1;
}

/* A value in quotes, text behind the first of them; moved behind the last. False where there is none. */
static bool add_quoted(struct slice *text, struct buffer *to)
{
	while (text->len > 0 && text->ptr[0] != '"') {
		size_t plain = 0;
		while (plain < text->len && text->ptr[plain] != '"' && text->ptr[plain] != '\\')
			plain++;
		json_add_escaped(to, slice_first(*text, plain));
		*text = slice_after(*text, plain);
		if (text->len > 1 && text->ptr[0] == '\\')
			*text = slice_after(*text, add_escape(to, *text));
		else if (text->len == 1 && text->ptr[0] == '\\')
			return false;
	}
	if (text->len == 0)
		return false;
	*text = slice_after(*text, 1);
	return true;
}

/* A value without quotes; a comma at its end, or a quote in it, show that the text is no logfmt. */
static bool add_bare(struct slice *text, struct buffer *to)
{
	size_t n = slice_find(*text, ' ');
	struct slice value = slice_first(*text, n);

	if (n > 0 && (value.ptr[n - 1] == ',' || value.ptr[n - 1] == ';'))
		return false;
	if (slice_find(value, '"') < n || slice_starts(value, SLICE("audit(")))
		return false;
	json_add_escaped(to, value);
	*text = slice_after(*text, n);
	return true;
}

static unsigned hint_of(struct slice key)
{
	static const struct {
		const char *name;
		unsigned hint;
	} names[] = { { "time", PAIRS_TIME },	   { "ts", PAIRS_TIME },	{ "t", PAIRS_TIME },
		      { "timestamp", PAIRS_TIME }, { "date", PAIRS_TIME },	{ "level", PAIRS_LEVEL },
		      { "lvl", PAIRS_LEVEL },	   { "severity", PAIRS_LEVEL }, { "pri", PAIRS_LEVEL },
		      { "priority", PAIRS_LEVEL }, { "at", PAIRS_LEVEL },	{ "msg", PAIRS_MESSAGE },
		      { "message", PAIRS_MESSAGE } };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (slice_equal_nocase(key, slice_of(names[i].name)))
			return names[i].hint;
	return 0;
}

static bool add_value(struct slice *text, struct buffer *to)
{
	if (text->len == 0 || text->ptr[0] != '"')
		return add_bare(text, to);
	*text = slice_after(*text, 1);
	return add_quoted(text, to) && (text->len == 0 || text->ptr[0] == ' ');
}

/* A word that belongs to the value before it, which is reopened: some write blanks without quotes. */
static bool add_word(struct slice *text, struct buffer *to)
{
	to->len--;
	json_add_escaped(to, SLICE(" "));
	return add_bare(text, to);
}

/* As pairs_logfmt; *rest is what follows the part of the text that is right. */
static bool add_pairs(struct slice *rest, struct buffer *to, unsigned *hints, size_t *count)
{
	struct slice key, text, word = { 0 };
	size_t words = 0;
	bool bare = false;

	*hints = 0;
	*count = 0;
	to->len = 0;
	buffer_add_char(to, '{');
	for (text = slice_trim(*rest); text.len > 0; text = slice_trim(text)) {
		*rest = text;
		if (take_key(&text, &key)) {
			pairs_name(to, key);
			bare = text.len > 0 && text.ptr[0] != '"';
			*rest = text;
			if (!add_value(&text, to))
				return false;
			*hints |= hint_of(key);
			++*count;
		} else if (!bare || ++words > WORDS_MAX || !add_word(&text, to)) {
			return false;
		} else if (words == 1) {
			word = *rest;
		}
		buffer_add_char(to, '"');
	}
	buffer_add_char(to, '}');
	*rest = words > 0 ? word : text;
	return *count > WORDS_EACH * words;
}

bool pairs_logfmt(struct slice text, struct buffer *to, unsigned *hints, size_t *count)
{
	return add_pairs(&text, to, hints, count);
}

enum {
	PAIRS_ALONE = 3, /* that many show that a line without a time, a level or a message is a log */
};

/* Packets of the kernel's firewall have names of their own. */
static bool is_packet(struct slice line)
{
	return memmem(line.ptr, line.len, " SRC=", 5) != NULL && memmem(line.ptr, line.len, " DST=", 5) != NULL;
}

/* Two of time, level and message show that it is a log, as pairs do that are all of the line. */
static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice object, rest;
	unsigned hints;
	size_t count;

	priority_read_bare(&line, out);
	rest = line;
	if (!add_pairs(&rest, &out->work[WORK_LINE], &hints, &count))
		return parsed_miss(out, rest, "pairs of key=value");
	if ((hints & (hints - 1)) == 0 && (count < PAIRS_ALONE || is_packet(line)))
		return parsed_miss(out, slice_after(line, slice_find(line, ' ')),
				   "three pairs, or two of a time, a level and a message among them");
	if (!object_check(buffer_slice(&out->work[WORK_LINE]), &out->work[WORK_UNIQUE], &object))
		return false;
	object_read(context, object, out);
	return true;
}

const struct format format_logfmt = {
	.name = "logfmt",
	.what = "key=value pairs with a time, a level or a msg: logrus, slog, Traefik, FortiOS",
	.samples = samples,
	.read = read,
};
