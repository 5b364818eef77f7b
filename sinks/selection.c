/* Going through the records of a table that match, first those that are there, then those that come. */
/* SPDX-License-Identifier: MIT */
#include "selection.h"

#include "../lib/signal.h"

#include <err.h>
#include <inttypes.h>
#include <poll.h>

enum {
	FOLLOW_PAUSE = 50, /* milliseconds between two looks at the table */
};

/* Called before output leaves: a slow reader must not hold a snapshot of the database. */
static void rest(void *data)
{
	const struct selection *selection = data;

	if (selection->cursor != NULL)
		store_rest(selection->cursor);
}

static void answer_signals(const struct selection *selection)
{
	if (signal_counters())
		warnx("%" PRIu64 " records looked at, %" PRIu64 " found", selection->seen, selection->found);
}

static void explain(const struct selection *selection)
{
	struct buffer text = { 0 };

	store_explain(selection->cursor, &text);
	if (selection->query->count > 0) {
		buffer_add(&text, SLICE("\nof these, those that match "));
		query_explain(selection->query, &text);
	}
	warnx("%s", buffer_text(&text));
	buffer_clear(&text);
}

static void open_cursor(struct selection *selection)
{
	struct error why;

	store_cursor_free(selection->cursor);
	selection->cursor = store_select(selection->from, &selection->range, &why);
	if (selection->cursor == NULL)
		store_give_up(STATUS_FAILED, &why);
	if (selection->verbose)
		explain(selection);
	selection->verbose = selection->verbose && selection->ids == NULL; /* they differ in nothing but the id */
}

/* Do we have to know more of a record than its line? */
static bool is_read_first(const struct selection *selection)
{
	const struct summary *summary = selection->summary;

	return selection->query->count > 0 || (summary != NULL && (summary->tally.by_count > 0 || summary->span > 0));
}

/* Does the record match? One that is not JSON was not written by us. */
static bool matches(struct selection *selection, struct slice line, struct event *event)
{
	struct error why;

	if (event_read(event, line, &why))
		return query_event(selection->query, event);
	if (selection->damaged++ == 0)
		warnx("table %s: a record is damaged: %s", selection->from->name, why.text);
	return false;
}

/* The time of a record is that of its id, by which a store sorts. */
static int64_t time_of(const struct event *event)
{
	struct buffer none = { 0 };
	struct id id;

	return id_read(event_text(event, FIELD_ID, &none), &id) ? (int64_t)id.milliseconds * MILLISECOND : 0;
}

static void give(struct selection *selection, struct slice line, const struct event *event)
{
	struct output *out = selection->out;
	struct error why;

	selection->found++;
	if (selection->summary == NULL) {
		buffer_add(&out->text, line);
		buffer_add_char(&out->text, '\n');
		output_line(out);
	} else if (!summary_add(selection->summary, event, event != NULL ? time_of(event) : 0, out, &why)) {
		store_give_up(STATUS_FAILED, &why);
	}
}

/* May we go on? */
static bool wanted(const struct selection *selection)
{
	return !signal_stop() && selection->found < selection->limit;
}

/* Gives what the cursor has for now. */
static void give_all(struct selection *selection)
{
	const bool read = is_read_first(selection);
	enum store_step step = STORE_END;
	struct event event;
	struct slice line;
	struct error why;

	while (wanted(selection) && (step = store_next(selection->cursor, &line, &why)) == STORE_ROW) {
		answer_signals(selection);
		selection->seen++;
		if (!read || matches(selection, line, &event))
			give(selection, line, read ? &event : NULL);
	}
	if (step == STORE_ERROR)
		store_give_up(STATUS_FAILED, &why);
}

/* One id after the other, each found by the index. */
static void give_listed(struct selection *selection)
{
	const struct ids *ids = selection->ids;
	const struct id low = selection->range.low, high = selection->range.high;

	for (size_t i = 0; i < ids->count && wanted(selection); i++) {
		const struct id id = ids->list[selection->range.reverse ? ids->count - 1 - i : i];
		const uint64_t before = selection->seen;
		if (id_compare(id, low) < 0 || id_compare(id, high) > 0)
			continue;
		selection->range.low = selection->range.high = id;
		open_cursor(selection);
		give_all(selection);
		selection->missing += selection->seen == before;
	}
}

/* Somebody who reads no more is noticed before there is something to write. */
static bool is_read(int fd)
{
	struct pollfd out = { .fd = fd };

	return poll(&out, 1, 0) <= 0 || (out.revents & POLLERR) == 0;
}

static void follow(struct selection *selection)
{
	selection->range.after = selection->range.upto;
	selection->range.upto = 0;
	selection->range.by_insertion = true;
	open_cursor(selection);
	while (wanted(selection) && is_read(selection->out->fd)) {
		give_all(selection);
		output_flush(selection->out);
		signal_wait(-1, FOLLOW_PAUSE);
		answer_signals(selection);
	}
}

static enum status end(struct selection *selection)
{
	const uint64_t gave_up = query_gave_up(selection->query);

	store_cursor_free(selection->cursor);
	selection->cursor = NULL;
	words_clear(&selection->words);
	if (selection->summary != NULL)
		summary_end(selection->summary, selection->out);
	if (selection->missing > 0)
		warnx("table %s: %" PRIu64 " of %zu ids are not there", selection->from->name, selection->missing,
		      selection->ids->count);
	if (gave_up > 0)
		warnx("an expression gave up on %" PRIu64 " records, which were taken as not matching", gave_up);
	if (selection->damaged > 1)
		warnx("%" PRIu64 " records are damaged", selection->damaged);
	return selection->found > 0 && gave_up + selection->damaged + selection->missing == 0 ? STATUS_OK
											      : STATUS_REFUSED;
}

enum status selection_run(struct selection *selection)
{
	struct error why;

	query_words(selection->query, &selection->words);
	selection->range.words = &selection->words;
	selection->out->before = rest;
	selection->out->data = selection;
	/* What comes in while we read the first part belongs to the second. */
	if (selection->follow && !store_last(selection->from, &selection->range.upto, &why))
		store_give_up(STATUS_FAILED, &why);
	if (selection->ids != NULL) {
		give_listed(selection);
	} else if (!selection->follow || selection->range.upto > 0) {
		open_cursor(selection);
		give_all(selection);
	}
	if (selection->follow)
		follow(selection);
	return end(selection);
}
