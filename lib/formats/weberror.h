/* What error logs of web servers share, and the readers of each server's. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_WEBERROR_H
#define SIEM_FORMAT_WEBERROR_H

#include "format.h"

enum {
	WEBERROR_BRACKETS_MAX = 128, /* bytes in the brackets of a field */
};

/* The servers' words by RFC 5424's numbers, "emerg" to "debug"; trace1 .. trace8 are debug. -1: it is none. */
int weberror_severity(struct slice level);

/* Severity and level; false where the word is none. */
bool weberror_level(struct slice level, struct parsed *out);

/* The client, with or without a port, unless one is known. */
void weberror_client(struct slice client, struct parsed *out);

/* "[..] " at the start of *line, moved behind it and the blanks that follow; false: none, or too long. */
bool weberror_brackets(struct slice *line, size_t max, struct slice *inner);

/* Whole lines. */
bool weberror_apache(struct format_context *context, struct slice line, struct parsed *out);
bool weberror_nginx(struct format_context *context, struct slice line, struct parsed *out);

/* What Apache writes behind the stamp: "[core:error] [pid 7] [client 192.0.2.7] text". */
bool weberror_apache_fields(struct format_context *context, struct slice line, struct parsed *out);

/* "core:error", "error": does a level stand there? */
bool weberror_is_module(struct slice text);

#endif
