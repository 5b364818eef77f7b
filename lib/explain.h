/* How near did each key of a rule come to its limit? The events are judged as always, and no SIEM event comes out. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_EXPLAIN_H
#define SIEM_EXPLAIN_H

#include "window.h"

struct explain;

/*
 * For the rule of that name; key: of this one alone, which is the JSON text of a key or one of its values; NULL: of
 * all, up to options->max_keys. rules and options->host are borrowed for as long as it lives, and the rule is changed.
 * NULL with *err filled: there is no such rule.
 */
struct explain *explain_new(const struct rules *rules, const char *name, const char *key,
			    const struct window_options *options, struct error *err);

/*
 * For the keys of all rules that came as near to their limit as this part of it, such as 0.8, and never broke it. Rules
 * without something to measure (expect, first_seen, plain ones) have none. The same is borrowed.
 */
struct explain *explain_near(const struct rules *rules, double near, const struct window_options *options);

/* As window_event. */
bool explain_event(struct explain *explain, const struct event *event, struct error *err);

/* There are no more events: adds a line of JSON for each key, the nearest first. */
void explain_end(struct explain *explain, struct output *out);

void explain_free(struct explain *explain);

#endif
