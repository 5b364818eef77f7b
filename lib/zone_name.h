/* Time zones by their short names: UTC, CEST, PDT .. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_ZONE_NAME_H
#define SIEM_ZONE_NAME_H

#include "slice.h"

/*
 * The offset in seconds east of UTC of a whole word, in any case. Where a name has several meanings it is the one that
 * most machines write: CST is -06:00, IST +05:30, BST +01:00, AST -04:00. False where it is none.
 */
bool zone_name_read(struct slice word, int32_t *offset);

#endif
