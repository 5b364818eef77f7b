/* What must hold for an event line and the line that it was made of. */
/* SPDX-License-Identifier: MIT */
#include "line.h"

#include "../../lib/event.h"
#include "../../lib/id.h"
#include "../../lib/json.h"
#include "../../lib/stamp.h"
#include "../../lib/utf8.h"

#include <jansson.h>

/* One value for each letter of base64, 64 for any other. */
static unsigned base64_value(char c)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c != '\0' ? strchr(letters, c) : NULL;

	return at != NULL ? (unsigned)(at - letters) : 64;
}

static void read_base64(struct slice text, struct buffer *to)
{
	uint32_t bits = 0;
	unsigned count = 0;

	MUST(text.len % 4 == 0);
	for (size_t i = 0; i < text.len; i++) {
		unsigned value = base64_value(text.ptr[i]);
		if (text.ptr[i] == '=' && i + 2 >= text.len)
			break;
		MUST(value < 64);
		bits = bits << 6 | value;
		count += 6;
		if (count >= 8) {
			count -= 8;
			buffer_add_char(to, (char)(bits >> count & 0xff));
		}
	}
}

struct json_t *fuzz_jansson(struct slice text)
{
	json_error_t err;
	const size_t flags = JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES;
	json_t *value = json_loadb(text.ptr, text.len, flags, &err);

	if (value != NULL)
		return value;
	if (json_error_code(&err) == json_error_numeric_overflow ||
	    json_error_code(&err) == json_error_null_byte_in_key)
		return NULL;
	fuzz_same(__FILE__, __LINE__, text, slice_of(err.text));
	return NULL;
}

/* Known names alone, each in its place. */
static void check_order(struct slice event)
{
	struct json_walk walk = json_walk(event);
	struct slice key, value;
	int before = -1;

	while (json_next(&walk, &key, &value)) {
		enum field field = field_find(key);
		MUST(field < FIELD_EVENT_END);
		MUST((int)field > before);
		MUST(json_kind(value) != JSON_KIND_NULL);
		before = (int)field;
	}
}

void fuzz_raw(struct slice event, struct buffer *to)
{
	struct buffer text = { 0 };
	struct event read;
	struct error err;

	MUST(event_read(&read, event, &err) && event_has(&read, FIELD_RAW_TEXT));
	if (event_has(&read, FIELD_RAW_BASE64))
		read_base64(event_text(&read, FIELD_RAW_BASE64, &text), to);
	else
		buffer_add(to, event_text(&read, FIELD_RAW_TEXT, &text));
	buffer_clear(&text);
}

/* The line stands in the event. */
static void check_raw(const struct event *event, struct slice line)
{
	struct buffer raw = { 0 };

	MUST(event_has(event, FIELD_RAW_BASE64) == !utf8_valid(line));
	fuzz_raw(event->line, &raw);
	MUST_SAME(buffer_slice(&raw), line);
	buffer_clear(&raw);
}

/* The id is that of time, machine and line, with a count of equal lines before it. */
static void check_id(const struct event *event, struct slice line, uint64_t repeats)
{
	struct buffer text = { 0 };
	struct slice stamp_text = event_text(event, FIELD_DATE_STAMP, &text);
	struct stamp stamp;
	struct id id;
	char wanted[ID_LEN];

	MUST(stamp_read(&stamp_text, &stamp) && stamp_text.len == 0);
	MUST(id_read(event_text(event, FIELD_ID, &text), &id));
	if (event_has(event, FIELD_RAW_BASE64)) {
		buffer_clear(&text); /* the machine's name may not be UTF-8 either: who knows */
		return;
	}
	for (uint64_t k = 0; k <= repeats; k++) {
		id_print(wanted, id_of(stamp.time, event_text(event, FIELD_LOG_SOURCE, &text), line, k));
		if (memcmp(wanted, event->line.ptr + sizeof "{\"id\":\"" - 1, ID_LEN) == 0) {
			buffer_clear(&text);
			return;
		}
	}
	MUST_SAME(event->line, ((struct slice){ wanted, ID_LEN }));
}

/* One of ours that is passed through as it is, but for blanks around and halves of surrogate pairs. */
static bool is_passed(struct slice event, struct slice line)
{
	struct buffer mended = { 0 };
	struct event read;
	struct error err;
	bool passed = event_read(&read, line, &err);

	if (passed) {
		json_add_value(&mended, read.line);
		passed = slice_equal(event, buffer_slice(&mended));
	}
	buffer_clear(&mended);
	return passed;
}

void fuzz_check_event(struct slice event, struct slice line, uint64_t repeats)
{
	struct event read;
	struct error err;

	MUST(event_read(&read, event, &err));
	MUST(slice_starts(event, SLICE("{\"id\":\"")));
	if (is_passed(event, line))
		return;
	json_decref(fuzz_jansson(event));
	MUST(utf8_valid(event) && read.unknown == 0);
	check_order(event);
	check_raw(&read, line);
	check_id(&read, line, repeats);
}
