/* The store on a MariaDB server: what its tables hold, and taking it out. */
/* SPDX-License-Identifier: MIT */
#include "maria.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	SQL_MAX = 400, /* bytes of a statement with the name of a table in it */
};

bool maria_tables(struct store *store, void (*found)(void *data, const char *name), void *data, struct error *err)
{
	struct maria *maria = (struct maria *)store;
	uint64_t there = 0;
	MYSQL_RES *result;
	MYSQL_ROW row;

	if (!maria_is_set_up(maria, &there, err))
		return false;
	if (there == 0)
		return true;
	if (!maria_run(maria, "SELECT name FROM siemstress ORDER BY name", err))
		return false;
	result = mysql_store_result(maria->db);
	if (result == NULL)
		return maria_fault(maria, err);
	while ((row = mysql_fetch_row(result)) != NULL)
		found(data, row[0]);
	mysql_free_result(result);
	return true;
}

static void take_id(char to[ID_LEN + 1], const char *text)
{
	if (text != NULL && strlen(text) == ID_LEN)
		memcpy(to, text, ID_LEN);
}

bool maria_about(struct store_table *table, struct store_about *about, struct error *err)
{
	struct maria *maria = (struct maria *)table->store;
	char sql[SQL_MAX];
	MYSQL_RES *result;
	MYSQL_ROW row;

	snprintf(sql, sizeof sql,
		 "SELECT count(*), min(id), max(id), (SELECT data_length + index_length FROM information_schema.tables "
		 "WHERE table_schema = database() AND table_name = 'siemstress_%s') FROM \"siemstress_%s\"",
		 table->name, table->name);
	if (!maria_run(maria, sql, err))
		return false;
	result = mysql_store_result(maria->db);
	row = result != NULL ? mysql_fetch_row(result) : NULL;
	if (row == NULL) {
		mysql_free_result(result);
		return maria_fault(maria, err);
	}
	about->rows = strtoull(row[0], NULL, 10);
	take_id(about->first, row[1]);
	take_id(about->last, row[2]);
	about->bytes = row[3] != NULL ? strtoull(row[3], NULL, 10) : 0;
	mysql_free_result(result);
	return true;
}

/* below is an id of our own making: there is nothing in it that needs an escape. */
bool maria_remove(struct store_table *table, const char *below, size_t most, uint64_t *removed, struct error *err)
{
	struct maria *maria = (struct maria *)table->store;
	char sql[SQL_MAX];

	*removed = 0;
	snprintf(sql, sizeof sql, "DELETE FROM \"siemstress_%s\" WHERE id < '%s' ORDER BY id LIMIT %zu", table->name,
		 below, most);
	if (!maria_begin(table->store, err) || !maria_run(maria, sql, err))
		return false;
	*removed = mysql_affected_rows(maria->db);
	return maria_commit(table->store, err);
}

bool maria_older(struct store_table *table, const char *below, uint64_t *count, struct error *err)
{
	char sql[SQL_MAX];

	snprintf(sql, sizeof sql, "SELECT count(*) FROM \"siemstress_%s\" WHERE id < '%s'", table->name, below);
	return maria_number((struct maria *)table->store, sql, count, err);
}

/* Each goes at once and for itself; the row that tells of them goes last, so that a drop that was cut off is seen. */
bool maria_drop(struct store_table *table, struct error *err)
{
	struct maria *maria = (struct maria *)table->store;
	char view[SQL_MAX], lines[SQL_MAX], row[SQL_MAX];

	snprintf(view, sizeof view, "DROP VIEW IF EXISTS \"%s\"", table->name);
	snprintf(lines, sizeof lines, "DROP TABLE IF EXISTS \"siemstress_%s\"", table->name);
	snprintf(row, sizeof row, "DELETE FROM siemstress WHERE name = '%s'", table->name);
	return maria_run(maria, view, err) && maria_run(maria, lines, err) && maria_run(maria, row, err);
}
