/* Of many rules those that an event can match at all, found by what they need of it. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_SIEVE_H
#define SIEM_SIEVE_H

#include "rule.h"

struct sieve;

/*
 * The rules are called by their places. They are borrowed as long as it lives, and what is equal in their criteria is
 * asked once of an event: a rule belongs to one sieve at a time.
 */
struct sieve *sieve_new(struct rule *const *rules, size_t count);
void sieve_free(struct sieve *sieve);

/*
 * To be called for each event before its rules are asked. A bit for each rule, 64 in a word: 0 where it certainly has
 * no interest in the event. Borrowed until the next call.
 */
const uint64_t *sieve_event(struct sieve *sieve, const struct event *event);

#endif
