/* The embedded store: writing lines, in batches that are there as a whole or not at all. */
/* SPDX-License-Identifier: MIT */
#include "sqlite.h"

bool sqlite_begin(struct store *store, struct error *err)
{
	return sqlite_run((struct sqlite *)store, "BEGIN IMMEDIATE", err);
}

bool sqlite_commit(struct store *store, struct error *err)
{
	struct sqlite *sqlite = (struct sqlite *)store;

	if (sqlite_transaction_end(sqlite, true, err))
		return sqlite_file_is_there(sqlite, err);
	sqlite3_exec(sqlite->db, "ROLLBACK", NULL, NULL, NULL);
	return false;
}

/* The statement, prepared at its first use: sql has one %s for the table's name. */
static bool get_statement(struct store_table *table, sqlite3_stmt **statement, const char *start, const char *end,
			  struct error *err)
{
	struct buffer sql = { 0 };

	if (*statement != NULL)
		return true;
	buffer_printf(&sql, "%s \"siemstress_%s\"%s", start, table->name, end);
	*statement = sqlite_prepare((struct sqlite *)table->store, buffer_text(&sql), err);
	buffer_clear(&sql);
	return *statement != NULL;
}

/* Texts are borrowed until the statement is reset. */
static void bind(sqlite3_stmt *statement, int place, struct slice text)
{
	sqlite3_bind_text64(statement, place, text.ptr, text.len, SQLITE_STATIC, SQLITE_UTF8);
}

static bool run_with_both(struct store_table *table, sqlite3_stmt *statement, struct slice key, struct slice line,
			  struct error *err)
{
	bind(statement, 1, key);
	bind(statement, 2, line);
	const bool ok = sqlite3_step(statement) == SQLITE_DONE || sqlite_fault((struct sqlite *)table->store, err);
	sqlite3_reset(statement);
	return ok;
}

enum store_found sqlite_insert(struct store_table *table, struct slice key, struct slice line, struct error *err)
{
	struct sqlite_table *own = (struct sqlite_table *)table;
	struct sqlite *sqlite = (struct sqlite *)table->store;

	if (!get_statement(table, &own->insert, "INSERT INTO", "(id, line) VALUES(?1, ?2) ON CONFLICT(id) DO NOTHING",
			   err) ||
	    !run_with_both(table, own->insert, key, line, err))
		return STORE_BROKEN;
	return sqlite3_changes(sqlite->db) > 0 ? STORE_ABSENT : STORE_THERE;
}

enum store_found sqlite_find(struct store_table *table, struct slice key, struct buffer *line, struct error *err)
{
	struct sqlite_table *own = (struct sqlite_table *)table;
	enum store_found found = STORE_ABSENT;

	if (!get_statement(table, &own->find, "SELECT line FROM", " WHERE id = ?1", err))
		return STORE_BROKEN;
	bind(own->find, 1, key);
	const int step = sqlite3_step(own->find);
	line->len = 0;
	if (step == SQLITE_ROW) {
		const void *text = sqlite3_column_blob(own->find, 0);
		buffer_add(line, (struct slice){ text, (size_t)sqlite3_column_bytes(own->find, 0) });
		found = STORE_THERE;
	} else if (step != SQLITE_DONE) {
		sqlite_fault((struct sqlite *)table->store, err);
		found = STORE_BROKEN;
	}
	sqlite3_reset(own->find);
	return found;
}

bool sqlite_replace(struct store_table *table, struct slice key, struct slice line, struct error *err)
{
	struct sqlite_table *own = (struct sqlite_table *)table;

	return get_statement(table, &own->replace, "INSERT OR REPLACE INTO", "(id, line) VALUES(?1, ?2)", err) &&
	       run_with_both(table, own->replace, key, line, err);
}
