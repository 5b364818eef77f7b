/* The message of an alert: text with {field}, {count}, {sum} and {by} in it. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_TEMPLATE_H
#define SIEM_TEMPLATE_H

#include "path.h"

enum {
	TEMPLATE_VALUE_MAX =
	    500, /* bytes shown of a field, a list with all its members; what is longer is cut and ends in "…" */
};

enum template_kind { TEMPLATE_TEXT, TEMPLATE_FIELD, TEMPLATE_COUNT, TEMPLATE_SUM, TEMPLATE_BY };

struct template_part {
	enum template_kind kind;
	struct slice text; /* borrowed from the source */
	struct path path;
};

struct template
{
	char *source;
	struct template_part *parts;
	size_t count, room;
};

/* "{{" and "}}" stand for the braces themselves. False with *err filled; template_clear releases in either case. */
bool template_read(struct template *template, struct slice source, struct error *err);
void template_clear(struct template *template);

/*
 * The fields change with the event and are filled in once, count and sum change with each line: template_fill adds
 * JSON-escaped text with a NUL byte and a letter for each of them (in escaped text there is no other NUL),
 * template_write puts the numbers there and the quotes around. key is the JSON object of the "by" values.
 */
void template_fill(const struct template *template, const struct event *event, struct slice key, struct buffer *to);
void template_write(struct slice filled, uint64_t count, int64_t sum, struct buffer *to);

#endif
