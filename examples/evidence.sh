#!/bin/sh
# What lies behind an alert? It names the ids of its events, and these are found in any archive.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/.." || exit
dir=$(mktemp -d) || exit
trap 'rm -r "$dir"' EXIT

siem-parse -q -z +0100 --reference 2025-01-09 examples/auth.log |
siem-helper -p rules/helpers_auth.json >"$dir/archive.jsonl"

siem-window -r rules/auth.json "$dir/archive.jsonl" |
jq -r 'select(.source_rule == "SU_AuthFail_10m" and .phase == "open") | .source_ids[]' >"$dir/ids"

grep -F -f "$dir/ids" "$dir/archive.jsonl" | jq -r .raw_text
