/* How long records are kept: what is older goes, a little at a time, so that nobody waits. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_RETENTION_H
#define SIEM_RETENTION_H

#include "store.h"

#include <time.h>

enum {
	RETENTION_STEP = 1000,	/* records of one transaction */
	RETENTION_PAUSE = 3600, /* seconds until it is looked again whether something has become too old */
	RETENTION_RETRY = 60,	/* seconds, where the store could not */
	RETENTION_TABLES = 2,
};

struct retention {
	int64_t keep; /* microseconds; 0: for ever */
	int64_t now;  /* microseconds since 1970, 0: what the clock says */
	struct store_table *tables[RETENTION_TABLES];
	size_t count;

	/* of retention.c, to be read by all */
	uint64_t removed;

	size_t at;	      /* table in hand */
	struct timespec next; /* when to look again, of the monotonic clock */
};

/* A table to look after; again, or of a kind that has no time, changes nothing. */
void retention_add(struct retention *retention, struct store_table *table);

/* Where what is kept begins. */
struct id retention_floor(const struct retention *retention);

/* Takes one step if one is due. Where the store cannot, that is told, and tried again later. */
void retention_step(struct retention *retention);

/* Takes all steps that are left, with pauses for others who write. False with *err filled. */
bool retention_finish(struct retention *retention, struct error *err);

/* Adds up in removed how many that would be, and takes none. */
bool retention_count(struct retention *retention, struct error *err);

#endif
