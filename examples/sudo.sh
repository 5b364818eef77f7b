#!/bin/sh
# Who ran what as whom on which machine, and how often?
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/.." || exit

siem-parse -q -z +0100 --reference 2025-01-09 examples/auth.log |
siem-helper -p rules/helpers_auth.json |
jq -r 'select(.source_process == "sudo" and .extended.command) |
	[.log_source, .user, .extended.target_user, .extended.command] | @tsv' |
LC_ALL=C sort | uniq -c
