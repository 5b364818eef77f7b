/* Event lines of ours among lines of log. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_PARSE_EVENT_H
#define SIEM_PARSE_EVENT_H

#include "event.h"
#include "parse.h"

/*
 * An event line of ours, which passes through as it is: parsing twice is parsing once. True with *event, which borrows
 * from it, and its stamp in parse->parsed; false where it is anything else.
 */
bool parse_event(struct parse *parse, struct slice line, struct event *event);

#endif
