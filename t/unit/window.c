/* The parts of the engine that hold its memory: timers, keys, events that wait. */
/* SPDX-License-Identifier: MIT */
#include "../../lib/keys.h"
#include "../../lib/late.h"
#include "check.h"

#include <stdlib.h>

enum {
	MANY = 2000,
};

static uint32_t state = 1;

static uint32_t random_number(uint32_t below)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % below;
}

static bool is_sorted(struct timers *timers)
{
	struct timer last = { .at = INT64_MIN };
	struct timer *timer;
	bool sorted = true;

	while ((timer = timers_first(timers)) != NULL) {
		sorted = sorted && (last.at < timer->at || (last.at == timer->at && last.order < timer->order));
		last = *timer;
		timers_remove(timers, timer);
	}
	return sorted;
}

static void check_timers(void)
{
	static struct timer timer[MANY];
	struct timers timers = { 0 };

	for (size_t i = 0; i < MANY; i++) {
		timer[i] = (struct timer){ .at = random_number(100), .order = i + 1 };
		timers_add(&timers, &timer[i]);
	}
	for (size_t i = 0; i < MANY; i += 3)
		timers_move(&timers, &timer[i], random_number(100));
	for (size_t i = 1; i < MANY; i += 3)
		timers_remove(&timers, &timer[i]);
	CHECK_NUMBER(timers.count, MANY - (MANY + 1) / 3);
	CHECK(is_sorted(&timers));
	CHECK(timers_first(&timers) == NULL);
	timers_clear(&timers);
}

static struct slice name_of(char *to, size_t size, unsigned number)
{
	const int len = snprintf(to, size, "{\"n\":%u}", number);
	return (struct slice){ to, (size_t)len };
}

static void check_keys(void)
{
	struct keys keys = keys_of(42);
	char name[32];
	unsigned missing = 0;

	for (unsigned i = 0; i < MANY; i++)
		keys_rest(&keys, keys_add(&keys, name_of(name, sizeof name, i), 3));
	for (unsigned i = 0; i < MANY; i++) {
		const struct key *key = keys_find(&keys, name_of(name, sizeof name, i));
		missing += key == NULL || !slice_equal(key->text, name_of(name, sizeof name, i));
	}
	CHECK_NUMBER(missing, 0);
	CHECK(keys_find(&keys, name_of(name, sizeof name, MANY)) == NULL);

	/* The longest idle is the first: 0 moves to the end, 1 wakes. */
	keys_rest(&keys, keys_find(&keys, SLICE("{\"n\":0}")));
	keys_wake(&keys, keys_find(&keys, SLICE("{\"n\":1}")));
	CHECK_TEXT(keys.oldest->text, "{\"n\":2}");
	CHECK_TEXT(keys.newest->text, "{\"n\":0}");
	keys_remove(&keys, keys_find(&keys, SLICE("{\"n\":1}")));
	CHECK(keys_find(&keys, SLICE("{\"n\":1}")) == NULL);
	while (keys.oldest != NULL)
		keys_remove(&keys, keys.oldest);
	CHECK_NUMBER(keys.count, 0);
	keys_clear(&keys);
}

/* In order of time, and of arrival where that is the same. */
static void check_late(void)
{
	static const int64_t times[] = { 5, 3, 5, 1, 3, 9 };
	struct late late = { 0 };
	struct buffer got = { 0 };
	struct slice line;
	int64_t time;

	for (size_t i = 0; i < sizeof times / sizeof *times; i++)
		late_add(&late, times[i], (struct slice){ &"abcdef"[i], 1 });
	CHECK(late_first(&late, &time));
	CHECK_NUMBER(time, 1);
	while (late_take(&late, 5, &line, &time))
		buffer_add(&got, line);
	CHECK_TEXT(buffer_slice(&got), "dbeac");
	CHECK(late_first(&late, &time));
	CHECK_NUMBER(time, 9);
	late_clear(&late);
	buffer_clear(&got);
}

int main(void)
{
	check_timers();
	check_keys();
	check_late();
	return check_end();
}
