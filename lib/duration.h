/* Lengths of time as people write them: 90s, 10m, 24h, 7d, 2w, 500ms. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_DURATION_H
#define SIEM_DURATION_H

#include "slice.h"

/* In microseconds: whole numbers with a unit, joined too ("1h30m"); the sum is at most 100 years. False where it is
 * none. */
bool duration_read(struct slice text, int64_t *microseconds);

#endif
