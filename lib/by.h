/* The keys an event counts for: the values of some fields, as JSON objects. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_BY_H
#define SIEM_BY_H

#include "buffer.h"
#include "path.h"

enum {
	BY_FIELDS_MAX = 8,
	BY_VALUE_MAX = 256,  /* bytes; of a longer value the start and a hash of it all are the key */
	BY_VALUE_KEPT = 200, /* the start */
	BY_KEYS_MAX = 1000,  /* of one event and one rule */
};

/* Each combination of the members of the fields (a list has several), the last field first. */
struct by {
	const struct path *paths;
	size_t count; /* of paths, at most BY_FIELDS_MAX */
	const struct event *event;
	struct path_scalars scalars[BY_FIELDS_MAX];
	struct slice values[BY_FIELDS_MAX];
	bool done;
};

/* False where the event lacks one of the fields; without fields there is one key, {}. paths and event are borrowed. */
bool by_start(struct by *by, const struct path *paths, size_t count, const struct event *event);

/* The same, but what the event lacks has the value null. */
void by_start_all(struct by *by, const struct path *paths, size_t count, const struct event *event);

/* Replaces text by the next key; false behind the last. A key may come twice, as a list may hold a value twice. */
bool by_next(struct by *by, struct buffer *text);

#endif
