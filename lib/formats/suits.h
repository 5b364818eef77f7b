/* Can this value be what its name says? A "user" of "-" is none, a "time" of 20.5 is a duration. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_SUITS_H
#define SIEM_FORMAT_SUITS_H

#include "attribute.h"

/* A JSON value under a name of the table; times and what belongs to them are judged elsewhere. */
bool suits(const struct attribute_row *row, struct slice value);

/* The text of a JSON string between its quotes, still escaped; anything else as it is. */
struct slice suits_text(struct slice value);

/* Nothing but digits, at least one? */
bool suits_digits(struct slice text);

/* The severity that it tells, -1 where it is none. */
int suits_severity(enum attribute attribute, struct slice value);

/* The name of a protocol that has a number with IANA, empty where that is not known. */
struct slice suits_protocol(struct slice number);

/* Takes "192.0.2.1:4711", "192.0.2.1:4711:WAN", "[2001:db8::1]:4711" apart; port is empty where there is none. */
void suits_address(struct slice text, struct slice *host, struct slice *port);

#endif
