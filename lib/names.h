/* Do two members of one object have the same name? A quick look while a line is read, which may err to one side. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_NAMES_H
#define SIEM_NAMES_H

#include "buffer.h"

enum {
	NAMES_TABLE = 256, /* places; half of them are used */
};

/* Names seen in one line; {.count = 0} is enough at the start, the table is emptied when the first name comes. */
struct names {
	unsigned count;
	uint32_t objects; /* how many there were: each has its number */
	bool repeated;	  /* some name may stand twice in its object; false: certainly none does */
	uint32_t tags[NAMES_TABLE];
};

/* A name, as it is written between its quotes, of the object with that number. */
void names_add(struct names *names, uint32_t object, struct slice name);

/*
 * Adds a checked JSON value, and of members of one object that have the same name only the last, as jq and
 * jansson read it: no two readers shall see different things in one line. All else is copied, but for blanks
 * before commas and closing braces. True where something was left out.
 */
bool names_unique(struct buffer *to, struct slice value);

#endif
