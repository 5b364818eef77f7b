/* Logs whose columns are named by a header line. */
/* SPDX-License-Identifier: MIT */
#include "columns.h"

#include "web.h"

#include "../epoch.h"
#include "../input.h"
#include "../json.h"

struct slice columns_next(struct slice *line, char separator)
{
	size_t n = slice_find(*line, separator);
	struct slice value = slice_first(*line, n);

	*line = slice_after(*line, n < line->len ? n + 1 : n);
	return value;
}

/* Offset of the quote that ends a value in quotes, which has a separator or the end of the line behind it; or line.len.
 */
static size_t closing_quote(struct slice line, char separator)
{
	for (size_t n = 1; n < line.len; n++) {
		n += slice_find(slice_after(line, n), '"');
		if (n + 1 >= line.len || line.ptr[n + 1] == separator)
			return n;
		n += line.ptr[n + 1] == '"';
	}
	return line.len;
}

struct slice columns_next_quoted(struct slice *line, char separator)
{
	size_t n = line->len > 0 && line->ptr[0] == '"' ? closing_quote(*line, separator) : line->len;
	struct slice value;

	if (n == line->len)
		return columns_next(line, separator);
	value = slice_after(slice_first(*line, n), 1);
	*line = slice_after(*line, n + 1 < line->len ? n + 2 : n + 1);
	return value;
}

/* Tabs need no quotes. */
static struct slice next(struct slice *line, char separator)
{
	return separator == '\t' ? columns_next(line, separator) : columns_next_quoted(line, separator);
}

size_t columns_count(struct slice line, char separator)
{
	const char *end = line.ptr + line.len;
	size_t count = 1;

	while (line.len > 0) {
		next(&line, separator);
		if (line.len == 0 && end[-1] != separator)
			break;
		count++;
	}
	return count;
}

struct slice columns_undouble(struct slice value, struct buffer *to)
{
	if (value.len == 0 || memmem(value.ptr, value.len, "\"\"", 2) == NULL)
		return value;
	to->len = 0;
	buffer_room(to, value.len + INPUT_SLACK);
	for (size_t i = 0; i < value.len; i++) {
		buffer_add_char(to, value.ptr[i]);
		i += value.ptr[i] == '"' && i + 1 < value.len && value.ptr[i + 1] == '"';
	}
	return buffer_slice(to);
}

/* "cs(User-Agent)" becomes cs_user_agent. There is room for it. */
static struct slice plain_name(struct buffer *names, struct slice name)
{
	size_t start = names->len;

	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z', digit = c >= '0' && c <= '9';
		if (letter || digit)
			names->ptr[names->len++] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
		else if (names->len > start && names->ptr[names->len - 1] != '_')
			names->ptr[names->len++] = '_';
	}
	while (names->len > start && names->ptr[names->len - 1] == '_')
		names->len--;
	return (struct slice){ names->ptr + start, names->len - start };
}

static const struct column_word *find_word(const struct column_word *words, struct slice name)
{
	for (; words->name != NULL; words++)
		if (slice_equal_nocase(name, slice_of(words->name)))
			return words;
	return NULL;
}

/* What extended calls a column's values; empty where they go elsewhere. */
static struct slice name_of(const struct column *column)
{
	if (column->word == NULL)
		return column->name;
	switch (column->word->use) {
	case COLUMN_EXTEND:
		return slice_of(column->word->as);
	case COLUMN_USER:
		return SLICE("user");
	case COLUMN_TARGET:
		return SLICE("path");
	default:
		return (struct slice){ 0 };
	}
}

/* Of columns that would have one name the first counts: an object has each name once. */
static bool has_name(const struct columns *columns, struct slice name)
{
	for (size_t i = 0; name.len > 0 && i < columns->count; i++)
		if (slice_equal(name_of(&columns->list[i]), name))
			return true;
	return false;
}

void columns_set(struct columns *columns, struct slice header, char separator, const struct column_word *words)
{
	columns->count = 0;
	columns->names.len = 0;
	buffer_room(&columns->names, header.len + 1);
	while (header.len > 0 && columns->count < COLUMNS_MAX) {
		struct slice name = columns_next(&header, separator);
		struct column column = {
			.word = find_word(words, name),
			.name = plain_name(&columns->names, name),
		};
		if (has_name(columns, name_of(&column)))
			column = (struct column){ 0 };
		columns->list[columns->count++] = column;
	}
}

void columns_clear(struct columns *columns)
{
	buffer_clear(&columns->names);
	columns->count = 0;
}

void columns_forget(void *state)
{
	struct columns_state *columns = state;

	columns_clear(&columns->named);
	columns_clear(&columns->usual);
}

/* "a,b,c" as a JSON list. */
static void extend_list(struct parsed *out, struct slice name, struct slice list)
{
	struct buffer *to = &out->extended;
	const char *before = "[";

	parsed_extend_json(out, name, (struct slice){ 0 });
	do {
		buffer_add(to, slice_of(before));
		json_add_string(to, columns_next(&list, ','));
		before = ",";
	} while (list.len > 0);
	buffer_add_char(to, ']');
}

static void extend(struct parsed *out, const struct column *column, struct slice value)
{
	struct slice name = column->word != NULL ? slice_of(column->word->as) : column->name;

	if (name.len == 0)
		return;
	value = columns_undouble(value, &out->scratch);
	if (column->kind == COLUMN_LIST)
		extend_list(out, name, value);
	else if (column->kind == COLUMN_TRUTH && value.len == 1 && (value.ptr[0] == 'T' || value.ptr[0] == 'F'))
		parsed_extend_json(out, name, value.ptr[0] == 'T' ? SLICE("true") : SLICE("false"));
	else if (column->kind == COLUMN_TEXT || !web_is_number(value))
		parsed_extend_near(out, name, value);
	else
		parsed_extend_json(out, name, value);
}

static void read_port(struct slice value, int64_t *port)
{
	slice_number(value, 0, UINT16_MAX, port);
}

static void read_value(const struct column *column, struct slice value, struct parsed *out)
{
	switch (column->word != NULL ? column->word->use : COLUMN_EXTEND) {
	case COLUMN_FIELD:
		if (!parsed_has(out, column->word->field))
			parsed_text(out, column->word->field,
				    columns_undouble(value, parsed_own(out, column->word->field)));
		return;
	case COLUMN_SOURCE_PORT:
		read_port(value, &out->source_port);
		return;
	case COLUMN_DEST_PORT:
		read_port(value, &out->dest_port);
		return;
	case COLUMN_USER:
		web_user(out, value);
		return;
	case COLUMN_TARGET:
		web_target(out, value);
		return;
	case COLUMN_EPOCH:
		out->has_stamp = epoch_read(value, &out->stamp);
		return;
	case COLUMN_EXTEND:
		extend(out, column, value);
		return;
	default:
		return;
	}
}

bool columns_read(const struct columns *columns, struct slice line, char separator, struct slice seen[COLUMN_COUNT],
		  struct parsed *out)
{
	for (size_t i = 0; i < columns->count && line.len > 0; i++) {
		const struct column *column = &columns->list[i];
		struct slice value = next(&line, separator);
		if (web_unknown(value) || slice_is(value, "(empty)"))
			continue;
		if (column->word != NULL)
			seen[column->word->use] = value;
		read_value(column, value, out);
	}
	return seen[COLUMN_EPOCH].len == 0 || out->has_stamp;
}

void columns_fixed(const struct column_word *words, size_t count, struct slice *line, char separator,
		   struct parsed *out)
{
	for (size_t i = 0; i < count && line->len > 0; i++) {
		const struct column column = { .word = &words[i] };
		struct slice value = next(line, separator);
		if (!web_unknown(value) && (words[i].use != COLUMN_EXTEND || words[i].as != NULL))
			read_value(&column, value, out);
	}
}
