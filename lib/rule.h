/* Rules: what is looked for, per what, how often, and what is said then (siem-rules(5)). */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_RULE_H
#define SIEM_RULE_H

#include "match.h"
#include "path.h"
#include "template.h"

enum {
	RULE_BY_MAX = 8,
	RULE_LIMIT_MAX = 1000000,
	RULE_IDS_MAX = 10000,
	RULE_IDS_DEFAULT = 100,
};

struct ruletype;

struct rule {
	char *name, *desc;
	char *source_table, *out_table; /* or NULL; for the classic commands */
	int64_t enabled;		/* 1 or 0 */
	int64_t severity;
	struct match *when, *unless; /* unless may be NULL */
	struct path by[RULE_BY_MAX];
	size_t by_count;
	const struct ruletype *type; /* its shape */
	int64_t event_limit;	     /* 0 where the shape has none */
	int64_t time_int;	     /* microseconds; 0: not given */
	int64_t quiet;		     /* an episode ends when it passes without a match; time_int unless given */
	int64_t hold;		     /* 0: a new breach is a new episode */
	int64_t grow;		     /* 0: no lines between the first and the last */
	int64_t ids_max;
	struct template message;
	json_t *tests;	  /* array, or NULL */
	const char *file; /* it came from; for messages */
};

/* {0} is an empty set. */
struct rules {
	struct rule **list;
	size_t count, room;
	char **files; /* their names */
	size_t file_count, file_room;
};

/*
 * Adds the rules of a file: {"rules_auth": [..], ..} or a plain array. False with *err filled
 * ("rules/auth.json: rule 2 (SSH_Brute): event_limit: must be 0 or more"), and then nothing is to be used.
 */
bool rules_load(struct rules *rules, const char *path, struct error *err);

/*
 * To be called after the last file: puts the rules into the order of their names, so that the order of files
 * changes nothing; false where two have the same name.
 */
bool rules_ready(struct rules *rules, struct error *err);
void rules_clear(struct rules *rules);

/* One rule of a checked document; NULL with *err filled. |in reads files from dir. */
struct rule *rule_new(const json_t *json, const char *dir, struct error *err);
void rule_free(struct rule *rule);

/* Does the event interest it: enabled, when, and not unless? */
bool rule_wants(struct rule *rule, const struct event *event);

/* Minutes as siemstress writes them (10, 1.5) or a duration ("90s"): microseconds. False with *err filled. */
bool rule_read_time(const json_t *value, int64_t *microseconds, struct error *err);

#endif
