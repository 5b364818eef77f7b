# siem-table: what people see, how wide, in which colours, and that nothing in it moves their terminal.
# SPDX-License-Identifier: MIT

load lib

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
}

# table ARGS..: what siem-table shows of standard input, in the file out.
table() {
	siem-table "$@" >out 2>err
}

# shows: out is what stands on standard input.
shows() {
	cat >wanted
	same out wanted
}

two_events() {
	cat <<-'END'
		{"id":"01J00000000000000000000001","date_stamp":"2024-06-10T12:00:01+02:00","severity":3,"log_source":"web1","source_process":"sshd","source_pid":7,"source_host":"203.0.113.9","message":"Failed password for root","extended":{"users":["root","admin"],"sd":{"a":"b"}}}
		{"id":"01J00000000000000000000002","date_stamp":"2024-06-10T12:00:02+02:00","severity":6,"log_source":"db","source_process":"cron","source_pid":1234,"message":"job started"}
	END
}

@test "events: usual columns, aligned, numbers to the right, none that is empty" {
	two_events | table
	shows <<-'END'
		TIME                       MACHINE  PROCESS   PID  FROM         MESSAGE
		2024-06-10T12:00:01+02:00  web1     sshd        7  203.0.113.9  Failed password for root
		2024-06-10T12:00:02+02:00  db       cron     1234               job started
	END
}

@test "columns by name, by path, by bare name; lists and objects on one line" {
	two_events | table -f source_pid,users -f extended.sd.a,extended,id
	shows <<-'END'
		 PID  users        extended.sd.a  EXTENDED                             ID
		   7  root, admin  b              users=["root","admin"] sd={"a":"b"}  01J00000000000000000000001
		1234                                                                   01J00000000000000000000002
	END
}

@test "without a heading" {
	two_events | table --no-header -f source_pid
	shows <<-'END'
		   7
		1234
	END
}

@test "SIEM events have columns of their own" {
	printf '%s\n' '{"id":"01J00000000000000000000001","date_stamp":"2024-06-10T12:00:01Z","phase":"open","source_rule":"ssh","severity":5,"magnitude":10,"event_limit":2,"event_count":3,"time_int":10,"key":{"source_host":"203.0.113.9"},"message":"many"}' | table
	shows <<-'END'
		TIME                  PHASE  RULE  MAGNITUDE  EVENTS  KEY          MESSAGE
		2024-06-10T12:00:01Z  open   ssh          10       3  203.0.113.9  many
	END
}

@test "rules and helpers have columns of their own" {
	printf '%s\n' '{"name":"ssh","severity":5,"event_limit":2,"time_int":"10m","when":{"message|contains":["a","b"]}}' | table
	shows <<-'END'
		NAME  SEVERITY  LIMIT  WITHIN  WHEN
		ssh          5      2  10m     message|contains=["a","b"]
	END
	printf '%s\n' '{"name":"ip","desc":"d","reg_exp":"from (\\S+)","var_name":"hosts"}' | table
	shows <<-'END'
		NAME  NAME IN EVENT  EXPRESSION
		ip    hosts          from (\S+)
	END
}

@test "a line is as wide as asked, identifiers and numbers are whole" {
	two_events | table -w 80
	shows <<-'END'
		TIME                       MACHINE  PROCESS   PID  FROM         MESSAGE
		2024-06-10T12:00:01+02:00  web1     sshd        7  203.0.113.9  Failed password…
		2024-06-10T12:00:02+02:00  db       cron     1234               job started
	END
	two_events | table -w 70
	shows <<-'END'
		TIME                       MACHINE  FROM         MESSAGE
		2024-06-10T12:00:01+02:00  web1     203.0.113.9  Failed password for …
		2024-06-10T12:00:02+02:00  db                    job started
	END
	two_events | table -w 10 -f id,message
	shows <<-'END'
		ID                          MES…
		01J00000000000000000000001  Fai…
		01J00000000000000000000002  job…
	END
}

@test "no line is wider than asked, whatever it is, unless columns were asked for" {
	local width
	events 300 | sed 's/"message":"/&日本é /; s/web1/a-machine-with-a-long-name.example.com/' >in
	for width in 40 50 61 72 80 99 132; do
		table -w "$width" <in
		(($(wc -L <out) <= width)) || fail "$width columns, but $(wc -L <out) wide"
	done
}

@test "wide and combining characters keep columns aligned" {
	printf '{"user":"%s","message":"m"}\n' 日本 'e\u0301' x | table -f user,message
	printf 'USER  MESSAGE\n日本  m\n\xcc\x81     m\nx     m\n' | sed $'3s/^/e/' >wanted
	same out wanted
}

@test "nothing in a record moves the terminal, in a heading neither" {
	printf '%s\n' '{"message":"a\u001b[2J\u202eb\nc\u0085","x":"\u0000"}' | table -f $'message,x,\e[1m'
	lacks '[\x00-\x09\x0b-\x1f\x7f]|\xc2\x85|\xe2\x80\xae' out
	lacks '[\x00-\x09\x0b-\x1f\x7f]' err
	has "$(cat out)" 'a\x1b[2J\u{202E}b\nc\u{85}'
}

@test "colour by severity, only where asked" {
	printf '{"severity":%s,"message":"m"}\n' 0 3 4 5 7 '"x"' 99 >in
	table -f message --colour always <in
	printf '\e[1mMESSAGE\e[0m\n\e[1;31mm\e[0m\n\e[31mm\e[0m\n\e[33mm\e[0m\nm\n\e[2mm\e[0m\nm\nm\n' >wanted
	same out wanted
	table -f message <in
	lacks '\x1b' out
	NO_COLOR=1 table -f message --colour=always <in
	same out wanted
	run siem-table --colour red
	[ "$status" -eq 2 ]
	has "$output" "auto, always and never"
}

# on_terminal COMMAND: what it shows on a terminal, in the file out.
on_terminal() {
	script -qec "stty cols 60; $1" /dev/null </dev/null | tr -d '\r' >out
}

@test "on a terminal: its width, and colour unless NO_COLOR" {
	command -v script >/dev/null || skip "no script(1)"
	printf '{"severity":3,"message":"%070d"}\n' 1 >in
	on_terminal "siem-table -f message in"
	printf '\e[1mMESSAGE\e[0m\n\e[31m%059d…\e[0m\n' 0 >wanted
	same out wanted
	on_terminal "NO_COLOR=1 siem-table -f message in"
	printf 'MESSAGE\n%059d…\n' 0 >wanted
	same out wanted
	on_terminal "NO_COLOR=1 COLUMNS=20 siem-table -f message in"
	printf 'MESSAGE\n%019d…\n' 0 >wanted
	same out wanted
	on_terminal "TERM=dumb siem-table -w 0 -f message in"
	printf 'MESSAGE\n%070d\n' 1 >wanted
	same out wanted
}

@test "a name that no record has is told, with the nearest" {
	two_events | table -f sorce_host,message
	has "$(cat err)" "no record has 'sorce_host', did you mean source_host?"
	two_events | table -f user,message # a field of ours, only empty here
	[ ! -s err ]
}

@test "bad lists of columns and widths are misuse" {
	local bad
	for bad in "-f ''" "-f a,,b" "-f a..b" "-w -1" "-w x" "-f $(printf 'a,%.0s' {1..65})b"; do
		run sh -c "siem-table $bad </dev/null"
		[ "$status" -eq 2 ] || fail "$bad: $status"
		has "$output" "see siem-table -h"
	done
}

@test "rows come as soon as the input waits; columns grow, and come, later" {
	mkfifo pipe
	siem-table <pipe >out 7>&- &
	exec 7>pipe
	printf '{"id":"1","date_stamp":"2024-06-10T12:00:01Z","message":"one"}\n' >&7
	wait_until 10 grep -q one out
	printf '{"id":"2","date_stamp":"2024-06-10T12:00:02.5Z","user":"root","message":"two"}\n' >&7
	exec 7>&-
	wait
	shows <<-'END'
		TIME                  MESSAGE
		2024-06-10T12:00:01Z  one
		TIME                    USER  MESSAGE
		2024-06-10T12:00:02.5Z  root  two
	END
}

@test "as many rows as records, each with all that was asked for" {
	events 5000 >in
	table -n -f id,source_pid,message <in
	jq -r '[.id, .source_pid, .message] | join(" ")' in >wanted
	tr -s ' ' <out >got
	same got wanted
}
