/* A JSON value as people read it in a table: no quotes, lists and objects on one line. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_CELL_H
#define SIEM_CELL_H

#include "buffer.h"

/*
 * The text of a checked value: strings without quotes, lists as "a, b", objects as "name=a other=b" (bare: "a, b"),
 * what lies deeper as it is written. Not escaped yet (terminal.h). Borrowed from value, or from *text, which it
 * replaces.
 */
struct slice cell_text(struct slice value, bool bare, struct buffer *text);

#endif
