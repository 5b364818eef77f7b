/* What an alert tells of the event that began it: taken while the event is in hand, as it may be told much later. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_ORIGIN_H
#define SIEM_ORIGIN_H

#include "id.h"
#include "rule.h"

/* {0} is none; origin_clear releases. */
struct origin {
	struct id id;	       /* of the event, or a hash of its line */
	int32_t offset;	       /* in which its times are shown, seconds east of UTC */
	bool utc;	       /* shown with "Z" */
	struct buffer message; /* as template_fill left it */
};

/* From the event; key is the JSON object of the "by" values. Replaces what was there and reuses its memory. */
void origin_take(struct origin *origin, const struct rule *rule, const struct event *event, struct slice key);
void origin_clear(struct origin *origin);

/* Adds it as a JSON array, and reads that again; false where it is none. */
void origin_write(struct buffer *to, const struct origin *origin);
bool origin_read(const json_t *json, struct origin *origin);

#endif
