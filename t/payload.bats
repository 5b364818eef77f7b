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
