/* One notation of time stamps: a pattern of letters, and the pieces that they stand for. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_NOTATION_H
#define SIEM_NOTATION_H

#include "datetime.h"

/*
 * Y: year of four digits; y: of two (69 is 1969, 68 is 2068); m, d, H, M, S: two digits; n, D, k: month, day, hour of
 * one or two; b: a month's name, short or long, a point may follow; a: a weekday's; f: a fraction, if there is one;
 * p: AM or PM; z: a zone, if there is one; Z: a zone by its name; o: an offset in minutes of three digits, "+060". A
 * blank is one or more of them, anything else is itself.
 *
 * Reads the start of *text, moves it behind and returns true; else false. What it read is valid.
 */
bool notation_read(struct slice *text, const char *pattern, struct datetime *out);

/* Do these three bytes start a month's or a weekday's name? */
bool notation_may_start(const char *p);

/*
 * "UTC", "CET", "EST" .., also with an offset to that ("GMT+02:00"), or an offset alone; *text, which stands behind a
 * clock, is moved behind.
 */
bool notation_zone(struct slice *text, struct datetime *out);

/* "1718013600", "1718013600.123456", "1718013600123" ..: 2001 to 2106, and 2286 to 3000; *text is moved behind. */
bool notation_epoch(struct slice *text, struct datetime *out);

/* "@4000000066670d6a0b532b80", as daemontools write it. */
bool notation_tai64n(struct slice *text, struct datetime *out);

/* "UTC", "CET", "EST" ..: seconds east of UTC; *text is moved behind. */
bool notation_zone_name(struct slice *text, int32_t *offset);

#endif
