/* The embedded store: reading lines in the order of their ids, or of their coming, without keeping anybody waiting. */
/* SPDX-License-Identifier: MIT */
#include "sqlite.h"

#include "../lib/memory.h"
#include "../lib/terminal.h"

#include <stdlib.h>

enum { LOW = 1, HIGH, AFTER, UPTO };	     /* what is bound */
enum { COLUMN_ID, COLUMN_LINE, COLUMN_SEQ }; /* what is selected */

struct sqlite_cursor {
	struct store_cursor cursor;
	sqlite3_stmt *statement;
	struct buffer low, high; /* as bound; the one where we go on moves to the last id */
	int64_t last;		 /* seq of the last record */
	bool running;		 /* the statement holds a snapshot of the database */
	bool resumed;		 /* the first record is the last one of before, and has been seen */
};

/*
 * INDEXED BY and the '+' keep SQLite from other plans: one that sorts would need memory, or disk, for all rows.
 * Time ranges go by the index of ids; in the order of insertion, by seq alone.
 */
static void write_sql(struct buffer *sql, const struct store_table *table, const struct store_range *range)
{
	const char *plus = range->by_insertion ? "+" : "";

	buffer_printf(sql, "SELECT id, line, seq FROM \"siemstress_%s\"", table->name);
	if (!range->by_insertion)
		buffer_printf(sql, " INDEXED BY \"siemstress_%s.id\"", table->name);
	buffer_printf(sql, " WHERE %sid >= ?%d", plus, LOW);
	if (range->by_id || range->reverse)
		buffer_printf(sql, " AND %sid <= ?%d", plus, HIGH);
	if (range->by_insertion)
		buffer_printf(sql, " AND seq > ?%d", AFTER);
	if (range->upto > 0)
		buffer_printf(sql, " AND +seq <= ?%d", UPTO);
	buffer_printf(sql, " ORDER BY %s%s", range->by_insertion ? "seq" : "id", range->reverse ? " DESC" : "");
}

static void add_id(struct buffer *to, struct id id)
{
	char text[ID_LEN];

	id_print(text, id);
	buffer_add(to, (struct slice){ text, ID_LEN });
}

/* A name from the end of the order: any text is less than a blob, so an empty blob is above all of them. */
static void bind_high(struct sqlite_cursor *own)
{
	if (own->high.len > 0)
		sqlite3_bind_text64(own->statement, HIGH, own->high.ptr, own->high.len, SQLITE_STATIC, SQLITE_UTF8);
	else
		sqlite3_bind_zeroblob(own->statement, HIGH, 0);
}

static void bind_all(struct sqlite_cursor *own)
{
	const struct store_range *range = &own->cursor.range;

	sqlite3_bind_text64(own->statement, LOW, own->low.len > 0 ? own->low.ptr : "", own->low.len, SQLITE_STATIC,
			    SQLITE_UTF8);
	if (range->by_id || range->reverse)
		bind_high(own);
	if (range->by_insertion)
		sqlite3_bind_int64(own->statement, AFTER, own->last);
	if (range->upto > 0)
		sqlite3_bind_int64(own->statement, UPTO, range->upto);
}

struct store_cursor *sqlite_select(struct store_table *table, const struct store_range *range, struct error *err)
{
	struct sqlite_cursor *own = memory_new(1, sizeof *own);
	struct buffer sql = { 0 };

	own->cursor = (struct store_cursor){ table, *range };
	own->last = range->after;
	if (range->by_id) {
		add_id(&own->low, range->low);
		add_id(&own->high, range->high);
	}
	write_sql(&sql, table, range);
	own->statement = sqlite_prepare((struct sqlite *)table->store, buffer_text(&sql), err);
	buffer_clear(&sql);
	if (own->statement != NULL) {
		bind_all(own);
		return &own->cursor;
	}
	sqlite_cursor_free(&own->cursor);
	return NULL;
}

void sqlite_cursor_free(struct store_cursor *cursor)
{
	struct sqlite_cursor *own = (struct sqlite_cursor *)cursor;

	sqlite3_finalize(own->statement);
	buffer_clear(&own->low);
	buffer_clear(&own->high);
	free(own);
}

static struct slice column(struct sqlite_cursor *own, int which)
{
	const void *text = sqlite3_column_blob(own->statement, which);

	return (struct slice){ text, (size_t)sqlite3_column_bytes(own->statement, which) };
}

/* Where the order is that of ids, we go on at the last one. */
static struct buffer *moving_end(struct sqlite_cursor *own)
{
	return own->cursor.range.reverse ? &own->high : &own->low;
}

void sqlite_rest(struct store_cursor *cursor)
{
	struct sqlite_cursor *own = (struct sqlite_cursor *)cursor;

	if (!own->running)
		return;
	if (!cursor->range.by_insertion) {
		struct buffer *end = moving_end(own);
		const struct slice last = column(own, COLUMN_ID);
		end->len = 0;
		buffer_add(end, last);
		own->resumed = true;
	}
	sqlite3_reset(own->statement);
	bind_all(own);
	own->running = false;
}

/* The end in the order of insertion is one for now. */
static enum store_step end_of(struct sqlite_cursor *own, int step, struct error *err)
{
	const bool ok = step == SQLITE_DONE || sqlite_fault((struct sqlite *)own->cursor.table->store, err);

	sqlite3_reset(own->statement);
	own->running = false;
	if (own->cursor.range.by_insertion)
		bind_all(own);
	return ok ? STORE_END : STORE_ERROR;
}

enum store_step sqlite_next(struct store_cursor *cursor, struct slice *line, struct error *err)
{
	struct sqlite_cursor *own = (struct sqlite_cursor *)cursor;
	int step = sqlite3_step(own->statement);

	if (step == SQLITE_ROW && own->resumed && slice_equal(column(own, COLUMN_ID), buffer_slice(moving_end(own))))
		step = sqlite3_step(own->statement);
	own->resumed = false;
	if (step != SQLITE_ROW)
		return end_of(own, step, err);
	own->running = true;
	own->last = sqlite3_column_int64(own->statement, COLUMN_SEQ);
	*line = column(own, COLUMN_LINE);
	return STORE_ROW;
}

void sqlite_explain(struct store_cursor *cursor, struct buffer *to)
{
	char *sql = sqlite3_expanded_sql(((struct sqlite_cursor *)cursor)->statement);

	terminal_add(to, slice_of(sql), SIZE_MAX);
	sqlite3_free(sql);
}

bool sqlite_last(struct store_table *table, int64_t *last, struct error *err)
{
	struct buffer sql = { 0 };

	buffer_printf(&sql, "SELECT coalesce(max(seq), 0) FROM \"siemstress_%s\"", table->name);
	const bool ok = sqlite_number((struct sqlite *)table->store, buffer_text(&sql), last, err);
	buffer_clear(&sql);
	return ok;
}
