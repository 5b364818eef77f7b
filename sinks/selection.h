/* Going through the records of a table that match, first those that are there, then those that come. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_SELECTION_H
#define SIEM_SELECTION_H

#include "../lib/ids.h"
#include "../lib/output.h"
#include "../lib/query.h"
#include "store.h"
#include "summary.h"

/* What is asked; the rest belongs to selection.c. */
struct selection {
	struct store_table *from;
	struct query *query;
	struct store_range range;
	const struct ids *ids;	 /* only these; or NULL */
	struct summary *summary; /* to be told instead of the records; or NULL */
	uint64_t limit;		 /* records at most */
	bool follow;		 /* go on with what is stored from now on, until SIGTERM or a closed reader */
	bool verbose;		 /* tell what the database is asked */
	struct output *out;

	struct words words; /* of the query */
	struct store_cursor *cursor;
	uint64_t seen, found, damaged, missing;
};

/*
 * Writes the records that match to out. STATUS_REFUSED where none was found, or some could not be judged or, of ids,
 * are not there, which is told; a store that fails ends the program with STATUS_FAILED.
 */
enum status selection_run(struct selection *selection);

#endif
