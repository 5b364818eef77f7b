/* What Juniper's structured data says of a packet or a login. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_JUNOS_H
#define SIEM_FORMAT_JUNOS_H

#include "format.h"

/*
 * Structured data that starts with "[junos@": addresses, ports, protocol and account become the event's own. Anything
 * else is left alone.
 */
void junos_read(struct slice data, struct parsed *out);

#endif
