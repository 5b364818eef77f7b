# siem-store: each record exactly once, whoever writes, whatever comes in between.
# SPDX-License-Identifier: MIT

load lib

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

teardown() {
	umount disk 2>/dev/null || true
}

# store ARGS..: into the test's own store.
store() {
	timeout 60 siem-store -d sqlite:s.db "$@"
}

selected() {
	timeout 60 siem-select -d sqlite:s.db "$@"
}

# ask SQL: as a person would, with sqlite3.
ask() {
	sqlite3 s.db "$1"
}

# stored FILE [TABLE]: the table holds the lines of the file, each once, and nothing else.
stored() {
	LC_ALL=C sort "$1" >wanted
	selected -t "${2:-events}" | LC_ALL=C sort >got
	same got wanted
	[[ $(ask 'pragma integrity_check') == ok ]]
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
		siemstress_events SIEMSTRESS_x 1a 'é' $'a\nb' $'\e[31m' "$(printf 'a%.0s' {1..65})" '../x' 'a.b'; do
		run store -t "$name" in
		[[ $status == 2 ]] || fail "store -t '$name': $status $output"
		run selected -t "$name"
		[[ $status == 2 ]] || fail "select -t '$name': $status $output"
		! LC_ALL=C grep -qP '[\x00-\x08\x0b-\x1f\x7f]' <<<"$output" || fail "control characters for '$name'"
	done
	store -t "$(printf 'a%.0s' {1..64})" in
	stored in
	[[ $(ask 'select count(*) from siemstress') == 2 ]]
}

@test "a view follows the fields that this version knows" {
	events 1 | store
	ask 'drop view events; create view events as select 1 as old'
	events 1 2 | store
	[[ $(ask 'select count(message) from events') == 2 ]]
}

@test "people can ask with sqlite3: a column for each field" {
	events 3 | store
	[[ $(ask 'select date_stamp, source_process, source_pid, message from events where id like "%2"') == \
		"2024-06-10T12:00:02+00:00|sshd|2|Failed password 2" ]]
	store <<-'END'
		{"id":"01J00000000000000000000002","date_stamp":"2024-06-10T12:00:00Z","phase":"open","source_rule":"r","key":{"user":"u"}}
		{"name":"r","when":{"message":"x"},"severity":3}
		{"name":"h","reg_exp":"(x)","var_name":"y"}
	END
	[[ $(ask "select phase, source_rule, key->>'user' from siem") == "open|r|u" ]]
	[[ $(ask 'select name, severity, "when" from rules') == 'r|3|{"message":"x"}' ]]
	[[ $(ask 'select name, reg_exp, var_name from helpers') == 'h|(x)|y' ]]
}

# --- the store

@test "the file and its folders are made for their owner alone" {
	umask 0
	events 1 >in
	timeout 60 siem-store -d sqlite:a/b/s.db in
	[[ $(stat -c %a a a/b a/b/s.db | tr '\n' ' ') == "700 700 600 " ]]
}

@test "-d, then \$SIEM_STORE, then -c, then the default" {
	printf '[siemstress]\nstore = sqlite:conf.db\n' >conf
	events 1 >in
	SIEM_STORE=sqlite:env.db siem-store -d sqlite:d.db -c conf in
	[[ -f d.db && ! -f env.db && ! -f conf.db ]]
	SIEM_STORE=sqlite:env.db siem-store -c conf in
	[[ -f env.db && ! -f conf.db ]]
	siem-store -c conf in
	[[ -f conf.db ]]
	siem-select -c conf | cmp - in
}

@test "the default is a file of the user's" {
	[[ $(id -u) != 0 ]] || command -v setpriv >/dev/null || skip "root, and no setpriv"
	local as=()
	# A folder that somebody else may enter, and the programs where he can run them.
	local folder
	folder=$(mktemp -d)
	cp "$SIEM_BUILD/siem-store" "$SIEM_BUILD/siem-select" "$folder"
	events 1 >"$folder/in"
	chmod -R a+rX "$folder"
	if [[ $(id -u) == 0 ]]; then
		chown 65534 "$folder"
		as=(setpriv --reuid 65534 --regid 65534 --clear-groups)
	fi
	(cd "$folder" && HOME=$folder "${as[@]}" ./siem-store in && HOME=$folder "${as[@]}" ./siem-select | cmp - in)
	[[ -f $folder/.local/share/siemstress/siem.db ]]
	(cd "$folder" && XDG_DATA_HOME=$folder/data "${as[@]}" ./siem-store in)
	[[ -f $folder/data/siemstress/siem.db ]]
	rm -r "$folder"
}

@test "a config file says what is wrong, and where" {
	config() {
		printf '%b' "$1" >conf
		chmod 600 conf
		run siem-store -c conf </dev/null
		[[ $status == 2 ]] || fail "$1: status $status"
		has "$output" "$2"
	}
	config '[siemstres]\n' "conf:1: unknown section 'siemstres', did you mean 'siemstress'?"
	config '[siemstress]\n\n# x\npasword=y\n' "conf:4: unknown key 'pasword', did you mean 'password'?"
	config '[siemstress]\nserver\n' "conf:2: a line is 'key = value'"
	config 'server=x\n' "conf:1: the file must begin with [siemstress]"
	config '[siemstress]\nserver=a\nserver=b\n' "conf:3: 'server' stands twice"
	config '[siemstress]\nuser=a\n' "names no store"
	config '[siemstress]\nserver=localhost\nuser=a\ndatabase=d\n' "MariaDB"
	config '[siemstress]\n\e[31m=a\n' 'x1b'
	run siem-store -c nowhere </dev/null
	has "$output" "nowhere: No such file"
}

@test "a config file with a password that others can read is refused" {
	printf '[siemstress]\nstore=sqlite:s.db\npassword=x\n' >conf
	chmod 644 conf
	run siem-store -c conf </dev/null
	[[ $status == 2 && ! -f s.db ]]
	has "$output" "others can read it: chmod o-rwx conf"
	chmod 640 conf
	siem-store -c conf </dev/null
	[[ -f s.db ]]
}

@test "a store that is none says so, and is not touched" {
	local name
	echo 'not a database, but long enough to be taken for one, were it not for its first words ......................' >s.db
	cp s.db before
	run store </dev/null
	[[ $status == 3 ]]
	has "$output" "no SQLite database"
	same s.db before
	sqlite3 other.db 'create table x(y)'
	run siem-store -d sqlite:other.db </dev/null
	[[ $status == 3 ]]
	has "$output" "no store of siemstress"
	sqlite3 new.db 'pragma application_id = 1397310797; pragma user_version = 99; create table x(y)'
	run siem-store -d sqlite:new.db </dev/null
	[[ $status == 3 ]]
	has "$output" "version 99"
	for name in '' s.db sqlite: mariadb://x postgres:x; do
		run siem-store -d "$name" </dev/null
		[[ $status == 2 ]] || fail "$name: $status"
		has "$output" "sqlite:PATH"
	done
}

@test "no path moves the terminal" {
	for name in $'sqlite:/dev/null/\e[31m' $'\e[31m:x'; do
		run siem-store -d "$name" </dev/null
		[[ $status != 0 ]]
		has "$output" '\x1b[31m'
		run siem-select -d "$name"
		[[ $status != 0 ]]
		has "$output" '\x1b[31m'
	done
	printf '[siemstress]\nx\n' >$'\e[31m'
	run siem-store -c $'\e[31m' </dev/null
	has "$output" '\x1b[31m:2'
}

@test "names that SQLite would take for something else are paths" {
	events 1 >in
	for name in :memory: 'file:x?mode=memory' ' ' 'a%20b' $'new\nline'; do
		siem-store -d "sqlite:$name" in
		[[ -f $name ]] || fail "no file '$name'"
		siem-select -d "sqlite:$name" | cmp - in
	done
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
	{ many 1; timeout 3 yes '{"no":"record"}'; } | timeout 20 siem-store -d sqlite:s.db 2>err &
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
	siem-store -d sqlite:s.db --batch 1000000 <pipe &
	exec 7>pipe
	events 500 >in
	cat in >&7
	kill -TERM $!
	wait $!
	exec 7>&-
	selected >got
	head -n "$(wc -l <got)" in | same got -
}

@test "SIGUSR1 tells the counters" {
	mkfifo pipe
	siem-store -d sqlite:s.db <pipe 2>err &
	exec 7>pipe
	events 5 >&7
	wait_until 5 eval '[[ $(selected 2>/dev/null | wc -l) == 5 ]]'
	kill -USR1 $!
	wait_until 5 grep -q "5 read, 5 stored" err
	exec 7>&-
	wait $!
}

# --- many at once

@test "several at once into one new file lose nothing" {
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
	siem-store -d sqlite:s.db big &
	writer=$!
	wait_until 10 eval '[[ -n $(selected --limit 1 2>/dev/null) ]]'
	for i in 1 2 3; do
		event "99999$i" | timeout 10 siem-store -d sqlite:s.db
	done
	kill -0 "$writer" || fail "the other one had ended before"
	kill "$writer"
	wait "$writer"
	[[ $(selected -w 'id=*99999?' | grep -c '"source_pid"') == 3 ]]
}

@test "who waits for a writer goes on when that one ends, or is killed" {
	events 3 >in
	store in
	(echo 'begin immediate;' && sleep 1) | sqlite3 s.db &
	sleep 0.3
	event 4 >>in
	store in
	stored in
}

# --- a full disk

# Fills a store under a limit on file sizes, as a full disk would.
@test "disk full: status 3, words, the store intact, and a rerun completes it" {
	many 4000 >in
	status=0
	(ulimit -f 400 && store --batch 500 --tee in >teed 2>err) || status=$?
	[[ $status == 3 ]] || fail "status $status: $(cat err)"
	has "$(cat err)" "no space left"
	has "$(cat err)" "run this again"
	[[ $(ask 'pragma integrity_check') == ok ]]
	selected >got
	[[ -s got && $(wc -l <got) -lt 4000 ]]
	# What was passed on is there.
	same teed got
	store in
	stored in
}

@test "a full file system: status 3, the store intact, and a rerun completes it" {
	mkdir disk
	mount -t tmpfs -o size=1m none disk 2>/dev/null || skip "cannot mount; a limit on file sizes is tried instead"
	many 10000 >in
	run timeout 60 siem-store -d sqlite:disk/s.db --batch 500 in
	local first=$status said=$output
	run sqlite3 disk/s.db 'pragma integrity_check'
	mount -o remount,size=50m disk
	timeout 60 siem-store -d sqlite:disk/s.db in
	siem-select -d sqlite:disk/s.db >got
	[[ $first == 3 && $output == ok ]] || fail "$first, $output"
	has "$said" "no space left"
	same got in
}

# --- durability

@test "what --tee passed on is in a copy of the files taken at any moment" {
	local i
	many 20000 >in
	siem-store -d sqlite:s.db --tee --batch 200 in >teed &
	for i in 1 2 3 4 5 6 7 8; do
		sleep 0.03
		# The order matters: what was passed on before the copy was committed before it.
		cp teed "teed$i"
		[[ -f s.db-wal ]] || continue
		mkdir "copy$i"
		# One moment: the writer is stopped, as when the power goes.
		kill -STOP $! 2>/dev/null || true
		cp s.db s.db-wal "copy$i"
		kill -CONT $! 2>/dev/null || true
		[[ $(sqlite3 "copy$i/s.db" 'pragma integrity_check') == ok ]]
		siem-select -d "sqlite:copy$i/s.db" >got 2>/dev/null || true
		sed -n '$!p' "teed$i" | LC_ALL=C sort | LC_ALL=C comm -23 - got >lost
		[[ ! -s lost ]] || fail "$(wc -l <lost) lines are lost in copy $i"
	done
	wait
	stored in
}

@test "tables whose names look like an index of another live side by side" {
	events 3 >in
	siem-store -d sqlite:s.db -t events in
	siem-store -d sqlite:s.db -t events_id in
	[ "$(siem-select -d sqlite:s.db -t events | wc -l)" -eq 3 ]
	[ "$(siem-select -d sqlite:s.db -t events_id | wc -l)" -eq 3 ]
}

@test "a store that is moved away while it is written to is told, status 3" {
	events 3 >in
	run timeout 20 bash -c '(cat in; sleep 1; sed s/Failed/Again/ in) | siem-store -d sqlite:s.db & sleep 0.5; mv s.db t.db; wait $!'
	[ "$status" -eq 3 ]
	[[ $output == *"moved or deleted"* ]]
}

@test "the usual tables keep their kinds" {
	events 3 >in
	run siem-store -d sqlite:s.db -t siem in
	[ "$status" -eq 3 ]
	[[ $output == *"table siem is for siem alone"* ]]
}
