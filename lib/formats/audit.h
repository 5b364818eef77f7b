/* Records of the audit system of Linux: what they have in their head, and what their pairs tell. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_AUDIT_H
#define SIEM_FORMAT_AUDIT_H

#include "format.h"

enum {
	AUDIT_PAIRS_MAX = 128, /* that are taken of one record; arguments of programs are not counted */
};

struct audit {
	struct slice type;   /* "SYSCALL"; empty where it is not known */
	struct slice serial; /* of the event it belongs to, or empty */
	struct stamp stamp;
	struct slice body;
};

/*
 * "type=SYSCALL msg=audit(1364481363.243:24287): ..", "type=1400 audit(..): ..", "audit(..): .."; false where the text
 * starts otherwise.
 */
bool audit_split(struct slice text, struct audit *audit);

/*
 * What the pairs of a record tell: fields that are not filled yet, the rest in extended under its own name. Values in
 * hexadecimal digits are decoded, quotes taken off; what is not known ("?", "(null)") is left out. Names that
 * auditd adds behind a 0x1D (UID="root") get "_name" (uid_name).
 */
void audit_read(const struct audit *audit, struct parsed *out);

#endif
