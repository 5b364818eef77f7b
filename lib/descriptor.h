/* Files opened, however many there are: a process usually may have more than it does at first. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_DESCRIPTOR_H
#define SIEM_DESCRIPTOR_H

#include <stddef.h>

/*
 * As open(2) without O_CREAT. Where no descriptor is left, the soft limit of the process becomes its hard one, and it
 * is tried again: logs may be many. -1 with errno set where that is not enough.
 */
int descriptor_open(const char *path, int flags);

/* strerror, or words in room that say what to do where no descriptor was left. */
const char *descriptor_error(int number, char *room, size_t size);

#endif
