/* The store on a MariaDB server: rows of a statement as they come from the server, texts of any length. */
/* SPDX-License-Identifier: MIT */
#include "maria.h"

enum {
	ROOM_FIRST = 4096, /* bytes of a text until one is longer */
};

static void bind_columns(struct maria_row *row)
{
	for (unsigned i = 0; i < row->columns; i++) {
		row->binds[i] = (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_STRING,
					      .buffer = row->texts[i].ptr,
					      .buffer_length = row->texts[i].size,
					      .length = &row->lengths[i] };
	}
	mysql_stmt_bind_result(row->statement, row->binds);
}

bool maria_row_begin(struct maria_row *row, struct maria *maria, MYSQL_STMT *statement, struct error *err)
{
	row->statement = statement;
	row->columns = mysql_stmt_field_count(statement);
	for (unsigned i = 0; i < row->columns; i++)
		buffer_room(&row->texts[i], ROOM_FIRST);
	bind_columns(row);
	return mysql_stmt_execute(statement) == 0 || maria_statement_fault(maria, statement, err);
}

/* What did not fit is asked for again, in a larger buffer. */
static bool fetch_long(struct maria_row *row)
{
	bool ok = true;

	for (unsigned i = 0; ok && i < row->columns; i++) {
		if (row->lengths[i] <= row->texts[i].size)
			continue;
		buffer_room(&row->texts[i], row->lengths[i]);
		row->binds[i].buffer = row->texts[i].ptr;
		row->binds[i].buffer_length = row->texts[i].size;
		ok = mysql_stmt_fetch_column(row->statement, &row->binds[i], i, 0) == 0;
	}
	bind_columns(row);
	return ok;
}

enum store_step maria_row_next(struct maria_row *row, struct maria *maria, struct error *err)
{
	const int step = mysql_stmt_fetch(row->statement);

	if (step == MYSQL_NO_DATA)
		return STORE_END;
	if (step == 0 || (step == MYSQL_DATA_TRUNCATED && fetch_long(row)))
		return STORE_ROW;
	maria_statement_fault(maria, row->statement, err);
	return STORE_ERROR;
}

struct slice maria_row_text(const struct maria_row *row, unsigned column)
{
	return (struct slice){ row->texts[column].ptr, row->lengths[column] };
}

void maria_row_end(struct maria_row *row)
{
	if (row->statement != NULL)
		mysql_stmt_free_result(row->statement);
	row->statement = NULL;
}

void maria_row_clear(struct maria_row *row)
{
	maria_row_end(row);
	for (unsigned i = 0; i < MARIA_COLUMNS; i++)
		buffer_clear(&row->texts[i]);
}
