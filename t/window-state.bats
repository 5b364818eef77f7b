#!/usr/bin/env bats
# siem-window --state, --live and SIGHUP: a stream goes on as if it had never been cut.
# SPDX-License-Identifier: MIT

bats_require_minimum_version 1.5.0
load lib

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	rule brute 2 > rules.json
}

# rule NAME LIMIT [MEMBERS]: a file with one rule for failures of a host.
rule() {
	printf '[{"name": "%s", "severity": 5, "when": {"message": "failed"}, "by": "source_host", "event_limit": %d,
		"time_int": "60s"%s}]\n' "$1" "$2" "${3:+,$3}"
}

# at SECOND HOST: a failure of a host.
at() {
	printf '{"id":"01J00%021d","date_stamp":"2024-06-10T%02d:%02d:%02dZ","source_host":"%s","message":"failed"}\n' \
		"$1" $((12 + $1 / 3600)) $(($1 / 60 % 60)) $(($1 % 60)) "$2"
}

burst() {
	local i
	for ((i = $1; i < $1 + $2; i++)); do
		at "$i" "$3"
	done
}

phases() {
	jq -c '[.source_rule, .phase, .event_count]'
}

@test "the model agrees on streams that are cut, with rules that come and go" {
	timeout 300 python3 "$ROOT/t/model/window.py" --streams 1500 --cuts 6 "$SIEM_BUILD/siem-window"
}

@test "the model agrees on streams in which the rules are read again" {
	timeout 300 python3 "$ROOT/t/model/window.py" --streams 600 --cuts 4 --reload "$SIEM_BUILD/siem-window"
}

@test "cut in two, read again, rules in any order, split by key, fed slowly, followed: the same bytes" {
	timeout 300 python3 "$ROOT/t/model/replay.py" --cuts 60 "$SIEM_BUILD/siem-window"
	timeout 300 python3 "$ROOT/t/model/replay.py" --cuts 60 --disorder "$SIEM_BUILD/siem-window"
}

@test "an episode goes on in the next run, and one event closes it" {
	burst 0 4 a | siem-window --state state -r rules.json | phases > got
	burst 4 3 a | siem-window --state state -r rules.json | phases >> got
	at 500 b | siem-window --state state -r rules.json | phases >> got
	printf '["brute","%s",%d]\n' open 3 close 7 > wanted
	same got wanted
}

@test "the state is private, sorted, and JSON" {
	umask 0
	{ burst 0 4 a; burst 4 4 'b\u0000\u001b'; burst 8 2 c; } | siem-window --state state --late 5s -r rules.json > out
	[ "$(stat -c %a state)" = 600 ]
	LC_ALL=C sort -c state
	jq -e . state > /dev/null
	[ "$(jq -r 'keys_unsorted[0]' state | sort -u | tr '\n' ' ')" = 'engine rule waiting whole ' ]
	[ ! -e state.new ]
}

@test "what was counted is passed over when the log is read again, and it is told" {
	{ burst 0 4 a; at 4 b; } > log
	siem-window --state state -r rules.json log > out
	{ at 5 a; at 4 c | sed s/01J00/01J01/; } >> log
	run -0 siem-window --state state -r rules.json log
	[[ $output == *'5 events had been counted before'* ]]
	[[ $output == *'1 events came earlier than one before them, by up to 1 s'* ]]
	run -0 siem-window --state state -r rules.json < <(at 4 c | sed s/01J00/01J01/; at 500 d; at 4 c)
	grep -q '"event_count":5' <<< "$output"
	[[ $output == *'2 events had been counted before'* && $output != *earlier* ]]
	run -1 siem-window --state late --late 2s -r rules.json < <(at 9 a; at 1 a)
	run -0 siem-window --state late --late 2s -r rules.json < <(at 1 a; at 9 a)
	[[ $output == *'what the state knows already is passed over'* ]]
}

@test "of many events the latest are known by their ids, and what is before those is taken as known" {
	seq 40000 | awk '{ printf "{\"id\":\"01J00%021d\",\"date_stamp\":\"2024-06-10T%02d:%02d:%02dZ\",\"source_host\":\"%s\",\"message\":\"failed\"}\n",
		$1, $1 / 3600, $1 / 60 % 60, $1 % 60, $1 % 5000 }' > log
	siem-window --state whole -r rules.json log > wanted
	head -n 33333 log | siem-window --state state -r rules.json > got
	siem-window --state state -r rules.json log >> got 2> err
	same got wanted
	grep -q '33333 events had been counted before' err
	run -0 siem-window --state state -r rules.json < <(sed -n '1p;25000p' log | sed 's/01J00/01J99/')
	[[ $output == *':1: 2024-06-10T00:00:01Z is earlier than all that is remembered by id, from 2024-06-10T0'*': taken as counted before'* ]]
	[[ $output == *'1 events had been counted before'*'1 of them are only taken for that'*'1 events came earlier'* ]]
	sed -n 1,9p log | sed 's/01J00/01J99/' | siem-window --state state -r rules.json 2> err
	[ "$(grep -c 'is earlier than' err)" = 1 ]
	(( $(wc -c < state) < 4000000 ))
}

@test "a state of before events could come out of order is gone on with" {
	burst 0 2 a | siem-window --state state -r rules.json
	jq -c 'if .engine then {engine: 1, clock, now, seed, counted_at: .clock, counted: .counted[-1:]} else del(.high) end' state > old
	mv old state
	{ burst 0 3 a; at 1000 b; } | siem-window --state state -r rules.json 2> /dev/null | phases > got
	printf '["brute","%s",%d]\n' open 3 close 3 > wanted
	same got wanted
}

@test "events of one second that come in two readings count once each" {
	rule many 5 > r.json
	for i in 1 2 3 4; do at 0 a | sed "s/01J00./01J00$i/"; done > log
	head -n 2 log | siem-window --state state -r r.json
	siem-window --state state -r r.json log 2> /dev/null
	jq -es 'map(select(.key)) | .[0].seen == 4' state
}

@test "one process at a time" {
	mkfifo in
	siem-window --state state -r rules.json < in > out &
	exec 7> in
	at 0 a >&7
	# Only looked at: a lock of ours would keep the first one out.
	wait_until 10 eval '[[ -e state ]] && grep -q ":$(stat -c %i state) " /proc/locks'
	run -2 siem-window --state state -r rules.json < /dev/null
	[[ $output == *'state: another siem-window goes on with it'* ]]
	exec 7>&-
	wait $!
	siem-window --state state -r rules.json < /dev/null
}

@test "what is no state is refused, and stays as it is" {
	burst 0 4 a | siem-window --state state -r rules.json > out
	cp state good
	for bad in 'rules' '{"engine":99}' "$(sed 1d good)" "$(sed 's/"seen":4/"seen":"x"/' good)" "$(sed 's/"ids":\[/&7,/' good)" \
		"$(sed 3p good)" "$(sed '$p' good)" "$(head -c -9 good)"; do
		printf '%s\n' "$bad" > state
		cp state before
		run -2 siem-window --state state -r rules.json < /dev/null
		[[ $output == *'state: line '*' is no state of siem-window'* || $output == *'made by another version'* ]] || fail "$bad: $output"
		same state before
	done
	run -2 siem-window --state . -r rules.json < /dev/null
	run -2 siem-window --state /dev/null -r rules.json < /dev/null
	[[ $output == *'/dev/null: no regular file'* ]]
}

@test "a state that is cut short is refused wherever that is, one without a last line of before is not, and none is new" {
	{ burst 0 4 a; at 4 b; } | siem-window --state state --late 2s -r rules.json > out
	cp state good
	total=$(wc -l < good)
	(( total > 4 ))
	for ((cut = 1; cut < total; cut++)); do
		head -n "$cut" good > state
		cp state before
		run -2 siem-window --state state --late 2s -r rules.json < <(at 9 a)
		[[ $output == *"state: cut short behind line $cut: "* && $output != *phase* ]]
		same state before
	done
	sed '1s/"engine":3/"engine":2/; $d' good > state
	at 500 c | siem-window --state state --late 2s -r rules.json > got
	cp good state
	at 500 c | siem-window --state state --late 2s -r rules.json > wanted
	same got wanted
	[ -s got ]
	: > state
	burst 0 4 a | siem-window --state state -r rules.json | phases > got
	echo '["brute","open",3]' > wanted
	same got wanted
}

@test "SIGTERM saves, and the next run goes on" {
	mkfifo in out
	siem-window --state state -r rules.json < in > out &
	pid=$!
	exec 7> in 8< out
	burst 0 3 a >&7
	read -r -t 10 line <&8 # the third one has been read
	kill -TERM "$pid"
	wait "$pid"
	exec 7>&- 8<&-
	{ at 4 a; at 500 b; } | siem-window --state state -r rules.json | phases > got
	echo '["brute","close",4]' > wanted
	same got wanted
}

@test "kill -9: the log is read again, and a store has each alert once, as it came out" {
	for ((i = 0; i < 300; i++)); do burst $((i * 40)) 4 "h$((i % 7))"; done > log
	siem-window --state whole -r rules.json log > wanted
	mkfifo in
	siem-window --state state -r rules.json < in > got &
	pid=$!
	exec 7> in
	head -n 700 log >&7
	sleep 0.7
	kill -KILL "$pid"
	wait "$pid" || true
	exec 7>&-
	siem-window --state state -r rules.json log >> got
	# Lines may come twice, but no line is missing and none differs.
	sort -u got > once
	sort -u wanted > all
	same once all
}

@test "SIGHUP: rules that did not change keep what they remember, others end what they had open" {
	rule other 2 > other.json
	mkfifo in out
	siem-window -r rules.json -r other.json < in > out 2> err &
	pid=$!
	exec 7> in 8< out
	burst 0 3 a >&7
	read -r -t 10 line <&8
	read -r -t 10 line <&8
	echo '[{"name":' > other.json
	kill -HUP "$pid"
	until grep -q 'the rules stay as they were' err; do sleep 0.05; done
	rule other 7 > other.json
	rule new 0 '"quiet": "1h"' > rules2.json
	jq -s 'add' rules.json rules2.json > both
	mv both rules.json
	kill -HUP "$pid"
	until grep -q '3 rules read again' err; do sleep 0.05; done
	at 3 a >&7
	exec 7>&-
	phases <&8 > got
	exec 8<&-
	wait "$pid"
	printf '["%s","%s",%d]\n' other close 3 new open 1 brute close 4 new close 1 > wanted
	same got wanted
	grep -q 'rule other has changed or is gone: what it had open is ended' err
}

@test "a rule that is gone when the stream goes on ends what it had open" {
	burst 0 4 a | siem-window --state state -r rules.json > out
	rule brute 3 > rules.json
	at 5 a | siem-window --state state -r rules.json 2> err | phases > got
	echo '["brute","close",4]' > wanted
	same got wanted
	grep -q 'rule brute has changed or is gone' err
	# Descriptions, tags and tests may change.
	burst 6 3 a | siem-window --state state -r rules.json | phases > got
	rule brute 3 '"desc": "other"' > rules.json
	at 9 a | siem-window --state state -r rules.json
	at 500 a | siem-window --state state -r rules.json | phases >> got
	printf '["brute","%s",%d]\n' open 4 close 5 > wanted
	same got wanted
}

@test "--live: time passes while nothing comes" {
	cat > r.json <<-'END'
	[{"name": "silent", "severity": 3, "when": {}, "by": "source_host", "expect": "self", "time_int": "1s",
	  "by_list": ["a", "never"]}, {"name": "x", "severity": 3, "when": {}, "event_limit": 0, "time_int": "1s"}]
	END
	mkfifo in out
	siem-window --live -r r.json < in > out &
	exec 7> in 8< out
	at 0 a >&7
	for i in 1 2 3 4; do
		read -r -t 20 line <&8
		echo "$line"
	done | jq -c '[.source_rule, .phase, .date_stamp[-4:], .key]' > got
	exec 7>&-
	cat <&8 > rest
	exec 8<&-
	wait $!
	cat > wanted <<-'END'
	["x","open",":00Z",{}]
	["silent","open",":01Z",{"source_host":"a"}]
	["silent","open",":01Z",{"source_host":"never"}]
	["x","close",":00Z",{}]
	END
	sort got > got.sorted
	sort wanted > wanted.sorted
	same got.sorted wanted.sorted
	[ "$(jq -c 'select(.phase == "close").source_rule' rest | uniq -c | tr -s ' ')" = ' 2 "silent"' ]
}
