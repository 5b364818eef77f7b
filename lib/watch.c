/* One rule at work: its keys, their episodes, and what it had to pass over. */
/* SPDX-License-Identifier: MIT */
#include "watch.h"

#include "by.h"
#include "runs.h"
#include "terminal.h"

#include <err.h>
#include <inttypes.h>
#include <stdlib.h>

enum {
	SHOWN_MAX = 200, /* bytes of the name of a rule in a message */
};

void watch_init(struct watch *watch, struct rule *rule, struct shared *shared, size_t place)
{
	*watch = (struct watch){ .rule = rule, .shared = shared, .keys = keys_of(shared->seed) };
	watch->order = (uint64_t)place << WATCH_ORDER_BITS;
}

/* The name of the rule for a message: files of rules are written by people, but not always by us. */
static const char *shown(const struct watch *watch, char to[SHOWN_MAX])
{
	return terminal_text(to, SHOWN_MAX, slice_of(watch->rule->name));
}

/* time is when it happened, by the events. */
static void tell(const struct key *key, enum episode_phase phase, int64_t time)
{
	struct shared *shared = key->watch->shared;
	if (shared->options.told != NULL)
		shared->options.told(shared->options.told_data, key, phase);
	const bool emit = shared->options.emit >> phase & 1;
	struct buffer *to = emit ? shared->to : feedback_buffer(&shared->feedback);
	if (to == NULL)
		return;
	const size_t start = to->len;
	episode_write(to, key, key->watch->rule, phase, shared->options.host);
	feedback_add(&shared->feedback, (struct slice){ to->ptr + start, to->len - start },
		     phase == PHASE_OPEN ? FED_OPEN : FED_LATER, time);
	if (emit && shared->options.written != NULL)
		shared->options.written(shared->options.data);
}

bool watch_is_open(const struct key *key)
{
	return key->episode != NULL && key->episode->open;
}

/* On the clock; *time is the same by the events. */
static int64_t deadline(const struct key *key, int64_t *time)
{
	const struct rule *rule = key->watch->rule;
	int64_t ahead = 0;

	*time = rule->type->deadline != NULL ? rule->type->deadline(rule, key->state, &ahead) : INT64_MAX;
	return *time == INT64_MAX ? INT64_MAX : *time + ahead;
}

/* When it is forgotten unless another event comes, by its own time. */
static int64_t matters_until(const struct key *key)
{
	const struct rule *rule = key->watch->rule;
	const int64_t until = rule->type->until(rule, key->state);
	if (key->episode == NULL)
		return until;
	const int64_t held = episode_held(key->episode, rule);
	return held > until ? held : until;
}

int64_t watch_until(const struct key *key)
{
	const struct rule *rule = key->watch->rule;
	if (!watch_is_open(key))
		return matters_until(key);
	const int64_t until = rule->type->until(rule, key->state), end = episode_ends(key->episode, rule);
	return end > until ? end : until;
}

/*
 * When, on the clock, something is to be done about a key unless another event comes: its own time goes on from its
 * latest event as the clock does.
 */
static int64_t due(const struct key *key)
{
	int64_t time;
	const int64_t end = watch_is_open(key) ? episode_ends(key->episode, key->watch->rule) : matters_until(key);
	const int64_t breach = deadline(key, &time);
	return breach < end + key->lag ? breach : end + key->lag;
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

static struct key *new_key(struct watch *watch, struct slice text)
{
	char name[SHOWN_MAX];

	if (!make_room(watch)) {
		if (watch->overflow++ == 0)
			warnx("rule %s: %zu keys, all in open episodes: events of further keys are not counted (see "
			      "--max-keys)",
			      shown(watch, name), watch->keys.count);
		return NULL;
	}
	struct key *key = keys_add(&watch->keys, text, watch->rule->type->state_size);
	key->watch = watch;
	key->timer = (struct timer){ .at = INT64_MAX, .order = watch->order++ };
	timers_add(&watch->shared->timers, &key->timer);
	return key;
}

/* The event in hand, or one before it, is out of order; first: a run of that key there is, or NULL. */
static struct key *mixed_key(struct watch *watch, struct key *first, struct slice text, const struct hand *hand)
{
	struct key *key = runs_find(first, hand->sight.time);

	if (key != NULL)
		run_pass(key, hand->sight.time);
	else if (!(hand->steps & watch->rule->type->begins))
		return NULL;
	else if (first != NULL)
		runs_make_room(first);
	if (key == NULL)
		key = new_key(watch, text);
	for (struct key *run = keys_find(&watch->keys, text); run != NULL; run = keys_same(run))
		run->mixed = true;
	return key;
}

static struct key *key_of(struct watch *watch, struct slice text, const struct hand *hand)
{
	struct key *key = keys_find(&watch->keys, text);

	if (hand->sight.time < hand->arrival || watch->shared->leaps || (key != NULL && key->mixed))
		return mixed_key(watch, key, text, hand);
	if (key != NULL || !(hand->steps & watch->rule->type->begins))
		return key;
	return new_key(watch, text);
}

/* What comes next, and when. What is due later than the timer says is found out when the timer comes. */
void watch_settle(struct key *key)
{
	struct watch *watch = key->watch;

	if (watch_is_open(key))
		keys_wake(&watch->keys, key);
	else
		keys_rest(&watch->keys, key);
	const int64_t at = due(key);
	if (at < key->timer.at)
		timers_move(&watch->shared->timers, &key->timer, at);
}

static void open_episode(struct key *key, const struct origin *origin, int64_t time)
{
	if (key->mixed)
		runs_overtake(key, time);
	const bool again = episode_open(key, key->watch->rule, origin, time);
	tell(key, again ? PHASE_REOPEN : PHASE_OPEN, time);
}

void watch_close(struct key *key, int64_t time)
{
	key->episode->open = false;
	key->episode->closed = time;
	tell(key, PHASE_CLOSE, time);
}

static void go_on(struct key *key, const struct hand *hand, bool ends)
{
	if (episode_grow(key, key->watch->rule, hand) && !ends)
		tell(key, PHASE_GROW, hand->sight.time);
	if (ends)
		watch_close(key, key->episode->last);
}

static void move_on(struct key *key, const struct hand *hand)
{
	if (hand->sight.time > key->high)
		key->high = hand->sight.time;
	key->lag = hand->arrival > key->high ? hand->arrival - key->high : 0;
}

static void count(struct key *key, struct hand *hand)
{
	struct watch *watch = key->watch;
	const struct rule *rule = watch->rule;

	key->event = watch->shared->event;
	key->seen++;
	hand->key = key->text;
	hand->mixed = key->mixed;
	hand->sight.number = key->seen;
	hand->amount = 1;
	const enum verdict verdict = rule->type->match(rule, key->state, hand);
	watch->valueless += verdict == VERDICT_LACKING;
	if (verdict > VERDICT_LACKING)
		move_on(key, hand);
	if (verdict > VERDICT_LACKING && watch_is_open(key)) {
		go_on(key, hand, verdict == VERDICT_END);
	} else if (verdict == VERDICT_BREACH) {
		origin_take(&watch->shared->origin, rule, hand->event, key->text);
		open_episode(key, &watch->shared->origin, hand->sight.time);
	}
	watch_settle(key);
}

static void count_keys(struct watch *watch, struct hand *hand)
{
	struct by by;
	struct buffer *text = &watch->shared->text;
	unsigned n = 0;

	if (!by_start(&by, watch->rule->by, watch->rule->by_count, hand->event)) {
		watch->lacking++;
		return;
	}
	for (; n < BY_KEYS_MAX && by_next(&by, text); n++) {
		struct key *key = key_of(watch, buffer_slice(text), hand);
		if (key != NULL && key->event != watch->shared->event)
			count(key, hand);
	}
	if (n == BY_KEYS_MAX && !by.done)
		watch->crowded++;
}

/* A key that is waited for from the start: as if it had come with an event that has nothing but the key. */
static void begin_key(struct watch *watch, const json_t *listed, int64_t time)
{
	struct event event;
	struct error ignored;
	struct by by;
	struct buffer *text = &watch->shared->text;
	char *line = json_dumps(listed, JSON_COMPACT);

	if (event_read(&event, slice_of(line), &ignored) &&
	    by_start(&by, watch->rule->by, watch->rule->by_count, &event) && by_next(&by, text)) {
		struct hand hand = { .event = &event,
				     .steps = watch->rule->type->begins,
				     .since = time,
				     .sight.time = time,
				     .arrival = time };
		struct key *key = key_of(watch, buffer_slice(text), &hand);
		if (key != NULL) {
			hand.key = key->text;
			watch->rule->type->match(watch->rule, key->state, &hand);
			watch_settle(key);
		}
	}
	free(line);
}

void watch_begin(struct watch *watch, int64_t time)
{
	size_t i;
	json_t *listed;

	if (watch->begun)
		return;
	watch->begun = true;
	watch->since = time;
	json_array_foreach(watch->rule->by_list, i, listed) begin_key(watch, listed, time);
}

void watch_event(struct watch *watch, const struct event *event, const struct sight *sight, enum fed fed)
{
	const unsigned steps = watch->rule->type->steps(watch->rule, event, fed);
	if (steps == 0)
		return;
	struct hand hand = {
		.event = event,
		.sight = *sight,
		.steps = steps,
		.arrival = watch->shared->arrival,
		.since = watch->since,
		.seed = watch->shared->seed,
	};
	count_keys(watch, &hand);
}

bool watch_wants(struct watch *watch, const struct event *event)
{
	const uint64_t before = rule_gave_up(watch->rule);
	const bool wanted = watch->rule->type->steps(watch->rule, event, FED_NOT) != 0;
	watch->screened += rule_gave_up(watch->rule) - before;
	return wanted;
}

void watch_due(struct key *key)
{
	struct watch *watch = key->watch;
	const int64_t at = due(key);
	int64_t time;

	if (at > key->timer.at) {
		timers_move(&watch->shared->timers, &key->timer, at);
		return;
	}
	if (deadline(key, &time) <= at && watch->shared->ending) {
		watch->rule->type->lapse(key->state);
	} else if (deadline(key, &time) <= at) {
		const struct origin *origin = watch->rule->type->lapse(key->state);
		if (!watch_is_open(key))
			open_episode(key, origin, time);
	} else if (watch_is_open(key)) {
		watch_close(key, episode_ends(key->episode, watch->rule));
	} else {
		watch_forget(key);
		return;
	}
	watch_settle(key);
	if (due(key) > key->timer.at)
		timers_move(&watch->shared->timers, &key->timer, due(key));
}

static int by_order(const void *a, const void *b)
{
	const struct key *left = *(struct key *const *)a, *right = *(struct key *const *)b;
	return (left->timer.order > right->timer.order) - (left->timer.order < right->timer.order);
}

/* In the order in which the keys came: that in the table is random. */
void watch_end(struct watch *watch, int64_t now)
{
	struct key **keys = keys_list(&watch->keys);

	qsort(keys, watch->keys.count, sizeof(struct key *), by_order);
	for (size_t i = 0; i < watch->keys.count; i++)
		if (watch_is_open(keys[i]))
			watch_close(keys[i], now);
	free(keys);
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
	const uint64_t gave_up = rule_gave_up(watch->rule) - watch->screened;

	shown(watch, name);
	bool any = report(name, watch->lacking, "matching events lack a field of \"by\"");
	any |= report(name, watch->valueless, "matching events lack what the rule adds up or tells apart");
	any |= report(name, watch->crowded, "matching events had more keys than are counted of one event");
	any |= report(name, watch->forgotten, "idle keys were forgotten to make room (see --max-keys)");
	any |= report(name, watch->overflow, "matching events were not counted for want of room (see --max-keys)");
	any |= report(name, gave_up, "times a regular expression gave up at its limit");
	return any;
}

void watch_clear(struct watch *watch)
{
	for (size_t i = 0; i < watch->keys.size; i++)
		while (watch->keys.buckets[i] != NULL)
			watch_forget(watch->keys.buckets[i]);
	keys_clear(&watch->keys);
}
