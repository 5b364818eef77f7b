/* What kind of record a line is, and the key under which a store keeps it. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_RECORD_H
#define SIEM_RECORD_H

#include "event.h"

/* A line of a kind, ready to be kept. Borrows from the event and from its own scratch. */
struct record {
	const struct event *event;
	enum record_kind kind;
	struct slice key; /* the id of events and SIEM events, the name of rules and helpers */
	struct buffer scratch;
};

/* "events", "siem", "rules", "helpers": the name of a kind, and of the table where it goes unless told otherwise. */
const char *record_kind_name(enum record_kind kind);

/* "a SIEM event": the kind in a sentence. */
const char *record_kind_text(enum record_kind kind);

/* The kind of that name, or 0; names are those of record_kind_name. */
enum record_kind record_kind_find(struct slice name);

/* The names, ended by NULL. */
extern const char *const record_kind_names[];

/*
 * Sees what kind the line is: by what it holds, unless kind says it. A SIEM event has phase and source_rule, an
 * event id and date_stamp, a helper reg_exp, a rule a name and what one can breach. False with *err filled where it
 * is none of them, or lacks the key of its kind. record->scratch is used again; record_clear releases it.
 */
bool record_read(struct record *record, const struct event *event, enum record_kind kind, struct error *err);
void record_clear(struct record *record);

#endif
