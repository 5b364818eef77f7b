#!/bin/sh
# A new rule is tried on old events: would it have told us of the new account? Replay gives what live would have given.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/.." || exit
dir=$(mktemp -d) || exit
trap 'rm -r "$dir"' EXIT
export SIEM_STORE="sqlite:$dir/siem.db"

siem-parse -q -z +0100 --reference 2025-01-09 examples/auth.log | siem-helper -p rules/helpers_auth.json | siem-store

cat >"$dir/accounts.json" <<'END'
[{"name": "Account_Made", "severity": 2, "by": ["log_source"], "time_int": "1h",
  "when": {"source_process": ["useradd", "usermod", "passwd"]},
  "message": "accounts change on {log_source}, {count} so far"}]
END
siem-select | siem-window -r "$dir/accounts.json" | siem-table -w 120 -f date_stamp,phase,source_rule,magnitude,message
