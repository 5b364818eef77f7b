/* Files that are followed become events. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_PARSE_FOLLOW_H
#define SIEM_PARSE_FOLLOW_H

#include "follow.h"
#include "output.h"
#include "parse.h"

/*
 * Follows files (follow.h), and adds the events of what is in them and what comes to out, until SIGTERM or SIGINT.
 * asked is what the program has set, not parse_init; files has paths, count, fds, older and quiet set (follow.h).
 * SIGUSR1 tells the counts.
 */
enum status parse_follow(const struct parse *asked, struct parse_counts *counts, struct output *out,
			 const struct follow *files);

#endif
