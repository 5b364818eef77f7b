/* The keys of one rule, found by their text; and which of them are idle, the longest first. */
/* SPDX-License-Identifier: MIT */
#include "keys.h"

#include "memory.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum {
	KEYS_SIZE_FIRST = 64,
};

struct keys keys_of(uint64_t seed)
{
	return (struct keys){ .seed = seed };
}

static uint64_t hash_of(const struct keys *keys, struct slice text)
{
	return XXH3_64bits_withSeed(text.ptr, text.len, keys->seed);
}

struct key *keys_find(const struct keys *keys, struct slice text)
{
	if (keys->size == 0)
		return NULL;
	const uint64_t hash = hash_of(keys, text);
	struct key *key = keys->buckets[hash & (keys->size - 1)];
	while (key != NULL && !(key->hash == hash && slice_equal(key->text, text)))
		key = key->next;
	return key;
}

struct key *keys_same(const struct key *key)
{
	struct key *other = key->next;
	while (other != NULL && !(other->hash == key->hash && slice_equal(other->text, key->text)))
		other = other->next;
	return other;
}

static void into_bucket(struct keys *keys, struct key *key)
{
	struct key **bucket = &keys->buckets[key->hash & (keys->size - 1)];
	key->next = *bucket;
	*bucket = key;
}

static void widen(struct keys *keys)
{
	struct key **old = keys->buckets;
	const size_t old_size = keys->size;

	keys->size = old_size > 0 ? 2 * old_size : KEYS_SIZE_FIRST;
	keys->buckets = memory_new(keys->size, sizeof(struct key *));
	for (size_t i = 0; i < old_size; i++)
		while (old[i] != NULL) {
			struct key *key = old[i];
			old[i] = key->next;
			into_bucket(keys, key);
		}
	free(old);
}

struct key *keys_add(struct keys *keys, struct slice text, size_t state_size)
{
	if (keys->count == keys->size)
		widen(keys);
	struct key *key = memory_new(1, sizeof *key + state_size + text.len);
	char *copy = (char *)key->state + state_size;
	memcpy(copy, text.ptr, text.len);
	key->text = (struct slice){ copy, text.len };
	key->hash = hash_of(keys, text);
	key->high = INT64_MIN;
	into_bucket(keys, key);
	keys->count++;
	return key;
}

void keys_remove(struct keys *keys, struct key *key)
{
	struct key **link = &keys->buckets[key->hash & (keys->size - 1)];
	while (*link != key)
		link = &(*link)->next;
	*link = key->next;
	keys_wake(keys, key);
	keys->count--;
	free(key);
}

void keys_wake(struct keys *keys, struct key *key)
{
	if (!key->idle)
		return;
	*(key->older ? &key->older->newer : &keys->oldest) = key->newer;
	*(key->newer ? &key->newer->older : &keys->newest) = key->older;
	key->idle = false;
}

void keys_rest(struct keys *keys, struct key *key)
{
	if (keys->newest == key)
		return;
	keys_wake(keys, key);
	key->idle = true;
	key->older = keys->newest;
	key->newer = NULL;
	*(keys->newest ? &keys->newest->newer : &keys->oldest) = key;
	keys->newest = key;
	key->rested = ++keys->rests;
}

struct key **keys_list(const struct keys *keys)
{
	struct key **list = memory_new(keys->count, sizeof(struct key *));
	size_t count = 0;

	for (size_t i = 0; i < keys->size; i++)
		for (struct key *key = keys->buckets[i]; key != NULL; key = key->next)
			list[count++] = key;
	return list;
}

void keys_clear(struct keys *keys)
{
	free(keys->buckets);
	*keys = (struct keys){ .seed = keys->seed };
}
