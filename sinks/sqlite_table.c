/* The embedded store: one table of lines for each SIEM table, and a view of its fields for people. */
/* SPDX-License-Identifier: MIT */
#include "sqlite.h"

#include "../lib/memory.h"

#include <stdlib.h>
#include <strings.h>

/* CREATE VIEW with a column for each field of the kind. */
static void view_of(struct buffer *sql, const char *name, enum record_kind kind)
{
	buffer_printf(sql, "CREATE VIEW \"%s\" AS SELECT seq", name);
	for (int field = 0; field < FIELD_COUNT; field++) {
		const char *column = field_table[field].name;
		if (!(field_table[field].records & kind))
			continue;
		if (field == FIELD_ID)
			buffer_add(sql, SLICE(", id"));
		else
			buffer_printf(sql, ", line->>'$.%s' AS \"%s\"", column, column);
	}
	buffer_printf(sql, ", line FROM \"siemstress_%s\"", name);
}

/* A table keeps its kind and name; its view follows the fields that this version knows. */
static bool refresh_view(struct sqlite *sqlite, const struct store_table *table, struct error *err)
{
	sqlite3_stmt *statement =
	    sqlite_prepare(sqlite, "SELECT sql FROM sqlite_schema WHERE type = 'view' AND name = ?1", err);
	struct buffer sql = { 0 }, drop = { 0 };
	bool ok = statement != NULL;

	view_of(&sql, table->name, table->kind);
	buffer_printf(&drop, "DROP VIEW IF EXISTS \"%s\"", table->name);
	if (ok) {
		const char *now;
		sqlite3_bind_text(statement, 1, table->name, -1, SQLITE_STATIC);
		now = sqlite3_step(statement) == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : NULL;
		const bool same = now != NULL && slice_is(buffer_slice(&sql), now);
		sqlite3_finalize(statement);
		ok =
		    same || (sqlite_run(sqlite, buffer_text(&drop), err) && sqlite_run(sqlite, buffer_text(&sql), err));
	}
	buffer_clear(&sql);
	buffer_clear(&drop);
	return ok;
}

static bool create_table(struct sqlite *sqlite, const struct store_table *table, struct error *err)
{
	const char *name = table->name;
	struct buffer sql = { 0 };

	buffer_printf(&sql,
		      "CREATE TABLE \"siemstress_%s\"(seq INTEGER PRIMARY KEY, id TEXT NOT NULL, line TEXT NOT NULL);",
		      name);
	/* No table can have a point in its name. */
	buffer_printf(&sql, "CREATE UNIQUE INDEX \"siemstress_%s.id\" ON \"siemstress_%s\"(id);", name, name);
	buffer_printf(&sql, "INSERT INTO siemstress(name, kind) VALUES('%s', '%s')", name,
		      record_kind_name(table->kind));
	const bool ok = sqlite_run(sqlite, buffer_text(&sql), err);
	buffer_clear(&sql);
	return ok;
}

/* Looks the table up: its own name (case counts for nothing) and its kind, 0 where it is missing. */
static bool look_up(struct sqlite *sqlite, struct store_table *table, struct error *err)
{
	sqlite3_stmt *statement = sqlite_prepare(sqlite, "SELECT name, kind FROM siemstress WHERE name = ?1", err);
	const char *name, *kind;

	if (statement == NULL)
		return false;
	sqlite3_bind_text(statement, 1, table->name, -1, SQLITE_TRANSIENT);
	const int step = sqlite3_step(statement);
	if (step == SQLITE_ROW) {
		name = (const char *)sqlite3_column_text(statement, 0);
		kind = (const char *)sqlite3_column_text(statement, 1);
		memcpy(table->name, name, strlen(table->name));
		table->kind = record_kind_find(slice_of(kind));
	}
	sqlite3_finalize(statement);
	if (step == SQLITE_ROW && table->kind == 0)
		return error_set(err, "%s: table %s is of a kind that this siemstress does not know", sqlite->path,
				 table->name);
	return step == SQLITE_ROW || step == SQLITE_DONE || sqlite_fault(sqlite, err);
}

static bool find_or_create(struct sqlite *sqlite, struct store_table *table, enum record_kind kind, struct error *err)
{
	if (!look_up(sqlite, table, err))
		return false;
	if (table->kind == 0) {
		table->kind = kind;
		if (!create_table(sqlite, table, err))
			return false;
	}
	return refresh_view(sqlite, table, err);
}

static bool open_to_write(struct sqlite *sqlite, struct store_table *table, enum record_kind kind, struct error *err)
{
	return sqlite_begin(&sqlite->store, err) &&
	       sqlite_transaction_end(sqlite, find_or_create(sqlite, table, kind, err), err);
}

static void add_names(struct sqlite *sqlite, struct error *err)
{
	struct error ignored;
	sqlite3_stmt *statement = sqlite_prepare(sqlite, "SELECT group_concat(name, ', ') FROM siemstress", &ignored);

	if (statement != NULL && sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_bytes(statement, 0) > 0) {
		struct error names;
		error_set(&names, "%s; there are: %s", err->text, (const char *)sqlite3_column_text(statement, 0));
		*err = names;
	}
	sqlite3_finalize(statement);
}

static bool open_to_read(struct sqlite *sqlite, struct store_table *table, struct error *err)
{
	int64_t things = 0;

	/* A file that siem-store has only begun to make has no tables at all. */
	if (!sqlite_number(sqlite, "SELECT count(*) FROM sqlite_schema", &things, err) ||
	    (things > 0 && !look_up(sqlite, table, err)))
		return false;
	if (table->kind != 0)
		return true;
	error_set(err, "%s: there is no table %s", sqlite->path, table->name);
	if (things > 0)
		add_names(sqlite, err);
	return false;
}

struct store_table *sqlite_table(struct store *store, const char *name, enum record_kind kind, struct error *err)
{
	struct sqlite *sqlite = (struct sqlite *)store;
	struct sqlite_table *table = sqlite->tables;

	while (table != NULL && strcasecmp(table->table.name, name) != 0)
		table = table->next;
	if (table != NULL)
		return &table->table;
	table = memory_new(1, sizeof *table);
	table->next = sqlite->tables;
	sqlite->tables = table;
	table->table.store = store;
	memcpy(table->table.name, name, strlen(name));
	if (sqlite->write && kind != 0 ? open_to_write(sqlite, &table->table, kind, err)
				       : open_to_read(sqlite, &table->table, err))
		return &table->table;
	sqlite->tables = table->next;
	free(table);
	return NULL;
}
