# siem-parse: tcpdump's lines on a terminal, Gentoo's emerge.log.
# SPDX-License-Identifier: MIT

load lib

# event LINE FILTER: what a filter of jq shows of the line's event.
event() {
	printf '%s\n' "$1" | timeout 60 siem-parse --host here --reference 2024-06-15T11:00:00Z -z Z 2>/dev/null | jq -cr "$2"
}

# is WANTED GOT
is() {
	[[ $1 == "$2" ]] || fail "wanted: $1"$'\n'"got:    $2"
}

# packet LINE: when, and from where to where.
packet() {
	event "$1" '[.date_stamp, .format, .source_host, .source_port, .dest_host, .dest_port, .protocol] | map(. // "-" | tostring) | join(" ")'
}

@test "tcpdump: dates, seconds since 1970, and the last such time of the day" {
	rest='IP 192.0.2.1.43436 > 198.51.100.7.22: Flags [S], seq 1, win 64240, length 0'
	ends='tcpdump 192.0.2.1 43436 198.51.100.7 22 tcp'
	is "2024-06-15T10:59:59.999999+00:00 $ends" "$(packet "10:59:59.999999 $rest")"
	is "2024-06-14T11:00:00.000001+00:00 $ends" "$(packet "11:00:00.000001 $rest")"
	is "2024-06-10T11:29:42.550475+00:00 $ends" "$(packet "2024-06-10 11:29:42.550475 $rest")"
	is "2024-06-10T11:29:42.550475Z $ends" "$(packet "1718018982.550475 $rest")"
	is unparsed "$(event "25:00:00.000001 $rest" .format)"
}

@test "tcpdump: addresses of both kinds, names, protocols, frames" {
	time=10:00:00.000001
	at="2024-06-15T$time+00:00 tcpdump"
	is "$at 2001:db8::1 546 ff02::1:2 547 -" "$(packet "$time IP6 2001:db8::1.546 > ff02::1:2.547: dhcp6 solicit")"
	is "$at 192.0.2.1 - 198.51.100.7 - icmp" "$(packet "$time IP 192.0.2.1 > 198.51.100.7: ICMP echo request, id 1")"
	is "$at 192.0.2.1 - 198.51.100.7 - icmp" "$(packet "$time eth0  In  IP 192.0.2.1 > 198.51.100.7: ICMP echo request, id 1")"
	is "$at web1.example.com 22 192.0.2.7 5555 tcp" "$(packet "$time IP web1.example.com.ssh > 192.0.2.7.5555: Flags [P.], length 1")"
	is "$at 192.0.2.1 53 192.0.2.7 5555 udp" "$(packet "$time IP 192.0.2.1.53 > 192.0.2.7.5555: UDP, length 1")"
	is "$at 192.0.2.7 - 192.0.2.1 - arp" "$(packet "$time ARP, Request who-has 192.0.2.1 tell 192.0.2.7, length 28")"
	is "$at 192.0.2.1 22 192.0.2.7 5555 tcp" "$(packet "$time 00:11:22:33:44:55 > 66:77:88:99:aa:bb, ethertype IPv4 (0x0800), \
length 74: 192.0.2.1.22 > 192.0.2.7.5555: Flags [.], length 0")"
	is "$at 192.0.2.1 22 192.0.2.7 5555 tcp" "$(packet "$time IP (tos 0x0, flags [DF], proto TCP (6), length 60) 192.0.2.1.22 > \
192.0.2.7.5555: Flags [.], length 0")"
	is 'S.' "$(event "$time IP 192.0.2.1.22 > 192.0.2.7.5555: Flags [S.], length 0" .extended.tcp_flags)"
}

@test "tcpdump: what is cut short, or another program's, is not its" {
	for rest in 'IP' 'IP ' 'IP 192.0.2.1.22' 'IP 192.0.2.1.22 >' 'IP 192.0.2.1.22 > x' 'ARP, Hello' 'execve("/bin/ls") = 0' '00:11:22:33:44:55 > x'; do
		is true "$(event "10:00:00.000001 $rest" '.format != "tcpdump"')"
	done
}

@test "emerge: seconds since 1970, and the package" {
	fields='[.date_stamp, .format, .source_process, .extended.package] | map(. // "-") | join(" ")'
	is '2024-06-10T12:00:00Z emerge emerge sys-apps/util-linux-2.39.3' "$(event '1718020800:  >>> emerge (1 of 2) sys-apps/util-linux-2.39.3 to /' "$fields")"
	is '2024-06-10T12:00:00Z emerge emerge a/b-1' "$(event '1718020800:  >>> unmerge success: a/b-1' "$fields")"
	is '2024-06-10T12:00:00Z emerge emerge -' "$(event '1718020800: Started emerge on: Jun 10, 2024 12:00:00' "$fields")"
	is unparsed "$(event '171802080:  *** terminating.' .format)"
}
