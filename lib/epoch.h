/* Points in time as numbers: seconds, milliseconds, microseconds or nanoseconds since 1970. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_EPOCH_H
#define SIEM_EPOCH_H

#include "stamp.h"

/*
 * "1718020800", "1718020800.123456", "1718020800123" .. "1718020800123456789": the unit goes by the magnitude, which
 * leaves no doubt from March 1973 to the year 5138; what lies outside is no stamp (a duration, a counter). Shown in
 * UTC.
 */
bool epoch_read(struct slice text, struct stamp *stamp);

#endif
