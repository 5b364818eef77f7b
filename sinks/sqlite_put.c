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

	return sqlite_run(sqlite, "COMMIT", err) && sqlite_file_is_there(sqlite, err);
}

/* Who writes is told to wait by the busy handler; what fails in spite of that fails again. */
bool sqlite_recover(struct store *store, struct error *err)
{
	(void)err;
	sqlite3_exec(((struct sqlite *)store)->db, "ROLLBACK", NULL, NULL, NULL);
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

bool sqlite_insert(struct store_table *table, struct store_row **rows, size_t count, struct error *err)
{
	struct sqlite_table *own = (struct sqlite_table *)table;
	struct sqlite *sqlite = (struct sqlite *)table->store;

	if (!get_statement(table, &own->insert, "INSERT INTO", "(id, line) VALUES(?1, ?2) ON CONFLICT(id) DO NOTHING",
			   err))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!run_with_both(table, own->insert, rows[i]->key, rows[i]->line, err))
			return false;
		rows[i]->fresh = sqlite3_changes(sqlite->db) > 0;
	}
	return true;
}

bool sqlite_lookup(struct store_table *table, struct store_row **rows, size_t count,
		   void (*found)(void *data, struct store_row *row, struct slice line), void *data, struct error *err)
{
	struct sqlite_table *own = (struct sqlite_table *)table;
	int step = SQLITE_DONE;

	if (!get_statement(table, &own->find, "SELECT line FROM", " WHERE id = ?1", err))
		return false;
	for (size_t i = 0; i < count && (step == SQLITE_DONE || step == SQLITE_ROW); i++) {
		bind(own->find, 1, rows[i]->key);
		step = sqlite3_step(own->find);
		if (step == SQLITE_ROW) {
			const void *text = sqlite3_column_blob(own->find, 0);
			found(data, rows[i], (struct slice){ text, (size_t)sqlite3_column_bytes(own->find, 0) });
		} else if (step != SQLITE_DONE) {
			sqlite_fault((struct sqlite *)table->store, err);
		}
		sqlite3_reset(own->find);
	}
	return step == SQLITE_DONE || step == SQLITE_ROW;
}

bool sqlite_replace(struct store_table *table, struct slice key, struct slice line, struct error *err)
{
	struct sqlite_table *own = (struct sqlite_table *)table;

	return get_statement(table, &own->replace, "INSERT OR REPLACE INTO", "(id, line) VALUES(?1, ?2)", err) &&
	       run_with_both(table, own->replace, key, line, err);
}
