/* What went wrong, in words a user can act on, filled in by the place that knows. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_ERROR_H
#define SIEM_ERROR_H

#include "slice.h"

struct error {
	char text[512];
};

/* Sets the words (cut where too long) and returns false, so that "return error_set(..)" reads well. */
bool error_set(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts words and ": " before what is there, "rules/ssh.json" before "event_limit: must be 1 or more". Returns false. */
bool error_within(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * The word of the list (ended by NULL) that is nearest to this one, for "did you mean";
 * NULL where none is near: more than a third of the letters differ (Damerau-Levenshtein).
 */
const char *nearest_word(struct slice word, const char *const *words);

#endif
