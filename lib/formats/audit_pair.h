/* Pairs of audit records: key=value, key="value", key='key=value ..', and what stands between them. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_AUDIT_PAIR_H
#define SIEM_FORMAT_AUDIT_PAIR_H

#include "../buffer.h"

enum {
	AUDIT_KEY_MAX = 64, /* bytes of a key below which it is one */
	AUDIT_NAME_MAX = AUDIT_KEY_MAX + sizeof "_name",
};

struct audit_pair {
	struct slice key, value;
	bool quoted;
};

/* The next pair of the text, which is moved behind it; false where there is none. Inside msg='..' they are pairs as
 * well. */
bool audit_pair_next(struct slice *text, struct audit_pair *pair);

/* Is it what the record says where it does not know? */
bool audit_pair_unknown(const struct audit_pair *pair);

/* Adds the value to *to, decoded if it is in hexadecimal digits; a NUL within becomes a blank. */
void audit_pair_decode(const struct audit_pair *pair, struct buffer *to);

/* The key as extended has it: in small letters, "_name" behind one in capitals (UID). It is shorter than AUDIT_KEY_MAX.
 */
struct slice audit_pair_name(const struct audit_pair *pair, char to[AUDIT_NAME_MAX]);

#endif
