/* One rule at work: its keys, their episodes, and what it had to pass over. */
/* SPDX-License-Identifier: MIT */
#include "watch.h"

#include "by.h"
#include "terminal.h"

#include <err.h>
#include <inttypes.h>

enum {
	ORDER_BITS = 44, /* of the number of a key within its rule */
	SHOWN_MAX = 200, /* bytes of the name of a rule in a message */
};

void watch_init(struct watch *watch, struct rule *rule, struct shared *shared, size_t place, uint64_t seed)
{
	*watch = (struct watch){ .rule = rule, .shared = shared, .keys = keys_of(seed) };
	watch->order = (uint64_t)place << ORDER_BITS;
}

/* The name of the rule for a message: files of rules are written by people, but not always by us. */
static const char *shown(const struct watch *watch, char to[SHOWN_MAX])
{
	return terminal_text(to, SHOWN_MAX, slice_of(watch->rule->name));
}

static void tell(const struct key *key, enum episode_phase phase)
{
	const struct shared *shared = key->watch->shared;
	if (phase != PHASE_CLOSE && shared->options.final)
		return;
	episode_write(shared->to, key, key->watch->rule, phase, shared->options.host);
	if (shared->options.written != NULL)
		shared->options.written(shared->options.data);
}

static bool is_open(const struct key *key)
{
	return key->episode != NULL && key->episode->open;
}

/* When something is to be done about a key unless another event comes. */
static int64_t due(const struct key *key)
{
	const struct rule *rule = key->watch->rule;

	if (is_open(key))
		return episode_ends(key->episode, rule);
	const int64_t until = rule->type->until(rule, key->state);
	if (key->episode == NULL)
		return until;
	const int64_t held = episode_held(key->episode, rule);
	return held > until ? held : until;
}

void watch_forget(struct key *key)
{
	struct watch *watch = key->watch;

	timers_remove(&watch->shared->timers, &key->timer);
	episode_free(key->episode);
	watch->rule->type->release(key->state);
	keys_remove(&watch->keys, key);
}

/* A key that is inside an open episode is never forgotten: then there is no room. */
static bool make_room(struct watch *watch)
{
	char name[SHOWN_MAX];

	if (watch->keys.count < watch->shared->options.max_keys)
		return true;
	if (watch->keys.oldest == NULL)
		return false;
	if (watch->forgotten++ == 0)
		warnx("rule %s: more than %zu keys at a time: the longest idle are forgotten (see --max-keys)",
		      shown(watch, name), watch->shared->options.max_keys);
	watch_forget(watch->keys.oldest);
	return true;
}

static struct key *key_of(struct watch *watch, struct slice text)
{
	char name[SHOWN_MAX];

	struct key *key = keys_find(&watch->keys, text);
	if (key != NULL)
		return key;
	if (!make_room(watch)) {
		if (watch->overflow++ == 0)
			warnx("rule %s: %zu keys, all in open episodes: events of further keys are not counted (see "
			      "--max-keys)",
			      shown(watch, name), watch->keys.count);
		return NULL;
	}
	key = keys_add(&watch->keys, text, watch->rule->type->state_size);
	key->watch = watch;
	key->timer = (struct timer){ .at = INT64_MAX, .order = watch->order++ };
	timers_add(&watch->shared->timers, &key->timer);
	return key;
}

static void count(struct key *key, const struct event *event, const struct sight *sight)
{
	struct watch *watch = key->watch;
	const struct rule *rule = watch->rule;

	key->event = watch->shared->event;
	key->seen++;
	const bool breach = rule->type->match(rule, key->state, sight);
	if (is_open(key)) {
		if (episode_grow(key, rule, sight))
			tell(key, PHASE_GROW);
	} else if (breach) {
		const bool again = episode_open(key, rule, event, sight);
		tell(key, again ? PHASE_REOPEN : PHASE_OPEN);
	}
	if (is_open(key))
		keys_wake(&watch->keys, key);
	else
		keys_rest(&watch->keys, key);
	/* What is due later than the timer says is found out when the timer comes. */
	if (due(key) < key->timer.at)
		timers_move(&watch->shared->timers, &key->timer, due(key));
}

void watch_event(struct watch *watch, const struct event *event, const struct sight *sight)
{
	struct by by;
	struct buffer *text = &watch->shared->text;
	unsigned n = 0;

	if (!rule_wants(watch->rule, event))
		return;
	if (!by_start(&by, watch->rule, event)) {
		watch->lacking++;
		return;
	}
	for (; n < BY_KEYS_MAX && by_next(&by, text); n++) {
		struct key *key = key_of(watch, buffer_slice(text));
		if (key != NULL && key->event != watch->shared->event)
			count(key, event, sight);
	}
	if (n == BY_KEYS_MAX && !by.done)
		watch->crowded++;
}

void watch_due(struct key *key)
{
	struct watch *watch = key->watch;
	const int64_t at = due(key);

	if (at > key->timer.at) {
		timers_move(&watch->shared->timers, &key->timer, at);
		return;
	}
	if (!is_open(key)) {
		watch_forget(key);
		return;
	}
	tell(key, PHASE_CLOSE);
	key->episode->open = false;
	key->episode->closed = at;
	keys_rest(&watch->keys, key);
}

static bool report(const char *rule, uint64_t count, const char *what)
{
	if (count > 0)
		warnx("rule %s: %" PRIu64 " %s", rule, count, what);
	return count > 0;
}

bool watch_report(const struct watch *watch)
{
	char name[SHOWN_MAX];
	const struct rule *rule = watch->rule;
	const uint64_t gave_up = match_gave_up(rule->when) + (rule->unless ? match_gave_up(rule->unless) : 0);

	shown(watch, name);
	bool any = report(name, watch->lacking, "matching events lack a field of \"by\"");
	any |= report(name, watch->crowded, "matching events had more keys than are counted of one event");
	any |= report(name, watch->forgotten, "idle keys were forgotten to make room (see --max-keys)");
	any |= report(name, watch->overflow, "matching events were not counted for want of room (see --max-keys)");
	any |= report(name, gave_up, "times a regular expression gave up at its limit");
	return any;
}

void watch_clear(struct watch *watch)
{
	keys_clear(&watch->keys);
}
