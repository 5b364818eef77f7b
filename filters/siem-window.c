/* Holds rules against events in order of time: one attack is one alert. */
/* SPDX-License-Identifier: MIT */
#include "../lib/episode.h"
#include "../lib/option.h"
#include "../lib/signal.h"
#include "../lib/stream.h"
#include "../lib/trial.h"
#include "../lib/window.h"

#include <err.h>
#include <limits.h>
#include <unistd.h>

enum { OPTION_RULES = 1, OPTION_FINAL, OPTION_EMIT, OPTION_LATE, OPTION_MAX_KEYS, OPTION_TEST, OPTION_REJECTS };

static const struct option_row rows[] = {
	{ OPTION_RULES, 'r', "rules", "FILE", "judge by the rules of this file (repeatable)" },
	{ OPTION_FINAL, 0, "final", NULL, "write only the last line of each episode" },
	{ OPTION_EMIT, 0, "emit", "PHASES", "write only these lines (open,grow,reopen,close)" },
	{ OPTION_LATE, 0, "late", "TIME", "put events in order that come up to TIME late (90s)" },
	{ OPTION_MAX_KEYS, 0, "max-keys", "N", "remember at most N keys of each rule (100000)" },
	{ OPTION_TEST, 0, "test", NULL, "run the tests in the rules instead of reading events" },
	{ OPTION_REJECTS, 0, "rejects", "FILE", "append the lines that are refused to this file" },
	{ 0 },
};

static const struct option_table table = {
	.program = "siem-window",
	.operands = "[file ...]",
	.what = "Writes SIEM events where events, sorted by time, break the limits of rules.",
	.rows = rows,
};

struct request {
	struct window_options window;
	struct rules rules;
	const char *rejects;
	bool test;
};

/* Ends the program: nothing was read yet. */
static _Noreturn void misuse(const struct error *err)
{
	option_misuse(&table, "%s", err->text);
}

/* "open,close": bit by bit. */
static unsigned read_phases(struct slice words)
{
	unsigned phases = 0;

	for (bool more = true; more;) {
		const size_t len = slice_find(words, ',');
		const struct slice word = slice_first(words, len);
		more = len < words.len;
		words = slice_after(words, more ? len + 1 : len);
		size_t phase = 0;
		while (phase < PHASE_COUNT && !slice_is(word, episode_phases[phase]))
			phase++;
		const char *near = nearest_word(word, episode_phases);
		if (phase == PHASE_COUNT)
			option_misuse(&table, "--emit: '%.*s' is none of open, grow, reopen, close%s%s", (int)word.len,
				      word.ptr, near ? "; did you mean " : "", near ? near : "");
		phases |= 1U << phase;
	}
	return phases;
}

static void take_option(struct request *request, const struct options *options, int id)
{
	struct error err;

	if (id == OPTION_RULES && !rules_load(&request->rules, options->value, &err))
		misuse(&err);
	if (id == OPTION_FINAL)
		request->window.emit = 1U << PHASE_CLOSE;
	if (id == OPTION_EMIT)
		request->window.emit = read_phases(slice_of(options->value));
	if (id == OPTION_LATE)
		request->window.late = option_duration(options);
	if (id == OPTION_MAX_KEYS)
		request->window.max_keys = (size_t)option_number(options, 1, INT_MAX);
	if (id == OPTION_TEST)
		request->test = true;
	if (id == OPTION_REJECTS)
		request->rejects = options->value;
}

static enum status run_tests(const struct rules *rules)
{
	if (rules->count == 0)
		option_misuse(&table, "--test: there are no rules; name their file with -r");
	struct trials trials = { 0 };
	struct output out;

	output_init(&out, STDOUT_FILENO, "standard output");
	for (size_t i = 0; i < rules->count; i++) {
		trials_run(&trials, rules->list[i], &out.text);
		output_line(&out);
	}
	buffer_printf(&out.text, "%u passed, %u failed\n", trials.passed, trials.failed);
	output_close(&out);
	return trials.failed > 0 ? STATUS_REFUSED : STATUS_OK;
}

static void written(void *out)
{
	output_line(out);
}

static enum status judge_events(const struct request *request, const struct options *options)
{
	struct window_options how = request->window;
	struct stream stream;
	struct output out;
	struct event event;
	struct error err;

	output_init(&out, STDOUT_FILENO, "standard output");
	if (!stream_init(&stream, options->operands, options->count, &out, request->rejects, &err))
		misuse(&err);
	how.written = written;
	how.data = &out;
	struct window *window = window_new(&request->rules, &how, &out.text);
	while (stream_next(&stream, &event))
		if (!window_event(window, &event, &err))
			stream_refuse(&stream, err.text);
	window_end(window);
	window_report(window);
	const enum status status = stream_end(&stream);
	output_close(&out);
	window_free(window);
	return status;
}

int main(int argc, char **argv)
{
	char host[HOST_NAME_MAX + 1] = "";
	struct options options = options_of(&table, argc, argv);
	struct request request = { .window.max_keys = WINDOW_KEYS_DEFAULT, .window.emit = ~0U };
	struct error err;
	int id;

	while ((id = option_next(&options)) != 0)
		take_option(&request, &options, id);
	if (!rules_ready(&request.rules, &err))
		misuse(&err);
	if (gethostname(host, sizeof host - 1) != 0)
		warn("name of this machine");
	request.window.host = slice_of(host);
	signal_init(false);
	const enum status status = request.test ? run_tests(&request.rules) : judge_events(&request, &options);
	rules_clear(&request.rules);
	return status;
}
