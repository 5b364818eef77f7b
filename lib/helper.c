/* Helper files: each record is checked to the letter, and what is wrong is named with file, helper and key. */
/* SPDX-License-Identifier: MIT */
#include "helper.h"
#include "document.h"
#include "memory.h"

#include <stdlib.h>

enum {
	NAME_MAX_BYTES = 128, /* of var_name */
};

/* A file being read. */
struct loading {
	struct helpers *helpers;
	const char *path;
	const char *table; /* name of the list in hand, or NULL: the file is one */
	size_t number;	   /* of the helper in hand in its list, from 1 */
	size_t first_when; /* where those of this file start: |in reads files relative to it */
	char *dir;
};

static const char *const keys[] = { "name", "desc", "reg_exp", "var_name", "field", "when", "values", "set", NULL };
static const char *const value_words[] = { "all", "first", NULL };

/* " (did you mean 'x'?)" or what else there is. */
static bool unknown_word(struct error *err, const char *what, const char *word, const char *const *words)
{
	const char *near = nearest_word(slice_of(word), words);
	struct buffer list = { 0 };
	if (near != NULL)
		return error_set(err, "%s '%s' is not known; did you mean '%s'?", what, word, near);
	for (size_t i = 0; words[i] != NULL; i++)
		buffer_printf(&list, "%s%s", i > 0 ? ", " : "", words[i]);
	error_set(err, "%s '%s' is not known; there are: %s", what, word, buffer_text(&list));
	buffer_clear(&list);
	return false;
}

static bool check_keys(json_t *record, struct error *err)
{
	const char *key;
	json_t *value;
	json_object_foreach(record, key, value)
	{
		bool known = false;
		for (size_t i = 0; keys[i] != NULL && !known; i++)
			known = strcmp(key, keys[i]) == 0;
		if (!known)
			return unknown_word(err, "key", key, keys);
	}
	return true;
}

/* The text of a key, or NULL in *text where it is absent; true unless it is something else than a text. */
static bool read_text(json_t *record, const char *key, struct slice *text, struct error *err)
{
	const json_t *value = json_object_get(record, key);
	*text = (struct slice){ NULL, 0 };
	if (value == NULL)
		return true;
	if (!json_is_string(value))
		return error_set(err, "%s: must be a text in quotes", key);
	*text = (struct slice){ json_string_value(value), json_string_length(value) };
	return text->len > 0 || error_set(err, "%s: is empty", key);
}

static char *label_of(const struct loading *loading, json_t *record)
{
	const char *name = json_string_value(json_object_get(record, "name"));
	struct buffer label = { 0 };
	if (name != NULL && *name != '\0')
		buffer_printf(&label, "%s: helper '%s'", loading->path, name);
	else if (loading->table != NULL)
		buffer_printf(&label, "%s: helper %zu of '%s'", loading->path, loading->number, loading->table);
	else
		buffer_printf(&label, "%s: helper %zu", loading->path, loading->number);
	char *text = memory_text(buffer_slice(&label));
	buffer_clear(&label);
	return text;
}

/* What siem-parse says about the line itself is not for helpers. */
static bool is_settable(enum field field)
{
	return field >= FIELD_EVENT_END || (field >= FIELD_FACILITY && field <= FIELD_MESSAGE);
}

static bool check_groups(const struct pattern *pattern, struct error *err)
{
	for (unsigned i = 1; i <= pattern_groups(pattern); i++) {
		const char *name = pattern_group_name(pattern, i);
		if (name != NULL && !is_settable(field_find(slice_of(name))))
			return error_set(err, "group '%s' has the name of a field that helpers cannot set", name);
	}
	return true;
}

static bool read_expression(struct helper *helper, json_t *record, struct error *err)
{
	struct slice text;
	if (!read_text(record, "reg_exp", &text, err))
		return false;
	if (text.ptr == NULL)
		return error_set(err, "reg_exp: is missing");
	helper->reg_exp = memory_text(text);
	helper->pattern = pattern_new(text, false, err);
	return (helper->pattern != NULL && check_groups(helper->pattern, err)) || error_within(err, "reg_exp");
}

static bool has_named_group(const struct pattern *pattern)
{
	for (unsigned i = 1; i <= pattern_groups(pattern); i++)
		if (pattern_group_name(pattern, i) != NULL)
			return true;
	return false;
}

static bool check_set(const char *name, const json_t *value, struct error *err)
{
	const enum field field = field_find(slice_of(name));
	if (*name == '\0' || strlen(name) > NAME_MAX_BYTES || strchr(name, '.') != NULL)
		return error_set(err, "'%s' must be a name of 1 to %d bytes without a dot", name, NAME_MAX_BYTES);
	if (!is_settable(field))
		return error_set(err, "'%s' is a field that helpers cannot set", name);
	if (field < FIELD_EVENT_END && field_table[field].kind != FIELD_STRING)
		return error_set(err, "'%s' is a field for numbers, which no constant is for", name);
	return (json_is_string(value) && json_string_length(value) > 0) ||
	       error_set(err, "'%s' must be a text in quotes that is not empty", name);
}

static bool read_sets(struct helper *helper, json_t *record, struct error *err)
{
	const char *name;
	json_t *value, *sets = json_object_get(record, "set");
	if (sets == NULL)
		return true;
	if (json_object_size(sets) == 0)
		return error_set(err, "set: must be an object {..} of names and texts");
	helper->sets = memory_new(json_object_size(sets), sizeof *helper->sets);
	json_object_foreach(sets, name, value)
	{
		if (!check_set(name, value, err))
			return error_within(err, "set");
		const struct slice text = { json_string_value(value), json_string_length(value) };
		helper->sets[helper->set_count++] =
		    (struct helper_set){ memory_text(slice_of(name)), memory_text(text) };
	}
	return true;
}

static bool read_var_name(struct helper *helper, json_t *record, struct error *err)
{
	struct slice name;
	if (!read_text(record, "var_name", &name, err))
		return false;
	if (name.ptr == NULL)
		return has_named_group(helper->pattern) || json_object_get(record, "set") != NULL ||
		       error_set(err, "var_name: is missing, and there is neither a named group in reg_exp nor a set");
	if (name.len > NAME_MAX_BYTES)
		return error_set(err, "var_name: longer than %d bytes", NAME_MAX_BYTES);
	if (slice_find(name, '.') < name.len)
		return error_set(err, "var_name: '%s' has a dot; no rule could ask for it", name.ptr);
	helper->var_name = memory_text(name);
	return true;
}

static bool read_field(struct helper *helper, json_t *record, struct error *err)
{
	struct slice field;
	if (!read_text(record, "field", &field, err))
		return false;
	if (field.ptr == NULL)
		field = SLICE("message");
	return path_read(&helper->field, field, err) || error_within(err, "field");
}

static bool read_values(struct helper *helper, json_t *record, struct error *err)
{
	struct slice word;
	if (!read_text(record, "values", &word, err))
		return false;
	helper->first = helper->var_name == NULL && !has_named_group(helper->pattern); /* once is enough for set */
	if (word.ptr == NULL || slice_is(word, "all"))
		return true;
	helper->first = slice_is(word, "first");
	return helper->first || (unknown_word(err, "word", word.ptr, value_words), error_within(err, "values"));
}

static struct helper_when *known_when(const struct loading *loading, json_t *criteria)
{
	for (size_t i = loading->first_when; i < loading->helpers->when_count; i++)
		if (json_equal(loading->helpers->whens[i]->criteria, criteria))
			return loading->helpers->whens[i];
	return NULL;
}

static bool read_when(const struct loading *loading, struct helper *helper, json_t *record, struct error *err)
{
	json_t *criteria = json_object_get(record, "when");
	if (criteria == NULL)
		return true;
	helper->when = known_when(loading, criteria);
	if (helper->when != NULL)
		return true;

	struct match *match = match_new(criteria, loading->dir, err);
	if (match == NULL)
		return error_within(err, "when");
	struct helpers *all = loading->helpers;
	all->whens = memory_grow(all->whens, &all->when_room, all->when_count + 1, sizeof *all->whens);
	helper->when = all->whens[all->when_count++] = memory_new(1, sizeof *helper->when);
	helper->when->criteria = json_incref(criteria);
	helper->when->match = match;
	helper->when->label = memory_text(slice_of(helper->label));
	return true;
}

static bool read_record(const struct loading *loading, struct helper *helper, json_t *record, struct error *err)
{
	struct slice ignored;
	return check_keys(record, err) && read_text(record, "name", &ignored, err) &&
	       read_text(record, "desc", &ignored, err) && read_expression(helper, record, err) &&
	       read_var_name(helper, record, err) && read_sets(helper, record, err) &&
	       read_field(helper, record, err) && read_values(helper, record, err) &&
	       read_when(loading, helper, record, err);
}

static bool read_helper(const struct loading *loading, json_t *record, struct error *err)
{
	struct helpers *all = loading->helpers;
	all->rows = memory_grow(all->rows, &all->room, all->count + 1, sizeof *all->rows);
	struct helper *helper = &all->rows[all->count++];
	*helper = (struct helper){ .label = label_of(loading, record) };
	if (!json_is_object(record))
		return error_set(err, "%s: must be an object {..}", helper->label);
	return read_record(loading, helper, record, err) || error_within(err, "%s", helper->label);
}

static bool read_list(struct loading *loading, json_t *list, struct error *err)
{
	json_t *record;
	if (!json_is_array(list))
		return error_set(err, "%s: '%s': must be a list [..] of helpers", loading->path, loading->table);
	json_array_foreach(list, loading->number, record)
	{
		struct loading in_hand = *loading;
		in_hand.number++;
		if (!read_helper(&in_hand, record, err))
			return false;
	}
	return true;
}

static bool read_file(struct loading *loading, json_t *root, struct error *err)
{
	json_t *list;
	if (json_is_array(root))
		return read_list(loading, root, err);
	json_object_foreach(root, loading->table, list) if (!read_list(loading, list, err)) return false;
	return true;
}

bool helpers_load(struct helpers *helpers, const char *path, struct error *err)
{
	json_t *root = document_load(path, err);
	if (root == NULL)
		return false;

	struct loading loading = { .helpers = helpers, .path = path, .first_when = helpers->when_count };
	loading.dir = document_folder(path);
	const bool ok = read_file(&loading, root, err);
	free(loading.dir);
	json_decref(root);
	return ok;
}

static void helper_clear(struct helper *helper)
{
	free(helper->label);
	free(helper->reg_exp);
	free(helper->var_name);
	for (size_t i = 0; i < helper->set_count; i++) {
		free(helper->sets[i].name);
		free(helper->sets[i].value);
	}
	free(helper->sets);
	pattern_free(helper->pattern);
	path_clear(&helper->field);
}

void helpers_free(struct helpers *helpers)
{
	for (size_t i = 0; i < helpers->count; i++)
		helper_clear(&helpers->rows[i]);
	for (size_t i = 0; i < helpers->when_count; i++) {
		json_decref(helpers->whens[i]->criteria);
		match_free(helpers->whens[i]->match);
		free(helpers->whens[i]->label);
		free(helpers->whens[i]);
	}
	free(helpers->rows);
	free(helpers->whens);
	*helpers = (struct helpers){ 0 };
}

unsigned helper_list_group(const struct helper *helper)
{
	return pattern_groups(helper->pattern) > 0 ? 1 : 0;
}
