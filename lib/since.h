/* Where to begin in a file that is sorted by time, found without reading what stands before. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_SINCE_H
#define SIEM_SINCE_H

#include "parse.h"

/*
 * To be called at the start of a file, behind parse_begin, when its first line is waited for. Where the file can be
 * sought in, the input goes on shortly before the first event of parse->since or later; else, and where looks into the
 * file do not show it sorted by time, at its start. What is then read is the same, events and ids:
 *
 * - Looks read whole lines with the formats, and must see times rise with the places. What lies out of order by less
 *   than SINCE_MARGIN bytes is found as well, for reading starts so much earlier.
 * - Lines without a stamp are passed over by a look; where it finds none with, the file is read from its start. So it
 *   is where a format remembers something of lines before (headers of columns).
 * - Years of stamps without year are those of the whole file: it is read ahead for them as always (year.h), and the
 *   New Years before each place are known.
 * - Identical lines have identical times, so none of those that are counted lies before the first event.
 */
void since_seek(struct parse *parse, struct input *in);

enum {
	SINCE_MARGIN = 1 << 20, /* bytes read before the place that was found; where so few are left it is read on */
};

#endif
