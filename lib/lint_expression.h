/* What is wrong with a regular expression before it has met a text. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_LINT_EXPRESSION_H
#define SIEM_LINT_EXPRESSION_H

#include "slice.h"

enum {
	LINT_TEXT_MAX = 1024, /* bytes of the texts that are tried: the least that each syslog receiver takes */
};

/*
 * Bytes of a text on which it gives up at its limit (pattern.h), 0 where none was found: where its form lets one text
 * be read in many ways, such texts are made and tried, so each finding is one.
 */
size_t lint_gives_up(struct slice expression);

/* No text matches it, as the start of the text stands behind something, or something behind its end. */
bool lint_never_matches(struct slice expression);

/*
 * Is there a group whose text whoever writes a part of the message can choose: ".*" stands before it, and nothing
 * binds what follows to the end? Its number; 0 where there is none. *leading: nothing at all stands before the ".*".
 */
unsigned lint_movable_group(struct slice expression, bool *leading);

#endif
