/* JSON objects out of a document that is no JSON lines: an array, one object over several lines, objects in a row. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_PIECES_H
#define SIEM_FORMAT_PIECES_H

#include "../buffer.h"

/* An object in hand; {0} at the start of a document. */
struct pieces {
	struct buffer text;
	uint64_t cut; /* bytes of it that are not kept */
	unsigned depth;
	bool quoted, escaped, scrap, begun, done;
};

/*
 * Takes what it needs off the start of *line; true where an object is complete, which is *piece, borrowed until the
 * next call, with blanks for the ends of lines; pieces->cut tells how many bytes of it lie behind max. False when the
 * line is used up. The array around the objects, also as the only member of an object under a name such as "Records",
 * is passed over. What is no object is a piece as well, up to the end of its line.
 */
bool pieces_next(struct pieces *pieces, size_t max, struct slice *line, struct slice *piece);

/* What is left at the end of the document; false where there is nothing. */
bool pieces_end(struct pieces *pieces, struct slice *piece);

void pieces_clear(struct pieces *pieces);

#endif
