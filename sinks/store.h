/* Stores: where records are kept in tables, each under its key once, and found again. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_STORE_H
#define SIEM_STORE_H

#include "../lib/id.h"
#include "../lib/record.h"
#include "../lib/status.h"
#include "../lib/words.h"
#include "batch.h"

enum {
	TABLE_NAME_MAX = 53, /* bytes; MariaDB takes 64, with siemstress_ in front */
	STORE_KEY_MAX = 512, /* bytes of the name of a rule or helper */
};

/* How many records were put, by what became of them; true once they are committed. */
struct store_counts {
	uint64_t stored;   /* new, and those that took the place of an older line */
	uint64_t known;	   /* were there already */
	uint64_t collided; /* among the stored: events that stand under another id than they came with */
};

/* Backends put these first into their own. */
struct store {
	const struct store_backend *backend;
	struct store_counts counts;
	struct batch batch;
	size_t line_max; /* bytes of a record that the backend takes, 0: any */
	bool dry;	 /* nothing is written: store_commit tells what it would do */
};

struct store_table {
	struct store *store;
	enum record_kind kind;
	char name[TABLE_NAME_MAX + 1]; /* as it was created */
};

/* Which records, and in which order. */
struct store_range {
	bool by_id; /* only ids from low to high, both included; for tables of events and SIEM events */
	struct id low, high;
	bool reverse;		   /* the last one first */
	bool by_insertion;	   /* in the order in which they came, instead of that of ids or names */
	int64_t after, upto;	   /* only what came after the one and not after the other (0: no such limit) */
	const struct words *words; /* or NULL; a backend may leave out lines without them, or leave that to others */
};

struct store_cursor {
	struct store_table *table;
	struct store_range range;
};

/* The kind of store that a name means. NULL with *err filled where there is none. */
const struct store_backend *store_find(const char *name, struct error *err);

/*
 * Opens a store by its name, "sqlite:PATH" or "mariadb://user@host/database". password may be NULL; it is borrowed
 * until this returns. write: to put records; what is missing is created then, files readable by their owner only.
 * NULL with *err filled. store_close takes back what was not committed, and releases everything.
 */
struct store *store_open(const char *name, const char *password, bool write, struct error *err);
void store_close(struct store *store);

/* A table name is a letter or '_', then letters, digits and '_'; names of our own and of the database are refused. */
bool store_name_check(const char *name, struct error *err);

/*
 * The table of that name, valid until store_close. A missing one is created where the store was opened to write and
 * kind is not 0; one that is there may hold another kind, which the caller looks at. NULL with *err filled.
 */
struct store_table *store_table(struct store *store, const char *name, enum record_kind kind, struct error *err);

enum store_put { STORE_PUT, STORE_REFUSED };

/*
 * Takes a copy of a record of the table's kind into the batch, which store_commit makes part of the store.
 * STORE_REFUSED, and *err says why: this one cannot be kept.
 */
enum store_put store_put(struct store_table *table, const struct record *record, struct error *err);

/* Has something been put that is not committed? */
static inline bool store_pending(const struct store *store)
{
	return store->batch.count > 0;
}

/* What is told of a batch once it is committed, in the order in which the records were put. */
struct store_report {
	struct buffer *kept; /* gets the lines, under the ids they have in the store, each with a newline; or NULL */
	void (*refused)(void *data, struct slice line, const char *why); /* what cannot be kept after all; or NULL */
	void *data;
};

/*
 * Makes what was put survive kill -9 and power loss. Exactly once: an event that is there is left alone; another event
 * under its id goes under the next free one, which is told on stderr. A SIEM event takes the place of its earlier
 * lines, not of later ones; rules and helpers replace the one of their name. A backend that loses its server waits for
 * it, and does the batch again. report may be NULL. False with *err filled: none of the batch is known to be there.
 */
bool store_commit(struct store *store, const struct store_report *report, struct error *err);

/* What is known of a table. */
struct store_about {
	uint64_t rows, bytes;			  /* bytes on disk, with indexes, about; 0: not known */
	char first[ID_LEN + 1], last[ID_LEN + 1]; /* the least and the greatest id; empty where there is none */
};

/* Calls found with the name of each table, in their order. False with *err filled. */
bool store_tables(struct store *store, void (*found)(void *data, const char *name), void *data, struct error *err);
bool store_about(struct store_table *table, struct store_about *about, struct error *err);

/*
 * Takes out the records with the least ids, at most so many, and none whose id is not below this one; *removed tells
 * how many went, fewer than most where none is left. One short transaction. For tables of events and SIEM events.
 */
bool store_remove(struct store_table *table, struct id below, size_t most, uint64_t *removed, struct error *err);

/* How many that would be, were there no limit. */
bool store_older(struct store_table *table, struct id below, uint64_t *count, struct error *err);

/* Takes out the table with all that is in it; it must not be used any more. */
bool store_drop(struct store_table *table, struct error *err);

/* Place of the record that came last, 0 in an empty table; false with *err filled. */
bool store_last(struct store_table *table, int64_t *last, struct error *err);

/* Begins to select. NULL with *err filled. Released with store_cursor_free. */
struct store_cursor *store_select(struct store_table *table, const struct store_range *range, struct error *err);
void store_cursor_free(struct store_cursor *cursor);

enum store_step { STORE_ROW, STORE_END, STORE_ERROR };

/*
 * The next record, byte for byte as it was kept, borrowed until the next call with this cursor. After STORE_END
 * by_insertion it can be asked again: what came in meanwhile follows.
 */
enum store_step store_next(struct store_cursor *cursor, struct slice *line, struct error *err);

/* Whoever waits for a slow reader lets go of the database first; the next store_next goes on behind the last record. */
void store_rest(struct store_cursor *cursor);

/* Adds what the backend is asked, with its values, for people. */
void store_explain(struct store_cursor *cursor, struct buffer *to);

/* Tells these words on stderr; what they quote cannot move a terminal. */
void store_tell(const struct error *why);

/* Ends the program with these words; what they quote, such as a path, cannot move a terminal. */
void store_give_up(enum status status, const struct error *why) __attribute__((noreturn));

/* A kind of store: a file in sinks/ and a row in stores.c. Contracts are those of the functions above. */
struct store_backend {
	const char *scheme;				     /* before the colon */
	const char *example;				     /* for messages */
	bool (*check)(const char *where, struct error *err); /* is it well written? NULL: anything is */
	struct store *(*open)(const char *where, const char *password, bool write, struct error *err);
	void (*close)(struct store *store);
	struct store_table *(*table)(struct store *store, const char *name, enum record_kind kind, struct error *err);

	/*
	 * What store_commit is made of. insert leaves keys that are there alone, and sets fresh of the others (of rows
	 * with the same key, of the first). lookup calls found with each row whose key is there, and the line that
	 * stands under it. replace gives a record that is there a new line, and a new place at the end of the order of
	 * insertion. A failure of any of them, or of commit, takes the transaction back.
	 */
	bool (*begin)(struct store *store, struct error *err);
	bool (*insert)(struct store_table *table, struct store_row **rows, size_t count, struct error *err);
	bool (*lookup)(struct store_table *table, struct store_row **rows, size_t count,
		       void (*found)(void *data, struct store_row *row, struct slice line), void *data,
		       struct error *err);
	bool (*replace)(struct store_table *table, struct slice key, struct slice line, struct error *err);
	bool (*commit)(struct store *store, struct error *err);
	/* After a failure: true where it is worth to try the batch once more, which may take a wait. NULL: it is not.
	 */
	bool (*recover)(struct store *store, struct error *err);

	bool (*tables)(struct store *store, void (*found)(void *data, const char *name), void *data, struct error *err);
	bool (*about)(struct store_table *table, struct store_about *about, struct error *err);
	bool (*remove)(struct store_table *table, const char *below, size_t most, uint64_t *removed, struct error *err);
	bool (*older)(struct store_table *table, const char *below, uint64_t *count, struct error *err);
	bool (*drop)(struct store_table *table, struct error *err);

	bool (*last)(struct store_table *table, int64_t *last, struct error *err);
	struct store_cursor *(*select)(struct store_table *table, const struct store_range *range, struct error *err);
	enum store_step (*next)(struct store_cursor *cursor, struct slice *line, struct error *err);
	void (*rest)(struct store_cursor *cursor);
	void (*explain)(struct store_cursor *cursor, struct buffer *to);
	void (*cursor_free)(struct store_cursor *cursor);
};

#endif
