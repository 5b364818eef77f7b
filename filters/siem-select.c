/* Asks a store: the records of a time, a machine, a program .. as they were stored, sorted by time. */
/* SPDX-License-Identifier: MIT */
#include "../lib/option.h"
#include "../lib/range.h"
#include "../lib/signal.h"
#include "../sinks/place.h"
#include "../sinks/selection.h"

#include <unistd.h>

/* The words of siemquery: OPT_WITH + word, and OPT_WITHOUT + word for their opposites. */
enum {
	OPT_STORE = 1,
	OPT_CONFIG,
	OPT_TABLE,
	OPT_LAST,
	OPT_RANGE,
	OPT_ZONE,
	OPT_NOW,
	OPT_WHERE,
	OPT_FILE,
	OPT_LIMIT,
	OPT_REVERSE,
	OPT_FOLLOW,
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
	{ OPT_ZONE, 'z', "zone", "ZONE", "of --range: +0500 (else the zone of the system)" },
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
	{ OPT_LIMIT, 0, "limit", "N", "at most N records" },
	{ OPT_REVERSE, 0, "reverse", NULL, "the latest first" },
	{ OPT_FOLLOW, 0, "follow", NULL, "go on with what is stored from now on" },
	{ OPT_VERBOSE, 'v', "verbose", NULL, "show what the database is asked" },
	{ 0 },
};

static const struct option_table table = {
	"siem-select", "", "Gives the records of a store that match, as they were stored, sorted by time.", rows
};

/* What the options say. */
struct run {
	const char *name, *config, *table, *range_text, *zone_text, *now_text;
	int64_t last; /* microseconds, 0: not asked */
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
		run->last = option_duration(options);
		if (run->last == 0)
			option_misuse(&table, "--last %s: a time of no length has no records", options->value);
		break;
	case OPT_RANGE:
		run->range_text = options->value;
		break;
	case OPT_ZONE:
		run->zone_text = options->value;
		break;
	case OPT_NOW:
		run->now_text = options->value;
		break;
	case OPT_WHERE:
		misuse_unless(run, query_where(&run->query, options->value, &run->err));
		break;
	case OPT_FILE:
		misuse_unless(run, query_file(&run->query, options->value, &run->err));
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

static void read_options(struct run *run, int argc, char **argv)
{
	struct options options = options_of(&table, argc, argv);

	for (int id; (id = option_next(&options)) != 0;)
		read_option(run, &options, id);
	if (options.count > 0)
		option_misuse(&table, "there are no operands; a table is named with -t");
	if (run->last > 0 && run->range_text != NULL)
		option_misuse(&table, "--last and --range do not go together");
	if (run->selection.follow && run->selection.range.reverse)
		option_misuse(&table, "--follow and --reverse do not go together");
	misuse_unless(run, store_name_check(run->table, &run->err));
	misuse_unless(run, query_ready(&run->query, &run->err));
}

/* The last id that a point in time can have. */
static struct id id_ceiling(int64_t time)
{
	struct id id = id_floor(time);

	id.hash_high = UINT16_MAX;
	id.hash_low = UINT64_MAX;
	return id;
}

/* With the clock of the machine there is no end: what comes from one that is ahead is not hidden. */
static void last_range(struct run *run, struct zone *zone, struct store_range *range)
{
	int64_t now = wall_clock();

	if (run->now_text != NULL) {
		misuse_unless(run, zone_read_time(zone, slice_of(run->now_text), now, &now, &run->err));
		range->high = id_ceiling(now);
	}
	range->low = id_floor(now - run->last);
}

/* Times and ids become one range of ids, which every store can go through in order. */
static void set_range(struct run *run)
{
	struct store_range *ids = &run->selection.range;
	struct range range;
	struct zone zone;

	ids->high = (struct id){ (UINT64_C(1) << 48) - 1, UINT16_MAX, UINT64_MAX };
	misuse_unless(run, zone_init(&zone, run->zone_text, &run->err));
	if (run->last > 0) {
		last_range(run, &zone, ids);
	} else if (run->range_text != NULL) {
		misuse_unless(run, range_read(&range, &zone, slice_of(run->range_text), &run->err));
		ids->low = id_floor(range.from);
		ids->high = id_ceiling(range.to);
	} else {
		query_ids(&run->query, &ids->low, &ids->high);
	}
}

static struct store *open_store(struct run *run)
{
	struct store *store = place_open(run->name, run->config, false);
	struct store_table *from = store_table(store, run->table, (enum record_kind)0, &run->err);

	if (from == NULL)
		store_give_up(STATUS_FAILED, &run->err);
	run->selection.from = from;
	run->selection.range.by_id = from->kind == RECORD_EVENT || from->kind == RECORD_SIEM;
	if (!run->selection.range.by_id && (run->last > 0 || run->range_text != NULL))
		option_misuse(&table, "table %s holds %s, which have no time", from->name,
			      record_kind_name(from->kind));
	return store;
}

int main(int argc, char **argv)
{
	struct run run = { .table = "events", .selection.limit = UINT64_MAX };
	struct output out;
	struct store *store;
	enum status status;

	read_options(&run, argc, argv);
	set_range(&run);
	signal_init(false);
	store = open_store(&run);
	output_init(&out, STDOUT_FILENO, "standard output");
	run.selection.out = &out;
	run.selection.query = &run.query;
	status = selection_run(&run.selection);
	output_close(&out);
	store_close(store);
	query_clear(&run.query);
	return status;
}
