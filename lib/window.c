/* The engine: rules over a stream of events, mostly in order of time. All of it is event time; no clock is read. */
/* SPDX-License-Identifier: MIT */
#include "window_inside.h"

#include "memory.h"
#include "seed.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	LENGTH_TEXT_MAX = 48, /* a length of time in words */
};

struct window *window_new(const struct rules *rules, const struct window_options *options, struct buffer *to)
{
	struct window *window = memory_new(1, sizeof *window);

	window->shared.options = *options;
	window->shared.to = to;
	window->shared.seed = seed_new();
	window->clock = window->now = window->resumed = INT64_MIN;
	window->before_leap = window->doubted = INT64_MIN;
	window->counted = (struct counted){ .horizon = INT64_MIN, .seed = window->shared.seed };
	window->first = INT64_MAX;
	struct rule **enabled = memory_new(rules->count, sizeof(struct rule *));
	window->watches = memory_new(rules->count, sizeof *window->watches);
	for (size_t i = 0; i < rules->count; i++)
		if (rules->list[i]->enabled) {
			watch_init(&window->watches[window->count++], rules->list[i], &window->shared, i);
			window->shared.feedback.wanted |= rules->list[i]->feeds;
			enabled[window->count - 1] = rules->list[i];
		}
	window->sieve = sieve_new(enabled, window->count);
	free(enabled);
	return window;
}

static struct sight sight_of(struct window *window, const struct event *event, int64_t time)
{
	struct sight sight = { .time = time };
	if (event_has(event, FIELD_ID) && !id_read(event_text(event, FIELD_ID, &window->scratch), &sight.id))
		sight.id = (struct id){ 0 };
	return sight;
}

/* The first bit that is set, from this one on; count where there is none. */
static size_t next_of(const uint64_t *bits, size_t from, size_t count)
{
	for (size_t word = from / 64; word < (count + 63) / 64; word++) {
		const uint64_t left = word == from / 64 ? bits[word] >> from % 64 << from % 64 : bits[word];
		if (left != 0)
			return word * 64 + (size_t)__builtin_ctzll(left);
	}
	return count;
}

/* Most events interest no rule: nothing is read of them then. */
static void judge_one(struct window *window, const struct event *event, int64_t time, enum fed fed)
{
	const uint64_t *candidates = sieve_event(window->sieve, event);
	size_t i = next_of(candidates, 0, window->count);

	window->shared.event++;
	if (i == window->count)
		return;
	const struct sight sight = sight_of(window, event, time);
	for (; i < window->count; i = next_of(candidates, i + 1, window->count))
		if (fed == FED_NOT || window->watches[i].rule->feeds)
			watch_event(&window->watches[i], event, &sight, fed);
}

/* What these write goes to them as well: there is no circle, so there is an end. */
void window_feed_back(struct window *window)
{
	struct fed_line line;
	struct event event;
	struct error ignored;

	while (feedback_take(&window->shared.feedback, &window->fed))
		for (size_t at = 0; feedback_line(&window->fed, &at, &line);)
			if (event_read(&event, line.line, &ignored)) /* we wrote it */
				judge_one(window, &event, line.time, line.fed);
}

static void begin(struct window *window, int64_t time)
{
	window->begun = true;
	for (size_t i = 0; i < window->count; i++)
		watch_begin(&window->watches[i], time);
}

/* Time has come to this point: what is due until then is done, in its order. What is late may have been due before. */
static void advance(struct window *window, int64_t now)
{
	struct timer *timer;
	const int64_t before = window->now;

	if (!window->begun && now >= window->first)
		begin(window, window->first);
	window->now = now;
	while ((timer = timers_first(&window->shared.timers)) != NULL && timer->at <= now) {
		window->shared.arrival = timer->at > before ? timer->at : before;
		watch_due((struct key *)timer);
		window_feed_back(window);
	}
	window->shared.arrival = now;
}

/* With a state, each event counts once: is this one there already? */
static bool is_known(struct window *window, const struct event *event, int64_t time)
{
	struct id id;

	if (!window->shared.options.once)
		return false;
	if (!event_has(event, FIELD_ID) || !id_read(event_text(event, FIELD_ID, &window->scratch), &id))
		id = id_of_bytes(time, event->line);
	if (counted_add(&window->counted, time, id))
		return false;
	if (time < window->counted.horizon && window->taken++ == 0 && window->shared.options.taken != NULL)
		window->shared.options.taken(window->shared.options.data, time, window->counted.horizon);
	window->known++;
	return true;
}

/* The event comes earlier than one before it. */
static void count_disordered(struct window *window, int64_t late)
{
	window->disordered++;
	if (late > window->disordered_most)
		window->disordered_most = late;
}

/* The clock steps so far that the stamp may be wrong. */
static bool leaps(struct window *window, int64_t time)
{
	if (window->clock == INT64_MIN || time - window->clock <= DAY)
		return false;
	if (!window->leapt && window->shared.options.leapt != NULL)
		window->shared.options.leapt(window->shared.options.data, window->clock, time);
	window->leapt = true;
	return true;
}

/* The clock when an event at this time comes. A leap that the next event does not follow was none. */
static int64_t arrive(struct window *window, int64_t time)
{
	if (window->before_leap != INT64_MIN && time < window->clock - DAY)
		window->clock = window->now = window->before_leap;
	window->shared.leaps = leaps(window, time);
	window->before_leap = window->shared.leaps ? window->clock : INT64_MIN;
	if (time < window->clock)
		count_disordered(window, window->clock - time);
	else
		window->clock = time;
	if (!window->begun && window->clock < window->first)
		window->first = window->clock;
	return window->clock;
}

/* Each at its own time, when the clock is there, or was before. */
static void judge(struct window *window, const struct event *event, int64_t time)
{
	if (window->count == 0 || is_known(window, event, time))
		return;
	const int64_t arrival = window->shared.options.late > 0 ? time : arrive(window, time);
	advance(window, arrival);
	judge_one(window, event, time, FED_NOT);
	window_feed_back(window);
	advance(window, arrival); /* an episode without a time to wait ends where it began */
}

/* All that waits and is not after until. */
static void release(struct window *window, int64_t until)
{
	struct slice line;
	struct event event;
	struct error ignored;
	int64_t time;

	while (late_take(&window->waiting, until, &line, &time))
		if (event_read(&event, line, &ignored)) /* as it was when it came */
			judge(window, &event, time);
}

static bool is_wanted(const struct window *window, const struct event *event)
{
	const uint64_t *candidates = sieve_event(window->sieve, event);

	for (size_t i = next_of(candidates, 0, window->count); i < window->count;
	     i = next_of(candidates, i + 1, window->count))
		if (watch_wants(&window->watches[i], event))
			return true;
	return false;
}

/* The event behind one that leaps tells whether time has come that far. */
static void settle(struct window *window, int64_t time)
{
	if (window->doubted != INT64_MIN && time >= window->doubted - DAY)
		window->clock = window->doubted;
	window->doubted = INT64_MIN;
}

/* Only what a rule wants waits. What leaps does so until the clock is there, and never makes room for itself. */
static bool wait_for_late(struct window *window, const struct event *event, int64_t time, struct error *err)
{
	int64_t first;

	if (leaps(window, time)) {
		if (window->waiting.bytes >= LATE_BYTES_MAX)
			return error_set(err, "date_stamp: more than a day ahead, and too many events wait already");
		window->doubted = time;
	} else if (time > window->clock)
		window->clock = time;
	if (time < window->first)
		window->first = time;
	if (is_wanted(window, event))
		late_add(&window->waiting, time, event->line);
	while (window->waiting.bytes > LATE_BYTES_MAX && late_first(&window->waiting, &first) && first <= window->clock)
		release(window, first);
	const int64_t until = window->clock - window->shared.options.late;
	if (until < window->now)
		return true;
	release(window, until);
	advance(window, until);
	return true;
}

static const char *length_text(char to[LENGTH_TEXT_MAX], int64_t length)
{
	char fraction[16] = "";

	if (length % SECOND != 0)
		snprintf(fraction, sizeof fraction, ".%06d", (int)(length % SECOND));
	snprintf(to, LENGTH_TEXT_MAX, "%" PRId64 "%s s", length / SECOND, fraction);
	return to;
}

/* Until the clock of the state is passed, what comes has been counted before. */
static bool too_late(struct window *window, int64_t time, struct error *err)
{
	if (window->clock == window->resumed) {
		if (window->known++ == 0)
			warnx("what the state knows already is passed over");
		return true;
	}
	const int64_t late = window->clock - time, seconds = (late + SECOND - 1) / SECOND;
	char length[LENGTH_TEXT_MAX];

	return error_set(err,
			 "date_stamp: %s earlier than an event before it: give --late %" PRId64 "s, or leave it out",
			 length_text(length, late), seconds);
}

bool window_event(struct window *window, const struct event *event, struct error *err)
{
	int64_t time;

	if (!event_time_next(&window->stamp, event, &time))
		return error_set(err, "date_stamp: %s, so it belongs to no window",
				 event_has(event, FIELD_DATE_STAMP) ? "no RFC 3339 time" : "missing");
	if (window->shared.options.late > 0) {
		settle(window, time);
		return time < window->now ? too_late(window, time, err) : wait_for_late(window, event, time, err);
	}
	judge(window, event, time);
	return true;
}

/* What comes next may be a little earlier than that: it is judged at its own time all the same. */
void window_idle(struct window *window, int64_t time)
{
	const int64_t until = time - window->shared.options.late;

	if (until <= window->now)
		return;
	if (window->clock == INT64_MIN)
		begin(window, until);
	release(window, until);
	const int64_t now = window->now;
	advance(window, until);
	window->now = window->shared.arrival = now;
}

int64_t window_clock(const struct window *window)
{
	return window->clock;
}

void window_end(struct window *window)
{
	settle(window, INT64_MAX);
	release(window, INT64_MAX);
	if (window->clock > window->now)
		advance(window, window->clock); /* so far time has come */
	window->shared.ending = true;
	advance(window, INT64_MAX);
}

bool window_report(const struct window *window)
{
	char length[LENGTH_TEXT_MAX];
	bool any = window->known > 0;
	if (any)
		warnx("%" PRIu64 " events had been counted before", window->known);
	if (window->taken > 0)
		warnx("%" PRIu64
		      " of them are only taken for that: they are earlier than all that are remembered by id",
		      window->taken);
	if (window->disordered > 0)
		warnx("%" PRIu64 " events came earlier than one before them, by up to %s: judged at their own times",
		      window->disordered, length_text(length, window->disordered_most));
	any |= window->disordered > 0;
	for (size_t i = 0; i < window->count; i++)
		any |= watch_report(&window->watches[i]);
	return any;
}

void window_free(struct window *window)
{
	if (window == NULL)
		return;
	for (size_t i = 0; i < window->count; i++)
		watch_clear(&window->watches[i]);
	sieve_free(window->sieve);
	free(window->watches);
	timers_clear(&window->shared.timers);
	late_clear(&window->waiting);
	counted_clear(&window->counted);
	feedback_clear(&window->shared.feedback);
	origin_clear(&window->shared.origin);
	buffer_clear(&window->shared.text);
	buffer_clear(&window->scratch);
	buffer_clear(&window->fed);
	free(window);
}
