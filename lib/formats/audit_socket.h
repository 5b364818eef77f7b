/* Socket addresses of audit records: which end of the event they are. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_AUDIT_SOCKET_H
#define SIEM_FORMAT_AUDIT_SOCKET_H

#include "../slice.h"

enum audit_end {
	AUDIT_END_NONE,	  /* of this machine, or not known */
	AUDIT_END_SOURCE, /* who it came from: accept, recvfrom */
	AUDIT_END_DEST,	  /* who it went to: connect, sendto */
};

/*
 * By the name of the system call, where auditd adds it, else by its number on the architecture that the record names
 * (in hexadecimal digits); socketcall goes by its first argument. What is not known is empty.
 */
enum audit_end audit_socket_end(struct slice name, struct slice arch, struct slice number, struct slice a0);

#endif
