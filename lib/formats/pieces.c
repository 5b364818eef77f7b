/* JSON objects out of a document that is no JSON lines: an array, one object over several lines, objects in a row. */
/* SPDX-License-Identifier: MIT */
#include "pieces.h"

#include "../input.h"

/* Text that is asked for in vain costs no more than what is kept. */
static void add(struct pieces *pieces, size_t max, char c)
{
	if (pieces->text.len < max)
		buffer_add_char(&pieces->text, c);
	else
		pieces->cut++;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* "{"Records":[" and nothing else: the head of an object around all events. */
static bool is_wrapper(struct slice text)
{
	static const char *const names[] = { "Records", "records", "entries", "events",	   "Events",  "logs",
					     "items",	"value",   "data",    "logEvents", "results", "messages" };
	char squeezed[32];
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (is_blank(text.ptr[i]))
			continue;
		if (len == sizeof squeezed)
			return false;
		squeezed[len++] = text.ptr[i];
	}
	if (len < 6 || memcmp(squeezed, "{\"", 2) != 0 || memcmp(squeezed + len - 3, "\":[", 3) != 0)
		return false;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (slice_is((struct slice){ squeezed + 2, len - 5 }, names[i]))
			return true;
	return false;
}

static void start(struct pieces *pieces)
{
	pieces->text.len = 0;
	pieces->cut = 0;
	pieces->depth = 0;
	pieces->quoted = pieces->escaped = pieces->scrap = pieces->done = false;
}

/* Follows the text by one byte; true where that closes the object. */
static bool follow(struct pieces *pieces, char c)
{
	if (pieces->quoted) {
		pieces->quoted = pieces->escaped || c != '"';
		pieces->escaped = !pieces->escaped && c == '\\';
		return false;
	}
	pieces->quoted = c == '"';
	if (c == '{' || c == '[')
		pieces->depth++;
	else if ((c == '}' || c == ']') && --pieces->depth == 0)
		return true;
	return false;
}

/* The first byte of a piece; false for what stands between pieces. */
static bool may_start(struct pieces *pieces, char c)
{
	if (is_blank(c) || (c != '\0' && strchr(",[]}", c) != NULL))
		return false;
	pieces->scrap = c != '{';
	return true;
}

static bool finish(struct pieces *pieces, struct slice *piece)
{
	buffer_room(&pieces->text, INPUT_SLACK);
	*piece = buffer_slice(&pieces->text);
	pieces->begun = pieces->done = true;
	return true;
}

bool pieces_next(struct pieces *pieces, size_t max, struct slice *line, struct slice *piece)
{
	if (pieces->done)
		start(pieces);
	while (line->len > 0) {
		char c = line->ptr[0];
		*line = slice_after(*line, 1);
		if (pieces->text.len == 0 && !may_start(pieces, c)) {
			pieces->begun |= c == '[';
			continue;
		}
		if (c == '{' && !pieces->begun && pieces->depth == 2 && !pieces->quoted &&
		    is_wrapper(buffer_slice(&pieces->text))) {
			start(pieces);
			pieces->begun = true;
		}
		add(pieces, max, c);
		if (!pieces->scrap && follow(pieces, c))
			return finish(pieces, piece);
	}
	if (pieces->text.len > 0 && pieces->scrap)
		return finish(pieces, piece);
	if (pieces->text.len > 0)
		add(pieces, max, ' ');
	return false;
}

bool pieces_end(struct pieces *pieces, struct slice *piece)
{
	if (pieces->done)
		start(pieces);
	while (pieces->text.len > 0 && is_blank(pieces->text.ptr[pieces->text.len - 1]))
		pieces->text.len--;
	if (pieces->text.len > 0)
		finish(pieces, piece);
	pieces->begun = false;
	return pieces->text.len > 0;
}

void pieces_clear(struct pieces *pieces)
{
	buffer_clear(&pieces->text);
	*pieces = (struct pieces){ 0 };
}
