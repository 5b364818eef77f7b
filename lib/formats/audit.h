/* Records of the audit system of Linux: what they have in their head, and what their pairs tell. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_AUDIT_H
#define SIEM_FORMAT_AUDIT_H

#include "format.h"

enum {
	AUDIT_PAIRS_MAX = 128, /* that are taken of one event; arguments of programs and paths are not counted */
};

struct audit {
	struct slice type;   /* "SYSCALL"; empty where it is not known */
	struct slice event;  /* that it belongs to, "1364481363.243:24287", or empty */
	struct slice serial; /* behind the colon of that */
	struct stamp stamp;
	struct slice body;
};

/*
 * "type=SYSCALL msg=audit(1364481363.243:24287): ..", "type=1400 audit(..): ..", "audit(..): .."; false where the text
 * starts otherwise: body is what follows the part of it that is right.
 */
bool audit_split(struct slice text, struct audit *audit);

/*
 * Notes in out->part that the record may be one of several, with what the head of its line has given so far. text: what
 * audit_split was given; node: what stands before it, or empty. To be called before audit_read.
 */
void audit_mark(const struct audit *audit, struct slice text, struct slice node, struct parsed *out);

/*
 * What the pairs of an event's records tell: fields that are not filled yet, the rest in extended under its own name;
 * of a name that comes twice the first. Values in hexadecimal digits are decoded, quotes taken off; what is not known
 * ("?", "(null)") is left out. Names that auditd adds behind a 0x1D (UID="root") get "_name" (uid_name).
 *
 * Of several records (count > 1) extended has all types; paths; and the message is put together. A socket's address is
 * one of the event's ends, by the system call.
 */
void audit_read(const struct audit *records, size_t count, struct parsed *out);

#endif
