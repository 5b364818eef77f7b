/* Messages of Cisco's systems: %FACILITY-SEVERITY-MNEMONIC: text, and what IOS, IOS XR, NX-OS and ASA put before it. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_CISCO_H
#define SIEM_FORMAT_CISCO_H

#include "format.h"

/*
 * A text of that kind: behind the priority, or behind the stamp and machine that a relay put before it. Then the
 * message starts at the '%', the facility is the program, severity comes from the message where no priority tells it;
 * stamp and machine are read where the text has them and the line's head had none. False, and nothing done, where the
 * text is anything else.
 */
bool cisco_read(struct format_context *context, struct slice text, struct parsed *out);

/* May the text be of that kind, by its first byte? */
static inline bool cisco_may_be(struct slice text)
{
	const char c = text.len > 0 ? text.ptr[0] : '\0';

	return (unsigned char)(c - '0') < 10 || c == '%' || c == '*' || c == '.' || c == ':';
}

/* Does the text, which starts with '%', go on as such a mark does? *text is moved as far as it does. */
bool cisco_mark(struct slice *text);

#endif
