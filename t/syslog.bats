# siem-parse: what real machines make of syslog: Cisco, Solaris, AIX, busybox, lines without a stamp, frames.
# SPDX-License-Identifier: MIT

load lib

# event LINE FILTER: what a filter of jq shows of the line's event.
event() {
	printf '%s\n' "$1" | timeout 60 siem-parse --host here --reference 2024-06-15T00:00:00Z -z Z 2>/dev/null | jq -cr "$2"
}

# is WANTED GOT
is() {
	[[ $1 == "$2" ]] || fail "wanted: $1"$'\n'"got:    $2"
}

# head LINE: what the event says of when, where and who.
head_of() {
	event "$1" '[.date_stamp, .format, .facility, .severity, .log_source, .source_process, .source_pid, .message]
		| map(. // "-" | tostring) | join(" ")'
}

@test "cisco: sequence numbers, marks at the clock, zones, years, machines" {
	is '2024-04-29T14:00:16.059+00:00 ciscoios 23 5 here SYS - %SYS-5-CONFIG_I: x' \
		"$(head_of '<189>35: *Apr 29 14:00:16.059: %SYS-5-CONFIG_I: x')"
	is '{"sequence":"35","clock":"not set","cisco_facility":"SYS","mnemonic":"CONFIG_I"}' \
		"$(event '<189>35: *Apr 29 14:00:16.059: %SYS-5-CONFIG_I: x' .extended)"
	is '2023-11-18T21:03:22.631Z ciscoios 22 4 r1 CDP - %CDP-4-NATIVE_VLAN_MISMATCH: x' \
		"$(head_of '<180>782431: r1: .Nov 18 21:03:22.631 GMT: %CDP-4-NATIVE_VLAN_MISMATCH: x')"
	is '2023-12-11T12:43:29.227-05:00 ciscoios - 3 here snmpd 1002 %SNMP-SNMP-3-AUTH_FAIL : x' \
		"$(head_of '13: RP/0/RP0/CPU0:Dec 11 12:43:29.227 EST: snmpd[1002]: %SNMP-SNMP-3-AUTH_FAIL : x')"
	is '2021-06-10T12:00:00+02:00 ciscoios 23 3 here ETHPORT - %ETHPORT-5-IF_DOWN: x' \
		"$(head_of '<187>: 2021 Jun 10 12:00:00 CEST: %ETHPORT-5-IF_DOWN: x')"
	is '2021-06-10T12:00:00+00:00 ciscoios 20 6 here ASA - %ASA-6-302013: x' "$(head_of '<166>Jun 10 2021 12:00:00: %ASA-6-302013: x')"
	is '2024-06-10T12:00:00+00:00 ciscoios 23 7 asa1 ASA - %ASA-6-302013: x' "$(head_of '<191>Jun 10 12:00:00 asa1: %ASA-6-302013: x')"
	is 'ciscoios LINK 3' "$(event '3w2d: %LINK-3-UPDOWN: x' '[.format, .source_process, .severity] | map(tostring) | join(" ")')"
	is 'ciscoios LINK 3' "$(event '00:00:47: %LINK-3-UPDOWN: x' '[.format, .source_process, .severity] | map(tostring) | join(" ")')"
}

@test "cisco: behind a relay's head, which has the time and the machine" {
	is '2024-06-10T12:00:00+00:00 syslogbsd - 5 192.0.2.1 SYS - %SYS-5-CONFIG_I: x' \
		"$(head_of 'Jun 10 12:00:00 192.0.2.1 35: *Apr 29 14:00:16.059: %SYS-5-CONFIG_I: x')"
	is '2021-06-10T12:00:00+00:00 syslogbsd - 6 asa1 ASA - %ASA-6-302013: x' "$(head_of 'Jun 10 2021 12:00:00 asa1 : %ASA-6-302013: x')"
	is '2024-06-10T12:00:00Z syslogiso - 5 sw1 SYS - %SYS-5-CONFIG_I: x' "$(head_of '2024-06-10T12:00:00Z sw1 35: %SYS-5-CONFIG_I: x')"
	is ciscoios "$(printf '%s\n' 'Jun 10 12:00:00 192.0.2.1 35: *Apr 29 14:00:16.059: %SYS-5-CONFIG_I: x' |
		siem-parse -f ciscoios | jq -r .format)"
}

@test "cisco: a per cent sign alone is none" {
	for line in 'Jun 10 12:00:00 web1 df: 90 %USED-9-X: x' 'Jun 10 12:00:00 web1 %x: y' 'Jun 10 12:00:00 web1 %ASA-8-1: y' \
		'Jun 10 12:00:00 web1 35: %ASA-6: y'; do
		is 'null' "$(event "$line" .extended.cisco_facility)"
	done
	is unparsed "$(event 'disk is 90 % full, see %ASA-6-1: x' .format)"
}

@test "facility and severity as busybox, OpenWrt, AIX and Solaris write them" {
	is '2024-06-10T12:00:00+00:00 syslogbsd 4 6 h sshd 12 text' "$(head_of 'Jun 10 12:00:00 h auth.info sshd[12]: text')"
	is '2024-06-10T12:00:00+00:00 syslogbsd 0 4 h kernel - text' "$(head_of 'Jun 10 12:00:00 h kern.warn kernel: text')"
	is '2024-06-10T12:00:00+00:00 syslogbsd 3 6 here dnsmasq 1 text' "$(head_of 'Mon Jun 10 12:00:00 2024 daemon.info dnsmasq[1]: text')"
	is '2024-06-10T12:00:00+00:00 syslogbsd 4 6 h sshd 12 text' "$(head_of 'Jun 10 12:00:00 h auth|security:info sshd[12]: text')"
	is '2024-06-10T12:00:00+00:00 syslogbsd 4 6 h sshd 12 text' "$(head_of 'Jun 10 12:00:00 h sshd[12]: [ID 800047 auth.info] text')"
	is '800047' "$(event 'Jun 10 12:00:00 h sshd[12]: [ID 800047 auth.info] text' .extended.msgid)"
	is '2024-06-10T12:00:00+00:00 syslogbsd - - h sshd 12 [ID 7 x.info] text' "$(head_of 'Jun 10 12:00:00 h sshd[12]: [ID 7 x.info] text')"
	is '2024-06-10T12:00:00+00:00 syslogbsd - - h - - look.here is nothing' "$(head_of 'Jun 10 12:00:00 h look.here is nothing')"
}

@test "zones, and facility and severity before the machine, are no machines" {
	is '2024-06-10T12:00:00+00:00 syslogbsd 3 6 gw dnsmasq 1 text' "$(head_of 'Jun 10 12:00:00 daemon.info gw dnsmasq[1]: text')"
	is '2024-06-10T12:00:00+00:00 syslogbsd 16 6 gw su - text' "$(head_of 'Jun 10 12:00:00 local0:info gw su: text')"
	is '2024-06-10T12:00:00+00:00 nohost 3 6 here dnsmasq 1 text' "$(head_of 'Jun 10 12:00:00 daemon.info dnsmasq[1]: text')"
	is '2024-06-10T12:00:00+00:00 nohost 4 6 here su - text' "$(head_of 'Jun 10 12:00:00 auth|security:info su: text')"
	is '2024-06-10T12:00:00+02:00 syslogbsd - - gw sshd 12 text' "$(head_of 'Jun 10 12:00:00 CEST gw sshd[12]: text')"
	is '2024-06-10T12:00:00Z syslogbsd - - gw sshd 12 text' "$(head_of 'Jun 10 12:00:00 2024 UTC gw sshd[12]: text')"
	is '2024-06-10T12:00:00.5-05:00 nohost - - here sshd 12 text' "$(head_of 'Jun 10 12:00:00.5 EST sshd[12]: text')"
	is '2024-06-10T12:00:00+02:00 syslogbsd 3 6 gw dnsmasq 1 text' "$(head_of 'Jun 10 12:00:00 CEST daemon.info gw dnsmasq[1]: text')"
	is '2024-06-10T12:00:00+00:00 syslogbsd 3 6 gw dnsmasq 1 text' "$(head_of 'Mon Jun 10 12:00:00 2024 gw daemon.info dnsmasq[1]: text')"
	is '2024-06-10T12:00:00Z syslogbsd 3 6 here dnsmasq 1 text' "$(head_of 'Mon Jun 10 12:00:00 2024 UTC daemon.info dnsmasq[1]: text')"
	for host in CESTA Cest UTC1 mail.example.com kern.info.example.com auth.x daemon; do
		is "2024-06-10T12:00:00+00:00 syslogbsd - - $host su - text" "$(head_of "Jun 10 12:00:00 $host su: text")"
	done
}

@test "years before, within and behind a stamp" {
	for stamp in '2021 Jun 10 12:00:00' 'Jun 10 2021 12:00:00' 'Jun 10 12:00:00 2021'; do
		is '2021-06-10T12:00:00+00:00 syslogbsd - - h su - x' "$(head_of "$stamp h su: x")"
	done
	is unparsed "$(event '2021 Jun 31 12:00:00 h su: x' .format)"
}

@test "frames of RFC 6587 are taken off" {
	is '2024-06-10T12:00:00Z syslog5424 4 2 h p 1 text' "$(head_of '44 <34>1 2024-06-10T12:00:00Z h p 1 - - text')"
	is '2024-06-10T12:00:00+00:00 syslogbsd 4 2 h p 1 text' "$(head_of '33 <34>Jun 10 12:00:00 h p[1]: text')"
	is '2024-06-10T12:00:00+00:00 nohost 4 2 here p 1 text' "$(head_of '31 <34>Jun 10 12:00:00 p[1]: text')"
	is '4 2 x y' "$(event '9 <34>x y' '[.facility, .severity, .message] | map(tostring) | join(" ")')"
}

@test "lines without a stamp have machine and program, where a pid or a priority shows what they are" {
	fields='[.format, .log_source, .source_process, .source_pid, .message] | map(. // "-" | tostring) | join(" ")'
	is 'nostamp srv sshd 13709 error: x' "$(event 'srv sshd[13709]: error: x' "$fields")"
	is 'nostamp here sshd 13709 error: x' "$(event 'sshd[13709]: error: x' "$fields")"
	is 'nostamp here dnsmasq - x' "$(event '<30>dnsmasq: x' "$fields")"
	is 'nostamp srv dnsmasq 7 x' "$(event '<30>srv dnsmasq[7]: x' "$fields")"
	is 'unparsed here - - dnsmasq: x' "$(event 'dnsmasq: x' "$fields")"
	is 'unparsed here - - srv sshd[x]: y' "$(event 'srv sshd[x]: y' "$fields")"
	is 'unparsed here - - a b sshd[1]: y' "$(event 'a b sshd[1]: y' "$fields")"
	is '2023-09-16T21:30:26+00:00' "$(event 'srv mysqld[1]: Sep 16 21:30:26 it began' .date_stamp)"
}

@test "an address that begins as a year does is a machine" {
	fields='[.date_stamp[:4], .log_source, .source_process] | join(" ")'
	is '2023 2001:db8::1 sshd' "$(event 'Dec 10 12:00:00 2001:db8::1 sshd[3]: x' "$fields")"
	is '2023 2003:e1:2f00::7 sshd' "$(event 'Dec 10 12:00:00.5 2003:e1:2f00::7 sshd[3]: x' "$fields")"
	is '2019 web1 sshd' "$(event 'Dec 10 12:00:00 2019 web1 sshd[3]: x' "$fields")"
}
