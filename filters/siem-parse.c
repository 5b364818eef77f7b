/* siem-parse: log lines in, one event line out for each. */
/* SPDX-License-Identifier: MIT */
#include "../lib/option.h"
#include "../lib/output.h"
#include "../lib/parse_follow.h"
#include "../lib/progress.h"
#include "../lib/rotated.h"
#include "../lib/signal.h"
#include "../lib/since.h"
#include "../lib/steady.h"
#include "../lib/terminal.h"
#include "../lib/utf8.h"

#include <err.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	OPTION_FORMAT = 1,
	OPTION_LIST,
	OPTION_ZONE,
	OPTION_REFERENCE,
	OPTION_HOST,
	OPTION_NO_RAW,
	OPTION_AUDIT_RECORDS,
	OPTION_JOIN,
	OPTION_FOLLOW,
	OPTION_ROTATED,
	OPTION_WHOLE,
	OPTION_SINCE,
	OPTION_PROGRESS,
	OPTION_QUIET,
	OPTION_WHY
};

static const struct option_row rows[] = {
	{ OPTION_FORMAT, 'f', "format", "NAME", "read this format alone, or 'auto' (default): line by line" },
	{ OPTION_LIST, 'l', "list", NULL, "list the formats, each with a sample line" },
	{ OPTION_ZONE, 'z', "zone", "OFFSET", "offset to UTC of stamps that have none, such as +0500" },
	{ OPTION_REFERENCE, 0, "reference", "TIME", "stamps without a year are not later than this (and a day)" },
	{ OPTION_HOST, 0, "host", "NAME", "log_source of lines that name no machine" },
	{ OPTION_NO_RAW, 0, "no-raw", NULL, "leave out raw_text and raw_base64" },
	{ OPTION_AUDIT_RECORDS, 0, "audit-records", NULL,
	  "one event for each audit record, not for all of one serial" },
	{ OPTION_JOIN, 0, "join", NULL,
	  "lines that go on with the one before, as stack traces do, are part of its event" },
	{ OPTION_FOLLOW, 'F', "follow", NULL, "go on with what is added to the files, by name, through rotation" },
	{ OPTION_ROTATED, 0, "rotated", NULL, "read what rotation left of each file first: f.2.gz, f.1, f" },
	{ OPTION_WHOLE, 0, "whole", NULL, "leave out a last line without newline: it is being written" },
	{ OPTION_SINCE, 0, "since", "TIME", "start each file at its first event of this time or later" },
	{ OPTION_PROGRESS, 0, "progress", NULL, "show bytes, rate and time left on a terminal" },
	{ OPTION_QUIET, 'q', "quiet", NULL, "do not tell at the end how many lines were read by which format" },
	{ OPTION_WHY, 0, "why", NULL, "tell of each line that no format reads how far the nearest one got" },
	{ 0 },
};

static const struct option_table table = {
	.program = "siem-parse",
	.operands = "[file ...]",
	.what = "Turns log lines into events, one JSON object a line.",
	.rows = rows,
};

struct request {
	const char *format, *zone, *reference, *since, *host;
	bool list, no_raw, records, join, follow, rotated, whole, progress, quiet, why;
};

/* All that is at work between input and output. */
struct filter {
	struct parse parse; /* what was asked for; at work unless files are followed: then each has its own */
	struct parse_counts counts;
	struct input in;
	struct output out;
};

static void take_option(struct request *request, int id, const char *value)
{
	switch (id) {
	case OPTION_FORMAT:
		request->format = value;
		break;
	case OPTION_LIST:
		request->list = true;
		break;
	case OPTION_ZONE:
		request->zone = value;
		break;
	case OPTION_REFERENCE:
		request->reference = value;
		break;
	case OPTION_HOST:
		request->host = value;
		break;
	case OPTION_NO_RAW:
		request->no_raw = true;
		break;
	case OPTION_AUDIT_RECORDS:
		request->records = true;
		break;
	case OPTION_JOIN:
		request->join = true;
		break;
	case OPTION_FOLLOW:
		request->follow = true;
		break;
	case OPTION_ROTATED:
		request->rotated = true;
		break;
	case OPTION_WHOLE:
		request->whole = true;
		break;
	case OPTION_SINCE:
		request->since = value;
		break;
	case OPTION_PROGRESS:
		request->progress = true;
		break;
	case OPTION_QUIET:
		request->quiet = true;
		break;
	case OPTION_WHY:
		request->why = true;
		break;
	}
}

static enum status list_formats(void)
{
	struct output out;

	output_init(&out, STDOUT_FILENO, "standard output");
	for (const struct format *const *format = formats; *format != NULL; format++)
		buffer_printf(&out.text, "%-14s %s\n%-14s %s\n", (*format)->name, (*format)->what, "",
			      (*format)->samples[0]);
	output_close(&out);
	return STATUS_OK;
}

/* The format of that name, NULL for "auto"; or the program ends. */
static const struct format *format_named(const char *name)
{
	const char *words[FORMATS_MAX + 2] = { "auto" };
	const struct format *format = format_find(slice_of(name));
	char shown[64];

	if (format != NULL || strcmp(name, "auto") == 0)
		return format;
	for (size_t i = 0; i < FORMATS_MAX && formats[i] != NULL; i++)
		words[i + 1] = formats[i]->name;
	const char *nearest = nearest_word(slice_of(name), words);
	terminal_text(shown, sizeof shown, slice_of(name));
	if (nearest != NULL)
		option_misuse(&table, "there is no format '%s', did you mean %s?", shown, nearest);
	option_misuse(&table, "there is no format '%s', see siem-parse -l", shown);
}

/* Ends the program: nothing was read yet. */
static _Noreturn void misuse(const char *option, const struct error *err)
{
	char shown[2 * sizeof err->text];

	option_misuse(&table, "%s: %s", option, terminal_text(shown, sizeof shown, slice_of(err->text)));
}

/* It stands in each event, and in each id: what nobody can see there is not meant. */
static struct slice host_named(const char *name)
{
	const struct slice host = slice_of(name);

	for (size_t i = 0; i < host.len; i++)
		if ((unsigned char)name[i] < ' ' || name[i] == '\x7f')
			option_misuse(&table, "--host: the name has control characters");
	if (slice_is_blank(host))
		option_misuse(&table, "--host: the name is empty");
	if (!utf8_valid(host))
		option_misuse(&table, "--host: the name is not UTF-8");
	return host;
}

/* What was asked for, as the parser takes it; here is the name of this machine. */
static void set_up(struct parse *parse, const struct request *request, const char *here)
{
	struct error err;

	parse->only = format_named(request->format);
	if (!zone_init(&parse->zone, request->zone, &err))
		misuse("-z", &err);
	parse->referred = request->reference != NULL;
	if (parse->referred &&
	    !zone_read_time(&parse->zone, slice_of(request->reference), wall_clock(), &parse->reference, &err))
		misuse("--reference", &err);
	parse->since = INT64_MIN;
	if (request->since != NULL &&
	    !zone_read_time(&parse->zone, slice_of(request->since), wall_clock(), &parse->since, &err))
		misuse("--since", &err);
	parse->parsed_on = slice_of(here);
	parse->host = request->host != NULL ? host_named(request->host) : parse->parsed_on;
	parse->raw = !request->no_raw;
	parse->records = request->records;
	parse->join = request->join;
	parse->why.asked = request->why;
}

static void begin(void *data)
{
	struct filter *filter = data;

	parse_end(&filter->parse, &filter->out.text);
	parse_begin(&filter->parse, &filter->in);
	since_seek(&filter->parse, &filter->in);
}

static void counters(void *data)
{
	parse_counts_tell(&((const struct filter *)data)->counts);
}

/* An event that may have more lines waits for them a while; in a file they are there, or it ends. */
static void idle(void *data)
{
	struct filter *filter = data;
	int left = -1;

	do {
		if (!filter->in.regular)
			left = parse_idle(&filter->parse, steady_clock(), &filter->out.text);
		output_flush(&filter->out);
		if (signal_counters())
			counters(filter);
	} while (left >= 0 && !input_more(&filter->in, left) && !signal_stop());
}

static enum status read_files(struct filter *filter, const struct request *request, char **paths, int *fds, int count)
{
	const struct parse asked = filter->parse;
	struct progress progress;
	struct slice line;

	input_init(&filter->in, paths, count, parse_line_max(filter->parse.only));
	filter->in.fds = fds;
	filter->in.whole = request->whole;
	filter->in.wants_plain = true;
	filter->in.begin = begin;
	filter->in.idle = idle;
	filter->in.counters = counters;
	filter->in.data = filter;
	parse_init(&filter->parse, &filter->counts);
	progress_init(&progress, &filter->in, request->progress);
	while (input_line(&filter->in, &line)) {
		parse_line(&filter->parse, &filter->in, line, &filter->out.text);
		output_line(&filter->out);
		progress_show(&progress);
	}
	parse_end(&filter->parse, &filter->out.text);
	output_line(&filter->out);
	progress_end(&progress);
	parse_clear(&filter->parse);
	filter->parse = asked;
	return input_close(&filter->in);
}

static void check_operands(const struct request *request, const struct options *options)
{
	if (request->follow && options->count == 0)
		option_misuse(&table, "--follow: which files?");
	if (request->rotated && options->count == 0)
		option_misuse(&table, "--rotated: of which files?");
	for (int i = 0; i < options->count; i++)
		if (request->follow && strcmp(options->operands[i], "-") == 0)
			option_misuse(&table, "--follow: files are followed by name, standard input has none");
}

/* What else is known of the files is in files. */
static enum status follow_files(struct filter *filter, const struct request *request, struct follow *files)
{
	files->quiet = request->quiet;
	return parse_follow(&filter->parse, &filter->counts, &filter->out, files);
}

/* The copies as they are, then the logs; the youngest copy of each is followed as well. */
static enum status follow_rotated(struct filter *filter, const struct request *request, struct rotated *list)
{
	struct follow files = { .older = rotated_youngest(list) };
	enum status status = STATUS_OK;
	char **paths;
	int *fds;
	const int copies = rotated_operands(list, true, false, &paths, &fds);

	if (copies > 0)
		status = read_files(filter, request, paths, fds, copies);
	free(paths);
	free(fds);
	files.count = rotated_operands(list, false, true, &files.paths, &files.fds);
	status = status_worse(status, follow_files(filter, request, &files));
	free(files.paths);
	free(files.fds);
	free(files.older);
	return status;
}

static enum status read_copies(struct filter *filter, const struct request *request, struct rotated *list)
{
	char **paths;
	int *fds;
	const int count = rotated_operands(list, true, true, &paths, &fds);
	const enum status status = read_files(filter, request, paths, fds, count);

	free(paths);
	free(fds);
	return status;
}

/* All copies are opened before the first is read: what is rotated meanwhile keeps its place. */
static enum status read_rotated(struct filter *filter, const struct request *request, const struct options *options)
{
	struct rotated list = { 0 };
	enum status status;

	for (int i = 0; i < options->count; i++)
		rotated_add(&list, options->operands[i]);
	status = request->follow ? follow_rotated(filter, request, &list) : read_copies(filter, request, &list);
	rotated_clear(&list);
	return status;
}

static enum status read_operands(struct filter *filter, const struct request *request, const struct options *options)
{
	struct follow files = { .paths = options->operands, .count = options->count };

	if (request->rotated)
		return read_rotated(filter, request, options);
	return request->follow ? follow_files(filter, request, &files)
			       : read_files(filter, request, options->operands, NULL, options->count);
}

static enum status run(struct filter *filter, const struct request *request, const struct options *options)
{
	enum status status;

	check_operands(request, options);
	output_init(&filter->out, STDOUT_FILENO, "standard output");
	status = read_operands(filter, request, options);
	output_close(&filter->out);
	return status;
}

int main(int argc, char **argv)
{
	char here[HOST_NAME_MAX + 1] = "";
	struct options options = options_of(&table, argc, argv);
	struct request request = { .format = "auto" };
	struct filter filter = { 0 };
	int id;

	while ((id = option_next(&options)) != 0)
		take_option(&request, id, options.value);
	if (request.list)
		return list_formats();
	if (gethostname(here, sizeof here - 1) != 0)
		warn("name of this machine");
	set_up(&filter.parse, &request, here);
	signal_init(false);
	const enum status status = run(&filter, &request, &options);
	if (!request.quiet)
		parse_counts_tell(&filter.counts);
	return status;
}
