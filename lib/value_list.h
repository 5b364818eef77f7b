/* Values kept in a file, one a line: lists of addresses, names, hashes that criteria ask with |in. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_VALUE_LIST_H
#define SIEM_VALUE_LIST_H

#include "error.h"

#include <jansson.h>

enum {
	VALUE_LIST_LINE_MAX = 4096,	/* bytes */
	VALUE_LIST_SIZE_MAX = 64 << 20, /* bytes of the file */
};

/*
 * The lines of the file of that name (a JSON string; relative to dir unless NULL) as a new array of strings.
 * Blank lines and those that start with '#' are passed over. NULL with *err filled.
 */
json_t *value_list(const json_t *name, const char *dir, struct error *err);

#endif
