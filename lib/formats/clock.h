/* Times of the day without a date. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_CLOCK_H
#define SIEM_FORMAT_CLOCK_H

#include "format.h"

/*
 * "11:29:42", "11:29:42.550475" at the start of *text, moved behind: its day is the last that does not put it after the
 * reference (year.h), in the context's zone.
 */
bool clock_read(struct format_context *context, struct slice *text, struct stamp *stamp);

#endif
