/* JSON text (RFC 8259): the one room that knows how it is written. No tree is built, nothing is copied. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_JSON_H
#define SIEM_JSON_H

#include "buffer.h"
#include "names.h"

enum {
	JSON_DEPTH_MAX = 128, /* arrays and objects inside each other */
};

enum json_kind {
	JSON_KIND_NULL,
	JSON_KIND_FALSE,
	JSON_KIND_TRUE,
	JSON_KIND_NUMBER,
	JSON_KIND_STRING,
	JSON_KIND_ARRAY,
	JSON_KIND_OBJECT
};

/* Where a text stops being JSON, and why (a constant text). */
struct json_fault {
	const char *at;
	const char *what;
};

/*
 * Checks the one value that starts at p: syntax and UTF-8 to the letter of RFC 8259.
 * Returns the byte behind it, or NULL with *fault filled. names, unless NULL, gets to know
 * the names in each of its objects (names.h).
 */
const char *json_check(const char *p, const char *end, struct names *names, struct json_fault *fault);

/*
 * The string whose first byte behind the opening quote is p: returns its closing quote,
 * or NULL with *fault filled. *escaped is set where it holds a backslash, else left alone.
 */
const char *json_check_string(const char *p, const char *end, bool *escaped, struct json_fault *fault);

/* Behind blanks, tabs, CR and LF. */
const char *json_blanks(const char *p, const char *end);

/* The kind of a checked value. */
enum json_kind json_kind(struct slice value);

/*
 * Goes through a checked object or array, members in their order:
 *
 *	struct json_walk walk = json_walk(value);
 *	while (json_next(&walk, &key, &value)) ..
 *
 * key is the name without its quotes, still escaped, and empty in arrays. A value that is
 * neither array nor object has no members.
 */
struct json_walk {
	const char *p;
	const char *end;
	bool named;
};
struct json_walk json_walk(struct slice value);
bool json_next(struct json_walk *walk, struct slice *key, struct slice *value);

/* The last member of that (unescaped, ASCII) name in a checked object; false where there is none. */
bool json_member(struct slice object, struct slice name, struct slice *value);

/*
 * The text of a checked value: a string without quotes and escapes, anything else as it is
 * written. Borrowed from value where nothing is escaped, else from scratch, whose text it replaces.
 */
struct slice json_text(struct slice value, struct buffer *scratch);

/*
 * Adds bytes as a JSON string with its quotes. A byte that is not UTF-8 comes out as U+FFFD, controls
 * (C0, DEL, C1) as \u00XX or \n, \t, .. : at most six bytes for one.
 */
void json_add_string(struct buffer *to, struct slice bytes);

/* The same without the quotes, for a text that is put together of several. */
void json_add_escaped(struct buffer *to, struct slice bytes);

/* The same, faster, for bytes behind which 15 more can be read. False where one of them is not ASCII. */
bool json_add_escaped_slack(struct buffer *to, struct slice bytes);

/*
 * Adds a checked value, with \ufffd in place of each half of a surrogate pair that stands alone: RFC 8259 lets
 * it pass, many readers do not.
 */
void json_add_value(struct buffer *to, struct slice value);

/* Adds bytes as a JSON string of base64 (RFC 4648). */
void json_add_base64(struct buffer *to, struct slice bytes);

/* Length of the first stretch that json_add_string copies as it is: printable ASCII without quote and backslash. */
size_t json_plain(struct slice bytes);

#endif
