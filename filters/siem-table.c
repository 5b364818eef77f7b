/* Shows events, SIEM events, rules and helpers as a table for people. */
/* SPDX-License-Identifier: MIT */
#include "../lib/option.h"
#include "../lib/signal.h"
#include "../lib/stream.h"
#include "../lib/table.h"
#include "../lib/terminal.h"

#include <err.h>
#include <unistd.h>

enum { OPTION_FIELDS = 1, OPTION_WIDTH, OPTION_NO_HEADING, OPTION_COLOUR, OPTION_REJECTS };

static const struct option_row rows[] = {
	{ OPTION_FIELDS, 'f', "fields", "LIST", "show these columns: names or paths, joined by commas" },
	{ OPTION_WIDTH, 'w', "width", "N", "make lines at most N columns wide, 0: any width" },
	{ OPTION_NO_HEADING, 'n', "no-header", NULL, "show no heading" },
	{ OPTION_COLOUR, 0, "colour", "WHEN", "colour rows by severity: auto, always or never" },
	{ OPTION_REJECTS, 0, "rejects", "FILE", "append the lines that are refused to this file" },
	{ 0 },
};

static const struct option_table options_table = {
	.program = "siem-table",
	.operands = "[file ...]",
	.what = "Shows events, SIEM events, rules or helpers (JSON lines) as a table for people.",
	.rows = rows,
};

enum {
	WIDTH_MAX = 100000, /* columns of a line */
	PATIENCE = 40,	    /* milliseconds */
};

/* Ends the program: nothing was read yet. */
static _Noreturn void misuse(const struct error *err)
{
	option_misuse(&options_table, "%s", err->text);
}

static bool read_colour(struct slice when)
{
	char shown[40];

	if (slice_is(when, "always"))
		return true;
	if (slice_is(when, "never"))
		return false;
	if (slice_is(when, "auto"))
		return terminal_colour(STDOUT_FILENO);
	terminal_text(shown, sizeof shown, when);
	option_misuse(&options_table, "--colour %s: there are auto, always and never", shown);
}

static size_t read_width(const struct options *options)
{
	int64_t n = option_number(options, 0, WIDTH_MAX);

	return n == 0 ? SIZE_MAX : (size_t)n;
}

static const char *read_options(struct options *options, struct table *table)
{
	const char *rejects = NULL;
	struct error err;
	int id;

	while ((id = option_next(options)) != 0)
		switch (id) {
		case OPTION_FIELDS:
			if (!table_read_columns(table, slice_of(options->value), &err))
				misuse(&err);
			break;
		case OPTION_WIDTH:
			table->line = read_width(options);
			break;
		case OPTION_NO_HEADING:
			table->no_heading = true;
			break;
		case OPTION_COLOUR:
			table->colour = read_colour(slice_of(options->value));
			break;
		case OPTION_REJECTS:
			rejects = options->value;
			break;
		}
	return rejects;
}

/* A name that no record has is more likely a slip than a wish. */
static void tell_empty(const struct table *table)
{
	const char *words[FIELD_COUNT + 1] = { NULL };
	char shown[80];

	for (int i = 0; i < FIELD_COUNT; i++)
		words[i] = field_table[i].name;
	for (size_t i = 0; i < table->count && table->rows > 0; i++) {
		const struct column *column = &table->columns[i];
		const char *nearest = nearest_word(slice_of(column->path.name), words);
		if (column->seen > 0 || !column->wanted || column->path.field != FIELD_NONE)
			continue;
		terminal_text(shown, sizeof shown, slice_of(column->path.name));
		warnx("no record has '%s'%s%s%s", shown, nearest ? ", did you mean " : "", nearest ? nearest : "",
		      nearest ? "?" : "");
	}
}

/* A table and where its records come from. */
struct shown {
	struct table table;
	struct stream stream;
};

/*
 * Whoever writes to us may write the first records in several pieces: a moment's patience, and columns fit them
 * all. After that, nobody waits.
 */
static void idle(void *data)
{
	struct shown *shown = data;

	if (shown->table.showing || !input_more(&shown->stream.in, PATIENCE))
		table_show(&shown->table);
}

int main(int argc, char **argv)
{
	struct options options = options_of(&options_table, argc, argv);
	const size_t width = terminal_width(STDOUT_FILENO);
	struct shown shown = { 0 };
	struct table *table = &shown.table;
	const char *rejects;
	struct output out;
	struct event event;
	struct error err;
	enum status status;

	table->line = width > 0 ? width : SIZE_MAX;
	table->colour = terminal_colour(STDOUT_FILENO);
	rejects = read_options(&options, table);
	signal_init(false);
	output_init(&out, STDOUT_FILENO, "standard output");
	table->out = &out;
	if (!stream_init(&shown.stream, options.operands, options.count, &out, rejects, &err))
		misuse(&err);
	shown.stream.idle = idle;
	shown.stream.data = &shown;
	while (stream_next(&shown.stream, &event))
		table_add(table, &event);
	status = stream_end(&shown.stream);
	table_show(table);
	output_close(&out);
	tell_empty(table);
	table_clear(table);
	return status;
}
