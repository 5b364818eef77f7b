/* Criteria under a name: "let": {"failed": {..}}, and "failed" wherever criteria may stand. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_LET_H
#define SIEM_LET_H

#include "error.h"

#include <jansson.h>

/*
 * A copy of the rule in which names stand for nothing any more; what has its own "let" looks there first, then in
 * shared (may be NULL), the "let" of its file. A new reference, NULL with *err filled: a name that is not there, one
 * that stands for itself, or too much of it.
 */
json_t *let_resolve(const json_t *rule, const json_t *shared, struct error *err);

/* The names are texts for criteria; false with *err filled. */
bool let_check(const json_t *let, struct error *err);

#endif
