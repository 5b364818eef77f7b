/* What an audit event of several records says, in a line for people. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_AUDIT_MESSAGE_H
#define SIEM_FORMAT_AUDIT_MESSAGE_H

#include "format.h"

/*
 * Sets the message from what extended holds: the type of the first record, then what tells most, as key=value:
 *
 *	SYSCALL syscall=execve success=yes exit=0 auid=bob uid=root comm=ls exe=/usr/bin/ls key=exec command_line=ls -l
 */
void audit_message(struct parsed *out);

#endif
