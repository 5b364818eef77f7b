# siem-store into MariaDB: how a server is named, who is let in, what a server that goes away takes with it: nothing.
# SPDX-License-Identifier: MIT

load lib
load lib-stores

setup_file() {
	BACKEND=mariadb
	stores_begin
}

teardown_file() {
	BACKEND=mariadb
	stores_end
}

setup() {
	BACKEND=mariadb
	cd "$BATS_TEST_TMPDIR" || return
	server_answers || server_start
	STORE=$(store_name s)
	SOCKET=$BATS_FILE_TMPDIR/server/socket
}

# many COUNT: event lines, fast.
many() {
	seq 1 "$1" | awk '{ printf "{\"id\":\"01J00%021d\",\"date_stamp\":\"2024-06-10T12:%02d:%02d+00:00\"," \
		"\"message\":\"Failed password %d\"}\n", $1, $1 / 60 % 60, $1 % 60, $1 }'
}

# stored FILE: the table holds the lines of the file, each once, and nothing else.
stored() {
	siem-select -d "$STORE" >got
	same got "$1"
	sound
}

@test "a name that cannot be read is misuse, and the place is told" {
	local name
	while IFS='|' read -r name words; do
		run siem-store -d "$name" </dev/null
		[[ $status == 2 ]] || fail "$name: status $status: $output"
		has "$output" "$words"
	done <<-'END'
		mariadb:x|write mariadb://user@host/database
		mariadb://h|names no database
		mariadb://h/|names no database
		mariadb://u:secret@h/d|passwords do not stand on command lines
		mariadb://h:99999/d|no port
		mariadb://[::1/d|']' is missing
		mariadb://h/d?sokket=/x|did you mean 'socket'?
		mariadb://h/d?tls=maybe|tls is off, on or verify
		mariadb://h/d?socket=a&socket=b|stands twice
		mariadb://h/%zz|cannot be read
		mariadb://h/%00|cannot be read
	END
}

@test "a server that is not there: siem-select says so at once, siem-store waits for it" {
	run timeout 20 siem-select -d "mariadb://root@localhost/s?socket=$PWD/none"
	[[ $status == 3 ]]
	has "$output" "Can't connect"
	many 10 >in
	timeout 20 siem-store -d "mariadb://root@localhost/s?socket=$PWD/none" in 2>err &
	wait_until 10 grep -q 'waiting for the server, nothing is lost' err
	kill $!
	status=0
	wait $! || status=$?
	[[ $status == 3 ]] || fail "status $status"
}

@test "SIGUSR1 while siem-store waits for a server does not make it ask without a pause" {
	many 10 >in
	: >tries
	python3 - <<-'END' &
		import socket
		server = socket.socket(socket.AF_UNIX)
		server.bind("busy")
		server.listen(100)
		while True:
		    server.accept()[0].close()
		    open("tries", "a").write("one\n")
	END
	server=$!
	wait_until 10 test -S busy
	siem-store -d "mariadb://root@localhost/s?socket=$PWD/busy" in 2>err &
	wait_until 10 grep -q 'waiting for the server, nothing is lost' err
	kill -USR1 $!
	sleep 1
	kill $! "$server"
	wait $! || :
	[[ $(wc -l <tries) -lt 30 ]] || fail "$(wc -l <tries) tries"
}

@test "a database that is not there, or a password that is wrong, is told: status 3" {
	run siem-store -d "mariadb://root@localhost/nowhere?socket=$SOCKET" </dev/null
	[[ $status == 3 ]]
	has "$output" "Unknown database"
	server_sql "create user if not exists 'keeper'@'localhost' identified by 'sesame'; grant all on *.* to 'keeper'@'localhost'"
	run siem-store -d "${STORE/root/keeper}" </dev/null
	[[ $status == 3 ]]
	has "$output" "Access denied"
	has "$output" "MARIADB_PASSWORD"
	[[ $output != *sesame* ]]
}

@test "the password comes from the environment, a config file or an option file" {
	many 3 >in
	server_sql "create user if not exists 'keeper'@'localhost' identified by 'sesame'; grant all on *.* to 'keeper'@'localhost'"
	MARIADB_PASSWORD=sesame siem-store -d "${STORE/root/keeper}" in
	printf '[siemstress]\nstore = %s\npassword = sesame\n' "${STORE/root/keeper}" >conf
	chmod 600 conf
	siem-select -c conf >got
	same got in
	printf '[client]\nuser = keeper\npassword = sesame\nsocket = %s\n' "$SOCKET" >my.cnf
	siem-select -d "mariadb:///$(database_of s)?options=$PWD/my.cnf" >got
	same got in
}

@test "people can ask with mariadb: a column for each field, times in UTC" {
	cat >in <<-'END'
		{"id":"01J00000000000000000000001","date_stamp":"2024-06-10T12:00:00.5+02:00","source_process":"sshd","source_pid":7,"message":"Grüße","extended":{"users":["a","b"]}}
		{"id":"01J00000000000000000000002","date_stamp":"2016-12-31T23:59:60-03:30","message":"leap"}
		{"id":"01J00000000000000000000003","date_stamp":"1969-12-31T23:59:59Z","message":"old"}
		{"id":"01J00000000000000000000002","date_stamp":"2024-06-10T12:00:00Z","phase":"open","source_rule":"r","key":{"user":"u"}}
		{"name":"r","when":{"message":"x"},"severity":3}
		{"name":"h","reg_exp":"(x)","var_name":"y"}
	END
	siem-store -d "$STORE" in
	[[ $(ask 'select date_stamp, t_zone, source_process, source_pid, message from events where id like "%1"') == \
		"2024-06-10 10:00:00.500000|+02:00|sshd|7|Grüße" ]]
	[[ $(ask 'select date_stamp, t_zone from events where id like "%2"') == "2017-01-01 03:30:00.000000|-03:30" ]]
	[[ $(ask 'select date_stamp from events where id like "%3"') == "1969-12-31 23:59:59.000000" ]]
	[[ $(ask "select json_value(extended, '\$.users[1]') from events where id like '%1'") == b ]]
	[[ $(ask "select phase, source_rule, json_value(\`key\`, '\$.user') from siem") == "open|r|u" ]]
	[[ $(ask 'select name, severity, `when` from rules') == 'r|3|{"message":"x"}' ]]
	[[ $(ask 'select name, reg_exp, var_name from helpers') == 'h|(x)|y' ]]
}

@test "a database of another program, or of a later version, is not touched" {
	server_sql 'create table siemstress(x int)' "$(database_of s)"
	run siem-store -d "$STORE" </dev/null
	[[ $status == 3 ]]
	has "$output" "not ours"
	server_sql "drop table siemstress; create table siemstress(x int) comment = 'siemstress 99'" "$(database_of s)"
	run siem-store -d "$STORE" </dev/null
	[[ $status == 3 ]]
	has "$output" "version 99"
}

@test "a line larger than the server takes is refused, the others are kept" {
	server_sql 'set global max_allowed_packet = 1048576'
	many 2 >in
	{ head -n 1 in; event 9 ",\"raw_text\":\"$(printf 'x%.0s' {1..1048576})\""; tail -n 1 in; } >all
	run siem-store -d "$STORE" --rejects kept all
	server_sql 'set global max_allowed_packet = 16777216'
	[[ $status == 1 ]]
	has "$output" "longer than the store takes"
	[[ $(wc -l <kept) == 1 ]]
	stored in
}

@test "batches larger than a packet go in several requests" {
	server_sql 'set global max_allowed_packet = 65536'
	many 5000 >in
	siem-store -d "$STORE" in
	siem-store -d "$STORE" in
	server_sql 'set global max_allowed_packet = 16777216'
	stored in
}

@test "the server is killed and comes back: each line is there once, and was passed on once" {
	local turn pid
	many 20000 >in
	for turn in 1 2; do
		siem-store -d "$STORE" --batch 200 --tee in >teed 2>err &
		pid=$!
		wait_until 20 test -s teed
		server_stop KILL
		server_start
		wait "$pid" || fail "status $?: $(cat err)"
		same teed in
		has "$(cat err)" "waiting for the server"
		stored in
		server_sql 'delete from siemstress_events where seq % 2' "$(database_of s)"
	done
}

@test "the connection breaks in the middle of commits: each line is there once, and was counted once" {
	local proxy
	# Each tenth line has another one under its id, which goes under the next.
	many 4000 | sed 's/"01J000/"01J00/; s/","date/0","date/' | awk '{ print } NR % 10 == 0 { sub(/"message":"Failed/, "\"message\":\"Other"); print }' >in
	: >cuts
	python3 "$ROOT/t/proxy.py" "$PWD/proxy" "$BATS_FILE_TMPDIR/server/socket" 7 cuts 3>&- &
	proxy=$!
	wait_until 10 test -S proxy
	run siem-store -d "mariadb://root@localhost/$(database_of s)?socket=$PWD/proxy" --batch 50 -v in
	kill "$proxy"
	wait "$proxy" 2>/dev/null || true
	[[ $status == 0 ]] || fail "$output"
	[[ $(grep -c before cuts) -ge 5 && $(grep -c behind cuts) -ge 5 ]] || fail "too few cuts: $(sort cuts | uniq -c)"
	has "$output" "4400 read, 4400 stored (400 under another id), 0 known, 0 refused"
	siem-select -d "$STORE" | jq -r .message | LC_ALL=C sort >got
	jq -r .message in | LC_ALL=C sort | same got -
	sound
}

@test "our connection is cut, again and again: each line is there once" {
	local i
	many 20000 >in
	siem-store -d "$STORE" --batch 200 --tee in >teed 2>err &
	for i in {1..10}; do
		sleep 0.1
		server_sql "select concat('kill ', id, ';') from information_schema.processlist where db = '$(database_of s)'" >kill
		server_sql "$(cat kill)" 2>/dev/null || true
	done
	wait $! || fail "status $?: $(cat err)"
	same teed in
	stored in
}
