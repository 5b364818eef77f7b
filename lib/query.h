/* What siem-select's options ask of a record, put together as criteria (match.h). */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_QUERY_H
#define SIEM_QUERY_H

#include "id.h"
#include "match.h"
#include "words.h"

/* The words of siemquery. */
enum query_word {
	QUERY_ID,
	QUERY_SHOST,
	QUERY_SPORT,
	QUERY_DHOST,
	QUERY_DPORT,
	QUERY_PROCESS,
	QUERY_PID,
	QUERY_PROTOCOL,
	QUERY_GREP,
	QUERY_WORDS,
};

/* {0} asks nothing: every record passes. query_clear releases. */
struct query {
	json_t *with[QUERY_WORDS];    /* any of these values .. */
	json_t *without[QUERY_WORDS]; /* .. and none of these */
	json_t *criteria;	      /* all of which must hold, as they are explained */
	struct match **matches;
	size_t count, room;
};

/*
 * These add what is asked: values of one word are alternatives, everything else must hold together.
 * without: the value is not wanted. False with *err filled where it is no expression, no criterion.
 */
bool query_ask(struct query *query, enum query_word word, bool without, const char *value, struct error *err);
bool query_where(struct query *query, const char *text, struct error *err); /* "field|test=value" */
bool query_file(struct query *query, const char *path, struct error *err);  /* criteria in a JSON file */

/* Compiles what was asked by words; called once, before query_event. */
bool query_ready(struct query *query, struct error *err);

/* The least and the greatest of the ids that are asked for; false where none is, or they are not plain ids. */
bool query_ids(const struct query *query, struct id *low, struct id *high);

/* The words that a line must have in it to match (words.h); words_clear releases them. */
void query_words(const struct query *query, struct words *words);

bool query_event(const struct query *query, const struct event *event);

/* How often an expression gave up (match_gave_up). */
uint64_t query_gave_up(const struct query *query);

/* Adds the criteria as JSON. */
void query_explain(const struct query *query, struct buffer *to);

void query_clear(struct query *query);

#endif
