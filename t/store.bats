# siem-store: each record exactly once, whoever writes, whatever comes in between, on each kind of store.
# SPDX-License-Identifier: MIT

load lib
load lib-stores

setup_file() {
	stores_begin
}

teardown_file() {
	stores_end
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	STORE=$(store_name s)
}

# store ARGS..: into the test's own store.
store() {
	timeout 60 siem-store -d "$STORE" "$@"
}

selected() {
	timeout 60 siem-select -d "$STORE" "$@"
}

# stored FILE [TABLE]: the table holds the lines of the file, each once, and nothing else.
stored() {
	LC_ALL=C sort "$1" >wanted
	selected -t "${2:-events}" | LC_ALL=C sort >got
	same got wanted
	[[ ${2:-events} != events ]] || sound
}

# many COUNT [FIRST]: as events, but fast: bats looks at each step of a shell loop.
many() {
	seq "${2:-1}" "$(($1 + ${2:-1} - 1))" | awk '{ printf "{\"id\":\"01J00%021d\",\"date_stamp\":\"2024-06-10T12:%02d:%02d+00:00\"," \
		"\"message\":\"Failed password %d\"}\n", $1, $1 / 60 % 60, $1 % 60, $1 }'
}

# --- exactly once

@test "what is read again is known" {
	events 100 >in
	run store -v in
	has "$output" "100 read, 100 stored (0 under another id), 0 known, 0 refused"
	run store -v in
	has "$output" "100 read, 0 stored (0 under another id), 100 known, 0 refused"
	stored in
}

@test "a line that overlaps is known, a new one is stored, in any order" {
	events 50 >in
	tac in | tail -n 30 | store
	store in
	stored in
}

@test "another line under the same id is kept under the next one, told, and known from then on" {
	event 1 ',"raw_text":"one"' >one
	event 1 ',"raw_text":"other"' >other
	sed 's/000001"/000002"/' other >moved
	store one
	run store -v other
	[[ $status == 0 ]]
	has "$output" "another event stands under id 01J00000000000000000000001, this one is kept as 01J00000000000000000000002"
	run store -v one other
	has "$output" "0 stored (0 under another id), 2 known"
	cat one moved >in
	stored in
}

@test "a SIEM event replaces its earlier line, not its later one" {
	alert() {
		printf '{"id":"01J00000000000000000000001","date_stamp":"2024-06-10T12:00:00Z","phase":"%s","source_rule":"r","event_count":%d}\n' "$@"
	}
	alert open 8 | store
	alert close 20 >close
	store close
	stored close siem
	run store -v <<<"$(alert open 8)"
	has "$output" "1 known"
	stored close siem
}

@test "rules and helpers stand under their name" {
	jq -c '.rules_auth[]' "$ROOT/rules/auth.json" >rules
	jq -c '.helpers_auth[]' "$ROOT/rules/helpers_auth.json" >helpers
	store rules helpers
	run store -v rules helpers
	has "$output" "0 stored"
	selected -t rules | sort >got
	sort rules >wanted
	same got wanted
	jq -c '.desc = "changed"' helpers >changed
	store changed
	selected -t helpers | sort >got
	sort changed >wanted
	same got wanted
}

@test "lines come back byte for byte" {
	cat >in <<-'END'
		{"id":"01J00000000000000000000001","date_stamp":"2024-06-10T12:00:01+00:00" , "mine" : [1, 2.50,"\u00e4\/"],"message":"\u0000","x":{"y":null},"raw_text":"ä'--"}
		{"geo":{"cc":"DE"}, "id":"01J00000000000000000000002","date_stamp":"2024-06-10T12:00:02Z","message":"'); drop table events; --","":1}
	END
	store in
	stored in
}

# --- kinds and tables

@test "each kind goes into its own table, known by what it holds" {
	{
		event 1
		echo '{"id":"01J00000000000000000000002","date_stamp":"2024-06-10T12:00:00Z","phase":"open","source_rule":"r"}'
		echo '{"name":"r","when":{"message":"x"},"severity":3}'
		echo '{"name":"s","sequence":[{"message":"x"}]}'
		echo '{"name":"old","sql_query":"SELECT"}'
		echo '{"name":"h","reg_exp":"x","var_name":"y"}'
	} >in
	store in
	[[ $(selected | wc -l) == 1 ]]
	[[ $(selected -t siem | wc -l) == 1 ]]
	[[ $(selected -t rules | wc -l) == 3 ]]
	[[ $(selected -t helpers | wc -l) == 1 ]]
	[[ $(ask 'select name, kind from siemstress' | sort | tr '\n' ' ') == "events|events helpers|helpers rules|rules siem|siem " ]]
}

@test "what is of no kind, or lacks its key, is refused and kept in --rejects" {
	cat >bad <<-'END'
		{}
		{"id":"01J00000000000000000000001"}
		{"id":"short","date_stamp":"2024-06-10T12:00:00Z"}
		{"id":7,"date_stamp":"2024-06-10T12:00:00Z"}
		{"reg_exp":"x","var_name":"y"}
		{"name":"only a name"}
		{"name":"","when":{}}
	END
	events 2 >good
	run store --rejects kept -v bad good
	[[ $status == 1 ]]
	has "$output" "bad:3: its id is no ULID"
	has "$output" "bad:5: a helper needs a name"
	has "$output" "9 read, 2 stored (0 under another id), 0 known, 7 refused"
	same kept bad
	stored good
}

@test "a table holds one kind, whatever the case of its name" {
	events 2 >in
	store -t Auth in
	store -t AUTH in
	run store -t auth <<<'{"name":"r","when":{}}'
	[[ $status == 1 ]]
	has "$output" "table Auth is for events, this is a rule"
	stored in auth
	[[ $(ask 'select count(*) from siemstress') == 1 ]]
}

@test "--kind says what a record is" {
	run store --kind rules <<<'{"name":"bare"}'
	[[ $status == 0 ]]
	[[ $(selected -t rules) == '{"name":"bare"}' ]]
	run store --kind siem <<<"$(event 1)"
	[[ $status == 0 ]]
	selected -t siem | grep -q 'Failed password 1'
	run store --kind event </dev/null
	[[ $status == 2 ]]
}

@test "hostile table names are misuse, and no table is touched" {
	local name
	events 1 >in
	store in
	for name in '' '"' "'" 'a b' 'a;drop table siemstress' 'events"; drop table siemstress; --' sqlite_schema siemstress \
		siemstress_events SIEMSTRESS_x 1a 'é' $'a\nb' $'\e[31m' "$(printf 'a%.0s' {1..54})" '../x' 'a.b'; do
		run store -t "$name" in
		[[ $status == 2 ]] || fail "store -t '$name': $status $output"
		run selected -t "$name"
		[[ $status == 2 ]] || fail "select -t '$name': $status $output"
		! LC_ALL=C grep -qP '[\x00-\x08\x0b-\x1f\x7f]' <<<"$output" || fail "control characters for '$name'"
	done
	store -t "$(printf 'a%.0s' {1..53})" in
	stored in
	[[ $(ask 'select count(*) from siemstress') == 2 ]]
}

# --- batches

@test "--tee passes on what is committed, known lines too" {
	events 30 >in
	store --tee --batch 7 in >out
	same out in
	store --tee in >out
	same out in
}

@test "--tee gives a moved event as it is kept" {
	event 1 ',"raw_text":"one"' >in
	event 1 ',"raw_text":"other"' >>in
	store --tee in >out 2>/dev/null
	selected >wanted
	same out wanted
}

@test "a steady trickle is committed before the batch is full" {
	mkfifo pipe
	store <pipe &
	for ((i = 1; i < 400; i++)); do
		event "$i" && sleep 0.01
	done >pipe &
	wait_until 3 eval '[[ $(selected 2>/dev/null | wc -l) -ge 10 ]]'
	kill $!
	wait
	[[ $(selected | wc -l) -lt 399 ]]
}

@test "a flood of refused records does not keep a good one from being committed" {
	store <<<'' # the store is there
	{ many 1; timeout 3 yes '{"no":"record"}'; } | timeout 20 siem-store -d "$STORE" 2>err &
	wait_until 2 eval '[[ $(selected 2>/dev/null | wc -l) == 1 ]]' || fail "not found while others are refused"
	wait
}

@test "a line under tail -F is found within a second" {
	local i tail begun took
	: >log
	mkfifo pipe
	timeout 60 tail -n +1 -s 0.02 -F log >pipe 2>/dev/null &
	tail=$!
	siem-parse pipe | siem-helper | store &
	for i in 1 2 3 4 5; do
		begun=$(date +%s%N)
		log_lines 1 "$i" >>log
		# shellcheck disable=SC2016
		wait_until 10 eval 'selected 2>/dev/null | grep -q "Failed password $i\""' || fail "line $i is not found"
		took=$((($(date +%s%N) - begun) / 1000000))
		((took < 1000)) || fail "line $i is found after $took ms"
	done
	kill "$tail"
	wait
}

@test "SIGTERM commits what is in hand" {
	mkfifo pipe
	siem-store -d "$STORE" --batch 1000000 <pipe &
	exec 7>pipe
	events 500 >in
	head -n 1 in | store # the table is there, however early the signal comes
	cat in >&7
	kill -TERM $!
	wait $!
	exec 7>&-
	selected >got
	head -n "$(wc -l <got)" in | same got -
}

@test "SIGUSR1 tells the counters" {
	mkfifo pipe
	siem-store -d "$STORE" <pipe 2>err &
	exec 7>pipe
	events 5 >&7
	wait_until 5 eval '[[ $(selected 2>/dev/null | wc -l) == 5 ]]'
	kill -USR1 $!
	wait_until 5 grep -q "5 read, 5 stored" err
	exec 7>&-
	wait $!
}

# --- many at once

@test "several at once into one new store lose nothing" {
	local i pids=()
	for i in 1 2 3 4; do
		many 3000 "$((i * 2000))" >"in$i"
		store --batch 100 "in$i" &
		pids+=($!)
	done
	for i in "${pids[@]}"; do
		wait "$i"
	done
	sort -u in1 in2 in3 in4 >in
	stored in
}

@test "a writer that never rests lets others in" {
	local i writer
	many 500000 >big
	siem-store -d "$STORE" big &
	writer=$!
	wait_until 10 eval '[[ -n $(selected --limit 1 2>/dev/null) ]]'
	for i in 1 2 3; do
		event "99999$i" | timeout 10 siem-store -d "$STORE"
	done
	kill -0 "$writer" || fail "the other one had ended before"
	kill "$writer"
	wait "$writer"
	[[ $(selected -w 'id=*99999?' | grep -c '"source_pid"') == 3 ]]
}

@test "the usual tables keep their kinds" {
	events 3 >in
	run siem-store -d "$STORE" -t siem in
	[ "$status" -eq 3 ]
	[[ $output == *"table siem is for siem alone"* ]]
}

# --- taking out

@test "--keep removes what is older, and nothing else; what comes in too old is not stored" {
	{
		seq 1 2500 | awk '{ printf "2024-06-01T12:%02d:%02d+00:00 web1 sshd[%d]: Failed %d\n", $1 / 60 % 60, $1 % 60, $1, $1 }'
		seq 1 300 | awk '{ printf "2024-06-09T12:%02d:%02d+00:00 web1 sshd[%d]: Failed %d\n", $1 / 60 % 60, $1 % 60, $1, $1 }'
	} | siem-parse -q >in
	store in
	run store -v --keep 30d --now 2024-06-10T00:00:00Z </dev/null
	has "$output" " 0 removed"
	run store --keep 7d --now 2024-06-10T00:00:00Z --dry-run </dev/null
	has "$output" " 2500 to be removed"
	[[ $(selected --count) == 2800 ]]
	run store -v --keep 7d --now 2024-06-10T00:00:00Z </dev/null
	[[ $status == 0 ]]
	has "$output" " 2500 removed"
	tail -n 300 in >new
	stored new
	run store -v --keep 7d --now 2024-06-10T00:00:00Z in
	has "$output" "2800 read, 0 stored (0 under another id), 300 known, 0 refused, 2500 too old, 0 removed"
	stored new
}

@test "--keep removes all that is older when the oldest came last" {
	seq 2500 -1 1 | awk '{ printf "2024-06-01T12:%02d:%02d+00:00 web1 sshd[%d]: Failed %d\n", $1 / 60, $1 % 60, $1, $1 }' |
		siem-parse -q | store
	store --keep 7d --now 2024-06-10T00:00:00Z </dev/null
	# The one that came last may stay, as below.
	(($(selected --count || true) <= 1))
}

@test "--keep looks after tables of events and SIEM events, or that of -t alone" {
	events 3 >in
	alert='{"id":"01J00000000000000000000001","date_stamp":"2024-06-10T12:00:00Z","phase":"close","source_rule":"r","event_count":9}'
	late='{"id":"01J94000000000000000000001","date_stamp":"2024-10-01T13:00:00Z","phase":"close","source_rule":"r","event_count":9}'
	{
		cat in
		printf '%s\n' "$alert" "$late" '{"name":"r","when":{"user":"x"}}'
	} | store
	event 9999 | sed 's/01J00/01J94/' | store
	store -t mine in
	store --keep 1d --now 2024-10-02T00:00:00Z </dev/null
	[[ $(selected --count) == 1 ]]
	[[ $(selected -t siem --count) == 1 ]]
	[[ $(selected -t rules --count) == 1 ]]
	[[ $(selected -t mine --count) == 3 ]]
	store --keep 1d --now 2024-10-02T00:00:00Z -t mine </dev/null
	# The one that came last may stay until another comes (SQLite would give its place away again).
	(($(selected -t mine --count || true) <= 1))
}

@test "--keep hides nothing from who follows" {
	events 10 >in
	store in
	siem-select -d "$STORE" --follow >got &
	local pid=$!
	wait_until 5 eval '[[ $(wc -l <got) == 10 ]]'
	store --keep 1d --now 2030-01-01T00:00:00Z </dev/null
	event 77 | store
	wait_until 5 grep -q 'password 77"' got
	kill "$pid"
	wait "$pid"
	[[ $(wc -l <got) == 11 ]]
}

@test "--keep while others write: nobody waits long, nothing new is lost" {
	many 20000 >old
	sed 's/01J00/01J94/' old >new
	store old
	siem-store -d "$STORE" --keep 1d --now 2024-10-02T00:00:00Z </dev/null &
	local sweeper=$!
	store --batch 500 new
	wait "$sweeper"
	[[ $(selected -w 'id=01J94*' --count) == 20000 ]]
	store --keep 1d --now 2024-10-02T00:00:00Z </dev/null
	stored new
}

@test "--drop removes a table with all that is in it, if --force says so" {
	events 5 >in
	store in
	event 1 | store -t other
	run store --drop -t events
	[[ $status == 2 ]]
	has "$output" "table events holds 5 records: --force removes them"
	run store --drop -t events --dry-run
	[[ $status == 0 ]]
	has "$output" "table events with 5 records would be removed"
	stored in
	run store --drop -t events --force
	[[ $status == 0 ]]
	run selected
	[[ $status == 3 ]]
	has "$output" "no table events"
	[[ $(selected -t other --count) == 1 ]]
	store in
	stored in
	run store --drop -t missing --force
	[[ $status == 3 ]]
	for asked in "--drop" "--drop --force" "--drop -t x --force in" "--drop -t x --keep 1d" "--keep 0s" "--dry-run --tee" \
		"--keep 1d --now 31.12." "--force in" "--now 2024-06-10T00:00:00Z in"; do
		# shellcheck disable=SC2086
		run store $asked
		[[ $status == 2 ]] || fail "$asked: $status"
	done
	stored in
}

@test "--dry-run tells what would be done, and does nothing" {
	events 30 >in
	head -n 10 in | store
	sed -n 5p in | sed 's/"id":"\([^"]*\)"/"id":"\1"/; s/Failed/Filed/' >other
	selected >before
	run store --dry-run in other
	[[ $status == 0 ]]
	has "$output" "31 read, 21 to be stored"
	has "$output" "10 known"
	selected >after
	same after before
	run store --dry-run -t nowhere in
	has "$output" "30 read, 30 to be stored"
	run selected -t nowhere
	[[ $status == 3 ]]
}
