/* Lines through the parser: what must hold for the events that come of them. */
/* SPDX-License-Identifier: MIT */
#include "line.h"

#include "../../lib/event.h"
#include "../../lib/formats/table.h"
#include "../../lib/json.h"
#include "../../lib/parse.h"

#include <jansson.h>
#include <stdlib.h>

/* A parser that goes from input to input: what it was used for before must not matter. */
struct bench {
	struct parse parse;
	struct parse_counts counts;
	struct buffer out;
	bool ready;
};

static struct bench *the_bench(void)
{
	static struct bench bench;
	struct error err;

	if (bench.ready)
		return &bench;
	bench.parse = (struct parse){ .referred = true,
				      .reference = INT64_C(1718000000) * SECOND,
				      .host = SLICE("here"),
				      .parsed_on = SLICE("here"),
				      .raw = true,
				      .since = INT64_MIN };
	MUST(zone_init(&bench.parse.zone, "+0130", &err));
	parse_init(&bench.parse, &bench.counts);
	bench.ready = true;
	return &bench;
}

/* All lines of a file; filling: of what stands behind each. */
static void parse_file(struct bench *bench, const struct format *only, struct slice bytes, unsigned filling)
{
	struct input in = { .path = "-", .fd = -1 };
	struct slice line;

	bench->out.len = 0;
	bench->counts = (struct parse_counts){ 0 };
	bench->parse.only = only;
	parse_begin(&bench->parse, &in);
	while (fuzz_part(&bytes, '\n', &line)) {
		char *copy = fuzz_line(line, filling);
		in.line_number++;
		in.bytes += line.len + 1;
		parse_line(&bench->parse, &in, (struct slice){ copy, line.len }, &bench->out);
		free(copy);
	}
	parse_end(&bench->parse, &bench->out);
}

/* Something else in between: the sample of some format, which leaves its traces in what is remembered. */
static void parse_another(struct bench *bench, size_t some)
{
	size_t count = 0;

	while (formats[count] != NULL)
		count++;
	parse_file(bench, NULL, slice_of(formats[some % count]->samples[0]), 0);
}

/* Each line that is not blank has its event, in the order of the lines. */
static void check_events(struct slice events, struct slice bytes)
{
	struct slice line, event;
	uint64_t before = 0;

	while (fuzz_part(&bytes, '\n', &line)) {
		if (slice_is_blank(line))
			continue;
		MUST(fuzz_part(&events, '\n', &event));
		fuzz_check_event(event, line, before++);
	}
	MUST(events.len == 0);
}

/* The objects of a document: they are no lines, but each is an event. */
static void check_objects(struct slice events)
{
	struct slice event, value;
	struct error err;
	struct event read;
	uint64_t before = 0;

	while (fuzz_part(&events, '\n', &event)) {
		struct buffer line = { 0 };
		MUST(event_read(&read, event, &err) && event_has(&read, FIELD_RAW_TEXT));
		value = event_text(&read, FIELD_RAW_TEXT, &line);
		if (!event_has(&read, FIELD_RAW_BASE64))
			fuzz_check_event(event, value, before);
		buffer_clear(&line);
		before++;
	}
}

void fuzz_lines(const struct fuzz_target *target, struct slice bytes)
{
	struct bench *bench = the_bench();
	struct buffer first = { 0 };
	unsigned some = bytes.len > 0 ? (unsigned char)bytes.ptr[bytes.len / 2] + (unsigned)bytes.len : 0;

	parse_file(bench, target->format, bytes, 0);
	buffer_add(&first, buffer_slice(&bench->out));
	parse_another(bench, some);
	parse_file(bench, target->format, bytes, some);
	MUST_SAME(buffer_slice(&first), buffer_slice(&bench->out));
	if (target->format == &format_sojson)
		check_objects(buffer_slice(&first));
	else
		check_events(buffer_slice(&first), bytes);
	if (target->format == NULL) {
		/* Parsing twice is parsing once. */
		parse_file(bench, NULL, buffer_slice(&first), some);
		MUST_SAME(buffer_slice(&first), buffer_slice(&bench->out));
	}
	buffer_clear(&first);
}

struct slice fuzz_events(struct slice bytes)
{
	parse_file(the_bench(), NULL, bytes, 0);
	return buffer_slice(&the_bench()->out);
}

static const char *const seeds[] = {
	"Jun 10 12:00:00 web1 sshd[77]: Failed password for root from 192.0.2.7 port 4711 ssh2\n"
	"<34>1 2024-06-10T12:00:00.123456Z web1 su 77 ID47 [a@32473 b=\"c\"] \xef\xbb\xbf'su root' failed\n"
	"192.0.2.7 - - [10/Jun/2024:12:00:00 +0000] \"GET / HTTP/1.1\" 200 7 \"-\" \"x\"\r\n"
	"{\"id\":\"01J0000000ABCDEFGHJKMNPQRS\",\"date_stamp\":\"2024-06-10T12:00:00Z\",\"message\":\"m\"}\n"
	"{\"log\":\"192.0.2.7 - - [10/Jun/2024:12:00:00 +0000] \\\"GET / HTTP/1.1\\\" 200 7\\n\","
	"\"stream\":\"stdout\",\"time\":\"2024-06-10T12:00:00Z\"}\n\n  \nwhat \xff is this\n",
	"#Fields: date time c-ip\n2024-06-10 12:00:00 192.0.2.7\n"
	"type=SYSCALL msg=audit(1718020800.123:7): arch=c000003e syscall=59 success=yes exit=0 a0=1 exe=\"/bin/ls\"\n"
	"type=EXECVE msg=audit(1718020800.123:7): argc=2 a0=\"ls\" a1=2D6C\n"
	"Jun 10 12:00:00 web1 kernel: [1.2] IN=eth0 OUT= SRC=192.0.2.7 DST=192.0.2.8 PROTO=TCP SPT=1 DPT=22\n",
	NULL,
};

const struct fuzz_target fuzz_parse = { "parse", FUZZ_LINES_MAX, fuzz_lines, seeds, NULL };
