/* The keys an event counts for: the values of a rule's "by" fields, as JSON objects. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_BY_H
#define SIEM_BY_H

#include "rule.h"

enum {
	BY_VALUE_MAX = 256,  /* bytes; of a longer value the start and a hash of it all are the key */
	BY_VALUE_KEPT = 200, /* the start */
	BY_KEYS_MAX = 1000,  /* of one event and one rule */
};

/* Each combination of the members of the fields (a list has several), the last field first. */
struct by {
	const struct rule *rule;
	const struct event *event;
	struct path_scalars scalars[RULE_BY_MAX];
	struct slice values[RULE_BY_MAX];
	bool done;
};

/* False where the event lacks one of the fields; without fields there is one key, {}. */
bool by_start(struct by *by, const struct rule *rule, const struct event *event);

/* Replaces text by the next key; false behind the last. A key may come twice, as a list may hold a value twice. */
bool by_next(struct by *by, struct buffer *text);

#endif
