/* The topics that MikroTik's RouterOS puts before its messages: "system,error,critical login failure ..". */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_ROUTEROS_H
#define SIEM_FORMAT_ROUTEROS_H

#include "format.h"

/*
 * Topics at the start of *text, two or more, one of them a level: extended has topics and level, and *text is moved
 * behind. False, and nothing done, where there are none.
 */
bool routeros_topics(struct slice *text, struct parsed *out);

#endif
