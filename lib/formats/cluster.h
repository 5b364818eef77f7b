/* Logs of supercomputers: nodes, seconds since 1970, and a stamp of the node's own. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_CLUSTER_H
#define SIEM_FORMAT_CLUSTER_H

#include "format.h"

/*
 * "- 1117838570 2005.06.03 R02-M1 2005-06-03-15.42.50.675872 R02-M1 RAS KERNEL INFO message" (Blue Gene),
 * "- 1131566461 2005.11.09 dn228 Nov 9 12:01:01 dn228/dn228 crond[2915]: message" (Thunderbird, Spirit, Liberty), and
 * "134681 node-246 unix.hw state_change.unavailable 1077804742 1 message" (HPC); false where it is none of these.
 */
bool cluster_read(struct slice line, struct parsed *out);

#endif
