/* How long records are kept: what is older goes, a little at a time, so that nobody waits. */
/* SPDX-License-Identifier: MIT */
#include "retention.h"

#include "../lib/signal.h"
#include "../lib/zone.h"

enum {
	REST = 10, /* milliseconds between two steps: who waits for its turn to write looks every 5 */
};

void retention_add(struct retention *retention, struct store_table *table)
{
	if (table == NULL || (table->kind != RECORD_EVENT && table->kind != RECORD_SIEM))
		return;
	for (size_t i = 0; i < retention->count; i++)
		if (retention->tables[i] == table)
			return;
	if (retention->count < RETENTION_TABLES)
		retention->tables[retention->count++] = table;
}

struct id retention_floor(const struct retention *retention)
{
	return id_floor((retention->now != 0 ? retention->now : wall_clock()) - retention->keep);
}

static bool is_due(const struct retention *retention)
{
	struct timespec now;

	if (retention->keep == 0 || retention->count == 0)
		return false;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec >= retention->next.tv_sec;
}

static void wait_seconds(struct retention *retention, time_t seconds)
{
	clock_gettime(CLOCK_MONOTONIC, &retention->next);
	retention->next.tv_sec += seconds;
}

/* A table that gave fewer than it was asked for is done; behind the last one there is a pause. */
static bool step(struct retention *retention, struct error *err)
{
	uint64_t removed = 0;

	if (!store_remove(retention->tables[retention->at], retention_floor(retention), RETENTION_STEP, &removed, err))
		return false;
	retention->removed += removed;
	retention->at += removed < RETENTION_STEP;
	if (retention->at == retention->count) {
		retention->at = 0;
		wait_seconds(retention, RETENTION_PAUSE);
	}
	return true;
}

void retention_step(struct retention *retention)
{
	struct error why;

	if (!is_due(retention) || step(retention, &why))
		return;
	store_tell(&why);
	wait_seconds(retention, RETENTION_RETRY);
}

bool retention_finish(struct retention *retention, struct error *err)
{
	retention->next = (struct timespec){ 0 };
	while (is_due(retention) && !signal_stop()) {
		if (!step(retention, err))
			return false;
		signal_wait(-1, REST);
	}
	return true;
}

bool retention_count(struct retention *retention, struct error *err)
{
	for (size_t i = 0; i < retention->count; i++) {
		uint64_t count;
		if (!store_older(retention->tables[i], retention_floor(retention), &count, err))
			return false;
		retention->removed += count;
	}
	return true;
}
