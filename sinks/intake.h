/* Records on their way into a store: in batches, each committed before long, and what is too old goes. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_INTAKE_H
#define SIEM_INTAKE_H

#include "../lib/stream.h"
#include "retention.h"

enum {
	INTAKE_KINDS = 4,
};

/*
 * What is asked for stands first; store and stream are open before intake_begin. A store that fails ends the program
 * with STATUS_FAILED.
 */
struct intake {
	const char *table;	    /* name of that of all records, borrowed; NULL: by their kind */
	enum record_kind kind;	    /* of all records; 0: seen by their content */
	uint64_t batch;		    /* records a commit, at most */
	bool tee;		    /* standard output has each line that was committed */
	bool dry;		    /* nothing is written */
	struct retention retention; /* how long records are kept */
	struct stream stream;	    /* where they come from */
	struct store *store;	    /* where to; intake_close closes it */

	/* of intake.c alone */
	struct store_table *tables[INTAKE_KINDS]; /* by the bit of the kind; opened when first needed */
	struct record record;
	struct id floor;       /* what is less has been kept long enough */
	uint64_t old;	       /* so many were */
	uint64_t missing;      /* where dry: so many belong into tables that are not there */
	struct output out;     /* where tee: flushed only once it is committed */
	uint64_t records;      /* in the batch */
	size_t bytes;	       /* of the batch */
	struct timespec begun; /* the batch */
	struct error err;
};

/* Takes over what the stream calls (idle, refused, counters), so that batches do not wait for input. */
void intake_begin(struct intake *intake);

/* One record: stored with its batch, or refused. */
void intake_event(struct intake *intake, const struct event *event);

/* The stream has ended: commits what is left, and removes what is too old. */
void intake_end(struct intake *intake);

/* Tells the counters on stderr. */
void intake_tell(const struct intake *intake);

/* Closes the store and standard output; the stream stays to be ended. */
void intake_close(struct intake *intake);

#endif
