/* Where a name in criteria, "by", templates and column lists leads to in an event. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_PATH_H
#define SIEM_PATH_H

#include "event.h"
#include "json.h"

enum {
	PATH_STEPS_MAX = 8,
};

/*
 * A known field ("source_host", "extended" itself), "extended.sd.origin.ip" with its steps,
 * or a bare name that is no field: looked up in extended, then among the line's own unknown names. What a SIEM
 * event lacks is looked up in its "key", so that it has the source_host that a rule counted by.
 */
struct path {
	char *name;	  /* as it was written; owned */
	enum field field; /* FIELD_NONE: the bare name steps[0] */
	size_t count;
	struct slice steps[PATH_STEPS_MAX]; /* borrow from name */
};

/* False with *err filled where the name is empty or has too many or empty steps. path_clear releases. */
bool path_read(struct path *path, struct slice name, struct error *err);
void path_clear(struct path *path);

/* The JSON value it leads to; false where there is nothing, or null. Borrowed from the line. */
bool path_value(const struct path *path, const struct event *event, struct slice *value);

/*
 * Goes through the scalars there: the value itself, or each member of a list (members that
 * are lists or objects are passed over). "while (path_next(&scalars, &value)) ..".
 */
struct path_scalars {
	struct json_walk walk;
	struct slice one;
	bool is_list;
};
struct path_scalars path_scalars(const struct path *path, const struct event *event);
bool path_next(struct path_scalars *scalars, struct slice *value);

#endif
