/* Texts of names and values that become JSON objects, to be read as such (object.h). */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_PAIRS_H
#define SIEM_FORMAT_PAIRS_H

#include "format.h"

/* Each replaces what *to holds by an object whose values are strings; false where the text is something else. */

/* "CEF:0|vendor|product|version|signature|name|severity|key=value ..": the head under "cef". */
bool pairs_cef(struct slice text, struct buffer *to);

/* "LEEF:1.0|vendor|product|version|event|key=value<tab>..": the head under "leef"; LEEF 2.0 may name another delimiter.
 */
bool pairs_leef(struct slice text, struct buffer *to);

enum {
	PAIRS_TIME = 1,
	PAIRS_LEVEL = 2,
	PAIRS_MESSAGE = 4,
};

/*
 * "key=value key="quoted \"value\"" ..", and hardly anything else in the whole text: a few values without quotes may
 * have blanks. *hints says which of time, level and message are among the names, *count how many there are.
 */
bool pairs_logfmt(struct slice text, struct buffer *to, unsigned *hints, size_t *count);

/* 'name="value",name="value", name=value' and nothing else; a word in capitals and a colon may stand before: F5,
 * Asterisk. */
bool pairs_commas(struct slice text, struct buffer *to, size_t *count);

/* Words, and '[name:"value"; name:"value"]' at the end, as Check Point's log exporter writes. */
bool pairs_semicolons(struct slice text, struct buffer *to);

/* Adds "name":" ; a comma before it unless it is the first of its object. Then the value goes to json_add_escaped, and
 * a quote behind. */
void pairs_name(struct buffer *to, struct slice name);

/* Adds a whole member. */
void pairs_add(struct buffer *to, struct slice name, struct slice value);

#endif
