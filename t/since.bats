#!/usr/bin/env bats
# siem-parse --since: sought in sorted files, read in others; what comes is what a whole run has from there on.
# SPDX-License-Identifier: MIT

bats_require_minimum_version 1.5.0
load lib

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

@test "sorted files of all kinds: events and ids are those of a whole run" {
	python3 "$ROOT/t/model/since.py" log 6 7
}

# iso COUNT: so many lines, one a second.
iso() {
	awk -v count="$1" 'BEGIN {
		for (i = 0; i < count; i++)
			printf "2024-06-10T%02d:%02d:%02dZ web1 test[7]: line %d of a log that is long enough to be sought in\n",
				i / 3600 % 24, i / 60 % 60, i % 60, i
	}'
}

# A line out of order that no look meets tells whether what stands before is read.
@test "a sorted file is not read from its start" {
	{ iso 500; echo "2024-06-10T23:30:00Z web1 test[7]: odd"; iso 86000 | tail -n +501; } > log
	siem-parse --since 2024-06-10T23:00:00Z log > out 2> err
	[[ $(wc -l < out) == 3200 ]]
	grep -q '; [0-9]* bytes before --since were not read' err
	[[ $(siem-parse --since 2024-06-10T23:00:00Z < log | wc -l) == 3200 ]]
	[[ $(cat log | siem-parse --since 2024-06-10T23:00:00Z | wc -l) == 85501 ]]
}

@test "--why numbers lines from the start of the file" {
	{ iso 86000; echo '192.0.2.7 - - [10/Okt/2023:13:55:36 +0200] "GET / HTTP/1.1" 200 5'; } > log
	siem-parse -q --why --since 2024-06-10T23:00:00Z log 2>&1 > out | grep '^siem-parse: log:86001: unparsed'
}

@test "what is a little out of order is found, and lines before are counted for the ids" {
	local late="2024-06-10T11:00:00Z web1 test[7]: late"
	{ iso 43000; echo "$late"; iso 86000 | tail -n +43001 | sed 1000q; echo "$late"; iso 86000 | tail -n +44001; } > log
	siem-parse --host here log > whole
	siem-parse --host here --since 2024-06-10T11:56:41Z log > out
	same out <(tail -n +43003 whole)
}

@test "a file out of order, and one with a header of columns, is read from its start" {
	{ iso 43200 | tac; iso 43200; } > log
	[[ $(siem-parse --since 2024-06-10T11:59:59Z log | wc -l) == 86400 ]]
	{
		echo '#Fields: date time s-ip cs-method cs-uri-stem sc-status'
		awk 'BEGIN { for (i = 0; i < 80000; i++) printf "2024-06-10 %02d:%02d:%02d 192.0.2.1 GET /some/page/of/a/site 200\n", i / 3600, i / 60 % 60, i % 60 }'
	} > log
	siem-parse --host here log | tail -n 1000 > wanted
	siem-parse --host here --since "$(head -n 1 wanted | jq -r .date_stamp)" log > out
	same out wanted
}
