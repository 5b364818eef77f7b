/* The store on a MariaDB server: what its rooms share. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_MARIA_H
#define SIEM_MARIA_H

#include "maria_place.h"
#include "store.h"

#include <mysql.h>

struct maria {
	struct store store;
	MYSQL *db; /* NULL while there is no connection */
	struct maria_place place;
	char *password;
	bool write;
	bool lost;	 /* what failed last may go well on a new connection, or once more */
	uint64_t failed; /* tries of the batch in hand that came to nothing */
	struct maria_table *tables;
};

/* Statements are prepared when first needed, and again on a new connection. */
struct maria_table {
	struct store_table table;
	struct maria_table *next;
	MYSQL_STMT *insert, *lookup, *replace, *remove;
	int64_t before; /* seq of the last row when the transaction began */
	bool locked;	/* in this transaction we are its only writer */
};

enum {
	MARIA_NUMBER_MAX = 24, /* characters of a number as text */
};

extern const struct store_backend maria_backend;

/* Fills *err with what the server says, and what to do about it; sees whether it is worth another try. Returns false.
 */
bool maria_fault(struct maria *maria, struct error *err);
bool maria_statement_fault(struct maria *maria, MYSQL_STMT *statement, struct error *err);

/* Runs a statement that gives nothing. */
bool maria_run(struct maria *maria, const char *sql, struct error *err);

/* Prepares a statement; NULL with *err filled. */
MYSQL_STMT *maria_prepare(struct maria *maria, const char *sql, struct error *err);

/* The number in the first column of the first row, or 0. */
bool maria_number(struct maria *maria, const char *sql, uint64_t *number, struct error *err);

/* A text parameter; borrowed until the statement has run. */
void maria_bind(MYSQL_BIND *bind, struct slice text);

/* maria_row.c: the rows of a statement that has run: texts of any length, in a buffer for each column. */
enum { MARIA_COLUMNS = 3 };
struct maria_row {
	MYSQL_STMT *statement;
	MYSQL_BIND binds[MARIA_COLUMNS];
	unsigned long lengths[MARIA_COLUMNS];
	struct buffer texts[MARIA_COLUMNS];
	unsigned columns;
};

/* {0} is a row that maria_row_clear may be called on. Rows are not gathered: they come from the server one by one. */
bool maria_row_begin(struct maria_row *row, struct maria *maria, MYSQL_STMT *statement, struct error *err);

/* The next row; STORE_END, and nothing is left to be read, behind the last. */
enum store_step maria_row_next(struct maria_row *row, struct maria *maria, struct error *err);

/* A column of the row in hand, borrowed until the next one. */
struct slice maria_row_text(const struct maria_row *row, unsigned column);

/* Reads away what is left. */
void maria_row_end(struct maria_row *row);
void maria_row_clear(struct maria_row *row);

/* maria_connect.c: a connection with the settings that keep our promises. False with *err filled. */
bool maria_connect(struct maria *maria, struct error *err);
void maria_disconnect(struct maria *maria);

/* After a failure: waits for the server as long as it takes, unless a signal asks us to end. */
bool maria_recover(struct store *store, struct error *err);

/* maria_schema.c: is the database ours, of a version we know? An empty one becomes ours where we write. */
bool maria_schema_open(struct maria *maria, struct error *err);

/* 1 where it is ours already, 0 where nobody has written to it. */
bool maria_is_set_up(struct maria *maria, uint64_t *there, struct error *err);

/* maria_table.c */
struct store_table *maria_table(struct store *store, const char *name, enum record_kind kind, struct error *err);

/* maria_put.c */
bool maria_begin(struct store *store, struct error *err);
bool maria_commit(struct store *store, struct error *err);
bool maria_insert(struct store_table *table, struct store_row **rows, size_t count, struct error *err);
bool maria_replace(struct store_table *table, struct slice key, struct slice line, struct error *err);

/* maria_lookup.c */
bool maria_lookup(struct store_table *table, struct store_row **rows, size_t count,
		  void (*found)(void *data, struct store_row *row, struct slice line), void *data, struct error *err);

/* maria_manage.c */
bool maria_tables(struct store *store, void (*found)(void *data, const char *name), void *data, struct error *err);
bool maria_about(struct store_table *table, struct store_about *about, struct error *err);
bool maria_remove(struct store_table *table, const char *below, size_t most, uint64_t *removed, struct error *err);
bool maria_older(struct store_table *table, const char *below, uint64_t *count, struct error *err);
bool maria_drop(struct store_table *table, struct error *err);

/* maria_query.c */
bool maria_last(struct store_table *table, int64_t *last, struct error *err);
struct store_cursor *maria_select(struct store_table *table, const struct store_range *range, struct error *err);
enum store_step maria_next(struct store_cursor *cursor, struct slice *line, struct error *err);
void maria_rest(struct store_cursor *cursor);
void maria_explain(struct store_cursor *cursor, struct buffer *to);
void maria_cursor_free(struct store_cursor *cursor);

#endif
