/* The engine: rules over a stream of events, mostly in order of time. All of it is event time; no clock is read. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_WINDOW_H
#define SIEM_WINDOW_H

#include "episode.h"
#include "output.h"
#include "rule.h"

#include <stdio.h>

enum {
	WINDOW_KEYS_DEFAULT = 100000,
};

struct window_options {
	unsigned emit;	 /* bit by enum episode_phase (episode.h): the lines that are written */
	int64_t late;	 /* microseconds an event may come late and is still put in order */
	size_t max_keys; /* of each rule; when there are more, those that are idle longest are forgotten */
	bool once;	 /* there is a state: each event counts once, however often it is read */
	void (*leapt)(void *data, int64_t from, int64_t to); /* or NULL; once: the clock leaps, the event is in hand */
	/* Or NULL; once: an event is taken as counted, as it is earlier than all that are known by id. */
	void (*taken)(void *data, int64_t time, int64_t horizon);
	struct slice host;	     /* parsed_on; borrowed */
	void (*written)(void *data); /* or NULL; called when a line is whole: thousands of episodes may end at once */
	void *data;
	/* Or NULL; called whenever a line is due, written or not: key->episode has what it would say (watch.h). */
	void (*told)(void *data, const struct key *key, enum episode_phase phase);
	void *told_data;
};

struct window;

/* rules and to are borrowed for as long as it lives; SIEM events are added to *to, whole lines. */
struct window *window_new(const struct rules *rules, const struct window_options *options, struct buffer *to);

/*
 * The next event; false with *err filled where it cannot be judged: it has no time, or comes later than options.late,
 * if that is set. Else what comes late is judged at its own time, by what is remembered now (siem-window(1)).
 */
bool window_event(struct window *window, const struct event *event, struct error *err);

/* Nothing comes, and time goes on to this point: what ends until then has ended. */
void window_idle(struct window *window, int64_t time);

/* The highest time so far, INT64_MIN before the first event. */
int64_t window_clock(const struct window *window);

/* There are no more events: judges those that waited and closes all open episodes. */
void window_end(struct window *window);

/* Tells on stderr what was passed over or forgotten, rule by rule; true if there was anything. */
bool window_report(const struct window *window);
/* Writes all that it remembers, as sorted lines of JSON. */
void window_save(const struct window *window, struct output *to);

/*
 * Takes that again, into a new window; no line: nothing. Of rules that are not there any more, or have changed, open
 * episodes are closed. False with *err filled where it is not what was written; then the window is of no use.
 */
bool window_load(struct window *window, FILE *from, struct error *err);

/* Goes on with other rules, which keep what they remember if they did not change. Frees the window it is given. */
struct window *window_reload(struct window *window, const struct rules *rules);

void window_free(struct window *window);

#endif
