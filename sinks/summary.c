/* What is told of records instead of the records: how many, of which values, and when. */
/* SPDX-License-Identifier: MIT */
#include "summary.h"

#include "../lib/span.h"

#include <err.h>
#include <inttypes.h>

/* {"date_stamp":"2024-06-10T12:00:00+02:00","user":"root","count":3} */
static void write_row(struct summary *summary, struct slice values, uint64_t count, struct output *out)
{
	struct buffer *text = &out->text;

	buffer_add_char(text, '{');
	if (summary->span > 0) {
		const struct stamp stamp = { .time = summary->start,
					     .offset = zone_offset_at(&summary->zone, summary->start) };
		buffer_add(text, SLICE("\"date_stamp\":\""));
		text->len += stamp_print(buffer_room(text, STAMP_TEXT_MAX), &stamp);
		buffer_add(text, SLICE("\","));
	}
	buffer_add(text, values);
	if (values.len > 0)
		buffer_add_char(text, ',');
	buffer_printf(text, "\"count\":%" PRIu64 "}\n", count);
	output_line(out);
}

static void write_values(struct summary *summary, struct output *out)
{
	size_t count;
	const struct tally_row *rows = tally_rows(&summary->tally, &count);

	for (size_t i = 0; i < count && i < summary->top; i++)
		write_row(summary, rows[i].text, rows[i].count, out);
	tally_empty(&summary->tally);
}

static void write_span(struct summary *summary, struct output *out)
{
	if (summary->tally.by_count > 0)
		write_values(summary, out);
	else
		write_row(summary, (struct slice){ 0 }, summary->records, out);
	summary->records = 0;
}

/* A curve falls to zero where nothing was; but one wrong stamp must not write a line for each second since 1970. */
static void write_empty_spans(struct summary *summary, int64_t upto, struct output *out)
{
	const struct slice none = { 0 };

	for (int n = 0; summary->next < upto && summary->tally.by_count == 0; n++) {
		if (n == SUMMARY_EMPTY_MAX) {
			summary->left_out += (uint64_t)((upto - summary->next) / summary->span);
			break;
		}
		summary->start = summary->next;
		summary->next = span_next(&summary->zone, summary->start, summary->span);
		write_row(summary, none, 0, out);
	}
}

/* Ends the span in hand where the time lies behind it. */
static void move(struct summary *summary, int64_t time, struct output *out)
{
	int64_t start;

	if (summary->begun && time < summary->next)
		return;
	start = span_start(&summary->zone, time, summary->span);
	if (summary->begun) {
		write_span(summary, out);
		write_empty_spans(summary, start, out);
	}
	summary->begun = true;
	summary->start = start;
	summary->next = span_next(&summary->zone, start, summary->span);
}

bool summary_add(struct summary *summary, const struct event *event, int64_t time, struct output *out,
		 struct error *err)
{
	if (summary->span > 0)
		move(summary, time, out);
	summary->records++;
	if (summary->tally.by_count > 0 && !tally_event(&summary->tally, event))
		return error_set(err, "more different values than the memory allows (%d MiB): ask for less at a time",
				 TALLY_BYTES_MAX >> 20);
	return true;
}

void summary_end(struct summary *summary, struct output *out)
{
	if (summary->count) {
		buffer_add_number(&out->text, (int64_t)summary->records);
		buffer_add_char(&out->text, '\n');
	} else if (summary->records > 0) {
		write_span(summary, out);
	}
	if (summary->left_out > 0)
		warnx("%" PRIu64 " empty spans are not shown: of those between two records, %d are", summary->left_out,
		      SUMMARY_EMPTY_MAX);
}

void summary_clear(struct summary *summary)
{
	tally_clear(&summary->tally);
}
