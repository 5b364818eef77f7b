/* A list of ids that others wrote: the evidence of alerts. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_IDS_H
#define SIEM_IDS_H

#include "error.h"
#include "id.h"
#include "status.h"

enum {
	IDS_MAX = 10000000, /* 240 MB */
};

/* {0} is empty; ids_clear releases. */
struct ids {
	struct id *list; /* sorted, each once */
	size_t count, room;
};

/*
 * Reads lines of a file ("-": standard input): of an event with source_ids these, of another event its id, of a line
 * that is an id, this. What is none of it is refused (refuse.h): STATUS_REFUSED. STATUS_FAILED where the file cannot be
 * read, or has more than IDS_MAX; all is told on stderr.
 */
enum status ids_read(struct ids *ids, const char *path);

void ids_clear(struct ids *ids);

#endif
