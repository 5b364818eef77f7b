#!/usr/bin/env bats
# The pipelines in examples/ print what stands beside them, and the sample log is what it claims to be.
# SPDX-License-Identifier: MIT

load lib

# prints NAME: examples/NAME.sh writes NAME.out and not a word to stderr, wherever it is called from.
prints() {
	cd "$BATS_TEST_TMPDIR"
	timeout 60 sh "$ROOT/examples/$1.sh" >got 2>err </dev/null || fail "status $?: $(cat err)"
	[[ ! -s err ]] || fail "it said: $(cat err)"
	same got "$ROOT/examples/$1.out"
}

# The events of the sample log, with what the helpers find.
sample() {
	cd "$ROOT"
	siem-parse -z +0100 --reference 2025-01-09 examples/auth.log | siem-helper -p rules/helpers_auth.json
}

@test "alerts: one line for each attack" { prints alerts; }
@test "attackers: who failed most often" { prints attackers; }
@test "spray: many accounts from one address" { prints spray; }
@test "guessed: a success after failures" { prints guessed; }
@test "sudo: who ran what as whom" { prints sudo; }
@test "timeline: two formats in one order" { prints timeline; }
@test "evidence: the lines behind an alert" { prints evidence; }
@test "archive: a log read twice adds nothing" { prints archive; }
@test "ask: a store is asked" { prints ask; }
@test "lookback: a new rule on old events" { prints lookback; }
@test "own-filter: jq between our filters" { prints own-filter; }

@test "every example is run here and has its output beside it" {
	local file name
	for file in "$ROOT"/examples/*.sh; do
		name=$(basename "$file" .sh)
		[[ -f ${file%.sh}.out ]] || fail "$name.out is missing"
		grep -q "{ prints $name; }" "$BATS_TEST_FILENAME" || fail "$name is not run"
	done
}

@test "the sample log is what its generator writes" {
	"$ROOT/examples/make-auth-log" >"$BATS_TEST_TMPDIR/log"
	cmp "$BATS_TEST_TMPDIR/log" "$ROOT/examples/auth.log"
}

@test "every line of the sample logs is an event of a known format, in order of time" {
	cd "$ROOT"
	for file in auth syslog-iso syslog-5424; do
		siem-parse -z +0100 --reference 2025-01-09 "examples/$file.log" >"$BATS_TEST_TMPDIR/events"
		[[ $(grep -c . "examples/$file.log") == $(grep -c . "$BATS_TEST_TMPDIR/events") ]]
		lacks '"format":"unparsed"' "$BATS_TEST_TMPDIR/events"
		cut -c 8-17 "$BATS_TEST_TMPDIR/events" | LC_ALL=C sort -c
	done
}

@test "a New Year is inside the sample log, and everything happens in twelve days" {
	sample | jq -r '.date_stamp[:10]' | uniq >"$BATS_TEST_TMPDIR/got"
	printf '%s\n' 2024-12-{28,29,30,31} 2025-01-0{1,2,3,4,5,6,7,8} >"$BATS_TEST_TMPDIR/wanted"
	same "$BATS_TEST_TMPDIR/got" "$BATS_TEST_TMPDIR/wanted"
}

@test "no address of anybody stands in the sample logs" {
	cd "$ROOT/examples"
	grep -ohE '\b[0-9]{1,3}(\.[0-9]{1,3}){3}\b|\b[0-9a-f]+(:[0-9a-f]*){1,6}::[0-9a-f]+' ./*.log | sort -u >"$BATS_TEST_TMPDIR/all"
	(($(grep -c . "$BATS_TEST_TMPDIR/all") > 50))
	! grep -vE '^(192\.0\.2|198\.51\.100|203\.0\.113|10\.[0-9]+\.[0-9]+)\.|^0\.0\.0\.0$|^2001:db8:' "$BATS_TEST_TMPDIR/all"
}

# Two ways to ask one question.
@test "siem-window counts the failures of an attack as grep does" {
	sample | siem-window --final -r "$ROOT/rules/auth.json" |
		jq -r 'select(.source_rule == "SSH_AuthFail_10m") | "\(.event_count) \(.key.source_host)"' >"$BATS_TEST_TMPDIR/got"
	[[ -s $BATS_TEST_TMPDIR/got ]]
	while read -r count address; do
		[[ $count == $(grep -c "Failed password for .* from $address port" "$ROOT/examples/auth.log") ]] ||
			fail "$address: $count"
	done <"$BATS_TEST_TMPDIR/got"
}
