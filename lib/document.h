/* JSON files that people write: rules, helpers, criteria. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_DOCUMENT_H
#define SIEM_DOCUMENT_H

#include "error.h"

#include <jansson.h>

/*
 * The object or array in a file, in which no name stands twice in one object; released with json_decref.
 * NULL with *err filled: "rules.json:14:3: string or '}' expected near ..".
 */
json_t *document_load(const char *path, struct error *err);

/* The folder of a path, where the files that it names are; NULL: the current one. The caller frees it. */
char *document_folder(const char *path);

#endif
