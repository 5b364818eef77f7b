/* Asks a store: the records of a time, a machine, a program .. as they were stored, sorted by time. */
/* SPDX-License-Identifier: MIT */
#include "../lib/option.h"
#include "../lib/period.h"
#include "../lib/signal.h"
#include "../sinks/place.h"
#include "../sinks/selection.h"
#include "../sinks/stats.h"

#include <unistd.h>

/* The words of siemquery: OPT_WITH + word, and OPT_WITHOUT + word for their opposites. */
enum {
	OPT_STORE = 1,
	OPT_CONFIG,
	OPT_TABLE,
	OPT_LAST,
	OPT_RANGE,
	OPT_SINCE,
	OPT_UNTIL,
	OPT_ZONE,
	OPT_NOW,
	OPT_WHERE,
	OPT_FILE,
	OPT_IDS,
	OPT_LIMIT,
	OPT_REVERSE,
	OPT_FOLLOW,
	OPT_COUNT,
	OPT_BY,
	OPT_HISTOGRAM,
	OPT_STATS,
	OPT_VERBOSE,
	OPT_WITH,
	OPT_WITHOUT = OPT_WITH + QUERY_WORDS,
	OPT_END = OPT_WITHOUT + QUERY_WORDS,
};

static const struct option_row rows[] = {
	{ OPT_STORE, 'd', "store", "STORE",
	  "the store: sqlite:PATH or mariadb://USER@HOST/DATABASE (else $SIEM_STORE, -c, or the default file)" },
	{ OPT_CONFIG, 'c', "config", "FILE", "config file that names the store" },
	{ OPT_TABLE, 't', "table", "NAME", "the table (events)" },
	{ OPT_LAST, 0, "last", "DURATION", "match a preceding time: 20m, 24h, 7d" },
	{ OPT_RANGE, 0, "range", "START-FINISH", "match a time: YYYYmmddHHMMSS-YYYYmmddHHMMSS" },
	{ OPT_SINCE, 0, "since", "TIME",
	  "match this time and later: 2024-06-10, '2024-06-10 12:00', RFC 3339, now, @SECONDS" },
	{ OPT_UNTIL, 0, "until", "TIME", "match what is earlier than this time" },
	{ OPT_ZONE, 'z', "zone", "ZONE", "of times that name none: +0500 (else the zone of the system)" },
	{ OPT_NOW, 0, "now", "TIME", "where --last ends (else the clock says)" },
	{ OPT_WITH + QUERY_ID, 0, "id", "ID", "match an id" },
	{ OPT_WITH + QUERY_SHOST, 0, "shost", "HOST", "match a source host, or the machine that logged" },
	{ OPT_WITH + QUERY_SPORT, 0, "sport", "PORT", "match a source port" },
	{ OPT_WITH + QUERY_DHOST, 0, "dhost", "HOST", "match a destination host" },
	{ OPT_WITH + QUERY_DPORT, 0, "dport", "PORT", "match a destination port" },
	{ OPT_WITH + QUERY_PROCESS, 0, "process", "PROCESS", "match a source process" },
	{ OPT_WITH + QUERY_PID, 0, "pid", "PID", "match a source process id" },
	{ OPT_WITH + QUERY_PROTOCOL, 0, "protocol", "PROTOCOL", "match a protocol" },
	{ OPT_WITH + QUERY_GREP, 0, "grep", "PATTERN", "match an expression in the message, in any case" },
	{ OPT_WITHOUT + QUERY_SHOST, 0, "rshost", "HOST", "filter out a source host, or the machine that logged" },
	{ OPT_WITHOUT + QUERY_SPORT, 0, "rsport", "PORT", "filter out a source port" },
	{ OPT_WITHOUT + QUERY_DHOST, 0, "rdhost", "HOST", "filter out a destination host" },
	{ OPT_WITHOUT + QUERY_DPORT, 0, "rdport", "PORT", "filter out a destination port" },
	{ OPT_WITHOUT + QUERY_PROCESS, 0, "rprocess", "PROCESS", "filter out a source process" },
	{ OPT_WITHOUT + QUERY_PID, 0, "rpid", "PID", "filter out a source process id" },
	{ OPT_WITHOUT + QUERY_PROTOCOL, 0, "rprotocol", "PROTOCOL", "filter out a protocol" },
	{ OPT_WITHOUT + QUERY_GREP, 0, "rgrep", "PATTERN", "filter out an expression in the message, in any case" },
	{ OPT_WHERE, 'w', NULL, "FIELD=VALUE", "match a criterion of siem-rules(5): user=root, severity|lte=4" },
	{ OPT_FILE, 0, "where", "FILE", "match criteria in a JSON file" },
	{ OPT_IDS, 0, "ids-from", "FILE", "match ids in FILE: of SIEM events their source_ids" },
	{ OPT_LIMIT, 0, "limit", "N", "at most N records; with --by, rows" },
	{ OPT_REVERSE, 0, "reverse", NULL, "the latest first" },
	{ OPT_FOLLOW, 0, "follow", NULL, "go on with what is stored from now on" },
	{ OPT_COUNT, 0, "count", NULL, "tell the number of records instead" },
	{ OPT_BY, 0, "by", "FIELD", "tell how often each value of a field was found instead" },
	{ OPT_HISTOGRAM, 0, "histogram", "DURATION", "tell that, or the number of records, for each span of time" },
	{ OPT_STATS, 0, "stats", NULL, "tell what each table holds instead, or that of -t" },
	{ OPT_VERBOSE, 'v', "verbose", NULL, "show what the database is asked" },
	{ 0 },
};

static const struct option_table table = {
	"siem-select", "", "Gives the records of a store that match, as they were stored, sorted by time.", rows
};

/* What the options say. */
struct run {
	const char *name, *config, *table, *zone_text, *ids_path;
	struct period period;
	bool stats;
	struct zone zone;
	struct ids ids;
	struct summary summary;
	struct query query;
	struct selection selection;
	struct error err;
};

static void misuse_unless(const struct run *run, bool ok)
{
	if (!ok)
		option_misuse(&table, "%s", run->err.text);
}

static void read_word(struct run *run, const struct options *options, int id)
{
	const bool without = id >= OPT_WITHOUT;
	const int word = id - (without ? OPT_WITHOUT : OPT_WITH);

	misuse_unless(run, query_ask(&run->query, (enum query_word)word, without, options->value, &run->err));
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
	case OPT_LAST:
		run->period.last = option_duration(options);
		if (run->period.last == 0)
			option_misuse(&table, "--last %s: a time of no length has no records", options->value);
		break;
	case OPT_RANGE:
		run->period.range = options->value;
		break;
	case OPT_SINCE:
		run->period.since = options->value;
		break;
	case OPT_UNTIL:
		run->period.until = options->value;
		break;
	case OPT_ZONE:
		run->zone_text = options->value;
		break;
	case OPT_NOW:
		run->period.now = options->value;
		break;
	case OPT_WHERE:
		misuse_unless(run, query_where(&run->query, options->value, &run->err));
		break;
	case OPT_FILE:
		misuse_unless(run, query_file(&run->query, options->value, &run->err));
		break;
	case OPT_IDS:
		run->ids_path = options->value;
		break;
	case OPT_COUNT:
		run->summary.count = true;
		break;
	case OPT_BY:
		misuse_unless(run, tally_by(&run->summary.tally, options->value, &run->err));
		break;
	case OPT_HISTOGRAM:
		run->summary.span = option_duration(options);
		if (run->summary.span < MILLISECOND)
			option_misuse(&table, "--histogram %s: a span is a millisecond at least", options->value);
		break;
	case OPT_STATS:
		run->stats = true;
		break;
	case OPT_LIMIT:
		run->selection.limit = (uint64_t)option_number(options, 1, INT64_MAX);
		break;
	case OPT_REVERSE:
		run->selection.range.reverse = true;
		break;
	case OPT_FOLLOW:
		run->selection.follow = true;
		break;
	case OPT_VERBOSE:
		run->selection.verbose = true;
		break;
	default:
		read_word(run, options, id);
	}
}

/* What cannot be meant together. */
static void check_options(const struct run *run)
{
	const struct summary *summary = &run->summary;

	if (run->selection.follow && (run->selection.range.reverse || run->ids_path != NULL))
		option_misuse(&table, "--follow does not go with --reverse or --ids-from");
	if (summary_asked(summary) && run->selection.follow)
		option_misuse(&table, "--follow never ends, so it has no --count, --by or --histogram");
	if (summary->count && (summary->tally.by_count > 0 || summary->span > 0))
		option_misuse(&table, "--count does not go with --by or --histogram, which count as well");
	if (summary->span > 0 && run->selection.range.reverse)
		option_misuse(&table, "--histogram and --reverse do not go together");
}

/* With --by, --limit is about the rows. */
static void ready_summary(struct run *run)
{
	struct summary *summary = &run->summary;

	if (!summary_asked(summary))
		return;
	run->selection.summary = summary;
	summary->zone = run->zone;
	summary->top = UINT64_MAX;
	if (summary->tally.by_count > 0) {
		summary->top = run->selection.limit;
		run->selection.limit = UINT64_MAX;
	}
}

static void read_options(struct run *run, int argc, char **argv)
{
	struct options options = options_of(&table, argc, argv);

	for (int id; (id = option_next(&options)) != 0;)
		read_option(run, &options, id);
	if (options.count > 0)
		option_misuse(&table, "there are no operands; a table is named with -t");
	check_options(run);
	misuse_unless(run, run->table == NULL || store_name_check(run->table, &run->err));
	misuse_unless(run, query_ready(&run->query, &run->err));
	misuse_unless(run, zone_init(&run->zone, run->zone_text, &run->err));
	ready_summary(run);
}

/* Times and ids become one range of ids, which every store can go through in order. */
static void set_range(struct run *run)
{
	struct store_range *ids = &run->selection.range;

	ids->high = (struct id){ (UINT64_C(1) << 48) - 1, UINT16_MAX, UINT64_MAX };
	if (!period_asked(&run->period))
		query_ids(&run->query, &ids->low, &ids->high);
	misuse_unless(run, period_ids(&run->period, &run->zone, &ids->low, &ids->high, &run->err));
}

/* Rules and helpers have neither ids nor times. */
static void check_kind(const struct run *run)
{
	const struct store_table *from = run->selection.from;
	const bool times = period_asked(&run->period) || run->summary.span > 0;

	if (!run->selection.range.by_id && (times || run->ids_path != NULL))
		option_misuse(&table, "table %s holds %s, which have no %s", from->name, record_kind_name(from->kind),
			      times ? "time" : "ids");
}

static struct store *open_store(struct run *run)
{
	struct store *store = place_open(run->name, run->config, false);
	struct store_table *from;

	if (run->stats)
		return store;
	from = store_table(store, run->table != NULL ? run->table : "events", (enum record_kind)0, &run->err);
	if (from == NULL)
		store_give_up(STATUS_FAILED, &run->err);
	run->selection.from = from;
	run->selection.range.by_id = from->kind == RECORD_EVENT || from->kind == RECORD_SIEM;
	check_kind(run);
	return store;
}

/* The input of --ids-from may be long in coming, so it is read before the store is opened. */
static enum status read_ids(struct run *run)
{
	if (run->ids_path == NULL)
		return STATUS_OK;
	run->selection.ids = &run->ids;
	return ids_read(&run->ids, run->ids_path);
}

static void clear(struct run *run)
{
	ids_clear(&run->ids);
	summary_clear(&run->summary);
	query_clear(&run->query);
}

int main(int argc, char **argv)
{
	struct run run = { .selection.limit = UINT64_MAX };
	struct output out;
	struct store *store;
	enum status status;

	read_options(&run, argc, argv);
	set_range(&run);
	signal_init(false);
	status = read_ids(&run);
	store = open_store(&run);
	output_init(&out, STDOUT_FILENO, "standard output");
	run.selection.out = &out;
	run.selection.query = &run.query;
	if (run.stats)
		status = stats_run(store, run.table, &run.zone, &out);
	else
		status = status_worse(status, selection_run(&run.selection));
	output_close(&out);
	store_close(store);
	clear(&run);
	return status;
}
