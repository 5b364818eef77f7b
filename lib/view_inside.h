/* The view from inside, for the files that it is made of. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_VIEW_INSIDE_H
#define SIEM_VIEW_INSIDE_H

#include "view.h"

enum {
	VIEW_KEPT_MAX = 64 << 10, /* bytes of scratch that a place keeps for the next event */
};

/* A path, and what it leads to in the event in hand. */
struct place {
	const struct path *path;
	uint32_t next;	 /* place of the next one of the same field or hash of the first step, from 1; 0: none */
	uint64_t listed; /* number of the event that it was met in last, */
	uint64_t found;	 /* found in last, */
	uint64_t read;	 /* and its text read in last */
	struct slice value;
	bool is_text;	   /* one scalar, */
	struct slice text; /* without quotes and escapes */
	struct buffer scratch;
};

struct view {
	struct place *places;
	size_t count, room;
	uint32_t fields[FIELD_COUNT]; /* places that begin at a field, but for those inside of extended */
	uint64_t asked;		      /* bit by field: there are some */
	uint32_t *heads;	      /* the others, by their first step */
	size_t mask, inner, bare;
	const struct event *event;
	uint64_t number; /* of the event, from 1 */
	uint32_t *list;	 /* places that were met */
	size_t listed;
	bool large; /* there is a place with more scratch than it may keep */
	struct buffer scratch;
};

#endif
