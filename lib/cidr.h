/* Is an address in one of these networks? IPv4 and IPv6; ::ffff:192.0.2.1 is 192.0.2.1. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_CIDR_H
#define SIEM_CIDR_H

#include "slice.h"

/* 16 bytes in network order; an IPv4 address as its v4-mapped one. */
struct address {
	unsigned char bytes[16];
};

/* "192.0.2.1", "2001:db8::1", also in brackets or with a zone ("fe80::1%eth0"); false where it is no address. */
bool address_read(struct slice text, struct address *address);

struct cidr_range {
	struct address low, high;
};

/* {0} is an empty set. */
struct cidr {
	struct cidr_range *ranges;
	size_t count, room;
};

/*
 * Adds "192.0.2.0/24", "2001:db8::/32" or a single address; bits behind the prefix do not count.
 * False where it is none.
 */
bool cidr_add(struct cidr *cidr, struct slice text);

/* To be called after the last cidr_add: orders and joins the ranges, so that asking costs their logarithm. */
void cidr_ready(struct cidr *cidr);

bool cidr_has(const struct cidr *cidr, const struct address *address);
void cidr_clear(struct cidr *cidr);

#endif
