#!/usr/bin/env bats
# The shapes of rules besides the limit rule, rules over rules, and the words that go with them.
# SPDX-License-Identifier: MIT

bats_require_minimum_version 1.5.0
load lib

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# rule NAME MEMBERS [RULE ..]: a file with rules.
rule() {
	printf '{"name": "%s", "severity": 5, %s}\n' "$1" "$2"
}

# rules RULE ..: an array of them.
rules() {
	local IFS=,
	printf '[%s]\n' "$*"
}

# at SECOND MEMBERS: an event.
at() {
	printf '{"id":"01J00%021d","date_stamp":"2024-06-10T%02d:%02d:%02dZ"%s}\n' \
		"$1" $((12 + $1 / 3600)) $(($1 / 60 % 60)) $(($1 % 60)) "${2:+,$2}"
}

alerts() {
	jq -c "$1"
}

refused() {
	run -2 siem-window -r r.json < /dev/null
	[[ $output == *"$1"* ]] || fail "$output"
}

@test "the model of all shapes and their episodes agrees on random streams, in order and not" {
	for shape in limit plain distinct sum sequence all first_seen expect self; do
		timeout 300 python3 "$ROOT/t/model/window.py" --streams 3000 --shape $shape "$SIEM_BUILD/siem-window"
	done
}

@test "distinct: more than so many different values, each told once" {
	rules "$(rule scan '"when": {"message": "drop"}, "by": "source_host", "distinct": "dest_port", "event_limit": 2,
		"time_int": "10s", "message": "ports of {source_host}"')" > r.json
	for i in 22 22 80 22 443 80; do
		at $((n++)) "\"message\":\"drop\",\"source_host\":\"192.0.2.1\",\"dest_port\":$i"
	done > events
	siem-window -r r.json events | alerts '[.phase, .event_count, .first[-3:], (.source_ids | map(.[-1:]) | join(""))]' > got
	printf '%s\n' '["open",3,"02Z","234"]' '["close",4,"02Z","2345"]' > wanted
	same got wanted
}

@test "sum: the numbers of a field, whole ones from 1" {
	rules "$(rule risk '"when": {"n|exists": true}, "by": "user", "sum": "n", "event_limit": 10, "time_int": 1,
		"message": "{user}: {sum} in {count}"')" > r.json
	{ at 0 '"user":"a","n":4'; at 1 '"user":"a","n":"6"'; at 2 '"user":"a","n":0'; at 3 '"user":"a","n":-9'
		at 4 '"user":"a","n":[1,"x"]'; at 5 '"user":"a","n":2.9'; } > events
	siem-window --final -r r.json events 2> err | alerts '[.event_count, .message]' > got
	echo '[4,"a: 13 in 4"]' > wanted
	same got wanted
	grep -q 'rule risk: 2 matching events lack what the rule adds up' err
}

@test "sum: however many large numbers a list has, they are more than the limit" {
	rules "$(rule much '"when": {"n|exists": true}, "sum": "n", "event_limit": 10, "time_int": 1,
		"message": "{sum} in {count}"')" > r.json
	at 0 "\"n\":[1000000000000000$(printf ',%s' $(yes 1000000000000000 | head -n 9223))]" > events
	siem-window --final -r r.json events | alerts '[.event_count, .message]' > got
	echo '[1,"1000000000000000 in 1"]' > wanted
	same got wanted
}

@test "sequence: the steps in their order, by one key, within time_int" {
	rules "$(rule in '"let": {"failed": {"message": "failed*"}}, "by": "source_host", "time_int": "10s",
		"sequence": ["failed", "failed", {"message": "accepted*"}]')" > r.json
	{ at 0 '"source_host":"a","message":"accepted"'; at 1 '"source_host":"a","message":"failed"'
		at 5 '"source_host":"b","message":"failed"'; at 6 '"source_host":"b","message":"accepted"'
		at 7 '"source_host":"a","message":"failed"'; at 11 '"source_host":"a","message":"accepted"'
		at 12 '"source_host":"a","message":"failed"'; at 13 '"source_host":"a","message":"accepted"'; } > events
	siem-window --final -r r.json events | alerts '[.key.source_host, .first[-3:], .last[-3:], .event_count]' > got
	echo '["a","07Z","13Z",3]' > wanted
	same got wanted
}

@test "all: each of them within time_int, in any order" {
	rules "$(rule all '"by": "user", "time_int": "10s", "all": [{"message": "x"}, {"message": "y"}, {"message": "*z"}]')" > r.json
	{ at 0 '"user":"a","message":"x"'; at 1 '"user":"a","message":"xz"'; at 10 '"user":"a","message":"y"'
		at 10 '"user":"b","message":"y"'; at 11 '"user":"b","message":"z"'; at 12 '"user":"a","message":"x"'
		at 19 '"user":"b","message":"x"'; } > events
	siem-window --emit open -r r.json events | alerts '[.key.user, .first[-3:], .last[-3:], .event_count]' > got
	printf '%s\n' '["b","10Z","19Z",3]' > wanted
	same got wanted
}

@test "expect: what should follow and does not is told when its time is over" {
	rules "$(rule backup '"when": {"message": "start"}, "by": "log_source", "expect": {"message": "done"},
		"time_int": "1m", "message": "{log_source}: {message} {count}"')" > r.json
	{ at 0 '"log_source":"a","message":"start"'; at 59 '"log_source":"a","message":"done"'
		at 60 '"log_source":"b","message":"start"'; at 70 '"log_source":"b","message":"start"'
		at 120 '"log_source":"b","message":"done"'; at 200 '"log_source":"c","message":"start"'; at 259; } > events
	siem-window -r r.json events | alerts '[.phase, .date_stamp[-6:], .last[-6:], .message]' > got
	printf '%s\n' '["open","02:00Z","02:00Z","b: start 1"]' '["close","02:00Z","02:00Z","b: start 2"]' > wanted
	same got wanted
}

@test "expect self: silence is one alert that ends when it does; hosts that never spoke are listed" {
	printf '# hosts\na\nnever\n' > hosts
	rules "$(rule silent '"when": {}, "by": "log_source", "expect": "self", "time_int": "1m", "by_list": "hosts",
		"message": "{log_source} is silent"')" > r.json
	{ for i in 0 30 60 90 300 310; do at $i '"log_source":"b"'; done; at 320 '"log_source":"a"'; } > events
	siem-window -r r.json events | alerts '[.phase, .message[:6], .first[-6:], .last[-6:]]' > got
	cat > wanted <<-'END'
	["open","a is s","00:00Z","01:00Z"]
	["open","never ","00:00Z","01:00Z"]
	["open","b is s","01:30Z","02:30Z"]
	["close","b is s","01:30Z","05:00Z"]
	["close","a is s","00:00Z","05:20Z"]
	["close","never ","00:00Z","01:00Z"]
	END
	same got wanted
}

@test "first_seen: what is new, until it is forgotten; what is learned is silent" {
	rules "$(rule new '"when": {"user|exists": true}, "by": "log_source", "first_seen": "user", "forget": "1h", "learn": "10s"')" > r.json
	{ at 0 '"log_source":"a","user":"root"'; at 11 '"log_source":"a","user":"root"'
		at 12 '"log_source":"b","user":"root"'; at 13 '"log_source":"a","user":"eve"'
		at 3611 '"log_source":"a","user":"root"'; at 3612 '"log_source":"a","user":"eve"'; } > events
	siem-window --emit open -r r.json events | alerts '[.date_stamp[-9:], .key]' > got
	printf '["%sZ",{"log_source":"%s","user":"%s"}]\n' 12:00:12 b root 12:00:13 a eve 13:00:11 a root > wanted
	same got wanted
}

@test "max_open ends an episode that would go on" {
	rules "$(rule long '"when": {}, "event_limit": 0, "quiet": "10s", "max_open": "1m"')" > r.json
	for ((i = 0; i < 120; i += 5)); do at $i; done | siem-window -r r.json | alerts '[.phase, .event_count]' > got
	printf '["%s",%d]\n' open 1 close 12 open 1 close 12 > wanted
	same got wanted
}

@test "magnitude: that of siemstress, and the ratio of LogESP" {
	rules "$(rule a '"when": {}, "event_limit": 2, "time_int": 5')" \
		"$(rule b '"when": {}, "event_limit": 2, "time_int": 5, "magnitude": "ratio"')" > r.json
	for ((i = 0; i < 50; i++)); do at $i; done | siem-window --final -r r.json | alerts .magnitude > got
	printf '%d\n' 18 50 > wanted # (50 // 2 // 3 // 2 + 5) * 2, and 50 * 3 // 3
	same got wanted
}

@test "let: names of the rule before those of its file, in lists and after not" {
	cat > r.json <<-'END'
	{"let": {"x": {"message": "x"}, "any": ["x", {"not": "named"}], "named": {"user|exists": true}},
	 "rules_a": [{"name": "own", "severity": 1, "let": {"x": {"message": "y"}}, "when": "any", "message": "own {message}"}],
	 "rules_b": [{"name": "shared", "severity": 1, "when": "any", "unless": "x", "message": "shared {message}"}]}
	END
	{ at 0 '"user":"u","message":"x"'; at 1 '"user":"u","message":"y"'; at 2 '"message":"z"'; } |
		siem-window --emit open -r r.json | alerts .message > got
	printf '"%s"\n' 'own y' 'own z' 'shared z' > wanted
	same got wanted
}

@test "rules over rules see what opens, and more where they ask for the phase" {
	rules "$(rule brute '"when": {"message": "failed"}, "by": "source_host", "event_limit": 1, "time_int": 1')" \
		"$(rule got_in '"by": "source_host", "time_int": 10, "sequence": [{"source_rule": "brute"}, {"message": "accepted"}]')" \
		"$(rule over '"when": {"source_rule": "got_*"}, "message": "{source_rule} by {source_host}"')" \
		"$(rule closed '"when": {"source_rule": "brute", "phase": "close"}, "message": "{event_count}"')" \
		"$(rule other '"when": {"message": "*brute*"}')" > r.json
	{ for i in 0 1 2; do at $i '"source_host":"a","message":"failed"'; done
		at 3 '"source_host":"b","message":"accepted"'; at 4 '"source_host":"a","message":"accepted"'; at 500; } > events
	siem-window --emit open -r r.json events | alerts '[.source_rule, .message, .date_stamp[-6:]]' > got
	cat > wanted <<-'END'
	["brute","brute","00:01Z"]
	["got_in","got_in","00:04Z"]
	["over","got_in by a","00:04Z"]
	["closed","3","01:02Z"]
	END
	same got wanted
}

@test "rules that feed each other are refused with the way it goes" {
	rules "$(rule a '"when": {"source_rule": "b"}')" "$(rule b '"by": "user", "time_int": 1, "all": [{"source_rule": "c"}, {"user": "x"}]')" \
		"$(rule c '"when": [{"source_rule|startswith": "A"}, {"message": "x"}]')" > r.json
	refused 'rules feed each other without end: '
	[[ $output == *' a -> c -> b -> a '* || $output == *' b -> a -> c -> b '* || $output == *' c -> b -> a -> c '* ]]
	rules "$(rule sum '"when": {"source_rule": "*"}, "sum": "magnitude", "event_limit": 9, "time_int": 1')" > r.json
	refused 'without end: sum -> sum (an "unless" with "source_rule" keeps one out)'
	rules "$(rule sum '"when": {"source_rule": "*"}, "unless": {"source_rule": "sum"}, "sum": "magnitude", "event_limit": 9, "time_int": 1')" > r.json
	siem-window -r r.json < /dev/null
	all=$(rule r0 '"when": {}')
	for i in {1..9}; do
		all="$all,$(rule "r$i" "\"when\": {\"source_rule\": \"r$((i - 1))\"}")"
	done
	echo "[$all]" > r.json
	refused 'rule r9 stands on more than 8 others, one over the other'
}

@test "risk: the magnitudes of several rules are added up by address" {
	rules "$(rule a '"when": {"message": "a"}, "by": "source_host"')" "$(rule b '"when": {"message": "b"}, "by": "source_host"')" \
		"$(rule risk '"when": {"source_rule|exists": true}, "unless": {"source_rule": "risk"}, "by": "source_host",
			"sum": "magnitude", "event_limit": 25, "time_int": "1d", "message": "{source_host} {sum}"')" > r.json
	{ at 0 '"message":"a","source_host":"x"'; at 1 '"message":"b","source_host":"y"'; at 2 '"message":"b","source_host":"x"'
		at 3 '"message":"a","source_host":"x"'; } |
		siem-window --emit open -r r.json | alerts 'select(.source_rule == "risk") | [.message, .event_count]' > got
	echo '["x 30",3]' > wanted
	same got wanted
}

@test "--emit: these lines alone" {
	rules "$(rule x '"when": {}, "event_limit": 1, "time_int": 1, "grow": 2, "hold": "1h"')" > r.json
	for i in 0 1 2 3 100 101; do at $i; done > events
	siem-window --emit grow,reopen -r r.json events | alerts .phase > got
	printf '"%s"\n' grow reopen > wanted
	same got wanted
	run -2 siem-window --emit open,clse -r r.json events
	[[ $output == *"--emit: 'clse' is none of open, grow, reopen, close; did you mean close"* ]]
}

@test "tests in rules: time passes with idle" {
	cat > r.json <<-'END'
	[{"name": "x", "severity": 1, "when": {"user": "root"}, "expect": {"user": "end"}, "time_int": 1, "tests": [
		{"name": "late", "events": [{"user": "root"}, {"idle": "60s"}, {"user": "end"}], "alerts": [{"event_count": 2}]},
		{"name": "in time", "events": [{"user": "root"}, {"idle": "59s"}, {"user": "end"}, {"idle": "1h"}], "alerts": 0},
		{"name": "end of test", "events": [{"user": "root"}], "alerts": 0},
		{"name": "alone", "events": [{"idle": "1m", "user": "root"}], "alerts": 0}]}]
	END
	run -1 siem-window --test -r r.json
	cat > wanted <<-'END'
	ok x: late
	ok x: in time
	ok x: end of test
	not ok x: alone: events[0]: idle: goes with nothing else
	3 passed, 1 failed
	END
	echo "$output" > got
	same got wanted
}

@test "what does not go together is told" {
	rules "$(rule x '"distinct": "user", "when": {}')" > r.json
	refused 'rule 1 (x): event_limit: distinct needs it: more than how many values?'
	rules "$(rule x '"distinct": "user", "sum": "n", "event_limit": 1, "when": {}')" > r.json
	refused 'sum: does not go with distinct: a rule has one shape'
	rules "$(rule x '"sequence": [{}, {}], "event_limit": 1')" > r.json
	refused 'event_limit: does not go with sequence'
	rules "$(rule x '"sequence": [{}], "time_int": 1')" > r.json
	refused 'sequence: must be a list of 2 to 16 criteria'
	rules "$(rule x '"all": [{}, {"user|contians": "x"}], "time_int": 1')" > r.json
	refused "all[1]: user|contians: no such test: '|contians'; did you mean '|contains'?"
	rules "$(rule x '"all": [{}, {}]')" > r.json
	refused 'time_int: within what time?'
	rules "$(rule x '"when": {}, "forget": "1d"')" > r.json
	refused 'forget: does not go with a rule that has no shape'
	rules "$(rule x '"when": {}, "by": "user", "first_seen": "user"')" > r.json
	refused "first_seen: 'user' stands in \"by\""
	rules "$(rule x '"expect": {"user": "x"}, "time_int": 1')" > r.json
	refused 'when: after what is something expected?'
	rules "$(rule x '"when": {}, "by": "user", "expect": {"user": "x"}, "time_int": 1, "by_list": ["x"]')" > r.json
	refused 'by_list: goes with expect "self" alone'
	rules "$(rule x '"when": {}, "by": ["user", "a"], "expect": "self", "time_int": 1, "by_list": ["x"]')" > r.json
	refused 'by_list: each item must have the fields of "by", and no others'
	rules "$(rule x '"when": "failed"')" > r.json
	refused "when: 'failed': nothing of this name stands in \"let\""
	rules "$(rule x '"let": {"a": ["b"], "b": ["a"]}, "when": "a"')" > r.json
	refused 'let: names that stand for each other, or for too much'
	rules "$(rule x '"when": {}, "magnitude": "big"')" > r.json
	refused 'magnitude: must be "siemstress" or "ratio"'
	rules "$(rule x '"event_limit": 1, "time_int": 1')" > r.json
	refused 'when: is missing'
}
