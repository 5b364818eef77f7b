/* Adds to each event what the helpers find in its message: addresses, accounts, commands. */
/* SPDX-License-Identifier: MIT */
#include "../lib/enrich.h"
#include "../lib/option.h"
#include "../lib/signal.h"
#include "../lib/stream.h"

#include <unistd.h>

enum { OPTION_HELPERS = 1, OPTION_REJECTS };

static const struct option_row rows[] = {
	{ OPTION_HELPERS, 'p', "helpers", "FILE", "apply the helpers of this file (repeatable)" },
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

int main(int argc, char **argv)
{
	struct options options = options_of(&table, argc, argv);
	struct helpers helpers = { 0 };
	const char *rejects = NULL;
	struct error err;
	int id;
	while ((id = option_next(&options)) != 0) {
		if (id == OPTION_REJECTS)
			rejects = options.value;
		else if (!helpers_load(&helpers, options.value, &err))
			misuse(&err);
	}
	struct enrich *enrich = enrich_new(&helpers, &err);
	struct stream stream;
	struct output out;
	struct event event;
	if (enrich == NULL)
		misuse(&err);
	signal_init(false);
	output_init(&out, STDOUT_FILENO, "standard output");
	if (!stream_init(&stream, options.operands, options.count, &out, rejects, &err))
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
