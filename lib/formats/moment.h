/* Stamps of any notation as points in time: what they leave out comes from the context. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_MOMENT_H
#define SIEM_FORMAT_MOMENT_H

#include "../datetime.h"
#include "format.h"

/*
 * The zone, the year, or the date: a time of day alone is that of the latest day which does not put it after the
 * reference. Sets datetime->civil.year.
 */
struct stamp moment_stamp(struct format_context *context, struct datetime *datetime);

/* A stamp at the start of a text that stands within a line: sets the time of *out. */
bool moment_read(struct format_context *context, struct slice text, struct parsed *out);

#endif
