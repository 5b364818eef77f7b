/* The store on a MariaDB server: writing lines, thousands in one request, all of them there or none. */
/* SPDX-License-Identifier: MIT */
#include "maria.h"

#include "../lib/memory.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	ROW_BYTES = 32, /* of a row in a request, besides its texts: more than the protocol takes */
};

bool maria_begin(struct store *store, struct error *err)
{
	struct maria *maria = (struct maria *)store;

	for (struct maria_table *table = maria->tables; table != NULL; table = table->next)
		table->locked = false;
	if (maria->db != NULL)
		return maria_run(maria, "START TRANSACTION", err);
	maria->lost = true;
	return error_set(err, "mariadb: not connected");
}

bool maria_commit(struct store *store, struct error *err)
{
	struct maria *maria = (struct maria *)store;

	if (!maria_run(maria, "COMMIT", err))
		return false;
	maria->failed = 0;
	return true;
}

/* The statement, prepared at its first use. */
static bool get_statement(struct store_table *table, MYSQL_STMT **statement, const char *start, const char *end,
			  struct error *err)
{
	struct buffer sql = { 0 };

	if (*statement != NULL)
		return true;
	buffer_printf(&sql, "%s \"siemstress_%s\"%s", start, table->name, end);
	*statement = maria_prepare((struct maria *)table->store, buffer_text(&sql), err);
	buffer_clear(&sql);
	return *statement != NULL;
}

/* Other writers of the table wait until our transaction ends. */
static bool lock(struct store_table *table, struct error *err)
{
	struct maria_table *own = (struct maria_table *)table;
	uint64_t there;
	char sql[160];

	if (own->locked)
		return true;
	snprintf(sql, sizeof sql, "SELECT 1 FROM siemstress WHERE name = '%s' FOR UPDATE", table->name);
	own->locked =
	    maria_number((struct maria *)table->store, sql, &there, err) && maria_last(table, &own->before, err);
	return own->locked;
}

/* How many of them go into one request. */
static size_t request_of(const struct store *store, struct store_row **rows, size_t count)
{
	size_t bytes = 0, n = 0;

	while (n < count && (n == 0 || bytes + rows[n]->key.len + rows[n]->line.len + ROW_BYTES <= store->line_max)) {
		bytes += rows[n]->key.len + rows[n]->line.len + ROW_BYTES;
		n++;
	}
	return n;
}

/* One request: arrays of keys and lines. added: how many of them were not there. */
static bool insert_request(struct store_table *table, struct store_row **rows, unsigned count, uint64_t *added,
			   struct error *err)
{
	MYSQL_STMT *statement = ((struct maria_table *)table)->insert;
	const char **texts = memory_new(2 * (size_t)count, sizeof *texts);
	unsigned long *lengths = memory_new(2 * (size_t)count, sizeof *lengths);
	MYSQL_BIND binds[2] = { 0 };
	bool ok;

	for (unsigned i = 0; i < count; i++) {
		texts[i] = rows[i]->key.ptr;
		lengths[i] = rows[i]->key.len;
		texts[count + i] = rows[i]->line.ptr;
		lengths[count + i] = rows[i]->line.len;
	}
	for (int i = 0; i < 2; i++)
		binds[i] = (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_STRING,
					 .buffer = (void *)(texts + (size_t)i * count),
					 .length = lengths + (size_t)i * count };
	mysql_stmt_attr_set(statement, STMT_ATTR_ARRAY_SIZE, &count);
	ok = mysql_stmt_bind_param(statement, binds) == 0 && mysql_stmt_execute(statement) == 0;
	if (ok)
		*added += mysql_stmt_affected_rows(statement);
	else
		maria_statement_fault((struct maria *)table->store, statement, err);
	free(texts);
	free(lengths);
	return ok;
}

/* By their keys; of the same key, the one that came first. */
static int by_key(const void *a, const void *b)
{
	struct store_row *const one = *(struct store_row *const *)a, *const other = *(struct store_row *const *)b;
	const int order = slice_compare(one->key, other->key);

	return order != 0 ? order : (one > other) - (one < other);
}

/* Marks those that the database has under a seq of ours: rows is sorted, and so is what the database says. */
static bool mark_fresh(struct store_table *table, struct store_row **rows, size_t count, struct error *err)
{
	struct maria *maria = (struct maria *)table->store;
	struct maria_row row = { 0 };
	enum store_step step = STORE_ERROR;
	MYSQL_STMT *statement;
	size_t at = 0;
	char sql[200];

	snprintf(sql, sizeof sql, "SELECT id FROM \"siemstress_%s\" WHERE seq > %" PRId64 " ORDER BY id", table->name,
		 ((struct maria_table *)table)->before);
	statement = maria_prepare(maria, sql, err);
	if (statement != NULL && maria_row_begin(&row, maria, statement, err))
		while ((step = maria_row_next(&row, maria, err)) == STORE_ROW) {
			const struct slice id = maria_row_text(&row, 0);
			while (at < count && slice_compare(rows[at]->key, id) < 0)
				at++;
			if (at < count && slice_equal(rows[at]->key, id))
				rows[at]->fresh = true;
		}
	maria_row_clear(&row);
	if (statement != NULL)
		mysql_stmt_close(statement);
	return step == STORE_END;
}

/* Which of them were not there? Mostly all, sometimes none; else the database is asked. */
static bool settle_fresh(struct store_table *table, struct store_row **rows, size_t count, uint64_t added,
			 struct error *err)
{
	struct store_row **sorted;
	bool ok = true;

	for (size_t i = 0; i < count; i++)
		rows[i]->fresh = added == count;
	if (added == 0 || added == count)
		return true;
	sorted = memory_new(count, sizeof *sorted);
	memcpy(sorted, rows, count * sizeof *rows);
	qsort(sorted, count, sizeof *sorted, by_key);
	ok = mark_fresh(table, sorted, count, err);
	free(sorted);
	return ok;
}

/* "id = id" changes nothing, and counts for nothing; INSERT IGNORE would keep quiet about faults as well. */
bool maria_insert(struct store_table *table, struct store_row **rows, size_t count, struct error *err)
{
	struct maria_table *own = (struct maria_table *)table;
	uint64_t added = 0;

	if (!lock(table, err) || !get_statement(table, &own->insert, "INSERT INTO",
						"(id, line) VALUES(?, ?) ON DUPLICATE KEY UPDATE id = id", err))
		return false;
	for (size_t at = 0, n; at < count; at += n) {
		n = request_of(table->store, rows + at, count - at);
		if (!insert_request(table, rows + at, (unsigned)n, &added, err))
			return false;
	}
	return settle_fresh(table, rows, count, added, err) && (added == 0 || maria_last(table, &own->before, err));
}

static bool run_with(struct store_table *table, MYSQL_STMT *statement, const struct slice *texts, size_t count,
		     struct error *err)
{
	MYSQL_BIND binds[2];

	for (size_t i = 0; i < count; i++)
		maria_bind(&binds[i], texts[i]);
	return (mysql_stmt_bind_param(statement, binds) == 0 && mysql_stmt_execute(statement) == 0) ||
	       maria_statement_fault((struct maria *)table->store, statement, err);
}

bool maria_replace(struct store_table *table, struct slice key, struct slice line, struct error *err)
{
	struct maria_table *own = (struct maria_table *)table;
	const struct slice texts[] = { key, line };

	return lock(table, err) && get_statement(table, &own->remove, "DELETE FROM", " WHERE id = ?", err) &&
	       get_statement(table, &own->replace, "INSERT INTO", "(id, line) VALUES(?, ?)", err) &&
	       run_with(table, own->remove, texts, 1, err) && run_with(table, own->replace, texts, 2, err) &&
	       maria_last(table, &own->before, err);
}
