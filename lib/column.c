/* The columns of a table: what they show, and how they share the width of a line. */
/* SPDX-License-Identifier: MIT */
#include "column.h"

#include "cell.h"
#include "terminal.h"

enum {
	PATH_MOST = 30,	 /* of a column that is no field of ours */
	NARROW = 15,	 /* columns do not become narrower than that: an IPv4 address is whole */
	REST_LEAST = 16, /* columns are left out before one that takes the rest of the line has less .. */
	REST_NARROW = 4, /* .. and when none is left, it has this at least */
	REST_USUAL = 60, /* its padding where the line has no end */
};

static bool is_whole(enum field field)
{
	return field == FIELD_ID || field == FIELD_DATE_STAMP || field == FIELD_FIRST || field == FIELD_LAST ||
	       field_table[field].kind == FIELD_NUMBER;
}

/* Columns a text takes, as far as limit. */
static size_t width_of(struct slice text, size_t limit)
{
	struct buffer shown = { 0 };
	size_t width = terminal_add(&shown, text, limit);

	buffer_clear(&shown);
	return width;
}

bool column_read(struct column *column, struct slice name, struct error *err)
{
	*column = (struct column){ .most = PATH_MOST };
	if (!path_read(&column->path, name, err))
		return false;
	column->heading = column->path.name;
	if (column->path.field != FIELD_NONE && column->path.count == 0) {
		const struct field_row *row = &field_table[column->path.field];
		column->heading = row->heading;
		column->number = row->kind == FIELD_NUMBER;
		column->whole = is_whole(column->path.field);
		column->bare = column->path.field == FIELD_KEY;
		column->most = row->width;
	}
	column->heading_width = width_of(slice_of(column->heading), SIZE_MAX);
	return true;
}

void column_clear(struct column *column)
{
	path_clear(&column->path);
	buffer_clear(&column->text);
}

bool column_take(struct column *column, const struct event *event, size_t limit)
{
	struct slice value;

	column->value = (struct slice){ 0 };
	column->value_width = 0;
	if (!path_value(&column->path, event, &value))
		return false;
	column->value = cell_text(value, column->bare, &column->text);
	column->value_width = width_of(column->value, column->whole && column->most > limit ? column->most : limit);
	if (column->value_width <= column->seen)
		return false;
	column->seen = column->value_width;
	return true;
}

/* What it would have, were there room for all. */
static size_t natural(const struct column *column, size_t line)
{
	size_t most = column->most > 0 ? column->most : line == SIZE_MAX ? REST_USUAL : REST_LEAST;
	size_t width = column->seen < most ? column->seen : most;

	if (column->seen == 0 && !column->wanted)
		return 0;
	return width > column->heading_width ? width : column->heading_width;
}

/* Width of a line with all that are shown. */
static size_t sum(const struct column *columns, size_t count)
{
	size_t width = 0;

	for (size_t i = 0; i < count; i++)
		if (columns[i].width > 0)
			width += columns[i].width + (width > 0 ? COLUMN_GAP : 0);
	return width;
}

/* Takes one from the widest column (rest: of those that take the rest of the line); false where none can give it. */
static bool narrow(struct column *columns, size_t count, bool rest)
{
	const size_t least = rest ? REST_NARROW : NARROW;
	struct column *widest = NULL;

	for (size_t i = 0; i < count; i++)
		if (!columns[i].whole && (columns[i].most == 0) == rest && columns[i].width > least &&
		    (widest == NULL || columns[i].width > widest->width))
			widest = &columns[i];
	if (widest != NULL)
		widest->width--;
	return widest != NULL;
}

/* The column that is missed least: the last number, else the narrowest text. Or NULL. */
static struct column *least(struct column *columns, size_t count)
{
	struct column *found = NULL;

	for (size_t i = count; i-- > 1;) {
		struct column *column = &columns[i];
		if (column->width == 0 || column->wanted || column->most == 0)
			continue;
		if (column->number)
			return column;
		if (found == NULL || column->width < found->width)
			found = column;
	}
	return found;
}

/* Makes columns narrower until they fit; false where that is not enough. */
static bool squeeze(struct column *columns, size_t count, size_t line, bool rest)
{
	while (sum(columns, count) > line)
		if (!narrow(columns, count, rest))
			return false;
	return true;
}

/* What is left goes to the columns that take it, else to those that had to cut. */
static void hand_out(struct column *columns, size_t count, size_t line)
{
	const size_t taken = sum(columns, count);
	size_t takers = 0, left = line > taken ? line - taken : 0;
	bool rest;

	for (size_t i = 0; i < count; i++)
		takers += columns[i].width > 0 && columns[i].most == 0;
	rest = takers > 0;
	for (size_t i = 0; i < count; i++) {
		struct column *column = &columns[i];
		size_t share = 0;
		if (column->width == 0)
			continue;
		if (rest && column->most == 0)
			share = left / takers--;
		else if (!rest && column->seen > column->width)
			share = column->seen - column->width < left ? column->seen - column->width : left;
		column->width += share;
		left -= share;
	}
}

void columns_fit(struct column *columns, size_t count, size_t line)
{
	for (size_t i = 0; i < count; i++)
		columns[i].width = natural(&columns[i], line);
	if (line == SIZE_MAX)
		return;
	while (!squeeze(columns, count, line, false)) {
		struct column *out = least(columns, count);
		if (out == NULL) {
			squeeze(columns, count, line, true);
			break;
		}
		out->width = 0;
		for (size_t i = 0; i < count; i++)
			if (columns[i].width > 0)
				columns[i].width = natural(&columns[i], line);
	}
	hand_out(columns, count, line);
}
