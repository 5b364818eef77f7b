/* What would an edit of rules change? Two sets of rules at work over the same events, and their episodes compared. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_DIFFER_H
#define SIEM_DIFFER_H

#include "output.h"
#include "window.h"

struct differ;

struct difference {
	uint64_t gained, lost, changed, same; /* episodes */
};

/* Rules, and what options has, are borrowed for as long as it lives; its emit and written are not used. */
struct differ *differ_new(const struct rules *old, const struct rules *new, const struct window_options *options);

/* As window_event, of both. */
bool differ_event(struct differ *differ, const struct event *event, struct error *err);

/*
 * There are no more events: writes the SIEM event of each episode that only the new rules have ("diff":"+"), or only
 * the old ones ("-"), or in which there are other events ("~"), by rule, key and time; says how many there are.
 */
struct difference differ_end(struct differ *differ, struct output *to);

void differ_free(struct differ *differ);

#endif
