/* The store on a MariaDB server: opening it, and the small ways to ask it something. */
/* SPDX-License-Identifier: MIT */
#include "maria.h"

#include "../lib/memory.h"

#include <stdlib.h>

bool maria_run(struct maria *maria, const char *sql, struct error *err)
{
	return mysql_real_query(maria->db, sql, strlen(sql)) == 0 || maria_fault(maria, err);
}

bool maria_number(struct maria *maria, const char *sql, uint64_t *number, struct error *err)
{
	MYSQL_RES *result;
	MYSQL_ROW row;

	if (!maria_run(maria, sql, err))
		return false;
	result = mysql_store_result(maria->db);
	if (result == NULL)
		return maria_fault(maria, err);
	row = mysql_fetch_row(result);
	*number = row != NULL && row[0] != NULL ? strtoull(row[0], NULL, 10) : 0;
	mysql_free_result(result);
	return true;
}

MYSQL_STMT *maria_prepare(struct maria *maria, const char *sql, struct error *err)
{
	MYSQL_STMT *statement = mysql_stmt_init(maria->db);

	if (statement == NULL) {
		maria_fault(maria, err);
		return NULL;
	}
	if (mysql_stmt_prepare(statement, sql, strlen(sql)) == 0)
		return statement;
	maria_statement_fault(maria, statement, err);
	mysql_stmt_close(statement);
	return NULL;
}

void maria_bind(MYSQL_BIND *bind, struct slice text)
{
	*bind = (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_STRING,
			      .buffer = (void *)(uintptr_t)text.ptr,
			      .buffer_length = text.len,
			      .length_value = text.len };
	bind->length = &bind->length_value;
}

static void maria_close(struct store *store)
{
	struct maria *maria = (struct maria *)store;
	struct maria_table *next;

	maria_disconnect(maria);
	for (struct maria_table *table = maria->tables; table != NULL; table = next) {
		next = table->next;
		free(table);
	}
	maria_place_clear(&maria->place);
	free(maria->password);
	free(maria);
	mysql_library_end();
}

/* Who writes waits for a server that is away; who asks is told. */
static bool open_server(struct maria *maria, struct error *err)
{
	return maria_connect(maria, err) || (maria->write && maria_recover(&maria->store, err));
}

static bool maria_check(const char *where, struct error *err)
{
	struct maria_place place;
	const bool ok = maria_place_read(&place, where, err);

	maria_place_clear(&place);
	return ok;
}

static struct store *maria_open(const char *where, const char *password, bool write, struct error *err)
{
	struct maria *maria = memory_new(1, sizeof *maria);

	*maria = (struct maria){ .store.backend = &maria_backend, .write = write };
	maria->password = password != NULL ? memory_text(slice_of(password)) : NULL;
	if (maria_place_read(&maria->place, where, err) && open_server(maria, err) && maria_schema_open(maria, err))
		return &maria->store;
	maria_close(&maria->store);
	return NULL;
}

const struct store_backend maria_backend = {
	.scheme = "mariadb",
	.example = "mariadb://user@host/database",
	.check = maria_check,
	.open = maria_open,
	.close = maria_close,
	.table = maria_table,
	.begin = maria_begin,
	.insert = maria_insert,
	.lookup = maria_lookup,
	.replace = maria_replace,
	.commit = maria_commit,
	.recover = maria_recover,
	.tables = maria_tables,
	.about = maria_about,
	.remove = maria_remove,
	.older = maria_older,
	.drop = maria_drop,
	.last = maria_last,
	.select = maria_select,
	.next = maria_next,
	.rest = maria_rest,
	.explain = maria_explain,
	.cursor_free = maria_cursor_free,
};
