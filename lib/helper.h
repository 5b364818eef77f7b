/* Helpers: expressions that find attributes in events, read from files (siem-helpers(5)). */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_HELPER_H
#define SIEM_HELPER_H

#include "match.h"
#include "path.h"
#include "pattern.h"

/* Criteria, compiled once for all helpers of a file that say the same. */
struct helper_when {
	json_t *criteria;
	struct match *match;
	char *label; /* of the first helper that has them */

	/* for enrich.c: what was found, and for which event */
	uint64_t asked;
	bool holds;
};

/* A text that a match sets, whatever it matched. */
struct helper_set {
	char *name;
	char *value;
};

struct helper {
	char *label; /* how messages call it: "rules/a.json: helper 'sshd'" */
	char *reg_exp;
	struct pattern *pattern;
	char *var_name;		  /* the list its values go to, or NULL */
	struct path field;	  /* what it is applied to */
	struct helper_when *when; /* or NULL: every event */
	bool first;		  /* values: "first" */
	struct helper_set *sets;
	size_t set_count;
};

struct helpers {
	struct helper *rows;
	size_t count, room;
	struct helper_when **whens;
	size_t when_count, when_room;
};

/* Adds the helpers of a file to those that are there ({0}: none). False with *err filled, and then only helpers_free is
 * of use. */
bool helpers_load(struct helpers *helpers, const char *path, struct error *err);
void helpers_free(struct helpers *helpers);

/* The group whose text goes to the list: 1, or 0 (the whole match) where the expression has none. */
unsigned helper_list_group(const struct helper *helper);

#endif
