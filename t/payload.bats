# siem-parse: messages that have a form of their own inside a line of syslog.
# SPDX-License-Identifier: MIT

load lib

# event LINE FILTER: what a filter of jq shows of the line's event.
event() {
	printf '%s\n' "$1" | timeout 60 siem-parse --host here --reference 2024-06-15T00:00:00Z -z Z | jq -cr "$2"
}

# is WANTED GOT
is() {
	[[ $1 == "$2" ]] || fail "wanted: $1"$'\n'"got:    $2"
}

ends='[.source_host, .source_port, .dest_host, .dest_port, .protocol] | map(tostring) | join(" ")'

@test "firewall: ends and protocol of a packet are the event's, the rest is in extended" {
	line='Jun 10 12:00:00 gw kernel: [  203.842973] [UFW BLOCK] IN=eth0 OUT= MAC=00:11:22:33:44:55:66:77:88:99:aa:bb:08:00'
	line+=' SRC=192.0.2.1 DST=198.51.100.7 LEN=60 TOS=0x00 PREC=0x00 TTL=64 ID=25029 DF PROTO=TCP SPT=49007 DPT=22'
	line+=' WINDOW=64240 RES=0x00 SYN ACK URGP=0 '
	is '192.0.2.1 49007 198.51.100.7 22 TCP' "$(event "$line" "$ends")"
	is 'gw kernel [UFW BLOCK] BLOCK eth0 null 66:77:88:99:aa:bb 00:11:22:33:44:55 60 SYN ACK' "$(event "$line" '[.log_source,
		.source_process, (.extended | .log_prefix, .action, .in_interface, .out_interface, .src_mac, .dst_mac, .length, .tcp_flags)]
		| map(tostring) | join(" ")')"
}

@test "firewall: IPv6, ICMP, UDP with two lengths, a prefix close to the packet" {
	is '2001:db8::1 5353 ff02::fb 5353 UDP' "$(event "2024-06-10T12:00:00Z gw kernel: IN=eth0 OUT= SRC=2001:db8::1 DST=ff02::fb \
LEN=141 TC=0 HOPLIMIT=255 FLOWLBL=0 PROTO=UDP SPT=5353 DPT=5353 LEN=101" "$ends")"
	is '141' "$(event '<4>Jun 10 12:00:00 kernel: IN=a OUT= SRC=192.0.2.1 DST=192.0.2.2 LEN=141 PROTO=UDP LEN=101' .extended.length)"
	is '192.0.2.1 null 192.0.2.2 null ICMP 3' "$(event "Jun 10 12:00:00 gw Shorewall:net2fw:DROP:IN=eth1 OUT= SRC=192.0.2.1 \
DST=192.0.2.2 LEN=60 PROTO=ICMP TYPE=3 CODE=1 [SRC=10.0.0.1 DST=10.0.0.2 PROTO=TCP SPT=1 DPT=2 TYPE=9]" "($ends) + \" \" + .extended.icmp_type")"
	is 'Shorewall:net2fw:DROP: DROP' "$(event "Jun 10 12:00:00 gw Shorewall:net2fw:DROP:IN=eth1 OUT= SRC=192.0.2.1 DST=192.0.2.2" \
		'.extended | .log_prefix + " " + .action')"
}

@test "firewall: what has no packet in it is left alone, and ports that are none are not taken" {
	is 'null' "$(event 'Jun 10 12:00:00 gw kernel: usb 1-1: IN=x but no packet' .extended)"
	is 'null' "$(event 'Jun 10 12:00:00 gw myapp[1]: IN=eth0 OUT= SRC=192.0.2.1 DST=192.0.2.2' .source_host)"
	is '192.0.2.1 null 192.0.2.2 null TCP' "$(event 'Jun 10 12:00:00 gw kernel: IN=a SRC=192.0.2.1 DST=192.0.2.2 PROTO=TCP SPT=65536 DPT=-1' "$ends")"
}

@test "audit: a record is an event, its pairs are fields" {
	line="node=web1 type=USER_LOGIN msg=audit(1373330716.415:4063): pid=119 uid=0 auid=4294967295 msg='op=login acct=\"root\""
	line+=" exe=\"/usr/sbin/sshd\" hostname=? addr=192.0.2.1 terminal=ssh res=failed'"$'\x1d''UID="root" AUID="unset"'
	is '2013-07-09T00:45:16.415Z auditd web1 sshd 119 192.0.2.1 root' "$(event "$line" \
		'[.date_stamp, .format, .log_source, .source_process, .source_pid, .source_host, .user] | map(tostring) | join(" ")')"
	is 'USER_LOGIN 4063 login null failed root unset' "$(event "$line" \
		'.extended | [.type, .sequence, .op, .hostname, .res, .uid_name, .auid_name] | map(tostring) | join(" ")')"
}

@test "audit: arguments are one command line, digits are decoded, what is no digits stays" {
	head='type=EXECVE msg=audit(1684329817.579:2995):'
	is 'perl -e print "1" 3' "$(event "$head argc=3 a0=\"perl\" a1=\"-e\" a2=7072696E7420223122" '.extended | .command_line + " " + .argc')"
	is 'x abcd e' "$(event "$head argc=3 a0=\"x\" a1_len=4 a1[0]=6162 a1[1]=6364 a2=\"e\"" .extended.command_line)"
	is '/bin/sh -e' "$(event 'type=PROCTITLE msg=audit(1684329817.579:2995): proctitle=2F62696E2F7368002D65' .extended.proctitle)"
	is '41204' "$(event 'type=PROCTITLE msg=audit(1684329817.579:2995): proctitle=41204' .extended.proctitle)"
	is '/a b' "$(event 'type=PATH msg=audit(1684329817.579:2995): item=0 name=2F612062 inode=1' .extended.path)"
}

@test "audit: socket addresses" {
	head='type=SOCKADDR msg=audit(1684329817.579:2996):'
	fields='.extended | [.family, .address, .port] | map(tostring) | join(" ")'
	is 'ipv4 192.0.2.1 22' "$(event "$head saddr=02000016C00002010000000000000000" "$fields")"
	is 'ipv6 2001:db8::1 443' "$(event "$head saddr=0A0001BB0000000020010DB800000000000000000000000100000000" "$fields")"
	is 'unix /run/x null' "$(event "$head saddr=01002F72756E2F7800000000" "$fields")"
	is 'unix @x null' "$(event "$head saddr=0100007800" "$fields")"
	for short in '' 0 0200 02000016 020000160000 0A00 FFFF zzzz 0100; do
		is '"SOCKADDR"' "$(event "$head saddr=$short" '.extended | select(.address == null) | .type | tojson')"
	done
}

@test "audit: inside syslog the head's program, pid and time stay" {
	fields='[.date_stamp, .format, .source_process, .source_pid, .user, .extended.type, .extended.pid] | map(tostring) | join(" ")'
	is '2024-06-10T12:00:00+00:00 syslogbsd audit 7 bob USER_AUTH 9' "$(event "Jun 10 12:00:00 h audit[7]: USER_AUTH pid=9 uid=0 \
msg='op=PAM:authentication acct=\"bob\" exe=\"/usr/bin/su\" addr=? res=failed'" "$fields")"
	is '2024-06-10T12:00:00+00:00 syslogbsd kernel null null AVC 9' "$(event "Jun 10 12:00:00 h kernel: [  12.345] audit: type=1400 \
audit(1364481363.243:24287): apparmor=\"DENIED\" operation=\"open\" pid=9 comm=\"x\"" "$fields")"
	is 'denied read write httpd' "$(event 'type=AVC msg=audit(1364481363.243:24287): avc:  denied  { read write } for  pid=1 comm="httpd"' \
		'[.extended.action, .extended.permission, .source_process] | join(" ")')"
	is 'null' "$(event 'Jun 10 12:00:00 h audit[7]: Started as usual' .extended)"
}

@test "audit: what a record says twice counts once, the first, and no word of a process takes the kernel's place" {
	cd "$BATS_TEST_TMPDIR"
	{
		echo 'type=AVC msg=audit(1364481363.243:24287): avc:  denied  { read } for  pid=1 comm="x" action=granted Type=b path="/etc" path="/tmp"'
		echo 'type=EXECVE msg=audit(1364481363.243:24288): argc=2 a0="ls" a1="-l" command_line="fake"'
		echo 'type=SOCKADDR msg=audit(1364481363.243:24289): saddr=02000050C0000201000000000000 family=x address=y port=1'
	} | siem-parse --host here >out
	is 'denied AVC /etc' "$(jq -r 'select(.extended.sequence == "24287") | .extended | "\(.action) \(.type) \(.path)"' out)"
	jq -r '.extended.command_line // empty' out | lacks_line fake
	[ "$(wc -l <out)" -eq "$(jq -c . out | wc -l)" ]
	# No name stands twice in the text itself.
	is "$(grep -o '"action":' out | wc -l)" 1
	is "$(grep -o '"command_line":' out | wc -l)" 1
	is "$(grep -o '"family":' out | wc -l)" 1
}

lacks_line() {
	if grep -qx "$1"; then return 1; fi
}
