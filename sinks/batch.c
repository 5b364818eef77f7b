/* A batch: the records that were put since the last commit, kept until they are known to be safe. */
/* SPDX-License-Identifier: MIT */
#include "batch.h"

#include "../lib/memory.h"
#include "../lib/record.h"

#include <stdlib.h>

void batch_add(struct batch *batch, struct store_table *table, const struct record *record)
{
	const struct slice line = record->event->line;

	batch->rows = memory_grow(batch->rows, &batch->room, batch->count + 1, sizeof *batch->rows);
	batch->rows[batch->count++] =
	    (struct store_row){ .table = table, .key_len = record->key.len, .line_len = line.len };
	buffer_add(&batch->text, record->key);
	buffer_add(&batch->text, line);
}

void batch_ready(struct batch *batch)
{
	const char *at = batch->text.ptr;

	for (struct store_row *row = batch->rows; row < batch->rows + batch->count; row++) {
		row->key = (struct slice){ at, row->key_len };
		row->line = (struct slice){ at + row->key_len, row->line_len };
		at += row->key_len + row->line_len;
	}
}

struct slice batch_line(const struct batch *batch, const struct store_row *row)
{
	if (row->rewritten_len == 0)
		return row->line;
	return (struct slice){ batch->rewritten.ptr + row->rewritten, row->rewritten_len };
}

void batch_empty(struct batch *batch)
{
	batch->count = 0;
	batch->text.len = batch->rewritten.len = 0;
}

void batch_clear(struct batch *batch)
{
	free(batch->rows);
	buffer_clear(&batch->text);
	buffer_clear(&batch->rewritten);
	*batch = (struct batch){ 0 };
}
