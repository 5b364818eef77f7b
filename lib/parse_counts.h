/* How many lines were read, and by which format. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_PARSE_COUNTS_H
#define SIEM_PARSE_COUNTS_H

#include "formats/format.h"

/* Lines, and what became of them; one document of several events may stand on a line, or on many. */
struct parse_counts {
	uint64_t lines;	  /* blank ones aside */
	uint64_t blank;	  /* lines that are no events */
	uint64_t skipped; /* bytes that were not read, for the reason of earlier */
	uint64_t earlier; /* events left out since they come before --since */
	uint64_t passed;  /* events of ours, passed as they were */
	uint64_t unparsed;
	uint64_t of[FORMATS_MAX]; /* events by their formats, in the order of the table */
};

/* Where events of the format are counted; NULL: those that no format knows. */
uint64_t *parse_counts_of(struct parse_counts *counts, const struct format *format);

/* Events written. */
uint64_t parse_counts_events(const struct parse_counts *counts);

/* Tells all of it on standard error, in one line: "12 lines: 9 syslogbsd, 2 auditd, 1 unparsed; 0 blank, 0 refused". */
void parse_counts_tell(const struct parse_counts *counts);

#endif
