/* A clock for waiting: it never goes back, and says nothing about the time of day. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_STEADY_H
#define SIEM_STEADY_H

#include <stdint.h>

/* Microseconds since some point in the past. */
int64_t steady_clock(void);

#endif
