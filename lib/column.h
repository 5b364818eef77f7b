/* The columns of a table: what they show, and how they share the width of a line. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_COLUMN_H
#define SIEM_COLUMN_H

#include "path.h"

enum {
	COLUMN_GAP = 2, /* blanks between two */
};

struct column {
	struct path path;
	const char *heading; /* of the field table, or the path as it was written */
	size_t heading_width;
	bool number;	    /* stands to the right */
	bool whole;	    /* has its most, if need be: half an id or number is a wrong one */
	bool bare;	    /* of an object, values alone: of "key", the rule knows the names */
	bool wanted;	    /* somebody asked for it: shown though it is empty, and though the line is narrow */
	size_t most;	    /* it takes this at most while others need room; 0: it takes what is left */
	size_t seen;	    /* the widest value so far */
	size_t width;	    /* what columns_fit gave it; 0: it is not shown */
	struct slice value; /* in the row in hand; empty where there is none */
	size_t value_width;
	struct buffer text; /* from which value may borrow */
};

/* A column for a field's name or a path; false with *err filled where it is none. column_clear releases. */
bool column_read(struct column *column, struct slice name, struct error *err);
void column_clear(struct column *column);

/* Takes the value of an event into the column, and its width (as far as limit) into seen. True where that has grown. */
bool column_take(struct column *column, const struct event *event, size_t limit);

/*
 * Gives each column its width in a line of that many columns (SIZE_MAX: any), by what has been seen so far. Where they
 * do not fit, the widest become narrower; where that is not enough, those are left out that nobody asked for: the last
 * number, then the narrowest text, but never the first column.
 */
void columns_fit(struct column *columns, size_t count, size_t line);

#endif
