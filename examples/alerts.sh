#!/bin/sh
# What happened in these twelve days? One line for each attack, with its final count, in the order in which they began.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/.." || exit

siem-parse -q -z +0100 --reference 2025-01-09 examples/auth.log |
siem-helper -p rules/helpers_auth.json |
siem-window --final -r rules/auth.json |
LC_ALL=C sort |
siem-table -w 120 -f date_stamp,source_rule,severity,event_count,message
