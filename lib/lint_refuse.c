/* What is invalid in a file of rules: all of it, not the first fault alone. */
/* SPDX-License-Identifier: MIT */
#include "lint.h"

#include "document.h"
#include "rule.h"

#include <stdlib.h>

enum {
	FAULTS_MAX = 100, /* of one rule that are told */
	MEMBER_MAX = 256, /* bytes of the name of a member */
};

/* Takes the member out that the words of a fault begin with ("when: message|contians: no such .."). */
static bool take_out(json_t *json, const char *words)
{
	json_t *parent = NULL, *at = json;
	char name[MEMBER_MAX] = "", last[MEMBER_MAX] = "";
	size_t index = 0;

	for (const char *end; (end = strstr(words, ": ")) != NULL && (size_t)(end - words) < sizeof name;
	     words = end + 2) {
		memcpy(name, words, (size_t)(end - words));
		name[end - words] = '\0';
		json_t *next = json_is_array(at) && name[0] == '[' ? json_array_get(at, strtoul(name + 1, NULL, 10))
								   : json_object_get(at, name);
		if (next == NULL)
			break;
		index = name[0] == '[' ? strtoul(name + 1, NULL, 10) : 0;
		memcpy(last, name, sizeof last);
		parent = at;
		at = next;
	}
	if (parent == NULL)
		return false;
	return (json_is_array(parent) ? json_array_set_new(parent, index, json_object())
				      : json_object_del(parent, last)) == 0;
}

/* Tells all that is wrong in one: without what is told already, what comes next is found. */
static void refuse_rule(struct lint *lint, const json_t *json, const char *dir, const json_t *let)
{
	json_t *rest = json_deep_copy(json);
	struct error err;

	for (int faults = 0; faults < FAULTS_MAX; faults++) {
		struct rule *rule = rule_new(rest, dir, let, &err);
		rule_free(rule);
		if (rule != NULL)
			break;
		/* What is needed and was told to be wrong is not told to be missing besides. */
		if (faults == 0 || strstr(err.text, ": is missing") == NULL)
			lint_refuse(lint, err.text);
		if (!take_out(rest, err.text))
			break;
	}
	json_decref(rest);
}

static const char *name_of(const json_t *json)
{
	const char *name = json_string_value(json_object_get(json, "name"));
	return name != NULL ? name : "(no name)";
}

static void refuse_list(struct lint *lint, const json_t *list, const char *dir, const json_t *let)
{
	size_t i;
	json_t *json;

	json_array_foreach(list, i, json)
	{
		struct error err;
		struct rule *rule = rule_new(json, dir, let, &err);
		lint->name = name_of(json);
		if (rule == NULL)
			refuse_rule(lint, json, dir, let);
		rule_free(rule);
	}
	lint->name = NULL;
}

void lint_refuse_file(struct lint *lint, const char *words)
{
	struct error err;
	const char *name;
	json_t *list, *document = document_load(lint->file, &err);
	char *dir = document_folder(lint->file);
	const unsigned before = lint->findings;

	if (json_is_array(document))
		refuse_list(lint, document, dir, NULL);
	json_object_foreach(document, name, list) if (json_is_array(list))
	    refuse_list(lint, list, dir, json_object_get(document, "let"));
	if (lint->findings == before) { /* what is wrong is no rule: the words name the file */
		lint->file = NULL;
		lint_refuse(lint, words);
	}
	free(dir);
	json_decref(document);
}
