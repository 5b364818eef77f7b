/* Events with what helpers find in them. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_ENRICH_H
#define SIEM_ENRICH_H

#include "helper.h"

struct enrich;

/* Borrows the helpers. NULL with *err filled where two of them cannot go together. */
struct enrich *enrich_new(struct helpers *helpers, struct error *err);
void enrich_free(struct enrich *enrich);

/*
 * Adds the event with all that the helpers find, and a newline; where they find nothing new, the line as it is.
 * All helpers see the event as it came in, so that none depends on another.
 */
void enrich_event(struct enrich *enrich, const struct event *event, struct buffer *to);

/* Tells on stderr what was left out so far: expressions that gave up, lists that were full, lines too long. */
void enrich_tell(const struct enrich *enrich);

#endif
