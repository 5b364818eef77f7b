/* Findings, a line each, and what rules and helpers have in common: criteria and expressions. */
/* SPDX-License-Identifier: MIT */
#include "lint.h"

#include "criterion.h"
#include "lint_expression.h"
#include "terminal.h"

#include <stdarg.h>
#include <stdio.h>

enum {
	WORDS_MAX = 1000,
	SHOWN_MAX = 60, /* bytes of an expression */
};

static void __attribute__((format(printf, 3, 0)))
tell(struct lint *lint, const char *level, const char *format, va_list words)
{
	struct buffer *to = &lint->out->text;
	char text[WORDS_MAX];

	vsnprintf(text, sizeof text, format, words);
	if (lint->file != NULL)
		terminal_add(to, slice_of(lint->file), SIZE_MAX);
	if (lint->name != NULL) {
		buffer_printf(to, ": %s \"", lint->kind);
		terminal_add(to, slice_of(lint->name), SIZE_MAX);
		buffer_add_char(to, '"');
	}
	buffer_printf(to, "%s%s", lint->file != NULL ? ": " : "", level);
	terminal_add(to, slice_of(text), SIZE_MAX);
	buffer_add_char(to, '\n');
	output_line(lint->out);
}

void lint_tell(struct lint *lint, const char *format, ...)
{
	va_list words;

	va_start(words, format);
	tell(lint, "", format, words);
	va_end(words);
	lint->findings++;
}

void lint_note(struct lint *lint, const char *format, ...)
{
	va_list words;

	if (!lint->notes)
		return;
	va_start(words, format);
	tell(lint, "note: ", format, words);
	va_end(words);
}

void lint_refuse(struct lint *lint, const char *words)
{
	lint_tell(lint, "%s", words);
	lint->invalid = true;
}

void lint_expression(struct lint *lint, const char *member, const char *expression)
{
	const struct slice text = slice_of(expression);
	const size_t len = lint_gives_up(text);
	const char *more = text.len > SHOWN_MAX ? ".." : "";

	if (len > 0)
		lint_tell(
		    lint,
		    "%s: '%.*s%s' gives up on a text of %zu bytes, which it could read in too many ways: let no two "
		    "repeats that stand together take the same characters, or make one possessive (x++)",
		    member, SHOWN_MAX, expression, more, len);
	if (lint_never_matches(text))
		lint_tell(lint, "%s: '%.*s%s' never matches: something stands before the start, or behind the end",
			  member, SHOWN_MAX, expression, more);
}

static void lint_values(struct lint *lint, const char *name, json_t *value)
{
	size_t i;
	json_t *one;

	if (json_is_string(value))
		lint_expression(lint, name, json_string_value(value));
	json_array_foreach(value, i, one) if (json_is_string(one)) lint_expression(lint, name, json_string_value(one));
}

void lint_criteria(struct lint *lint, const json_t *criteria)
{
	struct criterion_words words;
	struct error ignored;
	const char *name;
	size_t i;
	json_t *value;

	json_array_foreach(criteria, i, value) lint_criteria(lint, value);
	json_object_foreach((json_t *)(uintptr_t)criteria, name, value)
	{
		if (strcmp(name, "not") == 0)
			lint_criteria(lint, value);
		else if (criterion_words_read(&words, name, &ignored) && words.op == CRITERION_RE && !words.in)
			lint_values(lint, name, value);
	}
}
