/* The yardstick of siem-store: a bare loop of a prepared statement into the same schema, from a ready file. */
/* SPDX-License-Identifier: MIT */
#include <err.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

enum { BATCH = 10000, ID_AT = 7, ID_LEN = 26 };

static void run(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		errx(3, "%s: %s", sql, sqlite3_errmsg(db));
}

/* insert EVENTS.jsonl NEW.db: the lines must start {"id":" as siem-parse writes them. */
int main(int argc, char **argv)
{
	sqlite3_stmt *insert = NULL;
	sqlite3 *db = NULL;
	char *line = NULL;
	size_t size = 0;
	ssize_t len;
	FILE *in = argc == 3 ? fopen(argv[1], "r") : NULL;

	if (in == NULL || sqlite3_open(argv[2], &db) != SQLITE_OK)
		errx(2, "usage: insert EVENTS.jsonl NEW.db");
	run(db, "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
	run(db, "CREATE TABLE siemstress_events(seq INTEGER PRIMARY KEY, id TEXT NOT NULL, line TEXT NOT NULL);"
		"CREATE UNIQUE INDEX siemstress_events_id ON siemstress_events(id)");
	sqlite3_prepare_v2(db, "INSERT INTO siemstress_events(id, line) VALUES(?1, ?2)", -1, &insert, NULL);
	for (long n = 0; (len = getline(&line, &size, in)) > ID_AT + ID_LEN; n++) {
		if (n % BATCH == 0)
			run(db, n == 0 ? "BEGIN" : "COMMIT; BEGIN");
		sqlite3_bind_text(insert, 1, line + ID_AT, ID_LEN, SQLITE_STATIC);
		sqlite3_bind_text(insert, 2, line, (int)len - 1, SQLITE_STATIC);
		if (sqlite3_step(insert) != SQLITE_DONE)
			errx(3, "%s", sqlite3_errmsg(db));
		sqlite3_reset(insert);
	}
	run(db, "COMMIT");
	sqlite3_finalize(insert);
	sqlite3_close(db);
	free(line);
	fclose(in);
	return 0;
}
