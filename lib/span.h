/* Spans of time of one length, as a histogram has them: hours begin at the full hour, days at midnight. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_SPAN_H
#define SIEM_SPAN_H

#include "zone.h"

/*
 * Where the span begins that a point in time lies in, in microseconds since 1970. length is in microseconds, at least
 * a millisecond. Spans begin where the clock of the zone is at a multiple of length since midnight, those of whole
 * weeks on Mondays. One of more than an hour is longer or shorter by what clocks are changed within it; of one of an
 * hour or less, there are two where an hour comes twice.
 */
int64_t span_start(struct zone *zone, int64_t time, int64_t length);

/* Where the next one begins. */
int64_t span_next(struct zone *zone, int64_t start, int64_t length);

#endif
