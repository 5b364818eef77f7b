/* The embedded store: what its tables hold, and taking it out. */
/* SPDX-License-Identifier: MIT */
#include "sqlite.h"

#include <string.h>

enum {
	SQL_MAX = 400, /* bytes of a statement before the name of a table is in it */
};

bool sqlite_tables(struct store *store, void (*found)(void *data, const char *name), void *data, struct error *err)
{
	struct sqlite *sqlite = (struct sqlite *)store;
	int64_t things = 0;
	sqlite3_stmt *statement;
	int step;

	/* A file that siem-store has only begun to make has no tables at all. */
	if (!sqlite_number(sqlite, "SELECT count(*) FROM sqlite_schema", &things, err))
		return false;
	if (things == 0)
		return true;
	statement = sqlite_prepare(sqlite, "SELECT name FROM siemstress ORDER BY name", err);
	if (statement == NULL)
		return false;
	while ((step = sqlite3_step(statement)) == SQLITE_ROW)
		found(data, (const char *)sqlite3_column_text(statement, 0));
	const bool ok = step == SQLITE_DONE || sqlite_fault(sqlite, err);
	sqlite3_finalize(statement);
	return ok;
}

/* Runs a statement with %s for the name of the table and ?1 for an id; the first row is left to be read. */
static sqlite3_stmt *ask(struct store_table *table, const char *sql, const char *id, struct error *err)
{
	struct sqlite *sqlite = (struct sqlite *)table->store;
	char *text = sqlite3_mprintf(sql, table->name, table->name, table->name);
	sqlite3_stmt *statement = text != NULL ? sqlite_prepare(sqlite, text, err) : NULL;
	int step;

	if (text == NULL)
		error_set(err, "%s: out of memory", sqlite->path);
	sqlite3_free(text);
	if (statement == NULL)
		return NULL;
	if (id != NULL)
		sqlite3_bind_text(statement, 1, id, -1, SQLITE_STATIC);
	step = sqlite3_step(statement);
	if (step == SQLITE_ROW || step == SQLITE_DONE)
		return statement;
	sqlite_fault(sqlite, err);
	sqlite3_finalize(statement);
	return NULL;
}

static void take_id(char to[ID_LEN + 1], sqlite3_stmt *statement, int column)
{
	const char *text = (const char *)sqlite3_column_text(statement, column);

	if (text != NULL && sqlite3_column_bytes(statement, column) == ID_LEN)
		memcpy(to, text, ID_LEN);
}

/* Pages of the table and of its index. An SQLite that was built without dbstat does not know. */
static uint64_t bytes_of(struct store_table *table)
{
	struct error ignored;
	sqlite3_stmt *statement = ask(table,
				      "SELECT sum(pgsize) FROM dbstat WHERE aggregate = 1 AND "
				      "name IN ('siemstress_%s', 'siemstress_%s.id')",
				      NULL, &ignored);
	const uint64_t bytes = statement != NULL ? (uint64_t)sqlite3_column_int64(statement, 0) : 0;

	sqlite3_finalize(statement);
	return bytes;
}

bool sqlite_about(struct store_table *table, struct store_about *about, struct error *err)
{
	sqlite3_stmt *statement =
	    ask(table,
		"SELECT count(*), (SELECT min(id) FROM \"siemstress_%w\"), (SELECT max(id) FROM \"siemstress_%w\") "
		"FROM \"siemstress_%w\"",
		NULL, err);

	if (statement == NULL)
		return false;
	about->rows = (uint64_t)sqlite3_column_int64(statement, 0);
	take_id(about->first, statement, 1);
	take_id(about->last, statement, 2);
	sqlite3_finalize(statement);
	about->bytes = bytes_of(table);
	return true;
}

/*
 * The record that came last stays, or its seq would be used again, and whoever follows would pass over the next one
 * (sqlite_schema.c). It goes when another one has come.
 */
bool sqlite_remove(struct store_table *table, const char *below, size_t most, uint64_t *removed, struct error *err)
{
	struct sqlite *sqlite = (struct sqlite *)table->store;
	sqlite3_stmt *statement;
	char sql[SQL_MAX];

	sqlite3_snprintf(
	    sizeof sql, sql,
	    "DELETE FROM \"siemstress_%%w\" WHERE seq IN (SELECT seq FROM \"siemstress_%%w\" WHERE id < ?1 "
	    "AND seq < (SELECT max(seq) FROM \"siemstress_%%w\") ORDER BY id LIMIT %llu)",
	    (unsigned long long)most);
	if (!sqlite_begin(table->store, err))
		return false;
	statement = ask(table, sql, below, err);
	*removed = statement != NULL ? (uint64_t)sqlite3_changes(sqlite->db) : 0;
	sqlite3_finalize(statement);
	return sqlite_transaction_end(sqlite, statement != NULL, err);
}

bool sqlite_older(struct store_table *table, const char *below, uint64_t *count, struct error *err)
{
	sqlite3_stmt *statement = ask(
	    table,
	    "SELECT count(*) FROM \"siemstress_%w\" WHERE id < ?1 AND seq < (SELECT max(seq) FROM \"siemstress_%w\")",
	    below, err);

	*count = statement != NULL ? (uint64_t)sqlite3_column_int64(statement, 0) : 0;
	sqlite3_finalize(statement);
	return statement != NULL;
}

bool sqlite_drop(struct store_table *table, struct error *err)
{
	struct sqlite *sqlite = (struct sqlite *)table->store;
	struct buffer sql = { 0 };
	bool ok;

	buffer_printf(
	    &sql, "DROP VIEW IF EXISTS \"%s\"; DROP TABLE \"siemstress_%s\"; DELETE FROM siemstress WHERE name = '%s'",
	    table->name, table->name, table->name);
	ok = sqlite_begin(table->store, err) &&
	     sqlite_transaction_end(sqlite, sqlite_run(sqlite, buffer_text(&sql), err), err);
	buffer_clear(&sql);
	return ok;
}
