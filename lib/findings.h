/* What was found in the event in hand: texts for absent fields, values for "extended". */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FINDINGS_H
#define SIEM_FINDINGS_H

#include "extend.h"

struct findings {
	struct extend extend;
	const struct event *event;
	uint64_t filled; /* bit per field */
	struct slice fill[FIELD_EVENT_END];
	struct buffer made; /* JSON text of what changes */
};

void findings_free(struct findings *findings);

/* Starts with an event, which is borrowed until the next one. */
void findings_begin(struct findings *findings, const struct event *event);

/* Fills a field of events that is absent; empty text, and for a number what is none in its range, is passed over. */
void findings_fill(struct findings *findings, enum field field, struct slice text);

/* The changes that event_write takes, at most FIELD_EVENT_END; returns how many. Borrowed until findings_begin. */
size_t findings_changes(struct findings *findings, struct event_change *changes);

#endif
