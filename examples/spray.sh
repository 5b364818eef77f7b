#!/bin/sh
# Who tries many accounts, and only once or twice each? Too slow for a limit over minutes, plain when accounts are counted.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/.." || exit

siem-parse -q -z +0100 --reference 2025-01-09 examples/auth.log |
siem-helper -p rules/helpers_auth.json |
jq -r 'select(.message | startswith("Failed password")) | [.source_host, .user] | @tsv' |
awk -F '\t' '
	!seen[$1, $2]++ { accounts[$1]++ }
	{ attempts[$1]++ }
	END { for (a in accounts) if (accounts[a] > 4) print a ": " accounts[a] " accounts in " attempts[a] " attempts" }' |
LC_ALL=C sort
