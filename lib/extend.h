/* What helpers add to "extended", name by name, merged with what stands there. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_EXTEND_H
#define SIEM_EXTEND_H

#include "event.h"
#include "values.h"

/* One name in "extended", for the event in hand: a list of values, or a single text. */
struct extend_name {
	char *name;
	bool list;
	const char *label; /* of the helper that named it first */
	uint64_t full;	   /* events in which the list had no room for all values */

	/* of the event in hand */
	bool begun, changed, overflowed;
	struct slice old;     /* JSON value that stands there; len 0: none */
	struct values values; /* of a list: those that stand there, then the new ones */
	size_t there;	      /* how many of them stand there */
	struct slice single;  /* text, else len 0 */
	struct buffer kept;   /* values that stand there and were escaped */
};

/* All names that the helpers loaded can set. */
struct extend {
	struct extend_name **names;
	size_t count, room;
	struct extend_name **begun; /* those of the event in hand, in the order in which values came */
	size_t begun_count;
	struct slice old; /* "extended" of the event in hand, {} where there is none */
	bool changed;
	bool is_odd, is_told; /* it is no object: nothing can be added; that is counted */
	uint64_t odd;	      /* events in which something had to be left out for that */
	struct buffer scratch;
};

/* The name, added if it is new; NULL with *err filled where it is list here and single text there. */
struct extend_name *extend_name(struct extend *extend, const char *name, bool list, const char *label,
				struct error *err);
void extend_free(struct extend *extend);

/* Starts with the next event. */
void extend_begin(struct extend *extend, const struct event *event);

/* Adds a value to a list, or sets the single text unless something is there. Texts are borrowed until extend_write;
 * empty ones are none. */
void extend_add(struct extend *extend, struct extend_name *name, struct slice text);

/* Adds the JSON text of the new "extended", to be called if extend->changed. */
void extend_write(struct extend *extend, struct buffer *to);

#endif
