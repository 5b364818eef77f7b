/* Reading criteria: what is cheap to ask comes first. */
/* SPDX-License-Identifier: MIT */
#include "match_inside.h"

#include "memory.h"
#include "value_list.h"

#include <stdlib.h>

enum {
	MATCH_DEPTH_MAX = 32,
};

/* What is the same in all of the criteria while they are read. */
struct reading {
	struct match *match;
	const char *dir;
	struct error *err;
};

static bool add_criteria(struct reading *reading, const json_t *criteria, int depth);

static size_t open_node(struct match *match, enum node_kind kind)
{
	match->nodes = memory_grow(match->nodes, &match->room, match->count + 1, sizeof *match->nodes);
	match->nodes[match->count] = (struct node){ .kind = kind };
	return match->count++;
}

static void close_node(struct match *match, size_t node)
{
	match->nodes[node].next = match->count;
}

static bool add_test(struct reading *reading, const struct criterion_words *words, const json_t *values)
{
	struct match *match = reading->match;
	const size_t node = open_node(match, NODE_TEST);
	match->nodes[node].criterion = memory_new(1, sizeof(struct criterion));
	close_node(match, node);
	if (!criterion_init(match->nodes[node].criterion, words, values, reading->err))
		return false;
	match->mentioned |= UINT64_C(1) << match->nodes[node].criterion->path.field;
	return true;
}

/* |all: each value on its own, and all of them. */
static bool add_all(struct reading *reading, const struct criterion_words *words, const json_t *values)
{
	size_t i;
	json_t *value;

	const size_t node = open_node(reading->match, NODE_AND);
	json_array_foreach(values, i, value)
	{
		json_t *one = json_pack("[O]", value);
		const bool ok = add_test(reading, words, one);
		json_decref(one);
		if (!ok)
			return false;
	}
	close_node(reading->match, node);
	return json_array_size(values) > 0 || error_set(reading->err, "an empty list never matches");
}

/* The values as an array, to be released. */
static json_t *values_of(struct reading *reading, const struct criterion_words *words, json_t *value)
{
	if (words->in)
		return value_list(value, reading->dir, reading->err);
	return json_is_array(value) ? json_incref(value) : json_pack("[O]", value);
}

static bool add_named(struct reading *reading, const char *name, json_t *value)
{
	struct criterion_words words;

	if (!criterion_words_read(&words, name, reading->err))
		return false;
	json_t *values = values_of(reading, &words, value);
	const bool ok = values != NULL && (words.all ? add_all : add_test)(reading, &words, values);
	json_decref(values);
	return ok || error_within(reading->err, "%s", name);
}

static bool add_not(struct reading *reading, const json_t *criteria, int depth)
{
	const size_t node = open_node(reading->match, NODE_NOT);
	if (!add_criteria(reading, criteria, depth + 1))
		return error_within(reading->err, "not");
	close_node(reading->match, node);
	return true;
}

/* What is cheap is asked first: 0 equality and numbers, 1 searching, 2 expressions and what is nested. */
enum { COST_LEAST, COST_SEARCH, COST_MOST };

static int cost_of_test(const char *name)
{
	struct criterion_words words;
	struct error ignored;

	if (!criterion_words_read(&words, name, &ignored) || words.op == CRITERION_RE)
		return COST_MOST;
	return words.op >= CRITERION_CONTAINS && words.op <= CRITERION_ENDSWITH ? COST_SEARCH : COST_LEAST;
}

/* A "not" costs what is in it. */
static int cost_of(const char *name, json_t *value)
{
	if (strcmp(name, "not") != 0)
		return cost_of_test(name);
	if (!json_is_object(value))
		return COST_MOST;
	int cost = COST_LEAST;
	const char *inner;
	json_t *ignored;
	json_object_foreach(value, inner, ignored)
	{
		const int part = strcmp(inner, "not") == 0 ? COST_MOST : cost_of_test(inner);
		cost = part > cost ? part : cost;
	}
	return cost;
}

static bool add_object(struct reading *reading, const json_t *criteria, int depth)
{
	const char *name;
	json_t *value;

	for (int cost = COST_LEAST; cost <= COST_MOST; cost++)
		json_object_foreach((json_t *)(uintptr_t)criteria, name, value)
		{
			if (cost_of(name, value) != cost)
				continue;
			if (!(strcmp(name, "not") == 0 ? add_not(reading, value, depth)
						       : add_named(reading, name, value)))
				return false;
		}
	return true;
}

static bool add_array(struct reading *reading, const json_t *criteria, int depth)
{
	size_t i;
	json_t *value;

	json_array_foreach(criteria, i, value) if (!add_criteria(reading, value, depth + 1)) return error_within(
	    reading->err, "[%zu]", i);
	return json_array_size(criteria) > 0 || error_set(reading->err, "an empty list never matches");
}

static bool add_criteria(struct reading *reading, const json_t *criteria, int depth)
{
	if (depth > MATCH_DEPTH_MAX)
		return error_set(reading->err, "more than %d levels", MATCH_DEPTH_MAX);
	if (!json_is_object(criteria) && !json_is_array(criteria))
		return error_set(reading->err, "must be an object (all of it) or an array (any of it)");
	const bool object = json_is_object(criteria);
	const size_t node = open_node(reading->match, object ? NODE_AND : NODE_OR);
	if (!(object ? add_object : add_array)(reading, criteria, depth))
		return false;
	close_node(reading->match, node);
	return true;
}

struct match *match_new(const json_t *criteria, const char *dir, struct error *err)
{
	struct match *match = memory_new(1, sizeof *match);
	struct reading reading = { match, dir, err };

	if (add_criteria(&reading, criteria, 1))
		return match;
	match_free(match);
	return NULL;
}
