#!/bin/sh
# A store is asked: what was refused to sudo, and what did the intruder do in the half hour after?
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/.." || exit
dir=$(mktemp -d) || exit
trap 'rm -r "$dir"' EXIT
export SIEM_STORE="sqlite:$dir/siem.db"

siem-parse -q -z +0100 --reference 2025-01-09 examples/auth.log |
siem-helper -p rules/helpers_auth.json |
siem-store

siem-select --process sudo --grep 'not in sudoers' | siem-table -w 120 -f date_stamp,log_source,user,message
echo
siem-select -z +0100 --range 20250104140500-20250104143500 --shost web1 --rprocess sshd --rprocess CRON |
siem-table -w 120 -f date_stamp,source_process,user,message
