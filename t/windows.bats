# siem-parse: events of Windows as agents send them in syslog.
# SPDX-License-Identifier: MIT

load lib

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# event LINE FILTER: what a filter of jq shows of the line's event.
event() {
	printf '%s\n' "$1" | timeout 60 siem-parse --host here --reference 2024-06-15T11:00:00Z -z Z 2>/dev/null | jq -cr "$2"
}

# is WANTED GOT
is() {
	[[ $1 == "$2" ]] || fail "wanted: $1"$'\n'"got:    $2"
}

# who LINE: what the event says of machine, source, peer and account.
who() {
	event "$1" '[.date_stamp, .format, .severity, .log_source, .source_process, .source_pid, .source_host, .source_port, .user,
		.extended.event_id, .extended.channel] | map(. // "-" | tostring) | join(" ")'
}

failed='An account failed to log on.    Subject:   Account Name:  -   Account For Which Logon Failed:   Account Name:  anna   '
failed+='Logon Type:  3   Source Network Address: 192.0.2.1    Source Port:  4711'

# snare SEPARATOR: a record as Snare sends it.
snare() {
	printf '%s' "MSWinEventLog${1}1${1}Security${1}5183${1}Mon Jun 10 12:00:00 2024${1}4625${1}Microsoft-Windows-Security-Auditing${1}" \
		"N/A${1}N/A${1}Failure Audit${1}dc1${1}Logon${1}${1}$failed${1}4321"
}

@test "snare: fields between tabs, with and without a head of syslog, and with tabs that a syslogd escaped" {
	rest='dc1 Microsoft-Windows-Security-Auditing - 192.0.2.1 4711 anna 4625 Security'
	is "2024-06-10T12:00:00+00:00 windowsrsyslog 4 $rest" "$(who "$(snare $'\t')")"
	is "2024-06-10T12:00:00+00:00 windowsrsyslog 4 $rest" "$(who "dc1"$'\t'"$(snare $'\t')")"
	is "2024-06-10T12:00:01+00:00 syslogbsd 5 $rest" "$(who "<13>Jun 10 12:00:01 dc1 $(snare $'\t')")"
	is "2024-06-10T12:00:01+00:00 syslogbsd 5 $rest" "$(who "<13>Jun 10 12:00:01 dc1 $(snare '#011')")"
	is "2024-06-10T12:00:01+00:00 syslogbsd 5 $rest" "$(who "<13>Jun 10 12:00:01 dc1 $(snare ' ')")"
}

@test "nxlog, evtsys, EventReporter: what the text tells under its headings" {
	is '2024-06-10T12:00:00+00:00 syslogbsd - dc1 Microsoft-Windows-Security-Auditing 568 192.0.2.1 4711 anna - -' \
		"$(who "Jun 10 12:00:00 dc1 Microsoft-Windows-Security-Auditing[568]: $failed")"
	is '2024-06-10T12:00:00+00:00 syslogbsd - dc1 Security-Auditing - 192.0.2.1 4711 anna 4625 -' \
		"$(who "Jun 10 12:00:00 dc1 Security-Auditing: 4625: AUDIT_FAILURE $failed")"
	is '2024-06-10T12:00:00+00:00 syslogbsd - dc1 EvntSLog - 192.0.2.1 4711 anna 4625 -' \
		"$(who "Jun 10 12:00:00 dc1 EvntSLog: [AUF] Mon Jun 10 12:00:00 2024: DC1/Security (4625) - \"$failed \"")"
	is 'boss new' "$(event 'Jun 10 12:00:00 dc1 Security-Auditing: 4720: A user account was created. Account Name: boss Account Name: new' \
		'.user + " " + .extended.target_user')"
}

@test "windowsrsyslog asked for by name takes the word behind the machine for the source" {
	is 'windowsrsyslog Thing the text' "$(echo 'Jun 10 12:00:00 dc1 Thing the text' | siem-parse -f windowsrsyslog |
		jq -r '[.format, .source_process, .message] | join(" ")')"
	is '- the text of a thing' "$(event 'Jun 10 12:00:00 dc1 the text of a thing' '[.source_process // "-", .message] | join(" ")')"
}

@test "snare: a record that is cut short is read as far as it is one, or not at all" {
	record=$(snare $'\t')
	for ((n = 1; n < ${#record}; n += 3)); do
		printf '%s\n' "${record:0:n}"
	done | timeout 60 siem-parse 2>/dev/null | jq -c . | wc -l >count
	is $(((${#record} + 1) / 3)) "$(cat count)"
}

@test "XML: fields of the system, data by their names, the peer and the account" {
	head="<Event xmlns='x'><System><Provider Name='P &amp; Q' Guid='{1}'/><EventID Qualifiers='0'>4625</EventID><Level>2</Level>"
	head+="<TimeCreated SystemTime='2024-06-10T12:00:00.9443547Z'/><Execution ProcessID='568' ThreadID='1'/><Channel>Security</Channel>"
	head+="<Computer>dc1</Computer></System><EventData><Data Name='SubjectUserName'>-</Data>"
	line="$head<Data Name='TargetUserName'>anna</Data><Data Name='IpAddress'>::ffff:192.0.2.1</Data><Data Name='IpPort'>4711</Data>"
	line+="<Data Name='LogonType'>3</Data></EventData></Event>"
	is '2024-06-10T12:00:00.944354Z windowsxml 3 dc1 P & Q 568 192.0.2.1 4711 anna 4625 Security' "$(who "$line")"
	is '3' "$(event "$line" .extended.LogonType)"
	is 'boss anna' "$(event "$(sed 's/4625/4720/; s/>-</>boss</' <<<"$line")" '.user + " " + .extended.target_user')"
	for ((n = 1; n < ${#line}; n += 7)); do
		printf '%s\n' "${line:0:n}"
	done | timeout 60 siem-parse 2>/dev/null | jq -c . | wc -l >count
	is $(((${#line} + 5) / 7)) "$(cat count)"
	is 'unparsed' "$(event '<Events><b/></Events>' .format)"
}
