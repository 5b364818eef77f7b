/* What people are shown: nothing of it moves the terminal, and it is as wide as it says. */
/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "../../lib/cell.h"
#include "../../lib/event.h"
#include "../../lib/json.h"
#include "../../lib/table.h"
#include "../../lib/template.h"
#include "../../lib/terminal.h"
#include "../../lib/utf8.h"
#include "../../lib/width.h"

#include <jansson.h>
#include <stdlib.h>

/* Controls, and what turns the direction of a text or cannot be seen. Written here again: it is what is asked for. */
static bool moves(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xad || code == 0x61c ||
	       (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
	       (code >= 0x2060 && code <= 0x206f) || code == 0xfeff || (code >= 0xfff9 && code <= 0xfffb) ||
	       (code >= 0xe0000 && code <= 0xe007f);
}

/* UTF-8 without anything of that; returns how wide it is. */
static size_t check_shown(struct slice text)
{
	size_t width = 0;

	MUST(utf8_valid(text));
	for (size_t i = 0, n; i < text.len; i += n) {
		n = utf8_length(text.ptr + i, text.ptr + text.len);
		const uint32_t code = utf8_code(text.ptr + i, n);
		const enum width of = code_width(code);
		MUST(!moves(code) && of != WIDTH_HIDDEN);
		width += of == WIDTH_TWO ? 2 : of == WIDTH_ONE ? 1 : 0;
	}
	return width;
}

static void check_words(struct slice bytes, size_t size)
{
	char *text = malloc(size + 1);

	MUST(text != NULL && terminal_text(text, size, bytes) == text);
	if (size > 0) {
		MUST(memchr(text, '\0', size) != NULL);
		check_shown(slice_of(text));
	}
	free(text);
}

static void run_terminal(const struct fuzz_target *target, struct slice bytes)
{
	struct buffer all = { 0 }, some = { 0 };
	const size_t columns = bytes.len > 0 ? (unsigned char)bytes.ptr[0] % 40 : 0;
	size_t width;

	(void)target;
	width = terminal_add(&all, bytes, SIZE_MAX);
	MUST(width == check_shown(buffer_slice(&all)));
	MUST(terminal_add(&some, bytes, columns) == check_shown(buffer_slice(&some)));
	MUST(check_shown(buffer_slice(&some)) <= columns);
	if (width <= columns && columns > 0)
		MUST_SAME(buffer_slice(&all), buffer_slice(&some));
	check_words(bytes, columns);
	check_words(bytes, 8 * bytes.len + 16);
	buffer_clear(&all);
	buffer_clear(&some);
}

static const char *const terminal_seeds[] = { "\x14"
					      "caf\xc3\xa9 e\xcc\x81 \xe4\xb8\xad\xe6\x96\x87 \xf0\x9f\x98\x80",
					      "\x05"
					      "a\x1b[31m\x07\x9b\xc2\x9b\xe2\x80\xae\xef\xbb\xbf\r\n\t",
					      "\xff\xfe plain text of some length", NULL };

const struct fuzz_target fuzz_terminal = { "terminal", 256, run_terminal, terminal_seeds, NULL };

/* Lines of events as a table, of the columns that the first line names. */
static void run_table(const struct fuzz_target *target, struct slice bytes)
{
	struct output out = { .fd = -1 };
	struct table table = { .out = &out, .line = 20 + bytes.len % 200 };
	struct slice line, text;
	struct error err = { "" };
	struct event event;

	(void)target;
	if (!fuzz_part(&bytes, '\n', &line))
		return;
	if (line.len > 0 && !table_read_columns(&table, line, &err)) {
		fuzz_words(&err);
	} else {
		while (fuzz_part(&bytes, '\n', &line))
			if (event_read(&event, line, &err) && !event.repeated)
				table_add(&table, &event);
		if (table.rows > 0)
			table_show(&table);
	}
	text = buffer_slice(&out.text);
	while (fuzz_part(&text, '\n', &line))
		check_shown(line);
	table_clear(&table);
	buffer_clear(&out.text);
}

static const char *const table_seeds[] = {
	"id,message,extended.users,severity\n"
	"{\"id\":\"01J0000000ABCDEFGHJKMNPQRS\",\"date_stamp\":\"2024-06-10T12:00:00Z\",\"message\":\"m\\u001b\","
	"\"extended\":{\"users\":[\"a\",\"b\"]},\"severity\":3}\n{\"message\":\"\xe4\xb8\xad\xe6\x96\x87\"}",
	"\n{\"id\":\"01J0000000ABCDEFGHJKMNPQRS\",\"date_stamp\":\"2024-06-10T12:00:00Z\",\"phase\":\"open\",\"source_"
	"rule\":\"r\","
	"\"key\":{\"source_host\":\"192.0.2.7\"},\"event_count\":7}",
	NULL,
};

const struct fuzz_target fuzz_table = { "table", 1024, run_table, table_seeds, NULL };

/* A message of a rule: any text refused or made a JSON string, with whatever event and key. */
static void run_template(const struct fuzz_target *target, struct slice bytes)
{
	struct template template;
	struct buffer filled = { 0 }, text = { 0 };
	struct slice source, key = SLICE("{\"source_host\":\"192.0.2.7\",\"n\":[\"\\u0000\"]}");
	struct error err = { "" };
	struct event event;

	(void)target;
	if (!fuzz_part(&bytes, '\n', &source) || !utf8_valid(source))
		return;
	if (!event_read(&event, bytes, &err))
		MUST(event_read(&event, SLICE("{\"message\":\"m\\n\\u0000\",\"extended\":{\"users\":[\"a\",7]}}"),
				&err));
	if (!template_read(&template, source, &err)) {
		fuzz_words(&err);
	} else {
		template_fill(&template, &event, key, &filled);
		template_write(buffer_slice(&filled), UINT64_C(12345), 67, &text);
		json_t *value = json_loadb(text.ptr, text.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
		MUST(json_is_string(value));
		json_decref(value);
	}
	template_clear(&template);
	buffer_clear(&filled);
	buffer_clear(&text);
}

static const char *const template_seeds[] = { "Over {count} of {by}: {message} {{x}} {extended.users}",
					      "{user\n{\"user\":\"\\ud800\"}", NULL };

const struct fuzz_target fuzz_template = { "template", 512, run_template, template_seeds, NULL };
