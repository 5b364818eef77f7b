#!/bin/sh
# A filter of your own between ours: jq says where an address belongs, and a rule counts by that new field.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/.." || exit
dir=$(mktemp -d) || exit
trap 'rm -r "$dir"' EXIT

cat >"$dir/inside.json" <<'END'
[{"name": "Inside_AuthFail_1h", "severity": 2, "by": ["network", "log_source"], "event_limit": 4, "time_int": "1h",
  "when": {"network": "inside", "message|startswith": "Failed password"},
  "message": "{count} failed logins on {log_source} from inside, the first from {source_host} as {user}"}]
END

siem-parse -q -z +0100 --reference 2025-01-09 examples/auth.log |
siem-helper -p rules/helpers_auth.json |
jq -c --unbuffered '.network = if .source_host // "" | startswith("10.20.") then "inside" else "outside" end' |
siem-window --final -r "$dir/inside.json" |
siem-table -w 120 -f date_stamp,source_rule,magnitude,message
