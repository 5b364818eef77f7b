/* Running the helpers over an event: screen, criteria, expression, and what it finds into the line. */
/* SPDX-License-Identifier: MIT */
#include "enrich.h"
#include "findings.h"
#include "memory.h"
#include "source.h"
#include "terminal.h"

#include <err.h>
#include <inttypes.h>
#include <stdlib.h>

/* A match may look through all of the text, and there may be one at each place: matches times bytes are bounded. */
#define SEARCH_BYTES_MAX UINT64_C(10000000000)

enum {
	SEARCH_MATCHES_MIN = 1000, /* that are taken from any text, however long */
};

/* Where the text of a named group, or a constant one, goes: to a field where name is NULL. */
struct target {
	unsigned group;
	struct slice constant; /* len 0: the group's text */
	enum field field;
	struct extend_name *name;
};

/* A helper with everything looked up. */
struct plan {
	const struct helper *helper;
	size_t source;
	struct extend_name *list; /* or NULL */
	struct target *targets;
	size_t target_count;
	uint64_t gave_up;
};

struct enrich {
	const struct helpers *helpers;
	struct plan *plans;
	size_t plan_count;
	struct source *sources;
	size_t source_count, source_room;
	struct source **busy; /* those that have candidates left, in no order: most have none in most events */
	size_t busy_count;
	struct findings findings;
	uint64_t number; /* of the event in hand */
	uint64_t too_long;
};

static size_t source_of(struct enrich *enrich, const struct path *path)
{
	for (size_t i = 0; i < enrich->source_count; i++)
		if (strcmp(enrich->sources[i].path->name, path->name) == 0)
			return i;
	enrich->sources =
	    memory_grow(enrich->sources, &enrich->source_room, enrich->source_count + 1, sizeof *enrich->sources);
	source_init(&enrich->sources[enrich->source_count], path);
	return enrich->source_count++;
}

/* Finds the place of a target that has its text. */
static bool plan_target(struct enrich *enrich, struct plan *plan, const char *name, struct target what,
			struct error *err)
{
	if (name == NULL)
		return true;
	struct target *target = &plan->targets[plan->target_count++];
	*target = what;
	target->field = field_find(slice_of(name));
	if (target->field < FIELD_EVENT_END)
		return true;
	target->name = extend_name(&enrich->findings.extend, name, false, plan->helper->label, err);
	return target->name != NULL;
}

static bool plan_helper(struct enrich *enrich, const struct helper *helper, struct error *err)
{
	const size_t number = enrich->plan_count++;
	struct plan *plan = &enrich->plans[number];
	const unsigned groups = pattern_groups(helper->pattern);
	plan->helper = helper;
	plan->source = source_of(enrich, &helper->field);
	plan->targets = memory_new(groups + helper->set_count, sizeof *plan->targets);
	source_add(&enrich->sources[plan->source], slice_of(helper->reg_exp), number);

	if (helper->var_name != NULL) {
		plan->list = extend_name(&enrich->findings.extend, helper->var_name, true, helper->label, err);
		if (plan->list == NULL)
			return false;
	}
	for (unsigned group = 1; group <= groups; group++)
		if (!plan_target(enrich, plan, pattern_group_name(helper->pattern, group),
				 (struct target){ .group = group }, err))
			return false;
	for (size_t i = 0; i < helper->set_count; i++)
		if (!plan_target(enrich, plan, helper->sets[i].name,
				 (struct target){ .constant = slice_of(helper->sets[i].value) }, err))
			return false;
	return true;
}

struct enrich *enrich_new(struct helpers *helpers, struct error *err)
{
	struct enrich *enrich = memory_new(1, sizeof *enrich);
	enrich->helpers = helpers;
	enrich->plans = memory_new(helpers->count, sizeof *enrich->plans);
	for (size_t i = 0; i < helpers->count; i++)
		if (!plan_helper(enrich, &helpers->rows[i], err)) {
			enrich_free(enrich);
			return NULL;
		}
	for (size_t i = 0; i < enrich->source_count; i++)
		screen_compile(enrich->sources[i].screen);
	enrich->busy = memory_new(enrich->source_count, sizeof *enrich->busy);
	return enrich;
}

void enrich_free(struct enrich *enrich)
{
	if (enrich == NULL)
		return;
	for (size_t i = 0; i < enrich->plan_count; i++)
		free(enrich->plans[i].targets);
	for (size_t i = 0; i < enrich->source_count; i++)
		source_clear(&enrich->sources[i]);
	free(enrich->plans);
	free(enrich->sources);
	free(enrich->busy);
	findings_free(&enrich->findings);
	free(enrich);
}

/* The next candidate of all sources in the order of the helpers; NULL: no more. */
static struct plan *next_plan(struct enrich *enrich)
{
	if (enrich->busy_count == 0)
		return NULL;
	size_t next = 0;
	for (size_t i = 1; i < enrich->busy_count; i++)
		if (*enrich->busy[i]->candidates < *enrich->busy[next]->candidates)
			next = i;
	struct source *source = enrich->busy[next];
	if (--source->left == 0)
		enrich->busy[next] = enrich->busy[--enrich->busy_count];
	return &enrich->plans[*source->candidates++];
}

static void read_sources(struct enrich *enrich, const struct event *event)
{
	enrich->busy_count = 0;
	for (size_t i = 0; i < enrich->source_count; i++) {
		source_read(&enrich->sources[i], event);
		if (enrich->sources[i].left > 0)
			enrich->busy[enrich->busy_count++] = &enrich->sources[i];
	}
}

static bool when_holds(struct helper_when *when, const struct event *event, uint64_t number)
{
	if (when->asked != number) {
		when->asked = number;
		when->holds = match_event(when->match, event);
	}
	return when->holds;
}

static void take_match(struct findings *findings, const struct plan *plan, const struct slice *groups)
{
	if (plan->list != NULL)
		extend_add(&findings->extend, plan->list, groups[helper_list_group(plan->helper)]);
	for (size_t i = 0; i < plan->target_count; i++) {
		const struct target *target = &plan->targets[i];
		const struct slice text = target->constant.len > 0 ? target->constant : groups[target->group];
		if (target->name == NULL)
			findings_fill(findings, target->field, text);
		else
			extend_add(&findings->extend, target->name, text);
	}
}

/* Where the next match can start: behind this one, and behind a character where this one is empty. */
static size_t next_start(struct slice text, struct slice match, size_t from)
{
	const size_t start = (size_t)(match.ptr - text.ptr);
	size_t at = start + match.len;
	if (match.len > 0 && start >= from)
		return at;
	if (at < from)
		at = from; /* an expression may set its start back; we never go back */
	do
		at++;
	while (at < text.len && ((unsigned char)text.ptr[at] & 0xc0) == 0x80);
	return at;
}

static size_t matches_max(size_t len)
{
	const uint64_t share = SEARCH_BYTES_MAX / (len + 1);
	return share > SEARCH_MATCHES_MIN ? (size_t)share : SEARCH_MATCHES_MIN;
}

/* Takes the matches in a text; true where there are no more to be taken from the helper. */
static bool search(struct findings *findings, struct plan *plan, struct slice text)
{
	struct slice groups[PATTERN_GROUPS_MAX + 1];
	size_t left = matches_max(text.len);
	for (size_t at = 0; at <= text.len; at = next_start(text, groups[0], at)) {
		const enum pattern_result result =
		    left-- > 0 ? pattern_match(plan->helper->pattern, text, at, groups) : PATTERN_GAVE_UP;
		plan->gave_up += result == PATTERN_GAVE_UP;
		if (result != PATTERN_MATCH)
			return false;
		take_match(findings, plan, groups);
		if (plan->helper->first)
			return true;
	}
	return false;
}

static void run(struct enrich *enrich, struct plan *plan, const struct event *event)
{
	const struct source *source = &enrich->sources[plan->source];
	if (plan->helper->when != NULL && !when_holds(plan->helper->when, event, enrich->number))
		return;
	for (size_t i = 0; i < source->count; i++)
		if (search(&enrich->findings, plan, source->texts[i]))
			return;
}

static void find_all(struct enrich *enrich, const struct event *event)
{
	struct plan *plan;
	enrich->number++;
	findings_begin(&enrich->findings, event);
	read_sources(enrich, event);
	while ((plan = next_plan(enrich)) != NULL)
		run(enrich, plan, event);
}

void enrich_event(struct enrich *enrich, const struct event *event, struct buffer *to)
{
	if (enrich->plan_count == 0) {
		event_write(to, event, NULL, 0);
		return;
	}
	find_all(enrich, event);
	struct event_change changes[FIELD_EVENT_END];
	const size_t count = findings_changes(&enrich->findings, changes), start = to->len;
	event_write(to, event, changes, count);
	if (count == 0 || to->len - start <= EVENT_LINE_MAX)
		return;
	/* The next filter would refuse it. */
	enrich->too_long++;
	to->len = start;
	event_write(to, event, NULL, 0);
}

/* Names come from files that others may have written. */
static void tell(const char *name, const char *what, uint64_t count, const char *why)
{
	char shown[256];

	warnx("%s: %s %" PRIu64 " %s", terminal_text(shown, sizeof shown, slice_of(name)), what, count, why);
}

static void tell_lists(const struct extend *extend)
{
	char shown[256];

	for (size_t i = 0; i < extend->count; i++)
		if (extend->names[i]->full > 0)
			warnx("%s: %" PRIu64 " events have more values than the %d (or %d bytes) that a list holds",
			      terminal_text(shown, sizeof shown, slice_of(extend->names[i]->name)),
			      extend->names[i]->full, VALUES_MAX, VALUES_BYTES_MAX);
	if (extend->odd > 0)
		warnx("%" PRIu64 " events have an \"extended\" that is no object: nothing was added to it",
		      extend->odd);
}

void enrich_tell(const struct enrich *enrich)
{
	for (size_t i = 0; i < enrich->plan_count; i++)
		if (enrich->plans[i].gave_up > 0)
			tell(enrich->plans[i].helper->label, "reg_exp: gave up on", enrich->plans[i].gave_up,
			     "texts: it takes too many steps on them");
	for (size_t i = 0; i < enrich->helpers->when_count; i++)
		if (match_gave_up(enrich->helpers->whens[i]->match) > 0)
			tell(enrich->helpers->whens[i]->label, "when: gave up on",
			     match_gave_up(enrich->helpers->whens[i]->match), "texts: it takes too many steps on them");
	tell_lists(&enrich->findings.extend);
	if (enrich->too_long > 0)
		warnx("%" PRIu64 " events would have become longer than %d bytes: they pass as they came",
		      enrich->too_long, EVENT_LINE_MAX);
}
