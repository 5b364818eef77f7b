#!/bin/sh
# An archive is a compressed file of events. Reading a log twice adds nothing: the same line has the same id.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/.." || exit
dir=$(mktemp -d) || exit
trap 'rm -r "$dir"' EXIT

head -n 3000 examples/auth.log >"$dir/yesterday.log"
gzip -c examples/auth.log >"$dir/today.log.gz"

# The first part of the log is in both.
siem-parse -q -z +0100 --reference 2025-01-09 "$dir/yesterday.log" "$dir/today.log.gz" |
LC_ALL=C sort -u -k1.8,1.33 | gzip >"$dir/archive.jsonl.gz"

echo "lines read:    $(cat examples/auth.log "$dir/yesterday.log" | grep -c .)"
echo "events kept:   $(zcat "$dir/archive.jsonl.gz" | grep -c .)"
echo "in 2025 alone: $(zcat "$dir/archive.jsonl.gz" | grep -c '"date_stamp":"2025-')"
