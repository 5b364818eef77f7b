/* Logs whose columns are named by a header line. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_COLUMNS_H
#define SIEM_FORMAT_COLUMNS_H

#include "format.h"

enum {
	COLUMNS_MAX = 256, /* further ones are not read */
};

/* What becomes of a column's values. */
enum column_use {
	COLUMN_EXTEND, /* extended has it under another name */
	COLUMN_FIELD,  /* it is one of the event's fields, unless an earlier column was */
	COLUMN_SOURCE_PORT,
	COLUMN_DEST_PORT,
	COLUMN_USER,
	COLUMN_TARGET, /* of a request */
	COLUMN_DATE,
	COLUMN_TIME,
	COLUMN_EPOCH,
	COLUMN_COUNT,
};

/* How values are written; what is no number or truth value is text all the same. */
enum column_kind { COLUMN_ANY, COLUMN_TEXT, COLUMN_TRUTH, COLUMN_LIST };

/* A name that a format knows; lists of them end with name NULL. */
struct column_word {
	const char *name;
	enum column_use use;
	enum field field;
	const char *as; /* its name in extended */
};

struct column {
	const struct column_word *word; /* NULL: extended has it, under its name */
	struct slice name;		/* in letters, digits and "_" */
	enum column_kind kind;
};

/* {0} knows no columns. */
struct columns {
	size_t count;
	struct column list[COLUMNS_MAX];
	struct buffer names;
};

/* Takes the names in a header. */
void columns_set(struct columns *columns, struct slice header, char separator, const struct column_word *words);
void columns_clear(struct columns *columns);

/* What formats of columns keep from line to line; it is the first member of their state. */
struct columns_state {
	struct columns named, usual; /* by the header; of lines without one */
};

/* As format.forget: releases both. */
void columns_forget(void *state);

/* The next value of a line, moved behind it and its separator. */
struct slice columns_next(struct slice *line, char separator);

/*
 * The same where values may stand in quotes, with quotes in them doubled ("" stays so: columns_undouble). Where the
 * closing quote has no separator behind it, the opening one is a part of the value.
 */
struct slice columns_next_quoted(struct slice *line, char separator);

/* The value with one quote for two: itself, or what *to then holds. */
struct slice columns_undouble(struct slice value, struct buffer *to);

/* How many values a line has; where the separator is no tab they may stand in quotes. */
size_t columns_count(struct slice line, char separator);

/*
 * Reads the values of a line, in quotes or not where the separator is no tab. seen gets those of columns that the
 * format looks at itself: by their use. False where a COLUMN_EPOCH is no stamp.
 */
bool columns_read(const struct columns *columns, struct slice line, char separator, struct slice seen[COLUMN_COUNT],
		  struct parsed *out);

/*
 * Reads the first values of a line, moved behind them, whose columns stand fast: words are theirs, in order. Of one
 * that goes to extended under no name nothing is kept.
 */
void columns_fixed(const struct column_word *words, size_t count, struct slice *line, char separator,
		   struct parsed *out);

#endif
