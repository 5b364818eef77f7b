#!/bin/sh
# Which addresses failed to log in most often? The classic question, with the classic tools behind jq.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/.." || exit

siem-parse -q -z +0100 --reference 2025-01-09 examples/auth.log |
siem-helper -p rules/helpers_auth.json |
jq -r 'select(.message | startswith("Failed password")) | .source_host' |
LC_ALL=C sort | uniq -c | LC_ALL=C sort -k1,1nr -k2 | head -n 8
