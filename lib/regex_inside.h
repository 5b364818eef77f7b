/* Reading expressions into trees, for the files that it is made of. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_REGEX_INSIDE_H
#define SIEM_REGEX_INSIDE_H

#include "regex.h"

struct regex_reader {
	struct regex *regex;
	const char *p, *end;
	unsigned depth, groups;
	bool caseless, dotall, multiline;
};

unsigned regex_node_new(struct regex_reader *reader, enum regex_kind kind);

/* Passes the text where it comes next; true if it did. */
bool regex_takes(struct regex_reader *reader, const char *text);

void regex_set_add(uint64_t set[4], unsigned byte);
void regex_set_range(uint64_t set[4], unsigned from, unsigned to);
void regex_set_not(uint64_t set[4]);

/* A node of that set, with what (?i) adds. */
unsigned regex_set_of(struct regex_reader *reader, uint64_t set[4]);

/* Behind '[' and behind a backslash; 0 where it is not understood. */
unsigned regex_read_class(struct regex_reader *reader);
unsigned regex_read_escape(struct regex_reader *reader);

#endif
