/* Socket addresses as the kernel has them in memory, written in hexadecimal digits. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_SOCKADDR_H
#define SIEM_FORMAT_SOCKADDR_H

#include "../slice.h"

enum {
	SOCKADDR_TEXT_MAX = 128,
};

struct sockaddr_text {
	const char *family;		 /* "ipv4", "ipv6", "unix", "netlink", .. */
	char address[SOCKADDR_TEXT_MAX]; /* or a socket's path; "" where there is none */
	size_t address_len;
	int64_t port; /* -1: none */
};

/* False where the digits are no address of a family that is known. */
bool sockaddr_read(struct slice digits, struct sockaddr_text *out);

#endif
