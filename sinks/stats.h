/* What a store holds, table by table. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_STATS_H
#define SIEM_STATS_H

#include "../lib/output.h"
#include "../lib/zone.h"
#include "store.h"

/*
 * Writes a line of JSON for each table, or for the one named: table, kind, rows, first and last (times of the first and
 * last record, shown in zone, where the kind has some), bytes. STATUS_REFUSED where there is no table; a store that
 * fails ends the program with STATUS_FAILED.
 */
enum status stats_run(struct store *store, const char *only, struct zone *zone, struct output *out);

#endif
