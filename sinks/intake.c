/* Records on their way into a store: in batches, each committed before long, and what is too old goes. */
/* SPDX-License-Identifier: MIT */
#include "intake.h"

#include "../lib/signal.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum {
	BATCH_BYTES = 4 << 20, /* of lines, at most: they are in memory until they are committed */
	BATCH_AGE = 500,       /* milliseconds, at most: whoever asks finds a line within a second */
	LINGER = 20,	       /* milliseconds that a batch waits for more: a commit is dear, a moment is not */
};

static int64_t age_of_batch(const struct intake *intake)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - intake->begun.tv_sec) * 1000 + (now.tv_nsec - intake->begun.tv_nsec) / 1000000;
}

static void fail(struct intake *intake)
{
	store_close(intake->store);
	store_give_up(STATUS_FAILED, &intake->err);
}

/* Only the commit shows it. */
static void refused(void *data, struct slice line, const char *why)
{
	struct intake *intake = data;

	stream_refuse_line(&intake->stream, line, why);
}

/* A little of what is too old. */
static void sweep(struct intake *intake)
{
	if (!intake->dry)
		retention_step(&intake->retention);
}

static void commit(struct intake *intake)
{
	const struct store_report report = { intake->tee ? &intake->out.text : NULL, refused, intake };

	if (!store_commit(intake->store, &report, &intake->err))
		fail(intake);
	intake->records = 0;
	intake->bytes = 0;
	output_flush(&intake->out);
	sweep(intake);
}

/* The input is idle: the batch is committed, unless it is young and more comes in a moment. */
static void idle(void *data)
{
	struct intake *intake = data;
	const int64_t left = LINGER - age_of_batch(intake);

	if (!store_pending(intake->store)) {
		sweep(intake);
		return;
	}
	if (left > 0 && !intake->stream.in.compressed && signal_wait(intake->stream.in.fd, (int)left))
		return;
	commit(intake);
}

void intake_tell(const struct intake *intake)
{
	const struct store_counts *counts = &intake->store->counts;
	char kept[80] = "";

	if (intake->retention.keep > 0)
		snprintf(kept, sizeof kept, ", %" PRIu64 " too old, %" PRIu64 " %s", intake->old,
			 intake->retention.removed, intake->dry ? "to be removed" : "removed");
	warnx("%" PRIu64 " read, %" PRIu64 " %s (%" PRIu64 " under another id), %" PRIu64 " known, %" PRIu64
	      " refused%s",
	      intake->stream.events + intake->stream.refuse.count, counts->stored + intake->missing,
	      intake->dry ? "to be stored" : "stored", counts->collided, counts->known, intake->stream.refuse.count,
	      kept);
}

/* The table for a kind; or the program ends. NULL where it is missing and nothing is to be written. */
static struct store_table *table_for(struct intake *intake, enum record_kind kind)
{
	struct store_table **place = &intake->tables[__builtin_ctz((unsigned)kind)];
	const char *name = intake->table != NULL ? intake->table : record_kind_name(kind);

	if (*place != NULL)
		return *place;
	*place = store_table(intake->store, name, intake->dry ? (enum record_kind)0 : kind, &intake->err);
	if (*place == NULL && !intake->dry)
		fail(intake);
	retention_add(&intake->retention, *place);
	return *place;
}

/* Nobody keeps what would be removed at once. */
static bool is_too_old(const struct intake *intake, const struct record *record)
{
	struct id id;

	return intake->retention.keep > 0 && (record->kind == RECORD_EVENT || record->kind == RECORD_SIEM) &&
	       id_read(record->key, &id) && id_compare(id, intake->floor) < 0;
}

static enum store_put put(struct intake *intake, const struct event *event)
{
	struct record *record = &intake->record;
	struct store_table *to;

	if (!record_read(record, event, intake->kind, &intake->err))
		return STORE_REFUSED;
	if (is_too_old(intake, record))
		return intake->old++, STORE_PUT;
	to = table_for(intake, record->kind);
	if (to == NULL)
		return intake->missing++, STORE_PUT;
	if (to->kind == record->kind)
		return store_put(to, record, &intake->err);
	error_set(&intake->err, "table %s is for %s, this is %s", to->name, record_kind_name(to->kind),
		  record_kind_text(record->kind));
	return STORE_REFUSED;
}

/* Commits a batch that is full, or that others have waited for long enough. */
static void commit_if_due(void *data)
{
	struct intake *intake = data;

	if (intake->records >= intake->batch || intake->bytes >= BATCH_BYTES ||
	    (intake->records > 0 && age_of_batch(intake) >= BATCH_AGE))
		commit(intake);
}

void intake_event(struct intake *intake, const struct event *event)
{
	if (intake->records == 0) {
		clock_gettime(CLOCK_MONOTONIC, &intake->begun);
		intake->floor = retention_floor(&intake->retention);
	}
	if (put(intake, event) == STORE_PUT) {
		intake->records++;
		intake->bytes += event->line.len;
	} else {
		stream_refuse(&intake->stream, intake->err.text);
	}
	commit_if_due(intake);
}

/* What is not there yet is looked after as soon as it is. */
static void begin_retention(struct intake *intake)
{
	struct error missing;
	const char *names[] = { "events", "siem" };

	if (intake->retention.keep == 0)
		return;
	for (size_t i = 0; i < (intake->table != NULL ? 1 : sizeof names / sizeof names[0]); i++)
		retention_add(&intake->retention,
			      store_table(intake->store, intake->table != NULL ? intake->table : names[i],
					  (enum record_kind)0, &missing));
}

static void tell(void *data)
{
	intake_tell(data);
}

void intake_begin(struct intake *intake)
{
	intake->store->dry = intake->dry;
	begin_retention(intake);
	if (intake->tee)
		output_init(&intake->out, STDOUT_FILENO, "standard output");
	intake->stream.idle = idle;
	intake->stream.refused = commit_if_due;
	intake->stream.counters = tell;
	intake->stream.data = intake;
}

void intake_end(struct intake *intake)
{
	commit(intake);
	if (!(intake->dry ? retention_count(&intake->retention, &intake->err)
			  : retention_finish(&intake->retention, &intake->err)))
		fail(intake);
}

void intake_close(struct intake *intake)
{
	store_close(intake->store);
	record_clear(&intake->record);
	if (intake->tee)
		output_close(&intake->out);
}
