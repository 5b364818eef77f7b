/* What is remembered of an event: its time and its id, never the event itself. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_SIGHT_H
#define SIEM_SIGHT_H

#include "buffer.h"
#include "id.h"

#include <jansson.h>

struct sight {
	int64_t time;
	struct id id;	 /* all zero where it has none */
	uint64_t number; /* of the match within its key, from 1; 0: there was no event, only its time */
};

bool sight_has_id(const struct sight *sight);

/* Adds an id as a JSON string, null where there is none; reads it again. */
void sight_write_id(struct buffer *to, const struct id *id);
bool sight_read_id(const json_t *json, struct id *id);

/* Adds it as JSON, and reads that again; false where it is none. */
void sight_write(struct buffer *to, const struct sight *sight);
bool sight_read(const json_t *json, struct sight *sight);

#endif
