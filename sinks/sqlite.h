/* The embedded store, one SQLite file: what its rooms share. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_SQLITE_H
#define SIEM_SQLITE_H

#include "store.h"

#include <sqlite3.h>
#include <sys/types.h>

struct sqlite {
	struct store store;
	sqlite3 *db;
	char *path;
	bool write;
	dev_t device; /* of the file, and its number: it may be moved while we write */
	ino_t inode;
	int64_t waited;		     /* milliseconds since the wait for another writer began */
	struct sqlite_table *tables; /* all that were asked for */
};

/* Statements are prepared when first needed. */
struct sqlite_table {
	struct store_table table;
	struct sqlite_table *next;
	sqlite3_stmt *insert, *find, *replace;
};

extern const struct store_backend sqlite_backend;

/* Fills *err with what SQLite says, and what to do about it. Returns false. */
bool sqlite_fault(const struct sqlite *sqlite, struct error *err);

/* Runs statements that give nothing. */
bool sqlite_run(struct sqlite *sqlite, const char *sql, struct error *err);

/* Prepares a statement; NULL with *err filled. */
sqlite3_stmt *sqlite_prepare(struct sqlite *sqlite, const char *sql, struct error *err);

/* sqlite_file.c: the path, its folders (0700) and the file (0600) made where they are missing. */
bool sqlite_file_make(const char *path, struct error *err);

/* Is the file that was opened still the one at its path? False with *err filled. */
bool sqlite_file_is_there(const struct sqlite *sqlite, struct error *err);

/* sqlite_schema.c: is the file ours? An empty one becomes ours. */
bool sqlite_schema_open(struct sqlite *sqlite, struct error *err);

/* The number that a query gives. */
bool sqlite_number(struct sqlite *sqlite, const char *sql, int64_t *number, struct error *err);

/* Commits where all went well, else takes it back; returns whether it is there. */
bool sqlite_transaction_end(struct sqlite *sqlite, bool ok, struct error *err);

/* sqlite_table.c */
struct store_table *sqlite_table(struct store *store, const char *name, enum record_kind kind, struct error *err);

/* sqlite_put.c */
bool sqlite_begin(struct store *store, struct error *err);
bool sqlite_commit(struct store *store, struct error *err);
bool sqlite_insert(struct store_table *table, struct store_row **rows, size_t count, struct error *err);
bool sqlite_lookup(struct store_table *table, struct store_row **rows, size_t count,
		   void (*found)(void *data, struct store_row *row, struct slice line), void *data, struct error *err);
bool sqlite_replace(struct store_table *table, struct slice key, struct slice line, struct error *err);
bool sqlite_recover(struct store *store, struct error *err);

/* sqlite_manage.c */
bool sqlite_tables(struct store *store, void (*found)(void *data, const char *name), void *data, struct error *err);
bool sqlite_about(struct store_table *table, struct store_about *about, struct error *err);
bool sqlite_remove(struct store_table *table, const char *below, size_t most, uint64_t *removed, struct error *err);
bool sqlite_older(struct store_table *table, const char *below, uint64_t *count, struct error *err);
bool sqlite_drop(struct store_table *table, struct error *err);

/* sqlite_query.c */
bool sqlite_last(struct store_table *table, int64_t *last, struct error *err);
struct store_cursor *sqlite_select(struct store_table *table, const struct store_range *range, struct error *err);
enum store_step sqlite_next(struct store_cursor *cursor, struct slice *line, struct error *err);
void sqlite_rest(struct store_cursor *cursor);
void sqlite_explain(struct store_cursor *cursor, struct buffer *to);
void sqlite_cursor_free(struct store_cursor *cursor);

#endif
