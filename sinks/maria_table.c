/* The store on a server: one table of lines for each SIEM table, and a view of its fields for people. */
/* SPDX-License-Identifier: MIT */
#include "maria.h"

#include "../lib/memory.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

/*
 * "2024-06-10T12:00:00.123456+02:00" as a moment in UTC: its minute, less the offset, and the seconds. CONVERT_TZ
 * would know neither years before 1970 nor offsets above 14 hours, and a cast no second of 60.
 */
#define DATE_STAMP                                                                                                     \
	"CAST(CONCAT(substr(%1$s, 1, 10), ' ', substr(%1$s, 12, 5)) AS DATETIME(6)) "                                  \
	"- INTERVAL if(%1$s LIKE '%%Z', 0, concat(substr(right(%1$s, 6), 1, 1), 1) * "                                 \
	"(substr(right(%1$s, 5), 1, 2) * 60 + right(%1$s, 2))) MINUTE "                                                \
	"+ INTERVAL CAST(substr(%1$s, 18, length(%1$s) - 17 - if(%1$s LIKE '%%Z', 1, 6)) AS DECIMAL(8, 6)) SECOND"

static void view_column(struct buffer *sql, enum field field)
{
	const struct field_row *row = &field_table[field];
	const char *stamp = "json_value(line, '$.date_stamp')";

	if (field == FIELD_ID) {
		buffer_add(sql, SLICE(", id"));
	} else if (field == FIELD_DATE_STAMP) {
		buffer_add(sql, SLICE(", "));
		buffer_printf(sql, DATE_STAMP, stamp);
		buffer_add(sql, SLICE(" AS date_stamp"));
		buffer_printf(sql, ", if(%s LIKE '%%Z', '+00:00', right(%s, 6)) AS t_zone", stamp, stamp);
	} else {
		const bool nested = row->kind == FIELD_OBJECT || row->kind == FIELD_LIST || row->kind == FIELD_ANY;
		buffer_printf(sql, ", %s(line, '$.%s') AS \"%s\"", nested ? "json_query" : "json_value", row->name,
			      row->name);
	}
}

static void view_of(struct buffer *sql, const char *name, enum record_kind kind)
{
	buffer_printf(sql, "CREATE OR REPLACE SQL SECURITY INVOKER VIEW \"%s\" AS SELECT seq", name);
	for (int field = 0; field < FIELD_COUNT; field++)
		if (field_table[field].records & kind)
			view_column(sql, (enum field)field);
	buffer_printf(sql, ", line FROM \"siemstress_%s\"", name);
}

/* The view follows the fields that this version knows; 63 bits of a hash tell whether it does. */
static bool refresh_view(struct maria *maria, const struct store_table *table, struct error *err)
{
	struct buffer sql = { 0 };
	uint64_t fields = 0, wanted;
	char ask[200], set[240];
	bool ok;

	view_of(&sql, table->name, table->kind);
	wanted = XXH3_64bits(sql.ptr, sql.len) >> 1;
	snprintf(ask, sizeof ask, "SELECT fields FROM siemstress WHERE name = '%s'", table->name);
	snprintf(set, sizeof set, "UPDATE siemstress SET fields = %" PRIu64 " WHERE name = '%s'", wanted, table->name);
	ok = maria_number(maria, ask, &fields, err) &&
	     (fields == wanted || (maria_run(maria, buffer_text(&sql), err) && maria_run(maria, set, err)));
	buffer_clear(&sql);
	return ok;
}

/* Keys are compared byte by byte; ids are ASCII, names may be anything. */
static bool create_table(struct maria *maria, const struct store_table *table, struct error *err)
{
	const bool id = table->kind == RECORD_EVENT || table->kind == RECORD_SIEM;
	char sql[500];

	snprintf(
	    sql, sizeof sql,
	    "CREATE TABLE IF NOT EXISTS \"siemstress_%s\"(seq BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, "
	    "id VARCHAR(%d) CHARACTER SET %s NOT NULL, "
	    "line LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL, UNIQUE KEY id(id)) "
	    "ENGINE=InnoDB",
	    table->name, id ? ID_LEN : STORE_KEY_MAX,
	    id ? "ascii COLLATE ascii_nopad_bin" : "utf8mb4 COLLATE utf8mb4_nopad_bin");
	return maria_run(maria, sql, err);
}

/* Names are checked (store_name_check): nothing in them needs an escape. */
static bool look_up(struct maria *maria, struct store_table *table, struct error *err)
{
	char sql[200];
	MYSQL_RES *result;
	MYSQL_ROW row;

	snprintf(sql, sizeof sql, "SELECT name, kind FROM siemstress WHERE name = '%s'", table->name);
	if (!maria_run(maria, sql, err))
		return false;
	result = mysql_store_result(maria->db);
	if (result == NULL)
		return maria_fault(maria, err);
	row = mysql_fetch_row(result);
	if (row != NULL) {
		memcpy(table->name, row[0], strlen(table->name));
		table->kind = record_kind_find(slice_of(row[1]));
	}
	mysql_free_result(result);
	return row == NULL || table->kind != 0 ||
	       error_set(err, "mariadb: table %s is of a kind that this siemstress does not know", table->name);
}

/* Any of it may be there already, of a try that was cut off, or by another program that does the same right now. */
static bool find_or_create(struct maria *maria, struct store_table *table, enum record_kind kind, struct error *err)
{
	char sql[240];

	if (!look_up(maria, table, err))
		return false;
	snprintf(sql, sizeof sql,
		 "INSERT INTO siemstress(name, kind) VALUES('%s', '%s') ON DUPLICATE KEY UPDATE name = name",
		 table->name, record_kind_name(kind));
	if (table->kind == 0 && !(maria_run(maria, sql, err) && look_up(maria, table, err)))
		return false;
	return create_table(maria, table, err) && refresh_view(maria, table, err);
}

static bool open_to_write(struct maria *maria, struct store_table *table, enum record_kind kind, struct error *err)
{
	bool ok = maria->db != NULL && find_or_create(maria, table, kind, err);

	maria->failed = 0;
	while (!ok && maria_recover(&maria->store, err))
		ok = find_or_create(maria, table, kind, err);
	return ok;
}

static void add_names(struct maria *maria, struct error *err)
{
	MYSQL_RES *result;
	MYSQL_ROW row;
	struct error ignored, names;

	if (!maria_run(maria, "SELECT group_concat(name ORDER BY name SEPARATOR ', ') FROM siemstress", &ignored))
		return;
	result = mysql_store_result(maria->db);
	row = result != NULL ? mysql_fetch_row(result) : NULL;
	if (row != NULL && row[0] != NULL) {
		error_set(&names, "%s; there are: %s", err->text, row[0]);
		*err = names;
	}
	mysql_free_result(result);
}

static bool open_to_read(struct maria *maria, struct store_table *table, struct error *err)
{
	uint64_t there = 0;

	if (!maria_is_set_up(maria, &there, err) || (there > 0 && !look_up(maria, table, err)))
		return false;
	if (table->kind != 0)
		return true;
	error_set(err, "mariadb: database %s has no table %s", maria->place.database, table->name);
	if (there > 0)
		add_names(maria, err);
	return false;
}

struct store_table *maria_table(struct store *store, const char *name, enum record_kind kind, struct error *err)
{
	struct maria *maria = (struct maria *)store;
	struct maria_table *table = maria->tables;

	while (table != NULL && strcasecmp(table->table.name, name) != 0)
		table = table->next;
	if (table != NULL)
		return &table->table;
	table = memory_new(1, sizeof *table);
	table->table.store = store;
	memcpy(table->table.name, name, strlen(name));
	if (!(maria->write && kind != 0 ? open_to_write(maria, &table->table, kind, err)
					: open_to_read(maria, &table->table, err))) {
		free(table);
		return NULL;
	}
	table->next = maria->tables;
	maria->tables = table;
	return &table->table;
}
