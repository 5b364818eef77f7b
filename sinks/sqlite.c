/* The embedded store: opening one SQLite file with the settings that keep our promises. */
/* SPDX-License-Identifier: MIT */
#include "sqlite.h"

#include "../lib/memory.h"
#include "../lib/signal.h"

#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	PAUSE = 5,	      /* milliseconds between two tries */
	TELL_AFTER = 10000,   /* milliseconds until somebody is told that we wait */
	STOPPED_AFTER = 5000, /* milliseconds that a wait goes on once a signal asks us to end */
};

/* Why the system refused: SQLite keeps it with the file, which may be the log. 0 where it did not. */
static int system_error(const struct sqlite *sqlite)
{
	sqlite3_file *log = NULL;
	int number = 0;

	sqlite3_file_control(sqlite->db, "main", SQLITE_FCNTL_LAST_ERRNO, &number);
	if (number == 0)
		sqlite3_file_control(sqlite->db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
	if (log != NULL && log->pMethods != NULL)
		log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &number);
	return number;
}

bool sqlite_fault(const struct sqlite *sqlite, struct error *err)
{
	const int code = sqlite3_extended_errcode(sqlite->db), system = system_error(sqlite);

	if ((code & 0xff) == SQLITE_FULL || ((code & 0xff) == SQLITE_IOERR && (system == ENOSPC || system == EFBIG)))
		return error_set(err,
				 "%s: no space left; what was committed is safe: make room, then run this again, it "
				 "goes on where it ended",
				 sqlite->path);
	if ((code & 0xff) == SQLITE_BUSY)
		return error_set(err, "%s: another program is writing to it", sqlite->path);
	if ((code & 0xff) == SQLITE_NOTADB)
		return error_set(err, "%s: is no SQLite database", sqlite->path);
	if ((code & 0xff) == SQLITE_IOERR && system != 0)
		return error_set(err, "%s: %s (%s)", sqlite->path, sqlite3_errmsg(sqlite->db), strerror(system));
	return error_set(err, "%s: %s", sqlite->path, sqlite3_errmsg(sqlite->db));
}

bool sqlite_run(struct sqlite *sqlite, const char *sql, struct error *err)
{
	return sqlite3_exec(sqlite->db, sql, NULL, NULL, NULL) == SQLITE_OK || sqlite_fault(sqlite, err);
}

sqlite3_stmt *sqlite_prepare(struct sqlite *sqlite, const char *sql, struct error *err)
{
	sqlite3_stmt *statement = NULL;

	if (sqlite3_prepare_v3(sqlite->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
		sqlite_fault(sqlite, err);
	return statement;
}

/*
 * Called while another one holds SQLite's lock: waits however long it takes, since nothing may be dropped. Who writes
 * in bulk lets others in at its checkpoints: a single line took 300 to 500 ms at most beside three such writers.
 */
static int wait_for_others(void *data, int times)
{
	struct sqlite *sqlite = data;

	if (times == 0)
		sqlite->waited = 0;
	if (signal_stop() && sqlite->waited > STOPPED_AFTER)
		return 0;
	usleep(PAUSE * 1000);
	sqlite->waited += PAUSE;
	if (sqlite->waited == TELL_AFTER)
		warnx("waiting for another program that writes to the store");
	return 1;
}

/*
 * In a write-ahead log, synchronous = FULL is what makes a commit survive a power loss: with NORMAL the log is synced
 * only at checkpoints. With 10000 lines a commit the difference is less than the noise of the machine (1.7 to 2.4 s
 * both, for 1,000,000 events). Pages of 16 KiB instead of 4: 1.7 to 2.4 s instead of 2.5 to 3.5 s; 8 KiB are as good,
 * 32 KiB are not better; larger caches and other checkpoint sizes than SQLite's own made no difference either.
 */
static const char settings[] = "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";

/* Switching to the log needs the file alone, and where two want that at once SQLite asks nobody. */
static bool set_writing(struct sqlite *sqlite, struct error *err)
{
	int times = 0;

	while (!sqlite_run(sqlite, settings, err))
		if ((sqlite3_extended_errcode(sqlite->db) & 0xff) != SQLITE_BUSY || !wait_for_others(sqlite, times++))
			return false;
	return true;
}

static bool set_up(struct sqlite *sqlite, struct error *err)
{
	sqlite3_busy_handler(sqlite->db, wait_for_others, sqlite);
	sqlite3_extended_result_codes(sqlite->db, 1);
	sqlite3_db_config(sqlite->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(sqlite->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	return (!sqlite->write || set_writing(sqlite, err)) && sqlite_schema_open(sqlite, err);
}

static bool open_file(struct sqlite *sqlite, struct error *err)
{
	struct stat about;

	if (sqlite->write && !sqlite_file_make(sqlite->path, err))
		return false;
	if (!sqlite->write && access(sqlite->path, R_OK) != 0)
		return error_set(err, "%s: %s", sqlite->path,
				 errno == ENOENT ? "there is no such store; siem-store makes it" : strerror(errno));
	/* Readers too may have to bring the log of a killed writer in order. */
	if (sqlite3_open_v2(sqlite->path, &sqlite->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		return sqlite_fault(sqlite, err);
	if (stat(sqlite->path, &about) == 0) {
		sqlite->device = about.st_dev;
		sqlite->inode = about.st_ino;
	}
	return set_up(sqlite, err);
}

static void sqlite_close(struct store *store)
{
	struct sqlite *sqlite = (struct sqlite *)store;
	struct sqlite_table *next;

	for (struct sqlite_table *table = sqlite->tables; table != NULL; table = next) {
		next = table->next;
		sqlite3_finalize(table->insert);
		sqlite3_finalize(table->find);
		sqlite3_finalize(table->replace);
		free(table);
	}
	sqlite3_close(sqlite->db);
	free(sqlite->path);
	free(sqlite);
}

/* A path that SQLite would take for something else ("file:..", ":memory:") is still a path. */
static char *plain_path(const char *where)
{
	struct buffer path = { 0 };

	if (where[0] != '/')
		buffer_add(&path, SLICE("./"));
	buffer_add(&path, slice_of(where));
	char *copy = memory_text(buffer_slice(&path));
	buffer_clear(&path);
	return copy;
}

static struct store *sqlite_open(const char *where, const char *password, bool write, struct error *err)
{
	struct sqlite *sqlite;

	(void)password;
	sqlite = memory_new(1, sizeof *sqlite);
	*sqlite = (struct sqlite){ .store.backend = &sqlite_backend, .path = plain_path(where), .write = write };
	if (open_file(sqlite, err))
		return &sqlite->store;
	sqlite_close(&sqlite->store);
	return NULL;
}

const struct store_backend sqlite_backend = {
	.scheme = "sqlite",
	.example = "sqlite:PATH",
	.open = sqlite_open,
	.close = sqlite_close,
	.table = sqlite_table,
	.begin = sqlite_begin,
	.commit = sqlite_commit,
	.insert = sqlite_insert,
	.lookup = sqlite_lookup,
	.replace = sqlite_replace,
	.recover = sqlite_recover,
	.tables = sqlite_tables,
	.about = sqlite_about,
	.remove = sqlite_remove,
	.older = sqlite_older,
	.drop = sqlite_drop,
	.last = sqlite_last,
	.select = sqlite_select,
	.next = sqlite_next,
	.rest = sqlite_rest,
	.explain = sqlite_explain,
	.cursor_free = sqlite_cursor_free,
};
