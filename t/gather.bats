#!/usr/bin/env bats
# siem-parse: lines that make one event together, records of an audit event, and with --join lines that go on.
# SPDX-License-Identifier: MIT

bats_require_minimum_version 1.5.0
load lib

setup() {
	cd "$BATS_TEST_TMPDIR"
}

teardown() {
	if [ -n "${running:-}" ]; then
		kill -9 "$running" 2>/dev/null || true
	fi
}

model() {
	python3 "$ROOT/t/model/gather.py" "$@"
}

parse() {
	timeout 100 siem-parse --host here --reference 2024-06-15T00:00:00Z "$@"
}

# is WANTED GOT
is() {
	[[ $1 == "$2" ]] || fail "wanted: $1"$'\n'"got:    $2"
}

# shows FILTER: what a filter of jq shows of each event in the file out.
shows() {
	jq -cr "$1" out
}

at='msg=audit(1718020800.123:871):'

# record TYPE BODY: a line of audit.log.
record() {
	printf 'type=%s %s %s\n' "$1" "$at" "$2"
}

# until_events COUNT: waits until out has so many, at most 30 s.
until_events() {
	wait_until 30 eval "[ \"\$(wc -l <out)\" -ge $1 ]" || fail "only $(wc -l <out) of $1 events: $(cat out err)"
}

stop() {
	kill -TERM "$running"
	wait "$running"
	running=
}

# --- which lines make an event

@test "over generated logs, events have the lines that the model says, in the order of the first ones" {
	for seed in 1 2 3; do
		model make "$seed" 2000 >log
		model events <log >wanted
		parse log | jq -c .raw_text | same /dev/stdin wanted
		model events join <log >wanted
		parse --join log | jq -c .raw_text | same /dev/stdin wanted
	done
}

@test "each line stands in exactly one event" {
	model make 4 5000 >log
	grep -v $'^[ \t]*$' log | sort >wanted
	parse log >out
	jq -r .raw_text out | sort | same /dev/stdin wanted
	[ "$(wc -l <out)" -lt "$(wc -l <wanted)" ]
	parse --join log | jq -r .raw_text | sort | same /dev/stdin wanted
	parse --audit-records log >out
	[ "$(wc -l <out)" -eq "$(wc -l <wanted)" ]
	grep -v $'^[ \t]*$' log | jq -Rc . >wanted
	jq -c .raw_text out | same /dev/stdin wanted
}

@test "the events are the same from a file, a pipe in any pieces, a compressed file, and a file that is followed" {
	model make 5 3000 >log
	for join in '' --join; do
		parse $join log | jq -c 'del(.source_path)' >wanted
		parse $join <log | same /dev/stdin wanted
		for seed in 1 2; do
			model drip "$seed" <log | parse $join | same /dev/stdin wanted
		done
		gzip -c log >log.gz
		parse $join log.gz | jq -c 'del(.source_path)' | same /dev/stdin wanted
		siem-parse --host here --reference 2024-06-15T00:00:00Z -F $join log >out 2>err 3>&- &
		running=$!
		until_events "$(wc -l <wanted)"
		stop
		jq -c 'del(.source_path)' out | same /dev/stdin wanted
	done
}

@test "records of other events, machines, nodes and programs may stand between" {
	{
		record SYSCALL 'pid=1'
		echo 'type=SYSCALL msg=audit(1718020800.123:872): pid=2'
		echo "node=a type=SYSCALL $at pid=3"
		echo "2024-06-10T12:00:00Z web1 audispd: type=SYSCALL $at pid=4"
		echo "2024-06-10T12:00:00Z web1 kernel: audit: type=1300 audit(1718020800.123:871): pid=5"
		echo "2024-06-10T12:00:00Z web1 sshd[7]: hello"
		record CWD 'cwd="/1"'
		echo 'type=CWD msg=audit(1718020800.123:872): cwd="/2"'
		echo "node=a type=CWD $at cwd=\"/3\""
		echo "2024-06-10T12:00:00Z web1 audispd: type=CWD $at cwd=\"/4\""
		echo "2024-06-10T12:00:00Z web1 kernel: audit: type=1307 audit(1718020800.123:871): cwd=\"/5\""
	} | parse >out
	is '1/1 2/2 3/3 4/4 5/5 hello' "$(shows 'if .extended then (.extended.pid // .source_pid | tostring) + .extended.cwd else .message end' | xargs)"
}

@test "an event ends with PROCTITLE and EOE, before a second SYSCALL, and with a line of its machine two seconds away" {
	{
		record SYSCALL a=1
		record PROCTITLE proctitle=6C73
		record CWD 'cwd="/"'
		record EOE ''
		record SYSCALL a=2
		record SYSCALL a=3
		echo 'node=other type=SYSCALL msg=audit(1718020900.0:1): a=4'
		record PATH 'item=0 name="/x"'
		echo 'type=SYSCALL msg=audit(1718020802.122:872): a=5'
		record PATH 'item=1 name="/y"'
		echo 'type=SYSCALL msg=audit(1718020802.123:873): a=6'
		record PATH 'item=2 name="/z"'
	} | parse >out
	is '2 2 1 3 1 1 1 1' "$(shows '.raw_text | split("\n") | length' | xargs)"
}

@test "what programs write, and what stands alone, is an event by itself, with the fields of a single record" {
	{
		for type in USER_LOGIN USER_CMD DAEMON_START ADD_USER ANOM_LOGIN_FAILURES CRYPTO_KEY_USER KERNEL MAC_UNLBL_STCADD 1406 2000 'UNKNOWN[2999]'; do
			record "$type" "pid=7 uid=0 auid=1000 msg='op=login acct=\"bob\" exe=\"/usr/sbin/sshd\" addr=192.0.2.1 res=failed'"
			record "$type" "pid=8 uid=0"
		done
		# Alone, though others might have come.
		for type in SYSCALL AVC PATH SOCKADDR EXECVE PROCTITLE; do
			echo "type=$type msg=audit(1718020800.123:$((++serial))): pid=9 a0=\"ls\" a1=2D6C name=\"/a b\" saddr=02000016C00002010000000000000000 key=(null)"
			echo "2024-06-10T12:00:00Z web1 audispd: node=n type=$type msg=audit(1718020800.123:$serial): pid=9 a0=\"ls\" comm=\"x\""
		done
	} >log
	parse --audit-records log >single
	parse log | same /dev/stdin single
	[ "$(wc -l <single)" -eq 34 ]
}

# --- what an audit event tells

@test "audit: a command that was run" {
	{
		record SYSCALL $'arch=c000003e syscall=59 success=yes exit=0 a0=55d0 a1=55e0 items=2 ppid=1 pid=2310 auid=1000 uid=0 tty=pts0 comm="perl" exe="/usr/bin/perl" key="exec"\x1dARCH=x86_64 SYSCALL=execve AUID="anna" UID="root"'
		record EXECVE 'argc=4 a0="perl" a1="-e" a2_len=24 a2[0]=7072696E'
		record EXECVE 'a2[1]=7420223122 a3="x"'
		record CWD 'cwd=2F686F6D652F616E6E61'
		record PATH $'item=0 name="../../usr/bin/./perl" inode=17 dev=fd:00 mode=0100755 ouid=0 ogid=0 rdev=00:00 nametype=NORMAL cap_fp=0\x1dOUID="root"'
		record PATH 'item=1 name=6E6577206F6E65 inode=18 mode=0100644 ouid=1000 nametype=CREATE'
		record PATH 'item=2 name="/../tmp//old/" inode=19 nametype=DELETE'
		record PATH 'item=3 name=(null) inode=20 nametype=PARENT'
		record PROCTITLE 'proctitle=7065726C002D65'
	} | parse >out
	is '2024-06-10T12:00:00.123Z auditd here perl 2310 anna' \
		"$(shows '[.date_stamp, .format, .log_source, .source_process, .source_pid, .user] | map(tostring) | join(" ")')"
	is 'perl -e print "1" x' "$(shows .extended.command_line)"
	is '["SYSCALL","EXECVE","CWD","PATH","PROCTITLE"]' "$(shows .extended.types)"
	is 'SYSCALL 871 execve yes 0 root anna exec /usr/bin/perl perl /home/anna perl -e 55d0' "$(shows '.extended | [.type, .sequence, .syscall_name,
		.success, .exit, .uid_name, .auid_name, .key, .exe, .comm, .cwd, .proctitle, .a0] | join(" ")')"
	is '["/usr/bin/perl","/home/anna/new one","/tmp/old"]' "$(shows .extended.paths)"
	is '["/home/anna/new one"] ["/tmp/old"]' "$(shows '.extended | "\(.paths_created) \(.paths_deleted)"')"
	is '{"name":"../../usr/bin/./perl","inode":"17","dev":"fd:00","mode":"0100755","ouid":"0","ogid":"0","rdev":"00:00","nametype":"NORMAL","ouid_name":"root"}' \
		"$(shows '.extended.path_records[0]')"
	is '{"inode":"20","nametype":"PARENT"}' "$(shows '.extended.path_records[3]')"
	is 'SYSCALL syscall=execve success=yes exit=0 auid=anna uid=root tty=pts0 comm=perl exe=/usr/bin/perl key=exec cwd=/home/anna path=/usr/bin/perl path=/home/anna/new one path=/tmp/old command_line=perl -e print "1" x' "$(shows .message)"
}

@test "audit: an address is the end of the event that the call speaks to" {
	ends() { # ARCH SYSCALL A0 [NAME]
		{
			record SYSCALL "arch=$1 syscall=$2 a0=$3${4:+$'\x1d'SYSCALL=$4}"
			record SOCKADDR 'saddr=020001BBC00002010000000000000000'
		} | parse | jq -r '"\(.source_host) \(.source_port) \(.dest_host) \(.dest_port) \(.extended.address) \(.extended.port) \(.extended.family)"'
	}
	to='null null 192.0.2.1 443 192.0.2.1 443 ipv4' from='192.0.2.1 443 null null 192.0.2.1 443 ipv4'
	none='null null null null 192.0.2.1 443 ipv4'
	is "$to" "$(ends c000003e 42 3)"
	is "$from" "$(ends c000003e 288 3)"
	is "$none" "$(ends c000003e 49 3)"
	is "$to" "$(ends c00000b7 203 3)"
	is "$none" "$(ends c00000b7 42 3)"
	is "$to" "$(ends 40000003 102 3)"
	is "$from" "$(ends 40000003 102 5)"
	is "$from" "$(ends 40000003 102 12 socketcall)"
	is "$none" "$(ends 40000003 102 2)"
	is "$to" "$(ends 00000000 1 0 sendto)"
	is "$none" "$(ends 00000000 42 0)"
	is "$none" "$(ends c000003e 42 0 bind)"
	is "$none" "$(ends c000003e 99999999999 '' '')"
	{ record SYSCALL 'arch=c000003e syscall=42'; record SOCKADDR 'saddr=01002F72756E2F7800000000'; } | parse >out
	is 'unix /run/x null' "$(shows '"\(.extended.family) \(.extended.address) \(.dest_host)"')"
}

@test "audit: a denial, with the call that it was of" {
	{
		record AVC 'avc:  denied  { read write } for  pid=7 comm="httpd" name="shadow" scontext=a:b tcontext=c:d tclass=file permissive=0'
		record SYSCALL 'arch=c000003e syscall=257 success=no exit=-13 pid=7 comm="httpd" exe="/usr/sbin/httpd" key=(null)'
		record PROCTITLE proctitle=6874747064
	} | parse >out
	is 'httpd 7 AVC denied read write no shadow null' "$(shows '[.source_process, .source_pid, (.extended | .type, .action, .permission, .success, .name, .key)] | map(tostring) | join(" ")')"
	is 'AVC action=denied permission=read write syscall=257 success=no exit=-13 comm=httpd exe=/usr/sbin/httpd proctitle=httpd' "$(shows .message)"
}

@test "audit: in syslog the head's fields stay, and facility and severity" {
	{
		echo "<37>Jun 10 12:00:00 web1 audispd: node=n type=SYSCALL $at arch=c000003e syscall=59 pid=7 comm=\"ls\" exe=\"/bin/ls\""
		echo "<37>Jun 10 12:00:01 web1 audispd: node=n type=EXECVE $at argc=2 a0=\"ls\" a1=\"-l\""
	} | parse -z Z >out
	is '2024-06-10T12:00:00+00:00 syslogbsd web1 audispd null 4 5 ls -l n 7' "$(shows '[.date_stamp, .format, .log_source, .source_process,
		.source_pid, .facility, .severity, (.extended | .command_line, .node, .pid)] | map(tostring) | join(" ")')"
}

@test "audit: no pair of a record takes the place of what is put together, and no name stands twice" {
	{
		record SYSCALL 'types=x paths=x Paths=y path_records=x paths_created=x command_line=x family=x sequence=x type=x'
		record EXECVE 'argc=1 a0="ls" argc=2'
		record PATH 'item=0 name="/a" name="/b" nametype=CREATE ouid=1 ouid=2'
	} | parse >out
	is '["SYSCALL","EXECVE","PATH"] ["/a"] ["/a"] ls SYSCALL 871' "$(shows '.extended | "\(.types) \(.paths) \(.paths_created) \(.command_line) \(.type) \(.sequence)"')"
	python3 -c '
import json, sys
def unique(pairs):
    assert len({k for k, v in pairs}) == len(pairs), pairs
for line in sys.stdin: json.loads(line, object_pairs_hook=unique)' <out
}

# --- lines that go on

@test "--join: stack traces of Java, Python, Go, .NET and PHP" {
	cat >log <<-'X'
		2024-06-10 12:00:00,123 ERROR [main] app: failed
		java.io.IOException: no room
			at com.example.App.main(App.java:7)
		Caused by: java.lang.Error
			... 12 more
		2024-06-10 12:00:01,000 ERROR root: failed
		Traceback (most recent call last):
		  File "app.py", line 7, in <module>
		    at = "2024-06-10 12:00:00"
		ValueError: no number

		During handling of the above exception, another exception occurred:
		2024-06-10 12:00:02,000 ERROR main: panic
		goroutine 1 [running]:
		main.main()
			/tmp/x.go:5 +0x39
		2024-06-10 12:00:03,000 ERROR App - failed
		System.Exception: no
		   at App.Main() in App.cs:line 7
		--- End of inner exception stack trace ---
		[10-Jun-2024 12:00:04 UTC] PHP Fatal error:  Uncaught Exception in /srv/a.php:3
		Stack trace:
		#0 /srv/a.php(12): f()
		  thrown in /srv/a.php on line 3
	X
	parse --join log >out
	is '5 6 4 4 4' "$(shows '.raw_text | split("\n") | length' | xargs)"
	is '5 6 4 4 4' "$(shows '.message | split("\n") | length' | xargs)"
	sed -n 1,5p log | jq -Rs 'rtrimstr("\n")' | same /dev/stdin <(jq '.raw_text' <(head -n 1 out))
	[[ $(shows .message | head -n 1) == *failed ]]
}

@test "--join: a line with a stamp, a record and an event line of ours begin anew; without the option nothing is joined" {
	line='{"id":"01J00000000000000000000000","date_stamp":"2024-06-10T12:00:00Z","message":"m"}'
	{
		echo '2024-06-10T12:00:00Z web1 app: one'
		echo '2024-06-10T12:00:00Z web1 app: two'
		echo "$line"
		echo 'unknown'
		echo '  indented'
		record CWD 'cwd="/"'
		echo 'unknown too'
		echo '2024-06-10T12:00:00Z web1 app: three'
		echo ' more'
	} >log
	parse --join log >out
	is 'one/two/m/unknown+  indented/cwd="/"/unknown too/three+ more' "$(jq -r '.message | gsub("\n"; "+")' out | paste -sd/)"
	[ "$(parse log | wc -l)" -eq 9 ]
	grep -qxF "$line" out
}

@test "--join: lines end with CRLF, without newline, hold any bytes, and give themselves back" {
	printf '2024-06-10T12:00:00Z web1 app: x\r\n\t\xff\x00y\r\n  last' >log
	parse --join log >out
	[ "$(wc -l <out)" -eq 1 ]
	jq -r .raw_base64 out | base64 -d | cmp - log
	is $'x\n\t\ufffd\\u0000y\n  last' "$(jq -r '.message | gsub("\u0000"; "\\u0000")' out)"
}

@test "--join: a log that is indented as a whole is one event a line" {
	printf '  2024-06-10 12:00:0%d,000 INFO [main] app: x\n' 1 2 3 | parse --join >out
	[ "$(wc -l <out)" -eq 3 ]
}

@test "--join: documents and JSON lines are as they were" {
	printf '[{"time":"2024-06-10T12:00:00Z","msg":"a"},\n {"time":"2024-06-10T12:00:01Z","msg":"b"}\n]\n' >log
	parse -f sojson log >wanted
	parse -f sojson --join log | same /dev/stdin wanted
	[ "$(wc -l <wanted)" -eq 2 ]
	printf '{"time":"2024-06-10T12:00:0%d","msg":"a"}\n' 1 2 3 >log
	parse log >wanted
	parse --join log | same /dev/stdin wanted
}

# --- limits: the event ends, and the rest is another; nothing is lost

# given_back: the lines of the events in out are those of the file log.
given_back() {
	jq -r .raw_text out | sort | cmp - <(grep -v '^$' log | sort)
}

@test "limits: an event has its last line at most 4096 lines from its first" {
	{
		echo '2024-06-10T12:00:00Z web1 app: x'
		seq -f ' %g' 9000
	} >log
	parse --join log >out
	is '4096 4096 809' "$(shows '.raw_text | split("\n") | length' | xargs)"
	given_back
	{
		record SYSCALL a=1
		seq -f '2024-06-10T12:00:00Z web1 app: %g' 4094
		record CWD 'cwd="/"'
		record PATH 'name="/"'
	} >log
	parse log >out
	is '1 2' "$(shows 'select(.format == "auditd").raw_text | split("\n") | length' | sort | xargs)"
	is 'auditd auditd' "$(sed -n '1p;$p' out | jq -r .format | xargs)"
	given_back
}

@test "limits: an event has lines of 512 KiB, unless its first is longer" {
	text=$(head -c 100000 /dev/zero | tr '\0' x)
	{
		echo "2024-06-10T12:00:00Z web1 app: $text"
		for i in 1 2 3 4 5 6; do echo " $i$text"; done
	} >log
	parse --join log >out
	is '5 2' "$(shows '.raw_text | split("\n") | length' | xargs)"
	[ "$(shows '.raw_text | length' | sort -n | tail -n 1)" -le 524288 ]
	given_back
	for i in 1 2 3 4 5 6 7; do record EXECVE "a$i=\"$text\""; done >log
	parse log >out
	is '5 2' "$(shows '.raw_text | split("\n") | length' | xargs)"
	given_back
	{
		record EXECVE "a0=\"$text$text$text$text$text$text\""
		record EXECVE 'a1="x"'
	} >log
	parse log >out
	is '1 1' "$(shows '.raw_text | split("\n") | length' | xargs)"
}

@test "limits: a line is cut at 1 MiB, and what was cut of all lines is told" {
	{
		echo '2024-06-10T12:00:00Z web1 app: x'
		printf ' '
		head -c 1100000 /dev/zero | tr '\0' y
		echo
		echo ' end'
	} >log
	parse --join log >out
	is 'null 51425 null' "$(shows .truncated | xargs)"
	is '32 1048576 4' "$(shows '.raw_text | length' | xargs)"
}

@test "limits: 256 events wait, then the oldest is written as it is" {
	{
		for i in $(seq 300); do echo "type=SYSCALL msg=audit(1718020800.123:$i): a=1"; done
		for i in $(seq 300 -1 1); do echo "type=CWD msg=audit(1718020800.123:$i): cwd=\"/\""; done
	} >log
	parse log >out
	given_back
	# The 44 oldest are two each.
	is 256 "$(shows 'select(.raw_text | contains("\n")).id' | wc -l)"
	is 344 "$(wc -l <out)"
	is "$(seq 300)" "$(shows 'select(.extended.type == "SYSCALL").extended.sequence')"
}

@test "limits: 8 MiB wait for an event that does not end" {
	{
		record SYSCALL a=1
		for i in $(seq 12); do
			printf '2024-06-10T12:00:00Z web1 app: '
			head -c 1000000 /dev/zero | tr '\0' x
			echo
		done
		record CWD 'cwd="/"'
	} >log
	parse --no-raw log | jq -r .format | xargs >got
	is "auditd $(printf 'syslogiso %.0s' $(seq 12))auditd" "$(cat got)"
}

@test "limits: arguments and files of an event are many, and all there" {
	{
		record SYSCALL a=1
		for i in $(seq 0 2999); do echo "type=EXECVE $at a$i=\"x$i\""; done
		for i in $(seq 0 999); do echo "type=PATH $at item=$i name=\"/$i\""; done
		record PROCTITLE proctitle=6C73
	} >log
	parse log >out
	is '3000 1000 1000' "$(shows '.extended | "\(.command_line | split(" ") | length) \(.paths | length) \(.path_records | length)"')"
	given_back
}

@test "limits: an event is one that others read, at most 16 MiB, whatever its records hold" {
	python3 - >log <<-'X'
		at = 'msg=audit(1718020800.123:871):'
		print('type=SYSCALL', at, 'a=1')
		print('type=CWD', at, 'cwd="/' + '\x01' * 4000 + '"')
		for i in range(100): print('type=PATH', at, 'name="\x01' + '\x02' * 5000 + '" nametype=CREATE')
		print('type=SYSCALL msg=audit(1718020800.123:872): a=1')
		print('type=CWD msg=audit(1718020800.123:872): cwd="/' + '\x01' * 4000 + '"')
		for i in range(4000): print('type=PATH msg=audit(1718020800.123:872): name="x" nametype=DELETE')
		print('type=SYSCALL msg=audit(1718020800.123:873): a=1')
		for i in range(50): print('type=EXECVE msg=audit(1718020800.123:873): a%d="' % i + '\x1f' * 10000 + '"')
	X
	parse log >out
	is 3 "$(wc -l <out)"
	siem-helper -p "$ROOT/rules/helpers_auth.json" out >passed
	is 3 "$(wc -l <passed)"
	given_back
}

# --- live input, signals

@test "in a pipe an event that may have more lines is written when the input is idle, with what came behind it" {
	mkfifo pipe
	siem-parse --join --host here <pipe >out 2>err 3>&- &
	running=$!
	exec 9>pipe
	{
		record SYSCALL a=1
		record CWD 'cwd="/"'
		echo '2024-06-10T12:00:00Z web1 app: x'
		echo ' y'
	} >&9
	until_events 2
	is '2 2' "$(shows '.raw_text | split("\n") | length' | xargs)"
	# An event that is whole does not wait.
	record SYSCALL a=2 >&9
	record PROCTITLE 'proctitle=6C73' >&9
	until_events 3
	exec 9>&-
	wait "$running"
	running=
	is 3 "$(wc -l <out)"
}

@test "in a file that is followed an event that may have more lines is written when nothing is added" {
	{ record SYSCALL a=1; record CWD 'cwd="/"'; } >log
	siem-parse -F --host here log >out 2>err 3>&- &
	running=$!
	until_events 1
	{ record SYSCALL a=2; record PROCTITLE 'proctitle=6C73'; } >>log
	until_events 2
	stop
	is '2 2' "$(shows '.raw_text | split("\n") | length' | xargs)"
}

@test "SIGTERM: of a file that is followed an unfinished event is left for the next run, in a pipe it is written" {
	{
		echo '2024-06-10T12:00:00Z web1 app: x'
		record SYSCALL a=1
		echo '2024-06-10T12:00:00Z web1 app: y'
	} >log
	# The first event comes at once; the others would 1.5 s later.
	for try in 1 2 3 4 5; do
		siem-parse -F --host here log >out 2>err 3>&- &
		running=$!
		until_events 1
		stop
		[ "$(wc -l <out)" -eq 2 ] && break
	done
	is 'x y' "$(shows .message | xargs)"
	record PROCTITLE 'proctitle=6C73' >>log
	siem-parse --host here log >again
	is 3 "$(cat out again | jq -r .id | sort -u | wc -l)"
	mkfifo pipe
	siem-parse --host here <pipe >out 2>err 3>&- &
	running=$!
	exec 9>pipe
	cat log >&9
	record SYSCALL a=2 >&9
	until_events 3
	stop
	exec 9>&-
	is 4 "$(wc -l <out)"
}

@test "counters tell lines and events" {
	mkfifo pipe
	siem-parse --host here <pipe >out 2>err 3>&- &
	running=$!
	exec 9>pipe
	{ record SYSCALL a=1; record CWD 'cwd="/"'; record PROCTITLE 'proctitle=6C73'; echo 'what?'; } >&9
	until_events 2
	kill -USR1 "$running"
	wait_until 20 grep -q lines err
	exec 9>&-
	wait "$running"
	running=
	grep -q '4 lines, 2 events: 1 auditd, 1 unparsed; 0 blank' err
}

# --- with other options

@test "--since: an event belongs to the time of its first line, whole or not at all" {
	{
		record SYSCALL a=1
		echo 'type=SYSCALL msg=audit(1718020801.000:872): a=2'
		record CWD 'cwd="/1"'
		echo 'type=CWD msg=audit(1718020801.000:872): cwd="/2"'
		record PROCTITLE 'proctitle=6C73'
	} >log
	parse log >all
	parse --since 2024-06-10T12:00:00.5Z log >out
	tail -n 1 all | same /dev/stdin out
	is 2 "$(wc -l <all)"
	parse --since 2025-01-01 log >out
	is 0 "$(wc -l <out)"
}

@test "--whole: an event that may have more lines is left for the next time in a file that is being written, not in others" {
	{ echo 'what?'; record SYSCALL a=1; record CWD 'cwd="/"'; } >log
	touch -d '10 minutes' log
	parse --whole log >out
	is 'unparsed' "$(shows .format | xargs)"
	touch -d '10 seconds ago' log
	parse --whole log >out
	is 'unparsed auditd' "$(shows .format | xargs)"
}

@test "--since and a large sorted file: what comes is the same as of a whole run" {
	model make 8 80000 >log
	LC_ALL=C sort -s -k1,1 <(grep -a '^2024-06-10T' log) >sorted
	is "$(($(wc -c <sorted) > 3000000))" 1
	parse sorted >all
	time=2024-06-10T12:55:00Z
	parse --since $time sorted >out
	jq -c "select(.date_stamp >= \"$time\")" all | same /dev/stdin out
	[ -s out ]
}

@test "--no-raw leaves the lines out, and the id as it is" {
	model make 6 500 >log
	parse --join log | jq -c 'del(.raw_text, .raw_base64)' >wanted
	parse --join --no-raw log | same /dev/stdin wanted
}

@test "an event is the same after siem-parse has read it again" {
	model make 7 500 >log
	parse --join log >out
	parse --join out | same /dev/stdin out
}
