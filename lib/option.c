/* The command line: one table gives what is accepted, the usage text and the words of errors. */
/* SPDX-License-Identifier: MIT */
#include "option.h"

#include "buffer.h"
#include "duration.h"
#include "terminal.h"

#include <err.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	ROWS_MAX = 64,
	HELP_COLUMN = 26,
	WORD_SHOWN = 100,
	MISUSE_SIZE = 1024,
};

enum { OPTION_HELP = -1, OPTION_VERSION = -2 };

static const struct option_row built_in[] = {
	{ OPTION_HELP, 'h', "help", NULL, "show this text" },
	{ OPTION_VERSION, 0, "version", NULL, "show the version" },
	{ 0 },
};

/*
 * Whoever started us may have closed one of the first three descriptors. A file of ours must not get its number, and
 * then what is meant for standard output; what was closed still fails when it is used.
 */
static void hold_standard_descriptors(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
			err(STATUS_FAILED, "/dev/null");
}

struct options options_of(const struct option_table *table, int argc, char **argv)
{
	hold_standard_descriptors();
	return (struct options){ .table = table, .argv = argv, .argc = argc, .at = 1, .operands = argv + 1 };
}

void option_misuse(const struct option_table *table, const char *format, ...)
{
	char text[MISUSE_SIZE], shown[MISUSE_SIZE];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	warnx("%s", terminal_text(shown, sizeof shown, slice_of(text))); /* it may quote a file */
	fprintf(stderr, "see %s -h\n", table->program);
	exit(STATUS_MISUSE);
}

static void show_row(struct buffer *text, const struct option_row *row)
{
	size_t start = text->len;

	buffer_printf(text, row->letter ? "  -%c" : "    ", row->letter);
	if (row->name != NULL)
		buffer_printf(text, "%s --%s", row->letter ? "," : " ", row->name);
	if (row->value != NULL)
		buffer_printf(text, " %s", row->value);
	if (text->len - start >= HELP_COLUMN) {
		buffer_add_char(text, '\n');
		start = text->len;
	}
	buffer_printf(text, "%*s%s\n", (int)(HELP_COLUMN - (text->len - start)), "", row->help);
}

/* Ends the program: the usage text is data, somebody may page it. */
static void show_usage(const struct option_table *table)
{
	struct buffer text = { 0 };

	buffer_printf(&text, "usage: %s [options]%s%s\n%s\n\n", table->program, *table->operands ? " " : "",
		      table->operands, table->what);
	for (const struct option_row *row = table->rows; row->id != 0; row++)
		show_row(&text, row);
	for (const struct option_row *row = built_in; row->id != 0; row++)
		show_row(&text, row);
	if (fputs(buffer_text(&text), stdout) == EOF || fclose(stdout) != 0)
		err(STATUS_FAILED, "standard output");
	exit(STATUS_OK);
}

static void show_version(const struct option_table *table)
{
	if (printf("%s (siemstress) %s\n", table->program, SIEM_VERSION) < 0 || fclose(stdout) != 0)
		err(STATUS_FAILED, "standard output");
	exit(STATUS_OK);
}

static const struct option_row *find_letter(const struct option_row *rows, char letter)
{
	for (; rows->id != 0; rows++)
		if (rows->letter == letter)
			return rows;
	return NULL;
}

static const struct option_row *find_name(const struct option_row *rows, struct slice name)
{
	for (; rows->id != 0; rows++)
		if (rows->name != NULL && slice_is(name, rows->name))
			return rows;
	return NULL;
}

static void unknown_name(const struct option_table *table, struct slice name)
{
	const char *words[ROWS_MAX + 1], *nearest;
	char shown[WORD_SHOWN];
	size_t count = 0;

	for (const struct option_row *row = table->rows; row->id != 0 && count < ROWS_MAX - 2; row++)
		if (row->name != NULL)
			words[count++] = row->name;
	words[count++] = "help";
	words[count++] = "version";
	words[count] = NULL;
	nearest = nearest_word(name, words);
	terminal_text(shown, sizeof shown, name);
	if (nearest != NULL)
		option_misuse(table, "unknown option --%s, did you mean --%s?", shown, nearest);
	option_misuse(table, "unknown option --%s", shown);
}

static void unknown_letter(const struct option_table *table, char letter)
{
	char shown[WORD_SHOWN], known[ROWS_MAX + 2];
	size_t count = 0;

	for (const struct option_row *row = table->rows; row->id != 0 && count < ROWS_MAX; row++)
		if (row->letter != 0)
			known[count++] = row->letter;
	known[count++] = 'h';
	known[count] = '\0';
	terminal_text(shown, sizeof shown, (struct slice){ &letter, 1 });
	option_misuse(table, "unknown option -%s, there are: -%s", shown, known);
}

static int chosen(const struct options *options, const struct option_row *row)
{
	if (row->id == OPTION_HELP)
		show_usage(options->table);
	if (row->id == OPTION_VERSION)
		show_version(options->table);
	return row->id;
}

/* The word after the one in hand, as the value of an option. */
static const char *next_word(struct options *options, const char *dashes, const char *name)
{
	if (options->at >= options->argc)
		option_misuse(options->table, "option %s%s needs a value", dashes, name);
	return options->argv[options->at++];
}

static int next_letter(struct options *options)
{
	char letter = *options->letters++;
	const struct option_row *row = find_letter(options->table->rows, letter);

	if (row == NULL)
		row = find_letter(built_in, letter);
	if (row == NULL)
		unknown_letter(options->table, letter);
	options->value = NULL;
	if (row->value != NULL) {
		const char name[] = { letter, '\0' };
		options->value = *options->letters != '\0' ? options->letters : next_word(options, "-", name);
		options->letters = "";
	}
	return chosen(options, row);
}

static int next_name(struct options *options, struct slice word)
{
	size_t equals = slice_find(word, '=');
	struct slice name = slice_first(word, equals);
	const struct option_row *row = find_name(options->table->rows, name);

	if (row == NULL)
		row = find_name(built_in, name);
	if (row == NULL)
		unknown_name(options->table, name);
	options->value = equals < word.len ? word.ptr + equals + 1 : NULL;
	if (row->value == NULL && options->value != NULL)
		option_misuse(options->table, "option --%s takes no value", row->name);
	if (row->value != NULL && options->value == NULL)
		options->value = next_word(options, "--", row->name);
	return chosen(options, row);
}

int option_next(struct options *options)
{
	while (options->letters == NULL || *options->letters == '\0') {
		char *word;
		if (options->at >= options->argc)
			return 0;
		word = options->argv[options->at++];
		if (options->ended || word[0] != '-' || word[1] == '\0')
			options->operands[options->count++] = word;
		else if (strcmp(word, "--") == 0)
			options->ended = true;
		else if (word[1] == '-')
			return next_name(options, slice_of(word + 2));
		else
			options->letters = word + 1;
	}
	return next_letter(options);
}

static void bad_value(const struct options *options, const char *wanted)
{
	char shown[WORD_SHOWN];

	terminal_text(shown, sizeof shown, slice_of(options->value));
	option_misuse(options->table, "'%s' is not %s", shown, wanted);
}

int64_t option_number(const struct options *options, int64_t min, int64_t max)
{
	char wanted[80];
	int64_t n = 0;

	if (slice_number(slice_of(options->value), min, max, &n))
		return n;
	snprintf(wanted, sizeof wanted, "a whole number from %" PRId64 " to %" PRId64, min, max);
	bad_value(options, wanted);
	return 0;
}

int64_t option_duration(const struct options *options)
{
	int64_t microseconds = 0;

	if (!duration_read(slice_of(options->value), &microseconds))
		bad_value(options, "a duration, such as 90s, 10m, 24h or 7d");
	return microseconds;
}

double option_part(const struct options *options)
{
	char *end;
	const double part = strtod(options->value, &end);

	if (*end != '\0' || end == options->value || !(part > 0 && part <= 1))
		bad_value(options, "a part of one, such as 0.8");
	return part;
}
