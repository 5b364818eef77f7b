/* One test of criteria: a field, what is asked of it, and the values it is held against. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_CRITERION_H
#define SIEM_CRITERION_H

#include "cidr.h"
#include "error.h"
#include "fold.h"
#include "number.h"
#include "path.h"
#include "pattern.h"

#include <jansson.h>

enum criterion_op {
	CRITERION_EQUAL,
	CRITERION_CONTAINS,
	CRITERION_STARTSWITH,
	CRITERION_ENDSWITH,
	CRITERION_RE,
	CRITERION_CIDR,
	CRITERION_GT,
	CRITERION_GTE,
	CRITERION_LT,
	CRITERION_LTE,
	CRITERION_EXISTS,
};

/* The name of a member of criteria, taken apart: "message|contains|all". */
struct criterion_words {
	struct slice field; /* borrowed from the name */
	enum criterion_op op;
	bool in, all, cased;
};

/* False with *err filled: an unknown suffix with the nearest valid one, or suffixes that do not go together. */
bool criterion_words_read(struct criterion_words *words, const char *name, struct error *err);

enum criterion_kind { VALUE_PLAIN, VALUE_NUMBER, VALUE_WILDCARD };

struct answer;

struct criterion_value {
	enum criterion_kind kind;
	char *memory;	   /* of text; owned */
	struct slice text; /* folded unless cased */
	struct number number;
	struct needle *needle;
	struct pattern *pattern;
};

struct criterion {
	struct path path;
	enum criterion_op op;
	bool cased;
	bool wanted;			/* of CRITERION_EXISTS */
	struct criterion_value *values; /* by kind, then by text */
	size_t count;
	size_t plain; /* how many of them are VALUE_PLAIN */
	struct cidr cidr;
	struct answer *answer; /* shared with its equals (answers.h), or NULL */
};

/*
 * Fills one from its words and values: an array of strings, numbers and booleans, not empty. It holds when any
 * value of the field goes with any of them. False with *err filled; criterion_clear releases in either case.
 */
bool criterion_init(struct criterion *criterion, const struct criterion_words *words, const json_t *values,
		    struct error *err);
void criterion_clear(struct criterion *criterion);

/* An order of what they ask; 0: one holds where the other does. */
int criterion_compare(const struct criterion *a, const struct criterion *b);

/* Does the event pass? *gave_up is raised for each regex that reached its limit; scratch is for texts with escapes. */
bool criterion_holds(const struct criterion *criterion, const struct event *event, struct buffer *scratch,
		     uint64_t *gave_up);

/* The same for one text of the field. Not for CRITERION_EXISTS. */
bool criterion_fits(const struct criterion *criterion, struct slice text, uint64_t *gave_up);

#endif
