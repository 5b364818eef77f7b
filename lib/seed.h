/* Seeds for hash tables: their keys come from attackers, who must not know which ones share a place. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_SEED_H
#define SIEM_SEED_H

#include <stdint.h>

/* From the system's random numbers; ends the program where there are none. */
uint64_t seed_new(void);

#endif
