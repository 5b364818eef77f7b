#!/usr/bin/env bats
# siem-window --diff: what an edit of rules gains and loses.
# SPDX-License-Identifier: MIT

bats_require_minimum_version 1.5.0
load lib

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# at SECOND USER: an event.
at() {
	printf '{"id":"01J00%021d","date_stamp":"2024-06-10T12:%02d:%02dZ","user":"%s"}\n' \
		"$1" $(($1 / 60)) $(($1 % 60)) "$2"
}

# rule NAME LIMIT: rules with that one.
rule() {
	printf '[{"name": "%s", "severity": 5, "when": {"user|exists": true}, "by": "user", "event_limit": %s, "time_int": "10s"}]\n' "$@"
}

@test "diff: episodes that are gained, lost, changed, and as they were" {
	{ for i in {0..9}; do at "$i" a; done; for i in 100 101 102; do at "$i" b; done; at 200 c; at 208 c; at 216 c; } >events
	rule r 2 >old.json
	rule r 1 >new.json
	siem-window -r new.json --diff old.json events 2>err >got.json
	jq -c '[.diff, .key.user, .old_count, .event_count, .phase, .first[-6:], .last[-6:]]' got.json >got
	cat >wanted <<-'END'
	["+","c",null,3,"close","03:20Z","03:36Z"]
	END
	same got wanted
	grep -q '1 episodes gained, 0 lost, 0 changed, 2 as they were' err
	siem-window -r old.json --diff new.json events 2>err | jq -c '[.diff, .key.user]' >got
	echo '["-","c"]' | same got /dev/stdin
	rule r 4 | sed 's/10s/4s/' >new.json
	siem-window -r new.json --diff old.json events 2>err | jq -c '[.diff, .key.user, .old_count, .event_count]' >got
	printf '%s\n' '["-","a",null,10]' '["-","b",null,3]' | same got /dev/stdin
	rule r 2 | sed 's/10s/10s", "max_open": "6s/' >new.json
	siem-window -r new.json --diff old.json events 2>err | jq -c '[.diff, .key.user, .old_count, .event_count]' >got
	printf '%s\n' '["~","a",10,8]' '["+","a",null,4]' | same got /dev/stdin
}

@test "diff: a rule of another name is another rule; several files" {
	for i in 0 1 2 3; do at $i a; done >events
	rule r 2 >r.json
	rule s 2 >s.json
	siem-window -r s.json --diff r.json events 2>err | jq -c '[.diff, .source_rule]' >got
	printf '%s\n' '["-","r"]' '["+","s"]' | same got /dev/stdin
	siem-window -r s.json -r r.json --diff r.json --diff s.json events >got 2>err
	[ ! -s got ]
	grep -q '0 episodes gained, 0 lost, 0 changed, 2 as they were' err
}

@test "diff and its like: what makes no sense is misuse" {
	rule r 2 >r.json
	for tool in '--diff r.json' '--explain r' '--advise r'; do
		run -2 siem-window -r r.json $tool --live </dev/null
		has "$output" 'goes without --live'
		run -2 siem-window -r r.json $tool --state s </dev/null
		has "$output" 'goes without --state'
		run -2 siem-window -r r.json $tool --test </dev/null
		has "$output" 'one of them at a time'
	done
	run -2 siem-window -r r.json --diff absent.json </dev/null
	has "$output" 'absent.json'
}

@test "diff: it tells what two runs differ by, on random streams, in order and not" {
	for seed in 1 2; do
		timeout 300 python3 "$ROOT/t/model/differ.py" --seed $seed "$SIEM_BUILD/siem-window"
		timeout 300 python3 "$ROOT/t/model/differ.py" --seed $seed --disorder "$SIEM_BUILD/siem-window"
	done
}

@test "diff: likewise where there are so many episodes that those which do not differ are forgotten" {
	timeout 300 python3 "$ROOT/t/model/differ.py" --seed 3 --streams 2000 --disorder "$SIEM_BUILD/siem-window"
}
