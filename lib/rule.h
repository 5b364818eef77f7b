/* Rules: what is looked for, per what, how often, and what is said then (siem-rules(5)). */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_RULE_H
#define SIEM_RULE_H

#include "by.h"
#include "id.h"
#include "match.h"
#include "path.h"
#include "template.h"

enum {
	RULE_BY_MAX = BY_FIELDS_MAX,
	RULE_LIMIT_MAX = 1000000,
	RULE_IDS_MAX = 10000,
	RULE_IDS_DEFAULT = 100,
	RULE_STEPS_MAX = 16,
};

#define RULE_SUM_MAX INT64_C(1000000000000000) /* what one event can add to a sum */
#define RULE_FOREVER (INT64_MAX / 2)	       /* longer than any time in a rule */

/* Is the event a SIEM event that was fed back to the rules? */
enum fed {
	FED_NOT,
	FED_OPEN,  /* the line that opens an episode */
	FED_LATER, /* a further line of one: only for criteria that ask for the phase */
};

struct ruletype;

struct rule {
	char *name, *desc;
	char *source_table, *out_table; /* or NULL; for the classic commands */
	int64_t enabled;		/* 1 or 0 */
	int64_t severity;
	struct match *when, *unless;	     /* or NULL */
	struct match *steps[RULE_STEPS_MAX]; /* of the shapes that have some; each may be NULL */
	size_t step_count;
	bool feeds; /* its criteria ask for source_rule: SIEM events are fed back to it */
	struct path by[RULE_BY_MAX];
	size_t by_count;
	const struct ruletype *type; /* its shape */
	int64_t event_limit;	     /* 0 where the shape has none */
	int64_t time_int;	     /* microseconds; 0: not given */
	int64_t quiet;		     /* an episode ends when it passes without a match; time_int unless given */
	int64_t hold;		     /* 0: a new breach is a new episode */
	int64_t grow;		     /* 0: no lines between the first and the last */
	int64_t max_open;	     /* an episode ends when it has been open so long; RULE_FOREVER unless given */
	int64_t ids_max;
	int64_t ratio;	       /* 1: the magnitude is LogESP's, 0: siemstress's */
	struct path field;     /* of the shapes that ask for one */
	int64_t forget, learn; /* of first_seen */
	json_t *by_list;       /* of expect: keys that are waited for from the start; or NULL */
	struct template message;
	json_t *tests;	  /* array, or NULL */
	const char *file; /* it came from; for messages */
	char *dir;	  /* folder of that file, or NULL: files that it names are there */
	json_t *source;	  /* what of it decides what it does */
	struct id hash;	  /* of that: two rules of the same hash have the same memory */
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
 * changes nothing; false where two have the same name, or where rules over rules go in circles.
 */
bool rules_ready(struct rules *rules, struct error *err);
void rules_clear(struct rules *rules);

/* The rule of that name; NULL with *err filled, which names the nearest. */
struct rule *rules_find(const struct rules *rules, const char *name, struct error *err);

/*
 * One rule of a checked document; NULL with *err filled. |in reads files from dir, let is that of the document; both
 * may be NULL.
 */
struct rule *rule_new(const json_t *json, const char *dir, const json_t *let, struct error *err);
void rule_free(struct rule *rule);

/* 1 where the event interests it: when, and not unless. */
unsigned rule_wants(struct rule *rule, const struct event *event, enum fed fed);

/* Bit by bit: the steps that the event matches, if the rule wants it. */
unsigned rule_steps(struct rule *rule, const struct event *event, enum fed fed);

/* Does the event match? Criteria that do not ask for source_rule never match what is fed back. */
bool rule_asks(struct match *match, const struct event *event, enum fed fed);

/* How often a regular expression of its criteria gave up. */
uint64_t rule_gave_up(const struct rule *rule);

/* Minutes as siemstress writes them (10, 1.5) or a duration ("90s"): microseconds. False with *err filled. */
bool rule_read_time(const json_t *value, int64_t *microseconds, struct error *err);

#endif
