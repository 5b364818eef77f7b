/* Values in the order in which they come, each of them once, whoever sends them and however many. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_VALUES_H
#define SIEM_VALUES_H

#include "buffer.h"

enum {
	VALUES_MAX = 1000,	     /* how many are kept */
	VALUES_BYTES_MAX = 64 << 10, /* bytes of all of them */
};

/* {0} is empty; values_clear empties and keeps the memory, values_free releases it. */
struct values {
	struct slice *items; /* borrowed from whoever added them */
	size_t count, room;
	size_t bytes;
	uint16_t *slots; /* hash table of item numbers from 1, used once there are more than a few */
	uint64_t seed;
	bool hashed;
};

void values_clear(struct values *values);
void values_free(struct values *values);

enum values_result { VALUES_THERE, VALUES_ADDED, VALUES_FULL };

/* Adds a value (borrowed until values_clear) unless it is there or there is no room for it. */
enum values_result values_add(struct values *values, struct slice value);

/*
 * The text of a JSON value, borrowed from it or from kept, where texts stay until it is emptied: the caller makes
 * room there for the text of all values beforehand, so that it does not move. scratch is used meanwhile.
 */
struct slice values_text(struct slice json, struct buffer *kept, struct buffer *scratch);

#endif
