#!/bin/sh
# Did any attack succeed? Addresses that failed five times or more, and were let in after that.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/.." || exit

siem-parse -q -z +0100 --reference 2025-01-09 examples/auth.log |
siem-helper -p rules/helpers_auth.json |
jq -r 'select(.message | test("^(Failed|Accepted) ")) |
	[.date_stamp, .log_source, .source_host, .user, (.message | split(" ")[0])] | @tsv' |
awk -F '\t' '
	$5 == "Failed" { failed[$2, $3]++; next }
	failed[$2, $3] >= 5 { print $1 ": " $3 " got into " $2 " as " $4 " after " failed[$2, $3] " failures" }
	{ failed[$2, $3] = 0 }'
