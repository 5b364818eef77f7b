#!/usr/bin/env bats
# siem-window's tools for those who write rules: what they tell is what runs would show.
# SPDX-License-Identifier: MIT

bats_require_minimum_version 1.5.0
load lib

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# at SECOND HOST: a failure of a host.
at() {
	printf '{"id":"01J00%021d","date_stamp":"2024-06-10T%02d:%02d:%02dZ","source_host":"%s","message":"failed"}\n' \
		"$1" $((12 + $1 / 3600)) $(($1 / 60 % 60)) $(($1 % 60)) "$2"
}

# rule NAME MEMBERS: a file with one rule for failures.
rule() {
	printf '{"rules_test": [{"name": "%s", "severity": 5, "when": {"message": "fail*"}, %s}]}\n' "$1" "$2"
}

@test "advise: a table of limits and times, those of the rule marked" {
	rule brute '"by": "source_host", "event_limit": 3, "time_int": "90s"' >r.json
	{ for i in {1..9}; do at $((i * 20)) a; done; for i in {200..230}; do at "$i" b; done; } >events
	siem-window -r r.json --advise brute events >got
	cat >wanted <<-'END'
	brute: alerts, by time_int (down) and event_limit (across); * as the rule has it
	time_int      2     3*      5     10     20     50    100
	1m            2      1      1      1      1      0      0
	1m30s*        2      2      1      1      1      0      0
	2m            2      2      2      1      1      0      0
	5m            2      2      2      1      1      0      0
	10m           2      2      2      1      1      0      0
	30m           2      2      2      1      1      0      0
	1h            2      2      2      1      1      0      0
	6h            2      2      2      1      1      0      0
	1d            2      2      2      1      1      0      0
	END
	same got wanted
}

@test "advise: its numbers are those of runs with each limit and each time" {
	timeout 300 python3 "$ROOT/t/model/advise.py" "$SIEM_BUILD/siem-window"
	timeout 300 python3 "$ROOT/t/model/advise.py" --late "$SIEM_BUILD/siem-window"
}

@test "advise: a rule that is not there, or has nothing to choose, is misuse" {
	rule brute '"by": "source_host", "event_limit": 3, "time_int": "90s"' >r.json
	run -2 siem-window -r r.json --advise brut </dev/null
	has "$output" "no rule is named 'brut'; did you mean brute"
	rule brute '"by": "source_host"' >r.json
	run -2 siem-window -r r.json --advise brute </dev/null
	has "$output" "neither limit nor time"
}

@test "explain: how near each key came, the nearest first, and no SIEM event" {
	rule brute '"by": "source_host", "event_limit": 4, "time_int": "60s"' >r.json
	{ at 0 a; at 10 a; at 20 b; at 30 a; at 100 a; at 110 c; for i in {200..209}; do at "$i" b; done; } >events
	siem-window -r r.json --explain brute events >got
	cat >wanted <<-'END'
	{"source_rule":"brute","key":{"source_host":"b"},"percent":125,"most":5,"event_limit":4,"most_at":"2024-06-10T12:03:24Z","at_end":5,"events":11,"episodes":1}
	{"source_rule":"brute","key":{"source_host":"a"},"percent":75,"most":3,"event_limit":4,"most_at":"2024-06-10T12:00:30Z","at_end":0,"events":4,"episodes":0}
	{"source_rule":"brute","key":{"source_host":"c"},"percent":25,"most":1,"event_limit":4,"most_at":"2024-06-10T12:01:50Z","at_end":0,"events":1,"episodes":0}
	END
	same got wanted
	siem-window -r r.json --explain brute --key c events >got
	tail -n 1 wanted | same got /dev/stdin
	run -2 siem-window -r r.json --explain brut events
	has "$output" "did you mean brute"
	run -2 siem-window -r r.json --key c events
	has "$output" "--key goes with --explain"
	run -0 siem-window -r r.json --max-keys 2 --explain brute events
	has "$output" "1 matching events of further keys are not in what is shown"
}

@test "explain: an episode that opens again is one; what waits for --late is there at the end" {
	rule brute '"by": "source_host", "event_limit": 1, "time_int": "60s", "hold": "1h"' >r.json
	for i in 0 1 200 201 230; do at "$i" a; done >events
	[ "$(siem-window -r r.json events | jq -r .phase | xargs)" = 'open close reopen close' ]
	siem-window -r r.json --explain brute events >got
	[ "$(jq -c '[.most, .at_end, .events, .episodes]' got)" = '[2,2,5,1]' ]
	siem-window -r r.json --late 5m --explain brute events >late
	same late got
}

@test "explain: what windows held agrees with a model, its episodes with a run" {
	for seed in 1 2 3 4; do
		timeout 100 python3 "$ROOT/t/model/explain.py" --seed "$seed" "$SIEM_BUILD/siem-window"
	done
}

@test "near: of all rules, the keys that --explain shows so near and without an episode" {
	local name part
	siem-parse -q --reference 2025-01-09 "$ROOT/examples/auth.log" | siem-helper -p "$ROOT/rules/helpers_auth.json" >events
	for part in 0.3 0.8; do
		siem-window -r "$ROOT/rules/auth.json" -r "$ROOT/rules/login.json" --near "$part" events >got
		jq -r '.[] | arrays | .[] | select(.is_enabled != 0) | .name' "$ROOT/rules/auth.json" "$ROOT/rules/login.json" | while read -r name; do
			siem-window -r "$ROOT/rules/auth.json" -r "$ROOT/rules/login.json" --explain "$name" events
		done | jq -c --argjson part "$part" \
			'select(.episodes == 0 and .most != null and .most / (.event_limit // .steps) >= $part)' >explained
		[ -s got ]
		LC_ALL=C sort got >sorted
		LC_ALL=C sort explained | same sorted -
		jq .percent got | sort -rn -c
	done
	for part in 0 1.1 x 0.8x ''; do
		run -2 siem-window -r "$ROOT/rules/auth.json" --near "$part" events
	done
	run -2 siem-window --near 0.8 events
	run -2 siem-window -r "$ROOT/rules/auth.json" --near 0.8 --live events
}
