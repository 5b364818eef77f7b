/* The shape of an embedded store, and whether a file has it. */
/* SPDX-License-Identifier: MIT */
#include "sqlite.h"

#include <inttypes.h>

/*
 * A SIEM table "events" is
 *
 *	siemstress_events  seq INTEGER PRIMARY KEY   the order of insertion, which --follow goes by
 *	                   id TEXT UNIQUE            the id, or the name of a rule or helper
 *	                   line TEXT                 the record, byte for byte
 *	events             a view with the fields of its kind, for people: select date_stamp, message from events
 *
 * and a row (name, kind) in siemstress. Ids are ULIDs, so their index is grown at its end, and serves time ranges.
 *
 * Measured with 1,000,000 events of 386 bytes, 10000 a commit, two to eight runs, on a noisy machine with two cores:
 * this 1.7 to 2.4 s; with AUTOINCREMENT 2.4 to 2.8 s; with the fields as virtual generated columns instead of the
 * view 6.1 s (SQLite computes them at each insertion); WITHOUT ROWID on the id 1.5 to 1.6 s, but then there is no order
 * of insertion.
 * Without AUTOINCREMENT the highest seq is used again if its row goes: whoever deletes rows spares the last one.
 * (INSERT OR REPLACE takes the new seq before it deletes the old row, so a replaced last row is no such case.)
 */
enum {
	APPLICATION = 0x5349454d, /* "SIEM" */
	VERSION = 1,
};

bool sqlite_number(struct sqlite *sqlite, const char *sql, int64_t *number, struct error *err)
{
	sqlite3_stmt *statement = sqlite_prepare(sqlite, sql, err);
	bool ok = statement != NULL;

	if (ok && sqlite3_step(statement) == SQLITE_ROW)
		*number = sqlite3_column_int64(statement, 0);
	else if (ok)
		ok = sqlite_fault(sqlite, err);
	sqlite3_finalize(statement);
	return ok;
}

static bool create(struct sqlite *sqlite, struct error *err)
{
	struct buffer sql = { 0 };

	buffer_printf(&sql,
		      "CREATE TABLE siemstress(name TEXT PRIMARY KEY COLLATE NOCASE, kind TEXT NOT NULL) WITHOUT ROWID;"
		      "PRAGMA application_id = %d; PRAGMA user_version = %d",
		      APPLICATION, VERSION);
	const bool ok = sqlite_run(sqlite, buffer_text(&sql), err);
	buffer_clear(&sql);
	return ok;
}

/* Is the file ours, of a version we know? An empty one becomes ours; called inside a transaction where we write. */
static bool check(struct sqlite *sqlite, struct error *err)
{
	int64_t application = 0, version = 0, things = 0;

	if (!sqlite_number(sqlite, "PRAGMA application_id", &application, err) ||
	    !sqlite_number(sqlite, "PRAGMA user_version", &version, err) ||
	    !sqlite_number(sqlite, "SELECT count(*) FROM sqlite_schema", &things, err))
		return false;
	if (application == 0 && things == 0)
		return !sqlite->write || create(sqlite, err);
	if (application != APPLICATION)
		return error_set(err, "%s: is an SQLite database, but no store of siemstress", sqlite->path);
	if (version != VERSION)
		return error_set(err, "%s: has version %" PRId64 ", this siemstress reads version %d", sqlite->path,
				 version, VERSION);
	return true;
}

bool sqlite_transaction_end(struct sqlite *sqlite, bool ok, struct error *err)
{
	if (ok)
		return sqlite_run(sqlite, "COMMIT", err);
	sqlite3_exec(sqlite->db, "ROLLBACK", NULL, NULL, NULL);
	return false;
}

bool sqlite_schema_open(struct sqlite *sqlite, struct error *err)
{
	if (!sqlite->write)
		return check(sqlite, err);
	if (!sqlite_run(sqlite, "BEGIN IMMEDIATE", err))
		return false;
	return sqlite_transaction_end(sqlite, check(sqlite, err), err);
}
