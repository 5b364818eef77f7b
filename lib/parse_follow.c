/* Files that are followed become events: each has a parser of its own, for lines are counted within it. */
/* SPDX-License-Identifier: MIT */
#include "parse_follow.h"

#include "memory.h"
#include "since.h"
#include "steady.h"

#include <stdlib.h>

struct log {
	struct parse parse;
	struct log *next;
};

struct logs {
	const struct parse *asked;
	struct parse_counts *counts;
	struct output *out;
	struct log *first;
};

static void *begin(void *data, struct input *in)
{
	struct logs *logs = data;
	struct log *log = memory_new(1, sizeof *log);

	log->parse = *logs->asked;
	parse_init(&log->parse, logs->counts);
	parse_begin(&log->parse, in);
	since_seek(&log->parse, in);
	log->next = logs->first;
	logs->first = log;
	return log;
}

static void read_line(void *data, void *file, const struct input *in, struct slice line)
{
	struct logs *logs = data;
	struct log *log = file;

	parse_line(&log->parse, in, line, &logs->out->text);
	output_line(logs->out);
}

static void end(void *data, void *file)
{
	struct logs *logs = data;
	struct log **at = &logs->first, *log = file;

	while (*at != log)
		at = &(*at)->next;
	*at = log->next;
	parse_end(&log->parse, &logs->out->text);
	output_line(logs->out);
	parse_clear(&log->parse);
	free(log);
}

/* Nothing was added to any of them. */
static int idle(void *data)
{
	struct logs *logs = data;
	const int64_t now = steady_clock();
	int least = -1;

	for (struct log *log = logs->first; log != NULL; log = log->next) {
		const int left = parse_idle(&log->parse, now, &logs->out->text);
		if (least < 0 || (left >= 0 && left < least))
			least = left;
	}
	output_flush(logs->out);
	return least;
}

static void counters(void *data)
{
	parse_counts_tell(((const struct logs *)data)->counts);
}

enum status parse_follow(const struct parse *asked, struct parse_counts *counts, struct output *out,
			 const struct follow *files)
{
	struct logs logs = { .asked = asked, .counts = counts, .out = out };
	struct follow follow = *files;

	follow.line_max = parse_line_max(asked->only);
	follow.begin = begin;
	follow.line = read_line;
	follow.end = end;
	follow.idle = idle;
	follow.counters = counters;
	follow.data = &logs;
	return follow_run(&follow);
}
