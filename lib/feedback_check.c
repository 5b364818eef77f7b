/* Which rules see the SIEM events of which: a graph that must have no circle and no long way. */
/* SPDX-License-Identifier: MIT */
#include "feedback.h"

#include "json.h"
#include "memory.h"

#include <stdlib.h>

/* Of each rule: how long the longest way is that ends in it, once that is known. */
enum { UNKNOWN = -1, IN_HAND = -2 };

struct graph {
	const struct rules *rules;
	int *depth;
	size_t *below; /* the rule in hand above each rule in hand */
	struct buffer line;
	struct error *err;
};

static bool could(struct match *match, const struct event *event)
{
	return match != NULL && match_mentions(match, FIELD_SOURCE_RULE) &&
	       match_could(match, FIELD_SOURCE_RULE, event);
}

/* Can the rule see what the one of that name writes? */
static bool sees(struct graph *graph, struct rule *rule, const struct rule *other)
{
	struct event event;
	struct error ignored;

	if (!rule->feeds || !rule->enabled || !other->enabled)
		return false;
	graph->line.len = 0;
	buffer_add(&graph->line, SLICE("{\"source_rule\":"));
	json_add_string(&graph->line, slice_of(other->name));
	buffer_add_char(&graph->line, '}');
	if (!event_read(&event, buffer_slice(&graph->line), &ignored))
		return true;
	bool seen = could(rule->when, &event);
	for (size_t i = 0; i < RULE_STEPS_MAX; i++)
		seen = seen || could(rule->steps[i], &event);
	/* What is certainly excepted: all but what "not unless" leaves. */
	return seen && !(rule->unless != NULL && match_must(rule->unless, FIELD_SOURCE_RULE, &event));
}

/* The rules from this one up to it again, the way of the events. */
static bool tell_circle(const struct graph *graph, size_t from, size_t to)
{
	struct buffer names = { 0 };

	buffer_add(&names, slice_of(graph->rules->list[from]->name));
	for (size_t at = to; at != from; at = graph->below[at])
		buffer_printf(&names, " -> %s", graph->rules->list[at]->name);
	buffer_printf(&names, " -> %s", graph->rules->list[from]->name);
	error_set(graph->err,
		  "rules feed each other without end: %s (an \"unless\" with \"source_rule\" keeps one out)",
		  buffer_text(&names));
	buffer_clear(&names);
	return false;
}

static bool walk(struct graph *graph, size_t at)
{
	int depth = 0;

	graph->depth[at] = IN_HAND;
	for (size_t i = 0; i < graph->rules->count; i++) {
		if (!sees(graph, graph->rules->list[at], graph->rules->list[i]))
			continue;
		if (graph->depth[i] == IN_HAND)
			return tell_circle(graph, i, at);
		graph->below[i] = at;
		if (graph->depth[i] == UNKNOWN && !walk(graph, i))
			return false;
		if (graph->depth[i] >= depth)
			depth = graph->depth[i] + 1;
	}
	graph->depth[at] = depth;
	return depth <= FEEDBACK_DEPTH_MAX ||
	       error_set(graph->err, "rule %s stands on more than %d others, one over the other",
			 graph->rules->list[at]->name, FEEDBACK_DEPTH_MAX);
}

bool feedback_check(const struct rules *rules, struct error *err)
{
	struct graph graph = { .rules = rules, .err = err };
	bool ok = true;

	graph.depth = memory_new(rules->count, sizeof *graph.depth);
	graph.below = memory_new(rules->count, sizeof *graph.below);
	for (size_t i = 0; i < rules->count; i++)
		graph.depth[i] = UNKNOWN;
	for (size_t i = 0; ok && i < rules->count; i++)
		if (graph.depth[i] == UNKNOWN)
			ok = walk(&graph, i);
	free(graph.depth);
	free(graph.below);
	buffer_clear(&graph.line);
	return ok;
}
