/* Keeps records in a store: each exactly once, however often they come. */
/* SPDX-License-Identifier: MIT */
#include "../lib/option.h"
#include "../lib/signal.h"
#include "../lib/zone.h"
#include "../sinks/intake.h"
#include "../sinks/place.h"

#include <err.h>
#include <inttypes.h>

enum {
	BATCH = 10000, /* records a commit, unless told otherwise */
	BATCH_MAX = 1000000,
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
	const char *name, *config, *rejects, *now;
	bool verbose, drop, force;
	struct intake intake;
	struct error err;
};

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
		run->intake.table = options->value;
		break;
	case OPT_KIND:
		run->intake.kind = record_kind_find(slice_of(options->value));
		if (run->intake.kind == 0)
			option_misuse(&table, "--kind is events, siem, rules or helpers");
		break;
	case OPT_BATCH:
		run->intake.batch = (uint64_t)option_number(options, 1, BATCH_MAX);
		break;
	case OPT_TEE:
		run->intake.tee = true;
		break;
	case OPT_KEEP:
		run->intake.retention.keep = option_duration(options);
		if (run->intake.retention.keep == 0)
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
		run->intake.dry = true;
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
	      zone_read_time(&zone, slice_of(run->now), wall_clock(), &run->intake.retention.now, &run->err)))
		option_misuse(&table, "--now: %s", run->err.text);
}

static void read_options(struct run *run, struct options *options)
{
	for (int id; (id = option_next(options)) != 0;)
		read_option(run, options, id);
	if (run->intake.table != NULL && !store_name_check(run->intake.table, &run->err))
		option_misuse(&table, "%s", run->err.text);
	if (run->intake.tee && run->intake.dry)
		option_misuse(&table, "--tee passes on what is stored, and --dry-run stores nothing");
	if (run->drop &&
	    (run->intake.table == NULL || options->count > 0 || run->intake.retention.keep > 0 || run->intake.tee))
		option_misuse(&table, "--drop removes the table that -t names, and does nothing else");
	if (run->force && !run->drop)
		option_misuse(&table, "--force goes with --drop");
	if (run->now != NULL && run->intake.retention.keep == 0)
		option_misuse(&table, "--now goes with --keep");
	read_now(run);
}

static void begin(struct run *run, const struct options *options)
{
	signal_init(false);
	if (!stream_init(&run->intake.stream, options->operands, options->count, NULL, run->rejects, &run->err))
		option_misuse(&table, "%s", run->err.text);
	run->intake.store = place_open(run->name, run->config, !run->intake.dry);
	intake_begin(&run->intake);
}

/* Removes the table, or tells what that would cost. */
static enum status drop(struct run *run)
{
	struct store *store = place_open(run->name, run->config, false);
	struct store_table *from = store_table(store, run->intake.table, (enum record_kind)0, &run->err);
	const bool dry = run->intake.dry;
	struct store_about about;

	const bool known = from != NULL && store_about(from, &about, &run->err);
	if (known && !run->force && !dry)
		option_misuse(&table, "table %s holds %" PRIu64 " records: --force removes them", run->intake.table,
			      about.rows);
	if (!known || (!dry && !store_drop(from, &run->err))) {
		store_close(store);
		store_give_up(STATUS_FAILED, &run->err);
	}
	warnx("table %s with %" PRIu64 " records %s", run->intake.table, about.rows,
	      dry ? "would be removed" : "removed");
	store_close(store);
	return STATUS_OK;
}

int main(int argc, char **argv)
{
	struct options options = options_of(&table, argc, argv);
	struct run run = { .intake.batch = BATCH };
	struct event event;

	read_options(&run, &options);
	if (run.drop)
		return drop(&run);
	begin(&run, &options);
	while (stream_next(&run.intake.stream, &event))
		intake_event(&run.intake, &event);
	intake_end(&run.intake);
	if (run.verbose || run.intake.dry)
		intake_tell(&run.intake);
	intake_close(&run.intake);
	return stream_end(&run.intake.stream);
}
