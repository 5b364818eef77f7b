/* Heads of log lines that follow no library's habits: glog, logcat, Redis, MongoDB, cells between bars. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_LAYOUT_H
#define SIEM_FORMAT_LAYOUT_H

#include "../datetime.h"
#include "head.h"

/* "I0612 12:00:00.000000 1234 file.go:12] ", also with a year: level, stamp and all; *rest is moved behind. */
bool layout_glog(struct slice *rest, struct datetime *datetime, struct head *head);

/* What stands behind the stamp, at the start of head->rest; false where it is none of these. */
bool layout_behind(struct head *head);

/* The same, of daemons with habits of their own. */
bool layout_daemon(struct head *head);

/* What stands before the stamp: "4018:M", "<W>", "nova-api.log.1"; false where it is none of these. */
bool layout_before(struct head *head, struct slice prefix);

#endif
