/* What PostgreSQL writes behind its stamp, as people set log_line_prefix, and its lines in columns. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_POSTGRES_H
#define SIEM_FORMAT_POSTGRES_H

#include "head.h"

/*
 * ":192.0.2.7(54321):anna@shop:[1234]:FATAL:  ", as Amazon's RDS sets it; " [1234]: [1-1] user=anna,db=shop,.. FATAL:
 * ", as pgBadger wants it; ",\"anna\",\"shop\",1234,..", csvlog. Moves head->rest to the message; false where it is
 * none.
 */
bool postgres_behind(struct head *head);

#endif
