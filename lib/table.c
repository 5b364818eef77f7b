/* Records as an aligned table for people, made while they come. */
/* SPDX-License-Identifier: MIT */
#include "table.h"

#include "record.h"
#include "terminal.h"

#define RESET  "\x1b[0m"
#define BOLD   "\x1b[1m"
#define WORST  "\x1b[1;31m"
#define RED    "\x1b[31m"
#define YELLOW "\x1b[33m"
#define FAINT  "\x1b[2m"

_Static_assert(TABLE_COLUMNS_MAX <= 64, "table.shown has a bit for each column");

bool table_read_columns(struct table *table, struct slice list, struct error *err)
{
	for (;;) {
		size_t comma = slice_find(list, ',');
		struct column *column = &table->columns[table->count];
		if (table->count == TABLE_COLUMNS_MAX)
			return error_set(err, "more than %d columns", TABLE_COLUMNS_MAX);
		if (!column_read(column, slice_trim(slice_first(list, comma)), err))
			return false;
		column->wanted = true;
		table->count++;
		if (comma == list.len)
			return true;
		list = slice_after(list, comma + 1);
	}
}

/* The usual columns of a record's kind; what is no record of ours is shown as an event. */
static bool usual_columns(struct table *table, const struct event *event)
{
	struct record record = { 0 };
	struct error err;
	const enum field *field;

	if (!record_read(&record, event, 0, &err))
		record.kind = RECORD_EVENT;
	for (field = field_display(record.kind); *field != FIELD_NONE; field++)
		if (column_read(&table->columns[table->count], slice_of(field_table[*field].name), &err))
			table->count++;
	record_clear(&record);
	return table->count > 0;
}

/* How the row of a severity (RFC 5424) begins, on a terminal. */
static const char *colour_of(const struct event *event)
{
	static const char *const colours[] = { WORST, WORST, WORST, RED, YELLOW, "", "", FAINT };
	int64_t severity;

	if (!slice_number(event_value(event, FIELD_SEVERITY), 0, 7, &severity))
		return "";
	return colours[severity];
}

static void add_blanks(struct buffer *to, size_t count)
{
	if (count == 0)
		return;
	memset(buffer_room(to, count), ' ', count);
	to->len += count;
}

/* A cell, behind the ones before it; its text would be that wide. */
static void add_cell(const struct table *table, const struct column *column, struct slice text, size_t width)
{
	struct buffer *to = &table->out->text;
	const size_t limit = table->line == SIZE_MAX ? SIZE_MAX : column->width;
	const size_t blanks = width < column->width ? column->width - width : 0;

	if (column->number)
		add_blanks(to, blanks);
	terminal_add(to, text, limit);
	if (!column->number)
		add_blanks(to, blanks);
}

/* A row of the columns that are shown: their headings, or the values in hand. */
static void add_row(struct table *table, bool heading, const char *colour)
{
	struct buffer *to = &table->out->text;
	size_t start;

	buffer_add(to, slice_of(colour));
	start = to->len;
	for (size_t i = 0; i < table->count; i++) {
		const struct column *column = &table->columns[i];
		if (column->width == 0)
			continue;
		if (to->len > start)
			add_blanks(to, COLUMN_GAP);
		if (heading)
			add_cell(table, column, slice_of(column->heading), column->heading_width);
		else
			add_cell(table, column, column->value, column->value_width);
	}
	while (to->len > start && to->ptr[to->len - 1] == ' ')
		to->len--;
	buffer_add(to, *colour != '\0' ? SLICE(RESET "\n") : SLICE("\n"));
	output_line(table->out);
}

/* Shares the line anew; the heading comes (again) where other columns are shown than under the last one. */
static void fit(struct table *table)
{
	uint64_t shown = 0;

	columns_fit(table->columns, table->count, table->line);
	for (size_t i = 0; i < table->count; i++)
		shown |= (uint64_t)(table->columns[i].width > 0) << i;
	if (shown != table->shown && !table->no_heading)
		add_row(table, true, table->colour ? BOLD : "");
	table->shown = shown;
}

/* Takes the values of a record into the columns; true where one has grown. */
static bool take(struct table *table, const struct event *event)
{
	bool grown = false;

	for (size_t i = 0; i < table->count; i++)
		grown |= column_take(&table->columns[i], event, table->line);
	return grown;
}

static void hold(struct table *table, const struct event *event)
{
	buffer_add(&table->held, event->line);
	buffer_add_char(&table->held, '\n');
	if (table->rows == TABLE_HELD_ROWS || table->held.len > TABLE_HELD_BYTES)
		table_show(table);
}

void table_add(struct table *table, const struct event *event)
{
	const bool grown = (table->count > 0 || usual_columns(table, event)) && take(table, event);

	table->rows++;
	if (!table->showing) {
		hold(table, event);
		return;
	}
	if (grown)
		fit(table);
	add_row(table, false, table->colour ? colour_of(event) : "");
}

void table_show(struct table *table)
{
	struct slice rest;
	struct event event;
	struct error err;

	if (table->showing || table->rows == 0)
		return;
	table->showing = true;
	fit(table);
	for (rest = buffer_slice(&table->held); rest.len > 0;) {
		struct slice line = slice_first(rest, slice_find(rest, '\n'));
		rest = slice_after(rest, line.len + 1);
		if (!event_read(&event, line, &err))
			continue; /* cannot be: it was read before */
		take(table, &event);
		add_row(table, false, table->colour ? colour_of(&event) : "");
	}
	buffer_clear(&table->held);
}

void table_clear(struct table *table)
{
	for (size_t i = 0; i < table->count; i++)
		column_clear(&table->columns[i]);
	buffer_clear(&table->held);
	table->count = 0;
}
