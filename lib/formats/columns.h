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

/* The next value of a line, moved behind it and its separator. */
struct slice columns_next(struct slice *line, char separator);

/* How many values a line has. */
size_t columns_count(struct slice line, char separator);

/*
 * Reads the values of a line. seen gets those of columns that the format looks at itself: by their use. False where a
 * COLUMN_EPOCH is no stamp.
 */
bool columns_read(const struct columns *columns, struct slice line, char separator, struct slice seen[COLUMN_COUNT],
		  struct parsed *out);

#endif
