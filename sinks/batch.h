/* A batch: the records that were put since the last commit, kept until they are known to be safe. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_BATCH_H
#define SIEM_BATCH_H

#include "../lib/buffer.h"

#include <stdint.h>

struct store_table;
struct record;

enum row_fate { ROW_UNSETTLED, ROW_STORED, ROW_KNOWN, ROW_REFUSED };

/* One record on its way. */
struct store_row {
	struct store_table *table;
	struct slice key, line; /* set by batch_ready; borrowed from the batch */
	size_t key_len, line_len;
	bool fresh; /* set by the backend's insert: it is there now, and was not before */
	bool ours;  /* an earlier try, of which we do not know whether it was committed, put it there .. */
	bool moved; /* .. under another id */
	bool seen;  /* something stands under its key .. */
	bool same;  /* .. and is this very record */
	enum row_fate fate;
	size_t rewritten,
	    rewritten_len; /* the line under another id, in batch.rewritten; 0: it has the id it came with */
};

/* {0} is an empty batch. */
struct batch {
	struct store_row *rows;
	size_t count, room;
	struct buffer text;	 /* keys and lines, one behind the other */
	struct buffer rewritten; /* lines that stand under another id */
};

/* Adds a copy of the record. */
void batch_add(struct batch *batch, struct store_table *table, const struct record *record);

/* Sets key and line of every row; nothing may be added from then on until batch_empty. */
void batch_ready(struct batch *batch);

/* The line as the store has it, under the id it has there; borrowed. */
struct slice batch_line(const struct batch *batch, const struct store_row *row);

/* Forgets all, and keeps the memory. */
void batch_empty(struct batch *batch);
void batch_clear(struct batch *batch);

#endif
