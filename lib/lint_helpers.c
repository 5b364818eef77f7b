/* Files of helpers: expressions that give up or never match, and groups that user text can move. */
/* SPDX-License-Identifier: MIT */
#include "lint.h"

#include "helper.h"
#include "lint_chosen.h"
#include "lint_criteria.h"
#include "lint_expression.h"

/* What a group is called: its name, or the list that it goes to; NULL where it is none, or nobody uses it. */
static const char *group_name(const struct helper *helper, unsigned group)
{
	const char *name = group > 0 ? pattern_group_name(helper->pattern, group) : NULL;

	return name == NULL && group > 0 && group == helper_list_group(helper) ? helper->var_name : name;
}

static void check_chosen(struct lint *lint, const struct helper *helper)
{
	const char *name = group_name(helper, lint_chosen_group(slice_of(helper->reg_exp)));

	if (name != NULL)
		lint_tell(
		    lint,
		    "reg_exp: '%s' is taken from the first place that fits behind a text that somebody chose, which "
		    "can be in that text: who logs in as \"x from 192.0.2.1\" fakes it; let the text be as long as "
		    "may be (.* instead of .*?), or bind what follows to the end with $",
		    name);
}

/* Text behind the file in what messages call it: "rules/a.json: helper 'sshd'". */
static void check_helper(struct lint *lint, const struct helper *helper)
{
	const struct slice expression = slice_of(helper->reg_exp);
	bool leading;
	const unsigned group = lint_movable_group(expression, &leading);
	const char *name = group > 0 ? pattern_group_name(helper->pattern, group) : NULL;

	lint_expression(lint, "reg_exp", helper->reg_exp);
	check_chosen(lint, helper);
	if (group == 0 || (name == NULL && group != helper_list_group(helper)))
		return;
	static const char what[] = "reg_exp: '%s' is taken from wherever \".*\" leads: who writes a part of the text "
				   "can fake it; say what stands "
				   "before it instead, or bind what follows to the end with $";
	if (leading)
		lint_tell(lint, what, name ? name : helper->var_name ? helper->var_name : "the match");
	else
		lint_note(lint, what, name ? name : helper->var_name ? helper->var_name : "the match");
}

static void check_when(struct lint *lint, const struct helper_when *when)
{
	const struct lint_together together = { .when = when->criteria };
	struct buffer why = { 0 };

	lint_criteria(lint, when->criteria);
	if (lint_impossible(&together, &why))
		lint_tell(lint, "when: can never match: %s", buffer_text(&why));
	buffer_clear(&why);
}

/* Labels are for messages: file, then the helper in quotes or by its number. */
static void name_helper(struct lint *lint, const char *label)
{
	lint->file = label;
	lint->name = NULL;
}

enum status lint_helpers(const char *const *files, size_t count, bool notes, struct output *out)
{
	struct lint lint = { .out = out, .notes = notes, .kind = "helper" };
	struct helpers helpers = { 0 };
	struct error err;

	for (size_t i = 0; i < count; i++)
		if (!helpers_load(&helpers, files[i], &err)) {
			lint_refuse(&lint, err.text); /* names its file itself */
			helpers_free(&helpers);
		}
	for (size_t i = 0; i < helpers.count && !lint.invalid; i++) {
		name_helper(&lint, helpers.rows[i].label);
		check_helper(&lint, &helpers.rows[i]);
	}
	for (size_t i = 0; i < helpers.when_count && !lint.invalid; i++) {
		name_helper(&lint, helpers.whens[i]->label);
		check_when(&lint, helpers.whens[i]);
	}
	helpers_free(&helpers);
	return lint.invalid ? STATUS_MISUSE : lint.findings > 0 ? STATUS_REFUSED : STATUS_OK;
}
