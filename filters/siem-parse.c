/* siem-parse: log lines in, one event line out for each. */
/* SPDX-License-Identifier: MIT */
#include "../lib/emit.h"
#include "../lib/input.h"
#include "../lib/option.h"
#include "../lib/output.h"
#include "../lib/signal.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	LINE_MAX_BYTES = 1 << 20, /* what lies behind is cut off and counted */
	HOST_MAX = 256,
};

enum { OPT_FORMAT = 1, OPT_LIST, OPT_ZONE, OPT_REFERENCE, OPT_HOST, OPT_NO_RAW };

static const struct option_row rows[] = {
	{ OPT_FORMAT, 'f', "format", "NAME", "read this format alone, or 'auto' (default): line by line" },
	{ OPT_LIST, 'l', "list", NULL, "list the formats, each with a sample line" },
	{ OPT_ZONE, 'z', "zone", "OFFSET", "offset to UTC of stamps that have none, such as +0500" },
	{ OPT_REFERENCE, 0, "reference", "TIME", "stamps without a year are not later than this (and a day)" },
	{ OPT_HOST, 0, "host", "NAME", "log_source of lines that name no machine" },
	{ OPT_NO_RAW, 0, "no-raw", NULL, "leave out raw_text and raw_base64" },
	{ 0 },
};

static const struct option_table table = {
	"siem-parse", "[file ...]", "Turns log lines into events, one JSON object a line.", rows,
};

struct parser {
	const struct format *only; /* NULL: auto */
	const struct format *last; /* that matched, if it is sure of its lines */
	struct zone zone;
	struct year year;
	struct format_context context;
	struct parsed parsed;
	struct emit emit;
	struct input in;
	struct output out;
	const char *reference_text;
	int64_t reference; /* of the file in hand */
	int64_t now;
	struct stamp before; /* of the event before */
	char here[HOST_MAX]; /* this machine's name */
	const char *host;
	bool raw;
	uint64_t events, unparsed, blank;
};

static void list_formats(void)
{
	for (const struct format *const *format = formats; *format != NULL; format++)
		printf("%-12s %s\n             %s\n", (*format)->name, (*format)->what, (*format)->samples[0]);
	if (fclose(stdout) != 0)
		err(STATUS_FAILED, "standard output");
	exit(STATUS_OK);
}

static const struct format *format_named(const char *name)
{
	const char *words[64] = { "auto" };
	const struct format *format = format_find(slice_of(name));
	size_t count = 1;

	if (format != NULL || strcmp(name, "auto") == 0)
		return format;
	for (; formats[count - 1] != NULL && count < 63; count++)
		words[count] = formats[count - 1]->name;
	const char *nearest = nearest_word(slice_of(name), words);
	if (nearest != NULL)
		option_misuse(&table, "there is no format '%s', did you mean %s?", name, nearest);
	option_misuse(&table, "there is no format '%s', see siem-parse -l", name);
}

static void init_zone(struct parser *parser, const char *text)
{
	struct error why;

	if (!zone_init(&parser->zone, text, &why))
		option_misuse(&table, "%s", why.text);
}

static void init_time(struct parser *parser)
{
	struct error why;

	parser->now = wall_clock();
	if (parser->reference_text == NULL)
		return;
	if (!zone_read_time(&parser->zone, slice_of(parser->reference_text), parser->now, &parser->reference, &why))
		option_misuse(&table, "--reference: %s", why.text);
}

static void read_options(struct parser *parser, int argc, char **argv)
{
	struct options options = options_of(&table, argc, argv);
	const char *zone = NULL;

	for (int id; (id = option_next(&options)) != 0;)
		switch (id) {
		case OPT_FORMAT:
			parser->only = format_named(options.value);
			break;
		case OPT_LIST:
			list_formats();
			break;
		case OPT_ZONE:
			zone = options.value;
			break;
		case OPT_REFERENCE:
			parser->reference_text = options.value;
			break;
		case OPT_HOST:
			parser->host = options.value;
			break;
		case OPT_NO_RAW:
			parser->raw = false;
			break;
		}
	init_zone(parser, zone);
	init_time(parser);
	input_init(&parser->in, options.operands, options.count, LINE_MAX_BYTES);
}

/* The start of a file: its own reference, its own count of repeated lines. */
static void begin_file(void *data)
{
	struct parser *parser = data;
	const struct input *in = &parser->in;
	bool named = strcmp(in->path, "-") != 0;

	if (parser->reference_text == NULL)
		parser->reference = in->regular ? in->mtime.tv_sec * SECOND : parser->now;
	year_begin(&parser->year, in, parser->reference);
	parser->context.last.text[0] = '\0';
	parser->before = (struct stamp){ .time = parser->reference, .utc = true };
	emit_begin(&parser->emit, slice_of(parser->here), named ? in->path : NULL);
}

static void idle(void *data)
{
	struct parser *parser = data;

	output_flush(&parser->out);
}

static void counters(void *data)
{
	const struct parser *parser = data;

	warnx("%" PRIu64 " events, %" PRIu64 " of them unparsed, %" PRIu64 " blank lines", parser->events,
	      parser->unparsed, parser->blank);
}

static bool try_format(struct parser *parser, const struct format *format, struct slice line)
{
	parsed_empty(&parser->parsed);
	return format->read(&parser->context, line, &parser->parsed);
}

/* The format that reads the line, or NULL. */
static const struct format *find_format(struct parser *parser, struct slice line)
{
	if (parser->only != NULL)
		return try_format(parser, parser->only, line) ? parser->only : NULL;
	if (parser->last != NULL && try_format(parser, parser->last, line))
		return parser->last;
	for (const struct format *const *format = formats; *format != NULL; format++)
		if (*format != parser->last && try_format(parser, *format, line)) {
			if ((*format)->sure)
				parser->last = *format;
			return *format;
		}
	return NULL;
}

static void parse_line(struct parser *parser, struct slice raw)
{
	struct slice line = raw.len > 0 && raw.ptr[raw.len - 1] == '\r' ? slice_first(raw, raw.len - 1) : raw;
	const struct format *format = find_format(parser, line);
	struct parsed *parsed = &parser->parsed;

	if (format == NULL) {
		parsed_empty(parsed);
		parsed_text(parsed, FIELD_MESSAGE, line);
		parser->unparsed++;
	}
	if (!parsed->has_stamp)
		parsed->stamp = parser->before;
	parser->before = parsed->stamp;
	emit_event(&parser->emit, &parser->out.text, format != NULL ? format->name : "unparsed", parsed, raw, parser->in.cut);
	parser->events++;
}

static bool is_blank(struct slice line)
{
	while (line.len > 0 && (line.ptr[0] == ' ' || line.ptr[0] == '\t' || line.ptr[0] == '\r'))
		line = slice_after(line, 1);
	return line.len == 0;
}

static void parse_all(struct parser *parser)
{
	struct slice line;

	while (input_line(&parser->in, &line)) {
		if (is_blank(line)) {
			parser->blank++;
			continue;
		}
		parse_line(parser, line);
		output_line(&parser->out);
	}
}

static void init(struct parser *parser, int argc, char **argv)
{
	signal_init(false);
	gethostname(parser->here, sizeof parser->here - 1);
	parser->host = parser->here;
	parser->raw = true;
	read_options(parser, argc, argv);
	parser->context.zone = &parser->zone;
	parser->context.year = &parser->year;
	parser->in.begin = begin_file;
	parser->in.idle = idle;
	parser->in.counters = counters;
	parser->in.data = parser;
	emit_init(&parser->emit, slice_of(parser->host), parser->raw);
	output_init(&parser->out, STDOUT_FILENO, "standard output");
}

int main(int argc, char **argv)
{
	struct parser parser = { 0 };
	enum status status;

	init(&parser, argc, argv);
	parse_all(&parser);
	status = input_close(&parser.in);
	output_close(&parser.out);
	if (parser.unparsed > 0)
		warnx("%" PRIu64 " of %" PRIu64 " lines were read by no format", parser.unparsed, parser.events);
	emit_clear(&parser.emit);
	buffer_clear(&parser.parsed.extended);
	return status;
}
