/* Stores: where records are kept in tables, each under its key once, and found again. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_STORE_H
#define SIEM_STORE_H

#include "../lib/id.h"
#include "../lib/record.h"
#include "../lib/status.h"

enum {
	TABLE_NAME_MAX = 64, /* bytes */
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
	bool batch; /* something has been put and not committed */
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
	bool reverse;	     /* the last one first */
	bool by_insertion;   /* in the order in which they came, instead of that of ids or names */
	int64_t after, upto; /* only what came after the one and not after the other (0: no such limit) */
};

struct store_cursor {
	struct store_table *table;
	struct store_range range;
};

/* The kind of store that a name means. NULL with *err filled where there is none. */
const struct store_backend *store_find(const char *name, struct error *err);

/*
 * Opens a store by its name, "sqlite:PATH". write: to put records; what is missing is created then, files readable
 * by their owner only. NULL with *err filled. store_close takes back what was not committed, and releases everything.
 */
struct store *store_open(const char *name, bool write, struct error *err);
void store_close(struct store *store);

/* A table name is a letter or '_', then letters, digits and '_'; names of our own and of the database are refused. */
bool store_name_check(const char *name, struct error *err);

/*
 * The table of that name, valid until store_close. A missing one is created where the store was opened to write and
 * kind is not 0; one that is there may hold another kind, which the caller looks at. NULL with *err filled.
 */
struct store_table *store_table(struct store *store, const char *name, enum record_kind kind, struct error *err);

enum store_put { STORE_PUT, STORE_REFUSED, STORE_FAILED };

/*
 * Puts a record of the table's kind. Exactly once: an event that is there is left alone; another event under its id
 * goes under the next free one, which is told on stderr. A SIEM event takes the place of its earlier lines, not of
 * later ones; rules and helpers replace the one of their name. kept, unless NULL, gets the line, under the id it has
 * in the store, and a newline. STORE_REFUSED, and *err says why: this one cannot be kept. STORE_FAILED: the store
 * cannot go on.
 */
enum store_put store_put(struct store_table *table, const struct record *record, struct buffer *kept,
			 struct error *err);

/* Makes what was put survive kill -9 and power loss. False with *err filled: none of the batch is there. */
bool store_commit(struct store *store, struct error *err);

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

/* Ends the program with these words; what they quote, such as a path, cannot move a terminal. */
void store_give_up(enum status status, const struct error *why) __attribute__((noreturn));

/* What insert and find say. */
enum store_found { STORE_ABSENT, STORE_THERE, STORE_BROKEN };

/* A kind of store: a file in sinks/ and a row in stores.c. Contracts are those of the functions above. */
struct store_backend {
	const char *scheme;  /* before the colon */
	const char *example; /* for messages */
	struct store *(*open)(const char *where, bool write, struct error *err);
	void (*close)(struct store *store);
	struct store_table *(*table)(struct store *store, const char *name, enum record_kind kind, struct error *err);

	/*
	 * What store_put is made of. insert leaves a key that is there alone (STORE_THERE) and gives STORE_ABSENT where
	 * it was not. find puts the line in place of what the buffer holds. replace gives the record a new place at the
	 * end of the order of insertion. After a failure of these nothing of the batch is kept.
	 */
	bool (*begin)(struct store *store, struct error *err);
	bool (*commit)(struct store *store, struct error *err);
	enum store_found (*insert)(struct store_table *table, struct slice key, struct slice line, struct error *err);
	enum store_found (*find)(struct store_table *table, struct slice key, struct buffer *line, struct error *err);
	bool (*replace)(struct store_table *table, struct slice key, struct slice line, struct error *err);

	bool (*last)(struct store_table *table, int64_t *last, struct error *err);
	struct store_cursor *(*select)(struct store_table *table, const struct store_range *range, struct error *err);
	enum store_step (*next)(struct store_cursor *cursor, struct slice *line, struct error *err);
	void (*rest)(struct store_cursor *cursor);
	void (*explain)(struct store_cursor *cursor, struct buffer *to);
	void (*cursor_free)(struct store_cursor *cursor);
};

#endif
