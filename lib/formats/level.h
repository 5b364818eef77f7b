/* Levels as logging libraries name them. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_LEVEL_H
#define SIEM_FORMAT_LEVEL_H

#include "format.h"

enum {
	LEVEL_NONE = -1,
};

/* RFC 5424's severity of a level's name in any case ("WARN", "fatal", "Info", "LOG3"), or LEVEL_NONE. */
int level_severity(struct slice name);

/* In capitals, and seldom the first word of a message: a level also where nothing but a blank stands behind it. */
bool level_stands_alone(struct slice name);

/* That of one capital letter: I, W, E, F, D, V, T, C, N. */
int level_letter(char c);

/* Sets extended.level as it is written, and the severity unless there is one. */
void level_set(struct slice name, int severity, struct parsed *out);

#endif
