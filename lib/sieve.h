/* Of many rules those that an event can match at all, found by the texts that they need. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_SIEVE_H
#define SIEM_SIEVE_H

#include "rule.h"

struct sieve;

/* The rules are called by their places; they are borrowed as long as it lives. */
struct sieve *sieve_new(struct rule *const *rules, size_t count, uint64_t seed);
void sieve_free(struct sieve *sieve);

/* A bit for each rule, 64 in a word: 0 where it certainly has no interest in the event. Borrowed until the next call.
 */
const uint64_t *sieve_event(struct sieve *sieve, const struct event *event);

#endif
