/* Episodes that are the same on both sides and cannot go on any more are forgotten: what is kept is what differs. */
/* SPDX-License-Identifier: MIT */
#include "differ.h"

#include "memory.h"
#include "seed.h"
#include "watch.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
	SWEEP_LEAST = 4096, /* episodes */
};

enum side { SIDE_OLD, SIDE_NEW, SIDES };

/* One that has ended. */
struct ended {
	const struct watch *watch;
	struct buffer key, line; /* line: its SIEM event */
	int64_t first, last;
	uint64_t count;
	enum side side;
	struct ended *twin; /* of the other side, or NULL */
	bool done;
};

struct differ {
	struct side_of_differ {
		struct differ *differ;
		struct window *window;
		struct keys ended; /* by id; the state of each is a struct ended */
	} sides[SIDES];
	struct slice host;
	size_t sweep_at; /* when there are so many on a side */
	struct difference difference;
	struct buffer none; /* lines: none is written */
};

static struct ended *ended_of(struct key *key)
{
	return (struct ended *)(void *)key->state;
}

static void drop(struct keys *keys, struct key *key)
{
	buffer_clear(&ended_of(key)->key);
	buffer_clear(&ended_of(key)->line);
	keys_remove(keys, key);
}

static bool is_same(const struct ended *a, const struct ended *b)
{
	return a->count == b->count && a->first == b->first && a->last == b->last;
}

static void fill(struct ended *ended, const struct key *key, enum side side, struct slice host)
{
	const struct episode *episode = key->episode;

	ended->watch = key->watch;
	ended->key.len = ended->line.len = 0;
	buffer_add(&ended->key, key->text);
	episode_write(&ended->line, key, key->watch->rule, PHASE_CLOSE, host);
	ended->first = episode->first;
	ended->last = episode->last;
	ended->count = episode->count;
	ended->side = side;
}

/* Can it open again? As long as its key is remembered. */
static bool may_go_on(const struct ended *ended, struct slice id)
{
	char text[ID_LEN];

	for (struct key *run = keys_find(&ended->watch->keys, buffer_slice(&ended->key)); run != NULL;
	     run = keys_same(run)) {
		if (run->episode == NULL)
			continue;
		id_print(text, run->episode->id);
		if (slice_equal(id, (struct slice){ text, sizeof text }))
			return true;
	}
	return false;
}

/* Of what is the same on both sides nothing is told. */
static void sweep(struct differ *differ)
{
	struct keys *old = &differ->sides[SIDE_OLD].ended, *new = &differ->sides[SIDE_NEW].ended;
	struct key **keys = keys_list(new);
	const size_t count = new->count;

	for (size_t i = 0; i < count; i++) {
		struct key *twin = keys_find(old, keys[i]->text);
		if (twin == NULL || !is_same(ended_of(twin), ended_of(keys[i])) ||
		    may_go_on(ended_of(twin), twin->text) || may_go_on(ended_of(keys[i]), keys[i]->text))
			continue;
		differ->difference.same++;
		drop(old, twin);
		drop(new, keys[i]);
	}
	free(keys);
	const size_t left = old->count > new->count ? old->count : new->count;
	differ->sweep_at = 2 * left > SWEEP_LEAST ? 2 * left : SWEEP_LEAST;
}

/* Told of every line; the last one of each episode is what counts. An id is that of rule, key and opening event. */
static void told(void *data, const struct key *key, enum episode_phase phase)
{
	struct side_of_differ *side = data;
	struct differ *differ = side->differ;
	char id[ID_LEN];

	if (phase != PHASE_CLOSE)
		return;
	id_print(id, key->episode->id);
	const struct slice text = { id, sizeof id };
	struct key *ended = keys_find(&side->ended, text);
	if (ended == NULL)
		ended = keys_add(&side->ended, text, sizeof(struct ended));
	fill(ended_of(ended), key, side == &differ->sides[SIDE_OLD] ? SIDE_OLD : SIDE_NEW, differ->host);
	if (side->ended.count >= differ->sweep_at)
		sweep(differ);
}

struct differ *differ_new(const struct rules *old, const struct rules *new, const struct window_options *options)
{
	struct differ *differ = memory_new(1, sizeof *differ);
	struct window_options mine = *options;

	differ->host = options->host;
	differ->sweep_at = SWEEP_LEAST;
	mine.emit = 0;
	mine.written = NULL;
	mine.told = told;
	for (enum side i = 0; i < SIDES; i++) {
		mine.told_data = &differ->sides[i];
		differ->sides[i].differ = differ;
		differ->sides[i].window = window_new(i == SIDE_OLD ? old : new, &mine, &differ->none);
		differ->sides[i].ended = keys_of(seed_new());
		mine.leapt = NULL; /* once is enough */
	}
	return differ;
}

bool differ_event(struct differ *differ, const struct event *event, struct error *err)
{
	struct error ignored; /* it is the same for both: no rule has a part in it */

	window_event(differ->sides[SIDE_OLD].window, event, &ignored);
	return window_event(differ->sides[SIDE_NEW].window, event, err);
}

static int by_rule_and_key(const struct ended *left, const struct ended *right)
{
	const int rule = strcmp(left->watch->rule->name, right->watch->rule->name);
	return rule != 0 ? rule : slice_compare(buffer_slice(&left->key), buffer_slice(&right->key));
}

static int by_place(const void *a, const void *b)
{
	const struct ended *left = *(const struct ended *const *)a, *right = *(const struct ended *const *)b;
	const int order = by_rule_and_key(left, right);

	if (order != 0)
		return order;
	if (left->first != right->first)
		return left->first < right->first ? -1 : 1;
	if (left->last != right->last)
		return left->last < right->last ? -1 : 1;
	if (left->side != right->side)
		return left->side < right->side ? -1 : 1;
	return slice_compare(buffer_slice(&left->line), buffer_slice(&right->line)); /* the id comes first in it */
}

/* The SIEM event, behind what has become of it. */
static void write_one(struct output *to, const char *diff, const struct ended *ended, const struct ended *old)
{
	buffer_printf(&to->text, "{\"diff\":\"%s\",", diff);
	if (old != NULL)
		buffer_printf(&to->text, "\"old_count\":%" PRIu64 ",", old->count);
	buffer_add(&to->text, slice_after(buffer_slice(&ended->line), 1));
	output_line(to);
}

static void write_alone(struct differ *differ, const struct ended *ended, struct output *to)
{
	const bool gained = ended->side == SIDE_NEW;

	differ->difference.gained += gained;
	differ->difference.lost += !gained;
	write_one(to, gained ? "+" : "-", ended, NULL);
}

static void write_pair(struct differ *differ, const struct ended *one, const struct ended *two, struct output *to)
{
	const struct ended *old = one->side == SIDE_OLD ? one : two, *new = one->side == SIDE_OLD ? two : one;

	if (is_same(old, new)) {
		differ->difference.same++;
		return;
	}
	differ->difference.changed++;
	write_one(to, "~", new, old);
}

/* The first one after this that is of the other side and has a time in common with it; or NULL. */
static struct ended *overlap_of(struct ended *const *list, size_t at, size_t count)
{
	for (size_t i = at + 1;
	     i < count && by_rule_and_key(list[at], list[i]) == 0 && list[i]->first <= list[at]->last; i++)
		if (!list[i]->done && list[i]->twin == NULL && list[i]->side != list[at]->side)
			return list[i];
	return NULL;
}

static void compare(struct differ *differ, struct ended *const *list, size_t count, struct output *to)
{
	for (size_t i = 0; i < count; i++) {
		if (list[i]->done)
			continue;
		struct ended *partner = list[i]->twin ? list[i]->twin : overlap_of(list, i, count);
		if (partner == NULL) {
			write_alone(differ, list[i], to);
			continue;
		}
		partner->done = true;
		write_pair(differ, list[i], partner, to);
	}
}

/* Those that one and the same event opened are the same episode, whatever else was in them. */
static size_t list_side(struct differ *differ, enum side side, struct ended **list)
{
	const struct keys *mine = &differ->sides[side].ended, *theirs = &differ->sides[SIDES - 1 - side].ended;
	struct key **keys = keys_list(mine);

	for (size_t i = 0; i < mine->count; i++) {
		struct key *twin = keys_find(theirs, keys[i]->text);
		list[i] = ended_of(keys[i]);
		list[i]->twin = twin ? ended_of(twin) : NULL;
	}
	free(keys);
	return mine->count;
}

struct difference differ_end(struct differ *differ, struct output *to)
{
	for (enum side i = 0; i < SIDES; i++)
		window_end(differ->sides[i].window);
	window_report(differ->sides[SIDE_NEW].window);
	const size_t most = differ->sides[SIDE_OLD].ended.count + differ->sides[SIDE_NEW].ended.count;
	struct ended **list = memory_new(most, sizeof *list);
	size_t count = list_side(differ, SIDE_OLD, list);
	count += list_side(differ, SIDE_NEW, list + count);
	qsort(list, count, sizeof *list, by_place);
	compare(differ, list, count, to);
	free(list);
	return differ->difference;
}

void differ_free(struct differ *differ)
{
	for (enum side i = 0; i < SIDES; i++) {
		window_free(differ->sides[i].window);
		for (size_t b = 0; b < differ->sides[i].ended.size; b++)
			while (differ->sides[i].ended.buckets[b] != NULL)
				drop(&differ->sides[i].ended, differ->sides[i].ended.buckets[b]);
		keys_clear(&differ->sides[i].ended);
	}
	buffer_clear(&differ->none);
	free(differ);
}
