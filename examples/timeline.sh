#!/bin/sh
# Two machines, two formats, one timeline: ids begin with the time, so that sort puts all events in order.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/.." || exit

siem-parse -q examples/syslog-iso.log examples/syslog-5424.log |
siem-helper -p rules/helpers_auth.json |
LC_ALL=C sort |
siem-table -w 120 -f date_stamp,format,log_source,source_process,message
