/* Records as an aligned table for people, made while they come. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_TABLE_H
#define SIEM_TABLE_H

#include "column.h"
#include "output.h"

enum {
	TABLE_COLUMNS_MAX = 64,
	TABLE_HELD_ROWS = 200,	    /* the first rows wait for each other, so that columns fit them all .. */
	TABLE_HELD_BYTES = 1 << 20, /* .. unless they are long */
};

/*
 *	struct table table = { .out = &out, .line = 100 };
 *	table_read_columns(&table, "id,message", &err)      // or none: those of the first record's kind
 *	table_add(&table, &event); ..
 *	table_show(&table)                                  // whenever nobody should wait, and at the end
 *	table_clear(&table)
 *
 * A column grows when a wider value comes; the heading is shown again where other columns are shown than before.
 */
struct table {
	struct output *out;
	size_t line; /* columns, SIZE_MAX: nothing is cut */
	bool no_heading;
	bool colour; /* rows by severity, the heading bold */

	size_t count;
	struct column columns[TABLE_COLUMNS_MAX];
	uint64_t shown;	    /* bit per column: it is under the heading shown last */
	uint64_t rows;	    /* so far */
	struct buffer held; /* the first lines, until they are shown */
	bool showing;	    /* they have been */
};

/* Reads "id,message,extended.users"; false with *err filled. */
bool table_read_columns(struct table *table, struct slice list, struct error *err);

void table_add(struct table *table, const struct event *event);
void table_show(struct table *table);
void table_clear(struct table *table);

#endif
