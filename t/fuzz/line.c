/* Lines through the parser: what must hold for the events that come of them. */
/* SPDX-License-Identifier: MIT */
#include "line.h"

#include "../../lib/event.h"
#include "../../lib/formats/table.h"
#include "../../lib/json.h"
#include "../../lib/names.h"
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

/* Texts of a line that is done with point nowhere, so that whoever looks at them without asking is seen. */
static void poison(struct parsed *parsed)
{
	for (int field = 0; field < FIELD_EXTENDED; field++)
		parsed->text[field] = (struct slice){ (const char *)(uintptr_t)1, 1 };
}

/* All lines of a file; filling: of what stands behind each. */
static void parse_file(struct bench *bench, const struct format *only, bool join, struct slice bytes, unsigned filling)
{
	struct input in = { .path = "-", .fd = -1 };
	struct slice line;

	bench->out.len = 0;
	bench->counts = (struct parse_counts){ 0 };
	bench->parse.only = only;
	bench->parse.gather.join = join;
	parse_begin(&bench->parse, &in);
	while (fuzz_part(&bytes, '\n', &line)) {
		char *copy = fuzz_line(line, filling);
		in.line_number++;
		in.bytes += line.len + 1;
		parse_line(&bench->parse, &in, (struct slice){ copy, line.len }, &bench->out);
		poison(&bench->parse.parsed);
		poison(&bench->parse.contained);
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
	parse_file(bench, NULL, false, slice_of(formats[some % count]->samples[0]), 0);
}

/* Lines that are not blank, and which of them stand in an event. */
struct lines {
	struct slice all[FUZZ_LINES_MAX];
	bool taken[FUZZ_LINES_MAX];
	size_t count;
};

static void split(struct slice bytes, struct lines *lines)
{
	struct slice line;

	lines->count = 0;
	while (fuzz_part(&bytes, '\n', &line))
		if (!slice_is_blank(line)) {
			lines->taken[lines->count] = false;
			lines->all[lines->count++] = line;
		}
}

static struct slice without_cr(struct slice line)
{
	return slice_first(line, line.len - (line.ptr[line.len - 1] == '\r'));
}

/* The event begins with the first line that no other has; then come further ones, each in no other. */
static void take_lines(struct lines *lines, size_t first, struct slice raw)
{
	struct slice part;

	MUST(fuzz_part(&raw, '\n', &part));
	MUST_SAME(part, lines->all[first]);
	lines->taken[first] = true;
	for (size_t at = first + 1; fuzz_part(&raw, '\n', &part); at++) {
		while (at < lines->count && (lines->taken[at] || !slice_equal(lines->all[at], part)))
			at++;
		MUST(at < lines->count);
		lines->taken[at] = true;
	}
}

/* Each line that is not blank stands in one event, and these are in the order of their first lines. */
static void check_events(struct slice events, struct slice bytes)
{
	static struct lines lines;
	struct buffer raw = { 0 };
	struct slice event;
	uint64_t before = 0;
	size_t first = 0;

	split(bytes, &lines);
	while (fuzz_part(&events, '\n', &event)) {
		while (first < lines.count && lines.taken[first])
			first++;
		MUST(first < lines.count);
		raw.len = 0;
		if (slice_equal(event, without_cr(lines.all[first])))
			buffer_add(&raw, lines.all[first]);
		else
			fuzz_raw(event, &raw);
		take_lines(&lines, first, buffer_slice(&raw));
		fuzz_check_event(event, buffer_slice(&raw), before++);
	}
	while (first < lines.count && lines.taken[first])
		first++;
	MUST(first == lines.count);
	buffer_clear(&raw);
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

/* No object has a name twice: no two readers shall see different things in an event. */
static void check_names(struct slice events)
{
	struct slice event;
	struct buffer unique = { 0 };

	while (fuzz_part(&events, '\n', &event)) {
		unique.len = 0;
		MUST(!names_unique(&unique, event));
	}
	buffer_clear(&unique);
}

static void check_lines(const struct fuzz_target *target, bool join, struct slice bytes)
{
	struct bench *bench = the_bench();
	struct buffer first = { 0 };
	unsigned some = bytes.len > 0 ? (unsigned char)bytes.ptr[bytes.len / 2] + (unsigned)bytes.len : 0;

	parse_another(bench, 7 * (size_t)some + 3);
	parse_file(bench, target->format, join, bytes, 0);
	buffer_add(&first, buffer_slice(&bench->out));
	parse_another(bench, some);
	parse_file(bench, target->format, join, bytes, some);
	MUST_SAME(buffer_slice(&first), buffer_slice(&bench->out));
	check_names(buffer_slice(&first));
	if (target->format == &format_sojson)
		check_objects(buffer_slice(&first));
	else
		check_events(buffer_slice(&first), bytes);
	if (target->format == NULL) {
		/* Parsing twice is parsing once. */
		parse_file(bench, NULL, join, buffer_slice(&first), some);
		MUST_SAME(buffer_slice(&first), buffer_slice(&bench->out));
	}
	buffer_clear(&first);
}

void fuzz_lines(const struct fuzz_target *target, struct slice bytes)
{
	check_lines(target, false, bytes);
}

static void joined(const struct fuzz_target *target, struct slice bytes)
{
	check_lines(target, true, bytes);
}

struct slice fuzz_events(struct slice bytes)
{
	parse_file(the_bench(), NULL, false, bytes, 0);
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
	"node=a type=PATH msg=audit(1718020800.123:7): item=0 name=2F612062 nametype=CREATE\n"
	"type=PATH msg=audit(1718020800.123:7): item=0 name=\"../b\" nametype=DELETE OUID=\"root\"\n"
	"type=PROCTITLE msg=audit(1718020800.123:7): proctitle=6C73002D6C\n"
	"Jun 10 12:00:00 web1 kernel: [1.2] IN=eth0 OUT= SRC=192.0.2.7 DST=192.0.2.8 PROTO=TCP SPT=1 DPT=22\n",
	NULL,
};

const struct fuzz_target fuzz_parse = { "parse", FUZZ_LINES_MAX, fuzz_lines, seeds, NULL };

static const char *const joined_seeds[] = {
	"2024-06-10 12:00:00,123 ERROR [main] app: failed\njava.io.IOException: \xff\r\n\tat a.B.c(B.java:7)\n"
	"Caused by: x\n\n\t... 12 more\n2024-06-10 12:00:01,123 INFO [main] app: on\n",
	" Jun 10 12:00:00 web1 su: x\n y\n#0 /a(1)\n{\"id\":1}\ntype=PATH msg=audit(1718020800.123:7): item=0\n z\n",
	NULL,
};

const struct fuzz_target fuzz_joined = { "joined", FUZZ_LINES_MAX, joined, joined_seeds, NULL };
