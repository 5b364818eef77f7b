/* A JSON object of any program, read into our fields. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_OBJECT_H
#define SIEM_FORMAT_OBJECT_H

#include "attribute.h"
#include "format.h"

/*
 * Is the text one JSON object, nothing behind it but blanks? Then *object is it, without names that stand twice (the
 * last is left), borrowed from text or else from unique.
 */
bool object_check(struct slice text, struct buffer *unique, struct slice *object);

/* False, like object_check, of a text that *out was to be read from: tells where it stops to be such an object. */
bool object_miss(struct slice text, struct parsed *out);

/*
 * Fills, from a checked object, the fields that *out does not have yet (attribute.h says which); all that is not taken
 * as it is goes to extended, members in their order, values unchanged. Texts borrow from object, or from what *out
 * owns.
 */
void object_read(struct format_context *context, struct slice object, struct parsed *out);

/* The value that is to be an attribute of the event. */
struct object_find {
	const struct attribute_row *row; /* NULL: none was found */
	struct slice value;
	unsigned cost;
	bool top;   /* it is a member of the object itself */
	bool taken; /* it goes over as it is: what is left need not have it */
};

/* All of them. */
struct object_finds {
	struct object_find of[ATTRIBUTE_COUNT];
	const char *empty[ATTRIBUTE_COUNT]; /* members without text, whose names these have in extended; NULL: none */
	struct stamp stamp;		    /* what of[ATTRIBUTE_TIME] says */
};

/* From what was found to the fields; marks what was taken. (object_fill.c) */
void object_fill(struct format_context *context, struct object_finds *finds, struct parsed *out);

#endif
