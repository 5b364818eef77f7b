# siem-store into SQLite: its files, full disks, what is committed survives.
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
	for name in '' s.db sqlite: postgres:x; do
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

@test "who waits for a writer goes on when that one ends, or is killed" {
	events 3 >in
	store in
	(echo 'begin immediate;' && sleep 1) | sqlite3 s.db &
	sleep 0.3
	event 4 >>in
	store in
	stored in
}

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

# --- reading

@test "a missing store is told" {
	run siem-select -d sqlite:nowhere.db
	[[ $status == 3 && ! -e nowhere.db ]]
	has "$output" "no such store"
}

@test "a slow reader keeps no writer's log from being emptied" {
	seq 1 20000 | awk '{ printf "{\"id\":\"01J00%021d\",\"date_stamp\":\"2024-06-10T12:00:00Z\",\"message\":\"%0200d\"}\n", $1, $1 }' >in
	head -n 18000 in | siem-store -d sqlite:f.db
	mkfifo pipe
	siem-select -d sqlite:f.db >pipe &
	exec 7<pipe
	head -c 100 <&7 >first
	tail -n 2000 in | siem-store -d sqlite:f.db
	run sqlite3 f.db 'pragma wal_checkpoint(truncate)'
	[[ $output == "0|0|0" ]] || fail "checkpoint: $output"
	cat first - <&7 >got
	wait
	same got in
}
