/* Lines of logs become events: which format reads them, in which year, and what holds where nothing is known. */
/* SPDX-License-Identifier: MIT */
#include "parse.h"

#include "event.h"
#include "formats/inner.h"
#include "formats/priority.h"
#include "formats/table.h"
#include "json.h"
#include "memory.h"
#include "parse_event.h"

#include <stdlib.h>

enum {
	LINE_MAX_BYTES = 1 << 20, /* what lies behind is cut off and counted */
	DOCUMENT_MAX_BYTES =
	    64 << 20, /* CloudTrail writes megabytes on one line; each of its events is cut as a line is */
};

void parse_init(struct parse *parse, struct parse_counts *counts)
{
	parse->counts = counts;
	parse->counted = NULL;
	parse->count = &counts->unparsed;
	parse->context.zone = &parse->zone;
	parse->context.year = &parse->year;
	parse->parsed.miss = parse->why.asked ? &parse->why.miss : NULL;
	emit_init(&parse->emit, parse->host, parse->raw);
	parse->gather = (struct gather){
		.records = !parse->records,
		.join = parse->join && parse->only != &format_sojson,
		.emit = &parse->emit,
		.counts = counts,
	};
	for (size_t i = 0; formats[i] != NULL; i++)
		if (formats[i]->state_size > 0)
			parse->states[i] = memory_new(1, formats[i]->state_size);
}

/* What formats remember is of one file. */
static void forget_states(struct parse *parse)
{
	for (size_t i = 0; formats[i] != NULL; i++) {
		if (parse->states[i] == NULL)
			continue;
		if (formats[i]->forget != NULL)
			formats[i]->forget(parse->states[i]);
		memset(parse->states[i], 0, formats[i]->state_size);
	}
}

void parse_clear(struct parse *parse)
{
	forget_states(parse);
	for (size_t i = 0; formats[i] != NULL; i++)
		free(parse->states[i]);
	gather_clear(&parse->gather);
	emit_clear(&parse->emit);
	pieces_clear(&parse->pieces);
	buffer_clear(&parse->plain);
	buffer_clear(&parse->plain_contained);
	parsed_clear(&parse->parsed);
	parsed_clear(&parse->contained);
	year_clear(&parse->year);
}

/*
 * The time before which stamps without a year lie; and that of lines without a stamp, as long as there is none. Where
 * a file says nothing, that is 1970: its time of change would be another one, and so their ids, whenever it has grown.
 */
static void set_reference(struct parse *parse, const struct input *in, int64_t reference)
{
	bool unknown = in->regular && !parse->referred;

	year_refer(&parse->year, reference);
	parse->context.minute.text[0] = '\0';
	if (!parse->dated)
		parse->before = (struct stamp){ .time = unknown ? 0 : reference, .utc = true };
}

static int64_t time_of(struct timespec at)
{
	return at.tv_sec * SECOND + at.tv_nsec / 1000;
}

void parse_begin(struct parse *parse, const struct input *in)
{
	bool named = strcmp(in->path, "-") != 0;
	int64_t reference = parse->reference;

	if (!parse->referred)
		reference = in->regular ? in->mtime.tv_sec * SECOND : wall_clock();
	year_begin(&parse->year, in, reference);
	parse->dated = parse->started = false;
	parse->seen = in->bytes;
	parse->regular = in->regular;
	parse->fresh = in->whole && in->regular && !in->compressed && wall_clock() - time_of(in->mtime) < GATHER_QUIET;
	forget_states(parse);
	set_reference(parse, in, reference);
	why_begin(&parse->why, in);
	emit_begin(&parse->emit, parse->parsed_on, named ? in->path : NULL);
}

static void *state_of(struct parse *parse, const struct format *format)
{
	size_t i = 0;

	while (formats[i] != format)
		i++;
	return parse->states[i];
}

/* The log of a container: each line of it holds one that the program in it has written. */
static inline bool is_container(const struct format *format, struct slice line)
{
	return format == &format_cri || (format == &format_json && slice_starts(line, SLICE("{\"log\":")));
}

/*
 * A line with a stamp of its own, such as a web server writes. One that names a machine is left alone: a program that
 * repeats what strangers send it must not speak for another.
 */
static void read_contained(struct parse *parse)
{
	struct slice text = parse->parsed.text[FIELD_MESSAGE];
	struct parsed *found = &parse->contained;

	if (!parsed_has(&parse->parsed, FIELD_MESSAGE) || text.len == 0 || text.ptr[0] == '{')
		return;
	if (memchr(text.ptr, '\x1b', text.len) != NULL && !plain_text(text, &parse->plain_contained, &text))
		return;
	for (const struct format *const *format = formats; *format != NULL; format++) {
		parsed_empty(found);
		if ((*format)->state_size > 0 || !(*format)->read(&parse->context, text, found))
			continue;
		if (found->has_stamp && !parsed_has(found, FIELD_LOG_SOURCE) &&
		    !parsed_has(found, FIELD_SOURCE_PROCESS))
			inner_merge(&parse->parsed, found);
		return;
	}
}

static inline bool try_format(struct parse *parse, const struct format *format, struct slice line)
{
	parsed_empty(&parse->parsed);
	parse->why.miss.trying = format;
	if (format->state_size > 0)
		parse->context.state = state_of(parse, format);
	if (!format->read(&parse->context, line, &parse->parsed))
		return false;
	if (is_container(format, line))
		read_contained(parse);
	inner_read(&parse->context, format->is_output, &parse->parsed);
	return true;
}

/* The format that reads the line, or NULL. */
static const struct format *find_format(struct parse *parse, struct slice line)
{
	if (parse->only != NULL)
		return try_format(parse, parse->only, line) ? parse->only : NULL;
	if (parse->last != NULL && try_format(parse, parse->last, line))
		return parse->last;
	for (const struct format *const *format = formats; *format != NULL; format++)
		if (*format != parse->last && try_format(parse, *format, line)) {
			if ((*format)->sure)
				parse->last = *format;
			return *format;
		}
	return NULL;
}

/* What holds for a line that no format knows. */
static void read_unknown(struct parse *parse, struct slice line)
{
	parsed_empty(&parse->parsed);
	priority_read_bare(&line, &parse->parsed);
	parsed_text(&parse->parsed, FIELD_MESSAGE, line);
}

/* The time of the line, else that of the line before. */
static void set_stamp(struct parse *parse)
{
	struct parsed *parsed = &parse->parsed;

	if (parsed->has_stamp) {
		parse->before = parsed->stamp;
		parse->dated = true;
	} else {
		parsed->stamp = parse->before;
	}
	parse->started |= parsed->stamp.time >= parse->since;
}

/* What comes through a pipe, or makes a file grow, is written now, and now goes on. */
static void look_at_clock(struct parse *parse, const struct input *in)
{
	if (in->bytes != parse->seen && (!in->regular || in->growing) && !parse->referred)
		set_reference(parse, in, wall_clock());
	parse->seen = in->bytes;
}

/* Out of the way of all other lines: an event takes much of the stack. */
static __attribute__((noinline)) bool pass_event(struct parse *parse, struct slice line, struct buffer *to)
{
	struct event event;

	if (!parse_event(parse, line, &event))
		return false;
	set_stamp(parse);
	if (!parse->started) {
		parse->counts->earlier++;
		return true;
	}
	to = gather_pass(&parse->gather, to);
	json_add_value(to, event.line); /* who reads it next may be stricter than whoever wrote it */
	buffer_add_char(to, '\n');
	parse->counts->passed++;
	return true;
}

static void count_event(struct parse *parse, const struct format *format)
{
	if (format != parse->counted) {
		parse->counted = format;
		parse->count = parse_counts_of(parse->counts, format);
	}
	++*parse->count;
}

/* The line is an event, or the first one of it: it has its stamp; where no format reads it, why not. */
static void begin_event(struct parse *parse, const struct format *format, struct slice text)
{
	set_stamp(parse);
	if (format == NULL && parse->why.asked && parse->started)
		why_tell(&parse->why, text, parse->parsed.text[FIELD_MESSAGE]);
}

/* A line that may wait for others, or others for it: true where it is part of an event now, else it is one. */
static bool gather_text(struct parse *parse, const struct gather_line *line, struct buffer *to)
{
	if (gather_add(&parse->gather, line, to))
		return true;
	begin_event(parse, line->format, line->text);
	if (!gather_begin(&parse->gather, line, parse->started, to))
		return false;
	parse->counts->earlier += !parse->started;
	return true;
}

/* The same for most lines, which neither wait nor let others wait. */
static inline bool gather_read(struct parse *parse, const struct format *format, struct slice line, struct slice text,
			       uint64_t cut, struct buffer *to)
{
	if (!gather_is_idle(&parse->gather, &parse->parsed)) {
		const struct gather_line read = { line, text, cut, format, &parse->parsed };
		return gather_text(parse, &read, to);
	}
	begin_event(parse, format, text);
	return false;
}

/* The format that reads the line without what is no text in it, and then *text is that; or NULL. */
static const struct format *find_plain(struct parse *parse, struct slice *text)
{
	const struct format *format;
	struct slice plain;

	if (!plain_text(*text, &parse->plain, &plain))
		return NULL;
	format = find_format(parse, plain);
	if (format == NULL)
		return NULL;
	if (text->ptr[0] == '\0')
		parsed_fault(&parse->parsed, "NUL before the line");
	*text = plain;
	return format;
}

/* The same, of a line that may be text as it is. Where all that was found is a stamp, colours may hide the rest. */
static const struct format *find_anyhow(struct parse *parse, struct slice *text)
{
	const struct format *format = plain_begins(*text) ? find_plain(parse, text) : NULL, *plain = NULL;

	if (format != NULL || parse->year.stopped)
		return format;
	format = find_format(parse, *text);
	if ((format != NULL && format != &format_applog) || memchr(text->ptr, '\x1b', text->len) == NULL)
		return format;
	plain = find_plain(parse, text);
	return plain != NULL || format == NULL ? plain : find_format(parse, *text);
}

/* One line, or one object of a document; cut: bytes that lie behind; plain: it is known to need no escapes. */
static void parse_text(struct parse *parse, struct slice line, uint64_t cut, bool plain, struct buffer *to)
{
	struct slice text = line;
	const struct format *format;

	if (line.ptr[line.len - 1] == '\r')
		text.len--;
	if (cut == 0 && text.ptr[0] == '{' && pass_event(parse, text, to))
		return;
	if (parse->why.asked)
		miss_begin(&parse->why.miss, parse->only != NULL);
	format = find_anyhow(parse, &text);
	if (parse->year.stopped)
		return;
	if (format == NULL)
		read_unknown(parse, text);
	if (gather_read(parse, format, line, text, cut, to))
		return;
	if (!parse->started) {
		parse->counts->earlier++;
		emit_skip(&parse->emit, &parse->parsed, line);
		return;
	}
	emit_event(&parse->emit, gather_behind(&parse->gather, to), format != NULL ? format->name : format_unparsed,
		   &parse->parsed, line, cut, plain);
	count_event(parse, format);
}

/* The objects of a document. */
static void parse_pieces(struct parse *parse, struct slice line, struct buffer *to)
{
	struct slice piece;

	while (pieces_next(&parse->pieces, LINE_MAX_BYTES, &line, &piece))
		parse_text(parse, piece, parse->pieces.cut, false, to);
}

void parse_line(struct parse *parse, const struct input *in, struct slice line, struct buffer *to)
{
	if (slice_is_blank(line)) {
		parse->counts->blank++;
		return;
	}
	look_at_clock(parse, in);
	parse->why.line = in->line_number;
	if (parse->only == &format_sojson)
		parse_pieces(parse, line, to);
	else
		parse_text(parse, line, in->cut, in->plain, to);
	parse->counts->lines += !parse->year.stopped;
}

enum parse_look parse_look(struct parse *parse, struct slice line, int64_t *time)
{
	const struct format *format = NULL;
	struct event event;

	if (slice_is_blank(line))
		return PARSE_NO_STAMP;
	line.len -= line.ptr[line.len - 1] == '\r';
	parse->context.minute.text[0] = '\0';
	if (!parse_event(parse, line, &event) && (format = find_format(parse, line)) == NULL)
		return PARSE_NO_STAMP;
	if (format != NULL && format->state_size > 0)
		return PARSE_REMEMBERS;
	*time = parse->parsed.stamp.time;
	return parse->parsed.has_stamp ? PARSE_STAMP : PARSE_NO_STAMP;
}

void parse_looked(struct parse *parse, uint64_t skipped)
{
	forget_states(parse);
	parse->context.minute.text[0] = '\0';
	if (skipped == 0)
		return;
	parse->counts->skipped += skipped;
	parse->dated = true;
	parse->before = (struct stamp){ .time = INT64_MIN };
}

void parse_end(struct parse *parse, struct buffer *to)
{
	struct slice piece;

	if (pieces_end(&parse->pieces, &piece))
		parse_text(parse, piece, parse->pieces.cut, false, to);
	if (parse->fresh || (parse->regular && signal_stop()))
		gather_leave(&parse->gather, to);
	else
		gather_end(&parse->gather, to);
}

size_t parse_line_max(const struct format *only)
{
	return only == &format_sojson ? DOCUMENT_MAX_BYTES : LINE_MAX_BYTES;
}
