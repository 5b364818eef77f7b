/* Keeps records in a store: each exactly once, however often they come. */
/* SPDX-License-Identifier: MIT */
#include "../lib/option.h"
#include "../lib/signal.h"
#include "../lib/stream.h"
#include "../lib/zone.h"
#include "../sinks/place.h"
#include "../sinks/retention.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum {
	BATCH = 10000,	       /* records a commit, unless told otherwise */
	BATCH_BYTES = 4 << 20, /* of lines, at most: they are in memory until they are committed */
	BATCH_AGE = 500,       /* milliseconds, at most: whoever asks finds a line within a second */
	LINGER = 20,	       /* milliseconds that a batch waits for more: a commit is dear, a moment is not */
	KINDS = 4,
};

enum {
	OPT_STORE = 1,
	OPT_CONFIG,
	OPT_TABLE,
	OPT_KIND,
	OPT_BATCH,
	OPT_TEE,
	OPT_KEEP,
	OPT_NOW,
	OPT_DROP,
	OPT_FORCE,
	OPT_DRY_RUN,
	OPT_REJECTS,
	OPT_VERBOSE
};

static const struct option_row rows[] = {
	{ OPT_STORE, 'd', "store", "STORE",
	  "where to: sqlite:PATH or mariadb://USER@HOST/DATABASE (else $SIEM_STORE, -c, or the default file)" },
	{ OPT_CONFIG, 'c', "config", "FILE", "config file that names the store" },
	{ OPT_TABLE, 't', "table", "NAME", "table for all (else events, siem, rules or helpers, by their kind)" },
	{ OPT_KIND, 0, "kind", "KIND", "what all records are: events, siem, rules or helpers (else seen by content)" },
	{ OPT_BATCH, 0, "batch", "N", "commit at least every N records (10000)" },
	{ OPT_TEE, 0, "tee", NULL, "pass on each line once it is committed" },
	{ OPT_KEEP, 0, "keep", "DURATION", "remove events and SIEM events that are older: 90d" },
	{ OPT_NOW, 0, "now", "TIME", "when --keep ends (else the clock says)" },
	{ OPT_DROP, 0, "drop", NULL, "remove the table of -t with all that is in it; needs --force" },
	{ OPT_FORCE, 0, "force", NULL, "do it" },
	{ OPT_DRY_RUN, 0, "dry-run", NULL, "write nothing, tell what would be done" },
	{ OPT_REJECTS, 0, "rejects", "FILE", "keep the refused lines in FILE" },
	{ OPT_VERBOSE, 'v', "verbose", NULL, "tell the counters at the end" },
	{ 0 },
};

static const struct option_table table = {
	"siem-store", "[file ...]", "Keeps events, SIEM events, rules and helpers in a store, each exactly once.", rows
};

/* What the program is about. */
struct run {
	const char *name, *config, *table, *rejects, *now;
	enum record_kind kind;
	uint64_t batch;
	bool tee, verbose, drop, force, dry;

	struct stream stream;
	struct store *store;
	struct store_table *tables[KINDS]; /* by the bit of the kind; opened when first needed */
	struct record record;
	struct retention retention;
	struct id floor;       /* what is less has been kept long enough */
	uint64_t old;	       /* so many were */
	uint64_t missing;      /* of --dry-run: so many belong into tables that are not there */
	struct output out;     /* of --tee: flushed only once it is committed */
	uint64_t records;      /* in the batch */
	size_t bytes;	       /* of the batch */
	struct timespec begun; /* the batch */
	struct error err;
};

static int64_t age_of_batch(const struct run *run)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - run->begun.tv_sec) * 1000 + (now.tv_nsec - run->begun.tv_nsec) / 1000000;
}

static void fail(struct run *run)
{
	store_close(run->store);
	store_give_up(STATUS_FAILED, &run->err);
}

/* Only the commit shows it. */
static void refused(void *data, struct slice line, const char *why)
{
	struct run *run = data;

	stream_refuse_line(&run->stream, line, why);
}

/* A little of what is too old. */
static void sweep(struct run *run)
{
	if (!run->dry)
		retention_step(&run->retention);
}

static void commit(struct run *run)
{
	const struct store_report report = { run->tee ? &run->out.text : NULL, refused, run };

	if (!store_commit(run->store, &report, &run->err))
		fail(run);
	run->records = 0;
	run->bytes = 0;
	output_flush(&run->out);
	sweep(run);
}

/* The input is idle: the batch is committed, unless it is young and more comes in a moment. */
static void idle(void *data)
{
	struct run *run = data;
	const int64_t left = LINGER - age_of_batch(run);

	if (!store_pending(run->store)) {
		sweep(run);
		return;
	}
	if (left > 0 && !run->stream.in.compressed && signal_wait(run->stream.in.fd, (int)left))
		return;
	commit(run);
}

static void tell(void *data)
{
	const struct run *run = data;
	const struct store_counts *counts = &run->store->counts;
	char kept[80] = "";

	if (run->retention.keep > 0)
		snprintf(kept, sizeof kept, ", %" PRIu64 " too old, %" PRIu64 " %s", run->old, run->retention.removed,
			 run->dry ? "to be removed" : "removed");
	warnx("%" PRIu64 " read, %" PRIu64 " %s (%" PRIu64 " under another id), %" PRIu64 " known, %" PRIu64
	      " refused%s",
	      run->stream.events + run->stream.refuse.count, counts->stored + run->missing,
	      run->dry ? "to be stored" : "stored", counts->collided, counts->known, run->stream.refuse.count, kept);
}

/* The table for a kind; or the program ends. NULL where it is missing and nothing is to be written. */
static struct store_table *table_for(struct run *run, enum record_kind kind)
{
	struct store_table **place = &run->tables[__builtin_ctz((unsigned)kind)];
	const char *name = run->table != NULL ? run->table : record_kind_name(kind);

	if (*place != NULL)
		return *place;
	*place = store_table(run->store, name, run->dry ? (enum record_kind)0 : kind, &run->err);
	if (*place == NULL && !run->dry)
		fail(run);
	retention_add(&run->retention, *place);
	return *place;
}

/* Nobody keeps what would be removed at once. */
static bool is_too_old(const struct run *run, const struct record *record)
{
	struct id id;

	return run->retention.keep > 0 && (record->kind == RECORD_EVENT || record->kind == RECORD_SIEM) &&
	       id_read(record->key, &id) && id_compare(id, run->floor) < 0;
}

static enum store_put put(struct run *run, const struct event *event)
{
	struct record *record = &run->record;
	struct store_table *to;

	if (!record_read(record, event, run->kind, &run->err))
		return STORE_REFUSED;
	if (is_too_old(run, record))
		return run->old++, STORE_PUT;
	to = table_for(run, record->kind);
	if (to == NULL)
		return run->missing++, STORE_PUT;
	if (to->kind == record->kind)
		return store_put(to, record, &run->err);
	error_set(&run->err, "table %s is for %s, this is %s", to->name, record_kind_name(to->kind),
		  record_kind_text(record->kind));
	return STORE_REFUSED;
}

/* Commits a batch that is full, or that others have waited for long enough. */
static void commit_if_due(void *data)
{
	struct run *run = data;

	if (run->records >= run->batch || run->bytes >= BATCH_BYTES ||
	    (run->records > 0 && age_of_batch(run) >= BATCH_AGE))
		commit(run);
}

static void keep(struct run *run, const struct event *event)
{
	if (run->records == 0) {
		clock_gettime(CLOCK_MONOTONIC, &run->begun);
		run->floor = retention_floor(&run->retention);
	}
	if (put(run, event) == STORE_PUT) {
		run->records++;
		run->bytes += event->line.len;
	} else {
		stream_refuse(&run->stream, run->err.text);
	}
	commit_if_due(run);
}

static void read_option(struct run *run, const struct options *options, int id)
{
	switch (id) {
	case OPT_STORE:
		run->name = options->value;
		break;
	case OPT_CONFIG:
		run->config = options->value;
		break;
	case OPT_TABLE:
		run->table = options->value;
		break;
	case OPT_KIND:
		run->kind = record_kind_find(slice_of(options->value));
		if (run->kind == 0)
			option_misuse(&table, "--kind is events, siem, rules or helpers");
		break;
	case OPT_BATCH:
		run->batch = (uint64_t)option_number(options, 1, 1000000);
		break;
	case OPT_TEE:
		run->tee = true;
		break;
	case OPT_KEEP:
		run->retention.keep = option_duration(options);
		if (run->retention.keep == 0)
			option_misuse(&table, "--keep %s: that would keep nothing; --drop removes a table",
				      options->value);
		break;
	case OPT_NOW:
		run->now = options->value;
		break;
	case OPT_DROP:
		run->drop = true;
		break;
	case OPT_FORCE:
		run->force = true;
		break;
	case OPT_DRY_RUN:
		run->dry = true;
		break;
	case OPT_REJECTS:
		run->rejects = options->value;
		break;
	case OPT_VERBOSE:
		run->verbose = true;
		break;
	}
}

static void read_now(struct run *run)
{
	struct zone zone;

	if (run->now != NULL &&
	    !(zone_init(&zone, NULL, &run->err) &&
	      zone_read_time(&zone, slice_of(run->now), wall_clock(), &run->retention.now, &run->err)))
		option_misuse(&table, "--now: %s", run->err.text);
}

static void read_options(struct run *run, struct options *options)
{
	for (int id; (id = option_next(options)) != 0;)
		read_option(run, options, id);
	if (run->table != NULL && !store_name_check(run->table, &run->err))
		option_misuse(&table, "%s", run->err.text);
	if (run->tee && run->dry)
		option_misuse(&table, "--tee passes on what is stored, and --dry-run stores nothing");
	if (run->drop && (run->table == NULL || options->count > 0 || run->retention.keep > 0 || run->tee))
		option_misuse(&table, "--drop removes the table that -t names, and does nothing else");
	if (run->force && !run->drop)
		option_misuse(&table, "--force goes with --drop");
	if (run->now != NULL && run->retention.keep == 0)
		option_misuse(&table, "--now goes with --keep");
	read_now(run);
}

/* What is not there yet is looked after as soon as it is. */
static void begin_retention(struct run *run)
{
	struct error missing;
	const char *names[] = { "events", "siem" };

	if (run->retention.keep == 0)
		return;
	for (size_t i = 0; i < (run->table != NULL ? 1 : sizeof names / sizeof names[0]); i++)
		retention_add(&run->retention, store_table(run->store, run->table != NULL ? run->table : names[i],
							   (enum record_kind)0, &missing));
}

static void begin(struct run *run, const struct options *options)
{
	signal_init(false);
	if (!stream_init(&run->stream, options->operands, options->count, NULL, run->rejects, &run->err))
		option_misuse(&table, "%s", run->err.text);
	run->store = place_open(run->name, run->config, !run->dry);
	run->store->dry = run->dry;
	begin_retention(run);
	if (run->tee)
		output_init(&run->out, STDOUT_FILENO, "standard output");
	run->stream.idle = idle;
	run->stream.refused = commit_if_due;
	run->stream.counters = tell;
	run->stream.data = run;
}

static void end_retention(struct run *run)
{
	if (!(run->dry ? retention_count(&run->retention, &run->err) : retention_finish(&run->retention, &run->err)))
		fail(run);
}

/* Removes the table, or tells what that would cost. */
static enum status drop(struct run *run)
{
	struct store_table *from;
	struct store_about about;

	run->store = place_open(run->name, run->config, false);
	from = store_table(run->store, run->table, (enum record_kind)0, &run->err);
	if (from == NULL || !store_about(from, &about, &run->err))
		fail(run);
	if (!run->force && !run->dry)
		option_misuse(&table, "table %s holds %" PRIu64 " records: --force removes them", run->table,
			      about.rows);
	if (!run->dry && !store_drop(from, &run->err))
		fail(run);
	warnx("table %s with %" PRIu64 " records %s", run->table, about.rows,
	      run->dry ? "would be removed" : "removed");
	store_close(run->store);
	return STATUS_OK;
}

int main(int argc, char **argv)
{
	struct options options = options_of(&table, argc, argv);
	struct run run = { .batch = BATCH };
	struct event event;

	read_options(&run, &options);
	if (run.drop)
		return drop(&run);
	begin(&run, &options);
	while (stream_next(&run.stream, &event))
		keep(&run, &event);
	commit(&run);
	end_retention(&run);
	if (run.verbose || run.dry)
		tell(&run);
	store_close(run.store);
	record_clear(&run.record);
	if (run.tee)
		output_close(&run.out);
	return stream_end(&run.stream);
}
