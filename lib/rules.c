/* Files of rules: siemstress's {"rules_auth": [..]} or a plain array. */
/* SPDX-License-Identifier: MIT */
#include "rule.h"

#include "document.h"
#include "feedback.h"
#include "let.h"
#include "memory.h"

#include <stdlib.h>

static void keep(struct rules *rules, struct rule *rule)
{
	rule->file = rules->files[rules->file_count - 1];
	rules->list = memory_grow(rules->list, &rules->room, rules->count + 1, sizeof *rules->list);
	rules->list[rules->count++] = rule;
}

static bool add_list(struct rules *rules, const json_t *list, const char *dir, const json_t *let, struct error *err)
{
	size_t i;
	json_t *json;

	json_array_foreach(list, i, json)
	{
		struct rule *rule = rule_new(json, dir, let, err);
		if (rule == NULL) {
			const char *name = json_string_value(json_object_get(json, "name"));
			return name ? error_within(err, "rule %zu (%s)", i + 1, name)
				    : error_within(err, "rule %zu", i + 1);
		}
		keep(rules, rule);
	}
	return true;
}

static bool add_document(struct rules *rules, const json_t *document, const char *dir, struct error *err)
{
	const char *name;
	json_t *list;

	if (json_is_array(document))
		return add_list(rules, document, dir, NULL, err);
	if (!json_is_object(document))
		return error_set(err, "must be {\"rules_NAME\": [..]} or an array of rules");
	const json_t *let = json_object_get(document, "let");
	if (let != NULL && !let_check(let, err))
		return error_within(err, "let");
	json_object_foreach((json_t *)(uintptr_t)document, name, list)
	{
		if (list == let)
			continue;
		if (strncmp(name, "rules", strlen("rules")) != 0 || !json_is_array(list))
			return error_set(err, "'%s' is no list of rules: {\"rules_NAME\": [..]}", name);
		if (!add_list(rules, list, dir, let, err))
			return false;
	}
	return true;
}

static void add_file(struct rules *rules, const char *path)
{
	rules->files = memory_grow(rules->files, &rules->file_room, rules->file_count + 1, sizeof *rules->files);
	rules->files[rules->file_count++] = memory_text(slice_of(path));
}

bool rules_load(struct rules *rules, const char *path, struct error *err)
{
	json_t *document = document_load(path, err);
	if (document == NULL)
		return false;

	char *dir = document_folder(path);
	add_file(rules, path);
	const bool ok = add_document(rules, document, dir, err) || error_within(err, "%s", path);
	json_decref(document);
	free(dir);
	return ok;
}

static int by_name(const void *a, const void *b)
{
	return strcmp((*(struct rule *const *)a)->name, (*(struct rule *const *)b)->name);
}

bool rules_ready(struct rules *rules, struct error *err)
{
	if (rules->count > 0)
		qsort(rules->list, rules->count, sizeof(struct rule *), by_name);
	for (size_t i = 1; i < rules->count; i++)
		if (by_name(&rules->list[i - 1], &rules->list[i]) == 0)
			return error_set(err, "two rules are named '%s' (%s, %s)", rules->list[i]->name,
					 rules->list[i - 1]->file, rules->list[i]->file);
	return feedback_check(rules, err);
}

struct rule *rules_find(const struct rules *rules, const char *name, struct error *err)
{
	const char **names = memory_new(rules->count + 1, sizeof *names);

	for (size_t i = 0; i < rules->count; i++) {
		names[i] = rules->list[i]->name;
		if (strcmp(names[i], name) == 0) {
			free(names);
			return rules->list[i];
		}
	}
	const char *near = nearest_word(slice_of(name), names);
	error_set(err, "no rule is named '%.200s'%s%.200s", name, near ? "; did you mean " : "", near ? near : "");
	free(names);
	return NULL;
}

void rules_clear(struct rules *rules)
{
	for (size_t i = 0; i < rules->count; i++)
		rule_free(rules->list[i]);
	for (size_t i = 0; i < rules->file_count; i++)
		free(rules->files[i]);
	free(rules->list);
	free(rules->files);
	*rules = (struct rules){ 0 };
}
