/* What a file of rules or helpers says that its author cannot have meant. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_LINT_H
#define SIEM_LINT_H

#include "output.h"
#include "status.h"

#include <jansson.h>

/* What is being looked at, and what was found so far. */
struct lint {
	struct output *out;
	bool notes;	   /* notes are wanted too */
	unsigned findings; /* notes are none */
	bool invalid;	   /* some of it cannot be used at all */
	const char *file;  /* in hand; NULL: the words name it */
	const char *kind;  /* "rule" or "helper" */
	const char *name;  /* and its name; NULL: none, or file names it too */
};

/* Adds a line: FILE: KIND "NAME": words. A note is told where notes are wanted, and counts for nothing. */
void lint_tell(struct lint *lint, const char *format, ...) __attribute__((format(printf, 2, 3)));
void lint_note(struct lint *lint, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same for what is invalid, in words of their own. */
void lint_refuse(struct lint *lint, const char *words);

/* All that is invalid in the file of rules in hand, which could not be loaded; words say why. */
void lint_refuse_file(struct lint *lint, const char *words);

/* One expression, that of a member with this name. */
void lint_expression(struct lint *lint, const char *member, const char *expression);

/* All expressions in resolved criteria. */
void lint_criteria(struct lint *lint, const json_t *criteria);

/* Looks at all of these files, together: 0 where nothing was found, 1, or 2 where some of it is invalid. */
enum status lint_rules(const char *const *files, size_t count, bool notes, struct output *out);
enum status lint_helpers(const char *const *files, size_t count, bool notes, struct output *out);

#endif
