/* Adds to each event what the helpers find in its message: addresses, accounts, commands. */
/* SPDX-License-Identifier: MIT */
#include "../lib/enrich.h"
#include "../lib/lint.h"
#include "../lib/memory.h"
#include "../lib/option.h"
#include "../lib/signal.h"
#include "../lib/stream.h"

#include <stdlib.h>
#include <unistd.h>

enum { OPTION_HELPERS = 1, OPTION_LINT, OPTION_NOTES, OPTION_REJECTS };

static const struct option_row rows[] = {
	{ OPTION_HELPERS, 'p', "helpers", "FILE", "apply the helpers of this file (repeatable)" },
	{ OPTION_LINT, 0, "lint", NULL, "tell what cannot be meant in the helpers instead of reading events" },
	{ OPTION_NOTES, 0, "notes", NULL, "with --lint: tell what is only worth a look, too" },
	{ OPTION_REJECTS, 0, "rejects", "FILE", "append the lines that are refused to this file" },
	{ 0 },
};

static const struct option_table table = {
	.program = "siem-helper",
	.operands = "[file ...]",
	.what = "Adds to each event what the helpers find in it; without helpers it only checks the lines.",
	.rows = rows,
};

/* Ends the program: nothing was read yet. */
static _Noreturn void misuse(const struct error *err)
{
	option_misuse(&table, "%s", err->text);
}

struct request {
	const char **files; /* of helpers */
	size_t count, room;
	const char *rejects;
	bool lint, notes;
};

/* What cannot be meant together. */
static void check_options(const struct request *request, const struct options *options)
{
	if (request->notes && !request->lint)
		option_misuse(&table, "--notes goes with --lint");
	if (request->lint && options->count > 0)
		option_misuse(&table, "--lint reads no events; files of helpers are named with -p");
	if (request->lint && request->count == 0)
		option_misuse(&table, "--lint: there are no helpers; name their file with -p");
}

static struct request read_options(struct options *options)
{
	struct request request = { 0 };
	int id;

	while ((id = option_next(options)) != 0) {
		request.lint |= id == OPTION_LINT;
		request.notes |= id == OPTION_NOTES;
		if (id == OPTION_REJECTS)
			request.rejects = options->value;
		if (id != OPTION_HELPERS)
			continue;
		request.files = memory_grow(request.files, &request.room, request.count + 1, sizeof *request.files);
		request.files[request.count++] = options->value;
	}
	check_options(&request, options);
	return request;
}

static enum status lint(const struct request *request)
{
	struct output out;

	output_init(&out, STDOUT_FILENO, "standard output");
	const enum status status = lint_helpers(request->files, request->count, request->notes, &out);
	output_close(&out);
	return status;
}

static enum status enrich_events(const struct request *request, struct options *options)
{
	struct helpers helpers = { 0 };
	struct stream stream;
	struct output out;
	struct event event;
	struct error err;

	for (size_t i = 0; i < request->count; i++)
		if (!helpers_load(&helpers, request->files[i], &err))
			misuse(&err);
	struct enrich *enrich = enrich_new(&helpers, &err);
	if (enrich == NULL)
		misuse(&err);
	signal_init(false);
	output_init(&out, STDOUT_FILENO, "standard output");
	if (!stream_init(&stream, options->operands, options->count, &out, request->rejects, &err))
		misuse(&err);

	while (stream_next(&stream, &event)) {
		enrich_event(enrich, &event, &out.text);
		output_line(&out);
	}
	enrich_tell(enrich);
	const enum status status = stream_end(&stream);
	output_close(&out);
	enrich_free(enrich);
	helpers_free(&helpers);
	return status;
}

int main(int argc, char **argv)
{
	struct options options = options_of(&table, argc, argv);
	struct request request = read_options(&options);
	const enum status status = request.lint ? lint(&request) : enrich_events(&request, &options);
	free(request.files);
	return status;
}
