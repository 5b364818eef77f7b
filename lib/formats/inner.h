/* Messages that are written in a format of their own, JSON, CEF, LEEF or key=value, or that end with a JSON object. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_INNER_H
#define SIEM_FORMAT_INNER_H

#include "format.h"

/*
 * Reads the message of what a format has read. Only what the head did not tell is filled: whoever can write a message
 * must not set time, machine or program. The message itself is replaced by the one that JSON, CEF or LEEF holds, if
 * they do. is_output: of the format (format.h). An object behind words is kept as "context" and sets nothing: a stranger
 * may have sent it.
 */
void inner_read(struct format_context *context, bool is_output, struct parsed *out);

/*
 * Adds what a format found in the message of *out, by the same rules; its message comes instead. *found must stay as
 * long as *out does.
 */
void inner_merge(struct parsed *out, struct parsed *found);

#endif
