#!/usr/bin/env bats
# siem-window: one attack is one alert, nothing is counted twice, and what is passed over is told.
# SPDX-License-Identifier: MIT

bats_require_minimum_version 1.5.0
load lib

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	rule brute '"by": "source_host", "event_limit": 2, "time_int": "60s"' > rules.json
}

# rule NAME MEMBERS: a file with one rule for failures.
rule() {
	printf '{"rules_test": [{"name": "%s", "severity": 5, "when": {"message": "fail*"}, %s}]}\n' "$1" "$2"
}

# at SECOND HOST [MEMBERS]: a failure of a host.
at() {
	printf '{"id":"01J00%021d","date_stamp":"2024-06-10T%02d:%02d:%02dZ","source_host":"%s","message":"failed"%s}\n' \
		"$1" $((12 + $1 / 3600)) $(($1 / 60 % 60)) $(($1 % 60)) "$2" "${3:-}"
}

# burst FIRST COUNT HOST: one failure each second.
burst() {
	local i
	for ((i = $1; i < $1 + $2; i++)); do
		at "$i" "$3"
	done
}

# members FILTER: of the SIEM events on stdin, as compact JSON.
members() {
	jq -c "$1"
}

refused() {
	run -2 siem-window -r "$1" < /dev/null
	[[ $output == *"$2"* ]] || fail "$output"
}

@test "shipped rules pass their tests" {
	run siem-window --test -r "$ROOT/rules/auth.json"
	[ "$status" -eq 0 ] || fail "$output"
	[[ ${lines[-1]} =~ ^[1-9][0-9]*" passed, 0 failed"$ ]]
}

@test "a byte order mark before rules is skipped; half of one is refused" {
	{ printf '\357\273\277'; cat "$ROOT/rules/auth.json"; } >"$BATS_TEST_TMPDIR/mark.json"
	run siem-window --test -r "$BATS_TEST_TMPDIR/mark.json"
	[ "$status" -eq 0 ] || fail "$output"
	{ printf '\357\273'; cat "$ROOT/rules/auth.json"; } >"$BATS_TEST_TMPDIR/half.json"
	run siem-window --test -r "$BATS_TEST_TMPDIR/half.json"
	[ "$status" -eq 2 ] || fail "$output"
}
@test "every shipped rule has a description, a technique, a match and a near miss" {
	for file in "$ROOT"/rules/*.json; do
		[[ $(basename "$file") == helpers_* ]] && continue
		run jq -r '.[] | arrays | .[] | select((.desc and (.tags | any(startswith("attack.t")))
			and (.tests | any(.alerts == 0)) and (.tests | any(.alerts != 0))) | not) | .name' "$file"
		[ -z "$output" ] || fail "$file: $output"
	done
}

@test "an episode opens at once, closes with what it came to, and its id stays" {
	{ burst 0 7 a; at 300 b; } | siem-window -r rules.json > out
	members '[.phase,.event_count,.first,.last,.date_stamp,.key,.magnitude,(.source_ids|length)]' < out > got
	cat > wanted <<-'END'
	["open",3,"2024-06-10T12:00:00Z","2024-06-10T12:00:02Z","2024-06-10T12:00:02Z",{"source_host":"a"},10,3]
	["close",7,"2024-06-10T12:00:00Z","2024-06-10T12:00:06Z","2024-06-10T12:00:02Z",{"source_host":"a"},10,7]
	END
	same got wanted
	[ "$(members .id < out | sort -u | wc -l)" -eq 1 ]
}

@test "the members of a SIEM event stand in their order" {
	rule brute '"by": "source_host", "event_limit": 2, "time_int": 1.5, "source_table": "auth", "ids_max": 1' > r.json
	burst 0 3 a | siem-window --final -r r.json | jq -r 'keys_unsorted[]' | tr '\n' ' ' > got
	echo "id date_stamp phase source_rule severity magnitude event_limit event_count time_int source_table key first last" \
		"message source_ids ids_dropped parsed_on " | tr -d '\n' > wanted
	same got wanted
}

@test "magnitude is siemstress's: it grows with the count and shrinks with severity" {
	burst 0 50 a | siem-window --final -r rules.json | members '[.event_count,.magnitude]' > got
	echo '[50,18]' > wanted # 50 // 2 // 3 // 2 = 4, + 5, times 7 - 5
	same got wanted
}

@test "the id of a SIEM event starts with the time of opening" {
	burst 0 3 a | siem-window --final -r rules.json > out
	id=$(jq -r '.id[:10]' out)
	[ "$id" = 01J010A1EG ] # 2024-06-10T12:00:02Z
}

@test "a window ends just before time_int: neither more nor less" {
	rule brute '"event_limit": 1, "time_int": "10s"' > r.json
	{ at 0 a; at 10 a; } | siem-window -r r.json > out
	[ ! -s out ]
	{ at 0 a; at 9 a; } | siem-window -r r.json > out
	[ "$(wc -l < out)" -eq 2 ]
}

@test "keys do not silence each other" {
	{ at 0 a; at 0 b; at 1 a; at 1 b; at 2 a; at 2 b; } | siem-window --final -r rules.json |
		members '[.key.source_host,.event_count]' | sort > got
	printf '["a",3]\n["b",3]\n' > wanted
	same got wanted
}

@test "grow, hold and --final" {
	rule brute '"by": "source_host", "event_limit": 1, "time_int": "10s", "grow": 2, "hold": "1m"' > r.json
	{ burst 0 5 a; burst 30 2 a; burst 200 2 a; } > events
	siem-window -r r.json events | members '[.phase,.event_count]' > got
	printf '["%s",%d]\n' open 2 grow 4 close 5 reopen 7 close 7 open 2 close 2 > wanted
	same got wanted
	siem-window --final -r r.json events > final
	siem-window -r r.json events | grep '"phase":"close"' > wanted
	same final wanted
	[ "$(jq -r .id final | sort -u | wc -l)" -eq 2 ]
}

@test "a rule without a limit reports every match, or one episode for each time_int" {
	rule plain '"by": "source_host"' > r.json
	burst 0 3 a | siem-window -r r.json | members '[.phase,.event_count]' > got
	printf '["%s",1]\n' open close open close open close > wanted
	same got wanted
	rule plain '"by": "source_host", "time_int": 1' > r.json
	burst 0 3 a | siem-window -r r.json | members '[.phase,.event_count]' > got
	printf '["%s",%d]\n' open 1 close 3 > wanted
	same got wanted
}

@test "the order of rules and of their files changes nothing" {
	siem-window --final -r "$ROOT/rules/auth.json" -r rules.json < /dev/null
	for i in 1 2 3 4 5; do
		rule "r$i" "\"by\": \"source_host\", \"event_limit\": $i, \"time_int\": \"$((i * 7))s\", \"grow\": 2" > "$i.json"
	done
	{ burst 0 20 a; burst 20 3 b; burst 30 9 a; at 100 c; } > events
	siem-window -r 1.json -r 2.json -r 3.json -r 4.json -r 5.json events > got
	siem-window -r 4.json -r 2.json -r 5.json -r 1.json -r 3.json events > wanted
	[ -s wanted ]
	same got wanted
	jq -s '[.[] | .rules_test[]] | reverse' ./?.json > all
	siem-window -r all events > got
	same got wanted
}

@test "standard input, a file, several files and - are the same" {
	{ burst 0 4 a; burst 90 4 b; } > events
	head -n 3 events > a.jsonl
	tail -n +4 events > b.jsonl
	siem-window -r rules.json events > wanted
	siem-window -r rules.json < events > got
	same got wanted
	siem-window -r rules.json a.jsonl b.jsonl > got
	same got wanted
	siem-window -r rules.json a.jsonl - < b.jsonl > got
	same got wanted
}

@test "a list counts for each of its members, and for each once" {
	rule brute '"by": ["who"], "event_limit": 1, "time_int": 1' > r.json
	{ at 0 a ',"who":["x","y","x"]'; at 1 a ',"who":["y","z"]'; at 2 a ',"who":[]'; at 3 a; } > events
	siem-window --final -r r.json events 2> err | members '[.key.who,.event_count]' > got
	echo '["y",2]' > wanted
	same got wanted
	grep -q 'rule brute: 2 matching events lack a field of "by"' err
}

@test "long values are cut, but never taken for each other" {
	rule brute '"by": "source_host", "event_limit": 1, "time_int": 1' > r.json
	long=$(printf '%01000d' 0)
	{ at 0 "${long}a"; at 1 "${long}b"; at 2 "${long}a"; } | siem-window --final -r r.json > out
	[ "$(wc -l < out)" -eq 1 ]
	[ "$(jq -r '.key.source_host | length' out)" -lt 256 ]
	[ "$(jq -r .event_count out)" -eq 2 ]
}

@test "escapes in a value do not make it another, and stay harmless" {
	{ at 0 '\u0061\u001b[2J'; at 1 'a\u001B[2J'; at 2 'a\u001b\u005b2J'; } | siem-window --final -r rules.json > out
	[ "$(jq -r .event_count out)" -eq 3 ]
	run ! grep -q $'\033' out
}

@test "the message shows fields of the event that opened, the count of the line, and the key" {
	rule brute '"by": ["source_host", "user"], "event_limit": 1, "time_int": 1, "grow": 2,
		"message": "{count} by {by}: {message} {ids} {none} {{x}}"' > r.json
	{ at 0 a ',"user":"r\"t","ids":[1,"b"]'; at 1 a ',"user":"r\"t","ids":[1,"b"]'; at 2 a ',"user":"r\"t","ids":[3]'; } |
		siem-window -r r.json | members .message > got
	printf '"%s by a, r\\"t: failed 1, b - {x}"\n' 2 3 > wanted
	same got wanted
}

@test "a message shows 500 bytes of a field, be it one text or a list of many" {
	rule many '"message": "{u}"' > r.json
	{ at 0 a "$(printf ',"u":"%0600d"' 0)"; at 1 a "$(printf ',"u":["%0200d","%0200d","%0200d","b"]' 0 0 0)"; } |
		siem-window --final -r r.json | members '.message | [length, .[-2:]]' > got
	printf '%s\n' '[501,"0…"]' '[505,"0…"]' > wanted
	same got wanted
}

@test "events without a time are refused, events without an id are judged" {
	{ at 0 a; echo '{"message":"failed","source_host":"a"}'; echo '{"date_stamp":"yesterday","message":"failed"}'
		at 1 a | jq -c 'del(.id)'; at 2 a; } > events
	run -1 siem-window --final -r rules.json --rejects rejects events
	[[ $output == *"events:2: date_stamp: missing, so it belongs to no window"* ]]
	[[ $output == *"events:3: date_stamp: no RFC 3339 time"* ]]
	[[ $output == *'"event_count":3'*'"ids_dropped":1'* ]]
	sed -n 2,3p events > wanted
	same rejects wanted
}

@test "what comes later than --late touches no window and is told" {
	{ burst 100 2 a; at 50 a; at 102 a; } > events
	run -0 siem-window --final -r rules.json --late 51s events
	[[ $output == *'"event_count":4'* ]]
	run -1 siem-window --final -r rules.json --late 50s --rejects rejects events
	[[ $output == *"events:3: date_stamp: 51 s earlier than an event before it: give --late 51s, or leave it out"* ]]
	[[ $output == *'"event_count":3'* ]]
	at 50 a > wanted
	same rejects wanted
}

@test "an event that is earlier than one before it is judged at its own time, and it is told" {
	{ at 100 a; at 99 a; at 102 b; at 101 a; } > events
	run -0 siem-window --final -r rules.json events
	[[ $output == *"2 events came earlier than one before them, by up to 1 s: judged at their own times"* ]]
	[[ $output == *'"first":"2024-06-10T12:01:39Z","last":"2024-06-10T12:01:41Z"'*'"event_count":3'* ||
		$output == *'"event_count":3'*'"first":"2024-06-10T12:01:39Z","last":"2024-06-10T12:01:41Z"'* ]]
	# Together they are too many, but they are not together.
	{ at 200 a; at 140 a; at 201 b; at 80 a; } > events
	run -0 siem-window --final -r rules.json events
	[[ $output != *event_count* ]]
}

@test "one forged time does not blind: what comes after it is judged as without it" {
	{ burst 0 2 a; at 100 b; burst 101 4 c; burst 120 5 d; } > events
	siem-window --final -r rules.json events | jq -c '[.key, .event_count, .first, .last]' | sort > wanted
	{ burst 0 2 a; at 0 x | sed s/2024-/2034-/; at 100 b; burst 101 4 c; burst 120 5 d; } > forged
	siem-window --final -r rules.json forged 2> err | jq -c '[.key, .event_count, .first, .last]' | sort > got
	same got wanted
	grep -q 'forged:3: time leaps from 2024-06-10T12:00:01Z to 2034-06-10T12:00:00Z: if that stamp is wrong, episodes have ended early' err
	[ "$(grep -c leaps err)" = 1 ]
	run ! grep earlier err
	# Twice, it is taken for true; what comes behind it is late, and judged all the same.
	sed '3{p;p}' forged | siem-window --final -r rules.json 2> err | jq -c '[.key, .event_count, .first, .last]' | sort > got
	grep -v '"x"' got > others
	same others wanted
	grep -q '10 events came earlier than one before them, by up to 315532700 s' err
}

@test "one forged time does not keep silence from being told" {
	echo '[{"name": "silence", "severity": 3, "when": {"message": "failed"}, "by": "source_host", "expect": "self",
		"time_int": "60s", "by_list": ["a"]}]' > r.json
	{ at 0 a; at 1 x | sed s/2024-/2034-/; at 2 a; at 30 a; at 100 b; at 101 b; } > events
	siem-window --emit open -r r.json events 2> /dev/null | jq -c '[.key.source_host, .date_stamp]' > got
	# That time came so far that a had been silent was so for a moment.
	printf '["%s","2024-06-10T12:%s:%sZ"]\n' a 01 00 a 01 30 > wanted
	same got wanted
}

@test "the newer log before the older one: both are judged" {
	burst 0 4 a > older
	{ burst 3600 5 a; burst 3700 3 b; } > newer
	siem-window --final -r rules.json older newer | jq -c '[.key, .event_count, .first, .last]' | sort > wanted
	siem-window --final -r rules.json newer older 2> /dev/null | jq -c '[.key, .event_count, .first, .last]' | sort > got
	same got wanted
	[ "$(wc -l < got)" = 3 ]
}

@test "two clocks an hour apart, mixed: an alert for each, however often they alternate" {
	for i in {0..9}; do at $((3600 + i)) a; at $i a; done > events
	siem-window -r rules.json events 2> /dev/null | jq -c '[.phase, .event_count]' > got
	printf '["%s",%d]\n' open 3 open 3 close 10 close 10 > wanted
	same got wanted
}

@test "a few forged times of a key neither end its episode nor hide it" {
	at 0 x | sed s/2024-/2034-/ > events
	for i in {0..8}; do at $((1000 + i)) a; at $((500 - 100 * (i % 3))) a; at $((5000 + 100 * (i % 2))) a; done >> events
	siem-window --final -r rules.json events 2> /dev/null | jq -c 'select(.first == "2024-06-10T12:16:40Z") | .event_count' > got
	echo 9 > wanted
	same got wanted
}

@test "--late puts shuffled events in order, and changes nothing in ordered ones" {
	{ burst 0 30 a; burst 40 5 b; burst 200 9 a; at 900 c; } > events
	siem-window -r rules.json events > wanted
	shuf --random-source=<(yes) events | siem-window --late 15m -r rules.json > got
	same got wanted
	siem-window --late 20s -r rules.json events > got
	same got wanted
}

@test "with --late one forged time far ahead changes nothing for others, and what all follow is believed" {
	{ burst 0 2 a; at 100 b; burst 101 4 c; burst 200 5 d; at 400 e; } > events
	siem-window --late 1m -r rules.json events > wanted
	[ -s wanted ]
	for day in 12 25; do
		for line in 2 3 5 13; do
			sed "${line}{p; s/06-10T/06-${day}T/; s/01J00/01J01/; s/host\":\"./host\":\"x/}" events > forged
			run -0 --separate-stderr siem-window --late 1m -r rules.json forged
			same <(echo "$output") wanted
			[[ $stderr == *"forged:$((line + 1)): time leaps from "*": believed if the next event follows"* ]]
		done
	done
	{ cat events; sed 's/06-10T/06-12T/; s/01J00/01J02/' events; } > later
	siem-window --late 1m -r rules.json later 2> /dev/null | jq -c '[.phase, .key, .event_count, .date_stamp[8:10]]' > got
	jq -c '[.phase, .key, .event_count, "10"], [.phase, .key, .event_count, "12"]' wanted | sort > both
	same <(sort got) both
	# The last of the input, and one that is wanted itself: judged at its own time.
	{ cat events; burst 0 3 x | sed 's/06-10T/06-12T/'; } > last
	siem-window --late 1m --final -r rules.json last 2> /dev/null | jq -c '.key.source_host' > got
	printf '"%s"\n' c d x > hosts
	same got hosts
}

@test "with --late an alert comes as soon as nothing can come before it" {
	{ burst 0 3 a; at 10 b; } | siem-window --late 5s -r rules.json | head -n 1 | members .phase > got
	echo '"open"' > wanted
	same got wanted
}

@test "more keys than --max-keys: the longest idle are forgotten, and it is told" {
	{ at 0 a; at 1 a; at 2 b; at 3 c; at 4 a; } > events
	siem-window --final --max-keys 2 -r rules.json events > out 2> err
	[ ! -s out ]
	grep -q 'rule brute: more than 2 keys at a time: the longest idle are forgotten (see --max-keys)' err
	grep -q 'rule brute: 2 idle keys were forgotten' err
	siem-window --final --max-keys 3 -r rules.json events > out 2> err
	[ "$(wc -l < out)" -eq 1 ]
	[ ! -s err ]
}

@test "a key inside an open episode is never forgotten; what has no room is told" {
	{ burst 0 3 a; burst 3 3 b; burst 6 4 c; at 11 a; at 12 b; } |
		siem-window --final --max-keys 2 -r rules.json 2> err | members '[.key.source_host,.event_count]' > got
	printf '["%s",4]\n' a b > wanted
	same got wanted
	grep -q 'rule brute: 2 keys, all in open episodes: events of further keys are not counted (see --max-keys)' err
	grep -q 'rule brute: 4 matching events were not counted for want of room' err
}

@test "unless and is_enabled" {
	rule brute '"event_limit": 1, "time_int": 1, "unless": {"source_host|cidr": "10.0.0.0/8"}' > r.json
	{ at 0 10.1.2.3; at 1 10.1.2.4; at 2 192.0.2.1; } | siem-window -r r.json > out
	[ ! -s out ]
	rule brute '"event_limit": 1, "time_int": 1, "is_enabled": 0' > r.json
	{ at 0 a; at 1 a; } | siem-window -r r.json > out
	[ ! -s out ]
}

@test "an alert is out while the input stays open" {
	mkfifo in out
	siem-window -r rules.json < in > out &
	exec 7> in 8< out
	burst 0 3 a >&7
	read -r -t 10 line <&8
	exec 7>&-
	cat <&8 > rest
	exec 8<&-
	wait $!
	[[ $line == *'"phase":"open"'* ]]
	grep -q '"phase":"close"' rest
}

@test "SIGTERM ends the stream as its end does: open episodes are closed, the status is 0" {
	mkfifo in out
	siem-window -r rules.json < in > out &
	pid=$!
	exec 7> in 8< out
	burst 0 4 a >&7
	read -r -t 10 line <&8
	kill -TERM "$pid"
	cat <&8 > rest
	wait "$pid"
	exec 7>&- 8<&-
	grep -q '"phase":"close".*"event_count":[34]' rest
}

@test "--test tells what differs and ends with the sum" {
	cat > r.json <<-'END'
	[{"name": "x", "severity": 1, "when": {"user": "root"}, "event_limit": 1, "time_int": 1, "tests": [
		{"name": "two", "events": [{"n": 2, "every": "10s", "user": "root"}], "alerts": [{"event_count": 2, "severity": 1}]},
		{"name": "in any order", "events": [{"at": "59s", "user": "root"}, {"at": "0s", "user": "root"}], "alerts": 1},
		{"name": "near miss", "events": [{"n": 2, "every": "60s", "user": "root"}], "alerts": 0},
		{"name": "wrong count", "events": [{"n": 2, "user": "root"}], "alerts": [{"event_count": 3}]},
		{"name": "wrong number", "events": [{"n": 2, "user": "root"}], "alerts": 0},
		{"name": "typing error", "event": [], "alerts": 0},
		{"name": "own time", "events": [{"date_stamp": "x"}], "alerts": 0}]}]
	END
	run -1 siem-window --test -r r.json
	cat > wanted <<-'END'
	ok x: two
	ok x: in any order
	ok x: near miss
	not ok x: wrong count: wanted {"event_count":3}, got {"event_count":2}
	not ok x: wrong number: wanted 0 alerts, got 1
	not ok x: typing error: event: did you mean 'events'?
	not ok x: own time: events[0]: id and date_stamp follow from "at"
	3 passed, 4 failed
	END
	echo "$output" > got
	same got wanted
}

@test "--test: names move no terminal, and events reach neither too far nor are they too many" {
	cat > r.json <<-'END'
	[{"name": "x\u001b[2J", "severity": 1, "when": {"user": "root"}, "tests": [
		{"name": "\u0007", "events": [{"user": "root"}], "alerts": 1},
		{"name": "all there may be", "events": [{"n": 100000, "user": "anna"}], "alerts": 0},
		{"name": "too many", "events": [{"user": "anna"}, {"n": 100000, "user": "anna"}], "alerts": 0},
		{"name": "too far", "events": [{"n": 100000, "every": "36500d", "user": "anna"}], "alerts": 0}]}]
	END
	run -1 siem-window --test -r r.json
	cat > wanted <<-'END'
	ok x\x1b[2J: \x07
	ok x\x1b[2J: all there may be
	not ok x\x1b[2J: too many: events[1]: more than 100000 events
	not ok x\x1b[2J: too far: events[0]: every: the events reach over more than 200 years
	2 passed, 2 failed
	END
	echo "$output" > got
	same got wanted
}

@test "what is wrong in a rule is told with file, rule, member and the nearest word" {
	rule x '"event_limitt": 3' > r.json
	refused r.json "r.json: rule 1 (x): event_limitt: a rule has no such member; did you mean 'event_limit'?"
	rule x '"sql_query": "SELECT"' > r.json
	refused r.json "rule 1 (x): sql_query: a rule has no such member (siem-rules(5) names them)"
	rule x '"event_limit": 3' > r.json
	refused r.json 'rule 1 (x): time_int: within what time? 10 (minutes) or "90s"'
	rule x '"event_limit": -1, "time_int": 1' > r.json
	refused r.json "event_limit: must be a whole number from 0 to 1000000"
	rule x '"event_limit": 1, "time_int": "soon"' > r.json
	refused r.json "time_int: 'soon' is no duration: write 90s, 10m, 24h, 7d or minutes as a number"
	rule x '"unless": {"user|contians": "x"}' > r.json
	refused r.json "unless: user|contians: no such test: '|contians'; did you mean '|contains'?"
	rule x '"by": ["a", "b", "a"]' > r.json
	refused r.json "by: 'a' stands twice"
	rule x '"message": "{count"' > r.json
	refused r.json "message: a brace without its partner"
	echo '[{"name": "x", "when": {}}]' > r.json
	refused r.json "rule 1 (x): severity: is missing"
	echo '[{"name": "x", "name": "y"}]' > r.json
	refused r.json "r.json:1:"
	printf '[\n{"name": }]' > r.json
	refused r.json "r.json:2:"
	echo '{"helpers_auth": []}' > r.json
	refused r.json "r.json: 'helpers_auth' is no list of rules"
	refused missing.json "missing.json: No such file or directory"
	run -2 siem-window -r rules.json -r rules.json < /dev/null
	[[ $output == *"two rules are named 'brute'"* ]]
}

@test "a list of values beside the rules is read with |in" {
	mkdir lists
	printf '# bad\n192.0.2.0/24\n' > lists/bad
	echo '[{"name": "x", "severity": 1, "when": {"source_host|cidr|in": "bad"}}]' > lists/r.json
	{ at 0 192.0.2.7; at 1 192.0.3.7; } | siem-window --final -r lists/r.json > out
	[ "$(wc -l < out)" -eq 1 ]
}

@test "a log goes in, alerts of the shipped rules come out" {
	for i in 1 2 3 4 5 6; do
		echo "Jun 10 12:0$i:00 web1 sshd[99]: Failed password for invalid user x from 10.9.9.9 from 192.0.2.7 port 4711 ssh2"
	done > auth.log
	echo "Jun 10 12:09:00 web1 sudo:  eve : user NOT in sudoers ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh" >> auth.log
	siem-parse --reference 2024-06-11 -z +0000 auth.log | siem-helper -p "$ROOT/rules/helpers_auth.json" |
		siem-window --final -r "$ROOT/rules/auth.json" | members '[.source_rule,.key,.event_count,.message]' | sort > got
	cat > wanted <<-'END'
	["SSH_AuthFail_10m",{"source_host":"192.0.2.7"},6,"6 failed ssh logins from 192.0.2.7, the first as x from 10.9.9.9"]
	["SUDO_NotInSudoers",{"log_source":"web1","user":"eve"},1,"eve may not use sudo on web1 for /bin/sh: user NOT in sudoers"]
	END
	same got wanted
}
