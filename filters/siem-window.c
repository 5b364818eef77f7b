/* Holds rules against events in order of time: one attack is one alert. */
/* SPDX-License-Identifier: MIT */
#include "../lib/episode.h"
#include "../lib/examine.h"
#include "../lib/lint.h"
#include "../lib/live.h"
#include "../lib/memory.h"
#include "../lib/option.h"
#include "../lib/signal.h"
#include "../lib/stamp.h"
#include "../lib/state.h"
#include "../lib/stream.h"
#include "../lib/trial.h"

#include <err.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	OPTION_RULES = 1,
	OPTION_FINAL,
	OPTION_EMIT,
	OPTION_LATE,
	OPTION_LIVE,
	OPTION_MAX_KEYS,
	OPTION_STATE,
	OPTION_TEST,
	OPTION_ADVISE,
	OPTION_EXPLAIN,
	OPTION_KEY,
	OPTION_NEAR,
	OPTION_DIFF,
	OPTION_LINT,
	OPTION_NOTES,
	OPTION_REJECTS,
};

static const struct option_row rows[] = {
	{ OPTION_RULES, 'r', "rules", "FILE", "judge by the rules of this file (repeatable)" },
	{ OPTION_FINAL, 0, "final", NULL, "write only the last line of each episode" },
	{ OPTION_EMIT, 0, "emit", "PHASES", "write only these lines (open,grow,reopen,close)" },
	{ OPTION_LATE, 0, "late", "TIME", "put events in order that come up to TIME late (90s)" },
	{ OPTION_LIVE, 0, "live", NULL, "let time pass while the input is idle" },
	{ OPTION_MAX_KEYS, 0, "max-keys", "N", "remember at most N keys of each rule (100000)" },
	{ OPTION_STATE, 0, "state", "FILE", "go on with what this file remembers, and save it there" },
	{ OPTION_TEST, 0, "test", NULL, "run the tests in the rules instead of reading events" },
	{ OPTION_LINT, 0, "lint", NULL, "tell what cannot be meant in the rules instead of reading events" },
	{ OPTION_NOTES, 0, "notes", NULL, "with --lint: tell what is only worth a look, too" },
	{ OPTION_EXPLAIN, 0, "explain", "RULE", "tell how near each key of the rule came to its limit" },
	{ OPTION_KEY, 0, "key", "KEY", "with --explain: of this key alone" },
	{ OPTION_NEAR, 0, "near", "PART", "tell which keys came to this part of a limit (0.8) without breaking it" },
	{ OPTION_DIFF, 0, "diff", "FILE", "tell which episodes the rules gain and lose against these (repeatable)" },
	{ OPTION_ADVISE, 0, "advise", "RULE", "tell how many alerts other limits and times would give" },
	{ OPTION_REJECTS, 0, "rejects", "FILE", "append the lines that are refused to this file" },
	{ 0 },
};

static const struct option_table table = {
	.program = "siem-window",
	.operands = "[file ...]",
	.what = "Writes SIEM events where events, by and large sorted by time, break the limits of rules.",
	.rows = rows,
};

struct request {
	struct window_options window;
	struct rules rules;
	const char **files; /* of rules: they are read again on SIGHUP */
	size_t file_count, file_room;
	struct rules old; /* of --diff */
	struct examine examine;
	const char *rejects, *state;
	bool test, live, lint, notes;
};

/* The work itself. */
struct session {
	struct request *request;
	struct stream stream;
	struct output out;
	struct window *window;
	struct state state;
	struct live live;
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

static void add_file(struct request *request, const char *path)
{
	request->files =
	    memory_grow(request->files, &request->file_room, request->file_count + 1, sizeof *request->files);
	request->files[request->file_count++] = path;
}

static bool load_rules(const struct request *request, struct rules *rules, struct error *err)
{
	for (size_t i = 0; i < request->file_count; i++)
		if (!rules_load(rules, request->files[i], err))
			return false;
	return rules_ready(rules, err);
}

static void add_old(struct request *request, const char *path)
{
	struct error err;

	request->examine.old = &request->old;
	if (!rules_load(&request->old, path, &err))
		misuse(&err);
}

static void take_option(struct request *request, const struct options *options, int id)
{
	if (id == OPTION_RULES)
		add_file(request, options->value);
	if (id == OPTION_FINAL)
		request->window.emit = 1U << PHASE_CLOSE;
	if (id == OPTION_EMIT)
		request->window.emit = read_phases(slice_of(options->value));
	if (id == OPTION_LATE)
		request->window.late = option_duration(options);
	if (id == OPTION_LIVE)
		request->live = true;
	if (id == OPTION_STATE)
		request->state = options->value;
	if (id == OPTION_MAX_KEYS)
		request->window.max_keys = (size_t)option_number(options, 1, INT_MAX);
	if (id == OPTION_LINT)
		request->lint = true;
	if (id == OPTION_NOTES)
		request->notes = true;
	if (id == OPTION_EXPLAIN)
		request->examine.explain = options->value;
	if (id == OPTION_KEY)
		request->examine.key = options->value;
	if (id == OPTION_NEAR)
		request->examine.near = option_part(options);
	if (id == OPTION_DIFF)
		add_old(request, options->value);
	if (id == OPTION_ADVISE)
		request->examine.advise = options->value;
	if (id == OPTION_TEST)
		request->test = true;
	if (id == OPTION_REJECTS)
		request->rejects = request->examine.rejects = options->value;
}

static enum status lint(const struct request *request)
{
	struct output out;

	if (request->file_count == 0)
		option_misuse(&table, "--lint: there are no rules; name their file with -r");
	output_init(&out, STDOUT_FILENO, "standard output");
	const enum status status = lint_rules(request->files, request->file_count, request->notes, &out);
	output_close(&out);
	return status;
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

static void written(void *data)
{
	output_line(&((struct session *)data)->out);
}

/* Whoever wrote the line may have made that up. */
static void leapt(void *data, int64_t from, int64_t to)
{
	const struct session *session = data;
	char texts[2][STAMP_TEXT_MAX];

	warnx("%s:%" PRIu64 ": time leaps from %.*s to %.*s: %s", input_name(&session->stream.in),
	      session->stream.in.line_number, (int)stamp_print(texts[0], &(struct stamp){ .time = from, .utc = true }),
	      texts[0], (int)stamp_print(texts[1], &(struct stamp){ .time = to, .utc = true }), texts[1],
	      session->request->window.late > 0 ? "believed if the next event follows"
						: "if that stamp is wrong, episodes have ended early");
}

/* Where a stamp from the future has brought the horizon there, this is all that comes. */
static void taken(void *data, int64_t time, int64_t horizon)
{
	const struct session *session = data;
	char texts[2][STAMP_TEXT_MAX];

	warnx("%s:%" PRIu64
	      ": %.*s is earlier than all that is remembered by id, from %.*s on: taken as counted before",
	      input_name(&session->stream.in), session->stream.in.line_number,
	      (int)stamp_print(texts[0], &(struct stamp){ .time = time, .utc = true }), texts[0],
	      (int)stamp_print(texts[1], &(struct stamp){ .time = horizon, .utc = true }), texts[1]);
}

static void idle(void *data)
{
	struct session *session = data;
	int64_t time;

	if (session->request->live &&
	    live_time(&session->live, session->stream.events, window_clock(session->window), &time))
		window_idle(session->window, time);
	if (session->request->state != NULL)
		state_idle(&session->state, session->window, &session->out);
}

/* SIGHUP: what is wrong in the new rules is told, and the old ones go on. */
static void reload(void *data)
{
	struct session *session = data;
	struct rules *rules = &session->request->rules, fresh = { 0 };
	struct error err;

	if (!load_rules(session->request, &fresh, &err)) {
		warnx("%s: the rules stay as they were", err.text);
		rules_clear(&fresh);
		return;
	}
	session->window = window_reload(session->window, &fresh);
	rules_clear(rules);
	*rules = fresh;
	warnx("%zu rules read again", rules->count);
}

static void session_begin(struct session *session, const struct options *options)
{
	struct request *request = session->request;
	struct error err;

	output_init(&session->out, STDOUT_FILENO, "standard output");
	if (!stream_init(&session->stream, options->operands, options->count, &session->out, request->rejects, &err))
		misuse(&err);
	session->stream.idle = idle;
	session->stream.reload = reload;
	session->stream.data = session;
	session->stream.in.again = request->live || request->state != NULL ? LIVE_AGAIN : 0;
	request->window.written = written;
	request->window.leapt = leapt;
	request->window.taken = taken;
	request->window.data = session;
	request->window.once = request->state != NULL;
	session->window = window_new(&request->rules, &request->window, &session->out.text);
	if (request->state != NULL &&
	    !(state_open(&session->state, request->state, &err) && state_load(&session->state, session->window, &err)))
		misuse(&err);
}

/* With a state the stream goes on another time: nothing has ended. */
static enum status session_end(struct session *session)
{
	if (session->request->state != NULL)
		state_save(&session->state, session->window, &session->out);
	else
		window_end(session->window);
	window_report(session->window);
	const enum status status = stream_end(&session->stream);
	output_close(&session->out);
	window_free(session->window);
	if (session->request->state != NULL)
		state_close(&session->state);
	return status;
}

static enum status judge_events(struct request *request, const struct options *options)
{
	struct session session = { .request = request };
	struct event event;
	struct error err;

	session_begin(&session, options);
	while (stream_next(&session.stream, &event)) {
		if (!window_event(session.window, &event, &err))
			stream_refuse(&session.stream, err.text);
		if (request->state != NULL)
			state_event(&session.state, session.window, &session.out);
	}
	return session_end(&session);
}

/* No SIEM events, but for those that differ. */
static enum status examine_rules(struct request *request, const struct options *options)
{
	struct output out;
	struct error err;
	enum status status;

	if (!rules_ready(&request->old, &err))
		misuse(&err);
	output_init(&out, STDOUT_FILENO, "standard output");
	if (!examine_events(&request->examine, options->operands, options->count, &out, &status, &err))
		misuse(&err);
	output_close(&out);
	return status;
}

/* Events are read once, and something else is told of them than alerts. */
static void check_alone(const struct request *request, const struct options *options)
{
	const struct examine *examine = &request->examine;
	const char *option = examine_option(examine);

	if (examine->key != NULL && examine->explain == NULL)
		option_misuse(&table, "--key goes with --explain");
	if (request->notes && !request->lint)
		option_misuse(&table, "--notes goes with --lint");
	if ((request->lint || request->test) && options->count > 0)
		option_misuse(&table, "--lint and --test read no events; files of rules are named with -r");
	if (option != NULL && (request->live || request->state != NULL))
		option_misuse(&table, "--%s: goes without %s", option, request->live ? "--live" : "--state");
	if ((examine->advise != NULL) + (examine->explain != NULL) + (examine->near > 0) + (examine->old != NULL) +
		request->test + request->lint >
	    1)
		option_misuse(&table, "--advise, --diff, --explain, --lint, --near, --test: one of them at a time");
	if (examine->near > 0 && request->file_count == 0)
		option_misuse(&table, "--near: there are no rules; name their file with -r");
}

/* What is done with the rules. */
static enum status work(struct request *request, const struct options *options)
{
	if (request->lint)
		return lint(request);
	if (request->test)
		return run_tests(&request->rules);
	if (examine_option(&request->examine) != NULL)
		return examine_rules(request, options);
	return judge_events(request, options);
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
	check_alone(&request, &options);
	if (!request.lint && !load_rules(&request, &request.rules, &err))
		misuse(&err);
	if (gethostname(host, sizeof host - 1) != 0)
		warn("name of this machine");
	request.window.host = slice_of(host);
	request.examine.rules = &request.rules;
	request.examine.options = &request.window;
	signal_init(!request.test && !request.lint);
	const enum status status = work(&request, &options);
	rules_clear(&request.rules);
	rules_clear(&request.old);
	free(request.files);
	return status;
}
