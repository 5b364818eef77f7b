/* Which limit, within what time? How many alerts a rule would give for each of a grid, from one pass over events. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_ADVISE_H
#define SIEM_ADVISE_H

#include "window.h"

struct advise;

/*
 * For the rule of that name, judged as a window with these options judges. rules and options are borrowed for as long
 * as it lives, and options->host. NULL with *err filled: there is no such rule, or its shape has no time.
 */
struct advise *advise_new(const struct rules *rules, const char *name, const struct window_options *options,
			  struct error *err);

/* As window_event. */
bool advise_event(struct advise *advise, const struct event *event, struct error *err);

/* There are no more events: adds the table, whole lines. */
void advise_end(struct advise *advise, struct buffer *to);

void advise_free(struct advise *advise);

#endif
