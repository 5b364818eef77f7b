/* Files of an audit event: its PATH records as lists. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_AUDIT_PATH_H
#define SIEM_FORMAT_AUDIT_PATH_H

#include "audit.h"

/*
 * Adds to extended what the PATH records among these tell: "paths", their names; "paths_created" and "paths_deleted",
 * those of these types; "path_records", all that they hold, one object each. Names in the first three start at the
 * root: relative ones stand behind cwd, "." and ".." are folded; where that is very long, names stay as they are.
 */
void audit_path_read(const struct audit *records, size_t count, struct slice cwd, struct parsed *out);

#endif
