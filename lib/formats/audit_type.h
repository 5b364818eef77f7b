/* Types of audit records: their names, and which of them are parts of one event. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_AUDIT_TYPE_H
#define SIEM_FORMAT_AUDIT_TYPE_H

#include "../slice.h"

enum audit_part {
	AUDIT_ALONE, /* an event by itself, as all that programs write */
	AUDIT_PART,  /* others of its serial may come */
	AUDIT_FIRST, /* the same, and there is one of it in an event: a second one starts another */
	AUDIT_LAST,  /* none comes behind it */
};

/* The name of a type that is written by its number, where there is one; else the type as it is. */
struct slice audit_type_name(struct slice type);

/* type: a name, or a number that has none ("UNKNOWN[1399]", "1399"). */
enum audit_part audit_type_part(struct slice type);

#endif
