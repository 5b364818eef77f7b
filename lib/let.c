/* Criteria under a name: "let": {"failed": {..}}, and "failed" wherever criteria may stand. */
/* SPDX-License-Identifier: MIT */
#include "let.h"

enum {
	LET_DEPTH_MAX = 32,
	LET_PLACES_MAX = 10000, /* of criteria in one rule: names that stand for lists of names grow quickly */
};

struct letting {
	const json_t *own, *shared;
	struct error *err;
	unsigned places;
};

static json_t *resolve(struct letting *letting, json_t *criteria, int depth);

bool let_check(const json_t *let, struct error *err)
{
	const char *name;
	json_t *criteria;

	if (!json_is_object(let))
		return error_set(err, "must be an object of named criteria");
	json_object_foreach((json_t *)(uintptr_t)let, name, criteria)
	{
		if (strcmp(name, "self") == 0)
			return error_set(err, "self: this name has a meaning of its own");
		if (!json_is_object(criteria) && !json_is_array(criteria) && !json_is_string(criteria))
			return error_set(err, "%s: must be an object (all of it), an array (any of it) or another name",
					 name);
	}
	return true;
}

static json_t *unknown_name(struct letting *letting, const char *name)
{
	error_set(letting->err, "'%s': nothing of this name stands in \"let\"", name);
	return NULL;
}

static json_t *resolve_name(struct letting *letting, const char *name, int depth)
{
	json_t *criteria = json_object_get(letting->own, name);
	if (criteria == NULL)
		criteria = json_object_get(letting->shared, name);
	return criteria ? resolve(letting, criteria, depth + 1) : unknown_name(letting, name);
}

static json_t *resolve_list(struct letting *letting, const json_t *list, int depth)
{
	size_t i;
	json_t *criteria, *to = json_array();

	json_array_foreach(list, i, criteria)
	{
		json_t *one = resolve(letting, criteria, depth + 1);
		if (one == NULL) {
			error_within(letting->err, "[%zu]", i);
			json_decref(to);
			return NULL;
		}
		json_array_append_new(to, one);
	}
	return to;
}

/* Of an object only "not" holds criteria. */
static json_t *resolve_object(struct letting *letting, json_t *object, int depth)
{
	json_t *inner = json_object_get(object, "not");
	if (inner == NULL)
		return json_incref(object);
	json_t *one = resolve(letting, inner, depth + 1);
	if (one == NULL) {
		error_within(letting->err, "not");
		return NULL;
	}
	json_t *to = json_copy(object);
	json_object_set_new(to, "not", one);
	return to;
}

static json_t *resolve(struct letting *letting, json_t *criteria, int depth)
{
	if (depth > LET_DEPTH_MAX || ++letting->places > LET_PLACES_MAX) {
		error_set(letting->err, "let: names that stand for each other, or for too much");
		return NULL;
	}
	if (json_is_string(criteria))
		return resolve_name(letting, json_string_value(criteria), depth);
	if (json_is_array(criteria))
		return resolve_list(letting, criteria, depth);
	return json_is_object(criteria) ? resolve_object(letting, criteria, depth) : json_incref(criteria);
}

static bool resolve_member(struct letting *letting, json_t *rule, const char *name)
{
	json_t *criteria = json_object_get(rule, name);
	const char *text = json_string_value(criteria);

	if (criteria == NULL || (text != NULL && strcmp(text, "self") == 0))
		return true;
	json_t *resolved = resolve(letting, criteria, 0);
	if (resolved == NULL)
		return error_within(letting->err, "%s", name);
	json_object_set_new(rule, name, resolved);
	return true;
}

json_t *let_resolve(const json_t *rule, const json_t *shared, struct error *err)
{
	static const char *const names[] = { "when", "unless", "sequence", "all", "expect", NULL };
	struct letting letting = { json_object_get(rule, "let"), shared, err, 0 };

	if (letting.own != NULL && !let_check(letting.own, err)) {
		error_within(err, "let");
		return NULL;
	}
	json_t *to = json_copy((json_t *)(uintptr_t)rule);
	json_object_del(to, "let");
	for (const char *const *name = names; *name != NULL; name++)
		if (!resolve_member(&letting, to, *name)) {
			json_decref(to);
			return NULL;
		}
	return to;
}
