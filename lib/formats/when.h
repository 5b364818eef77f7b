/* A stamp that has a field of its own, in whatever notation the program that wrote it likes. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_WHEN_H
#define SIEM_FORMAT_WHEN_H

#include "format.h"

/*
 * The whole text is a stamp: seconds .. nanoseconds since 1970 (epoch.h), RFC 3339, the same with a blank, slashes,
 * without zone, or with " +0000 UTC" behind; "29/Apr/2021:08:47:53 +0000", "Sep 09 2017 00:31:23 UTC", "October 14,
 * 2019 09:06:02", "Wed, 02 Oct 2002 13:00:00 GMT", "Oct 26, 2025 at 7:59:41.239 PM", "/Date(1613125510123)/". Without
 * an offset it is UTC if utc says so, else in the context's zone. A text with two readings (03/04/2021) is no stamp.
 */
bool when_read(struct format_context *context, struct slice text, bool utc, struct stamp *stamp);

/* "12:32:48", maybe with a fraction, and nothing behind? */
bool when_is_clock(struct slice text);

#endif
