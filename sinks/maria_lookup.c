/* The store on a MariaDB server: what stands under many keys, asked for in few requests. */
/* SPDX-License-Identifier: MIT */
#include "maria.h"

#include <stdlib.h>

enum {
	KEYS = 250, /* of one request; the last one is filled up with the last key */
};

static bool prepare(struct store_table *table, struct error *err)
{
	struct maria_table *own = (struct maria_table *)table;
	struct buffer sql = { 0 };

	if (own->lookup != NULL)
		return true;
	buffer_printf(&sql, "SELECT id, line FROM \"siemstress_%s\" WHERE id IN (?", table->name);
	for (int i = 1; i < KEYS; i++)
		buffer_add(&sql, SLICE(",?"));
	buffer_add(&sql, SLICE(")"));
	own->lookup = maria_prepare((struct maria *)table->store, buffer_text(&sql), err);
	buffer_clear(&sql);
	return own->lookup != NULL;
}

/* Several may have that key. */
static void give(struct store_row **rows, size_t count, const struct maria_row *row,
		 void (*found)(void *data, struct store_row *row, struct slice line), void *data)
{
	for (size_t i = 0; i < count; i++)
		if (slice_equal(rows[i]->key, maria_row_text(row, 0)))
			found(data, rows[i], maria_row_text(row, 1));
}

static bool ask(struct store_table *table, struct store_row **rows, size_t count, struct maria_row *row,
		void (*found)(void *data, struct store_row *row, struct slice line), void *data, struct error *err)
{
	struct maria *maria = (struct maria *)table->store;
	MYSQL_STMT *statement = ((struct maria_table *)table)->lookup;
	enum store_step step = STORE_ERROR;
	MYSQL_BIND binds[KEYS];

	for (size_t i = 0; i < KEYS; i++)
		maria_bind(&binds[i], rows[i < count ? i : count - 1]->key);
	if (mysql_stmt_bind_param(statement, binds) != 0)
		return maria_statement_fault(maria, statement, err);
	if (maria_row_begin(row, maria, statement, err))
		while ((step = maria_row_next(row, maria, err)) == STORE_ROW)
			give(rows, count, row, found, data);
	maria_row_end(row);
	return step == STORE_END;
}

bool maria_lookup(struct store_table *table, struct store_row **rows, size_t count,
		  void (*found)(void *data, struct store_row *row, struct slice line), void *data, struct error *err)
{
	struct maria_row row = { 0 };
	bool ok = prepare(table, err);

	for (size_t at = 0; ok && at < count; at += KEYS)
		ok = ask(table, rows + at, count - at < KEYS ? count - at : KEYS, &row, found, data, err);
	maria_row_clear(&row);
	return ok;
}
