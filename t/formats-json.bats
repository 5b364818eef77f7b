# siem-parse: JSON, CRI, CEF, LEEF and key=value lines, alone and inside a line of syslog.
# SPDX-License-Identifier: MIT

load lib

parse() {
	timeout 60 siem-parse --host here --reference 2024-06-15T00:00:00Z -z Z "$@"
}

# event LINE FILTER: what a filter of jq shows of the line's event.
event() {
	printf '%s\n' "$1" | parse | jq -cr "$2"
}

# is WANTED GOT
is() {
	[[ $1 == "$2" ]] || fail "wanted: $1"$'\n'"got:    $2"
}

# The fields but for id, raw text and where it was parsed.
fields='del(.id, .raw_text, .raw_base64, .parsed_on)'

# reads LINE WANTED: the event, without what is the same in all.
reads() {
	is "$2" "$(event "$1" "$fields")"
}

@test "json: journald, also with a message of bytes" {
	reads '{"__REALTIME_TIMESTAMP":"1718020800123456","_HOSTNAME":"web1","SYSLOG_IDENTIFIER":"sshd","_PID":"77","PRIORITY":"6","SYSLOG_FACILITY":"4","MESSAGE":[67,195,188,255]}' \
		'{"date_stamp":"2024-06-10T12:00:00.123456Z","format":"json","facility":4,"severity":6,"log_source":"web1","source_process":"sshd","source_pid":77,"message":"Cü�","extended":{"__REALTIME_TIMESTAMP":"1718020800123456","PRIORITY":"6","SYSLOG_FACILITY":"4"}}'
}

@test "json: Zeek, Suricata, ECS dotted and nested, CloudTrail, Windows" {
	reads '{"ts":1718020800.5,"uid":"C1","id.orig_h":"192.0.2.1","id.orig_p":4711,"id.resp_h":"192.0.2.7","id.resp_p":22,"proto":"tcp"}' \
		'{"date_stamp":"2024-06-10T12:00:00.5Z","format":"json","log_source":"here","source_host":"192.0.2.1","source_port":4711,"dest_host":"192.0.2.7","dest_port":22,"protocol":"tcp","extended":{"ts":1718020800.5,"uid":"C1"}}'
	is 'TCP 192.0.2.1 32858 192.0.2.7 80 Leak CURL GET 200 example.net' "$(event '{"timestamp":"2018-10-03T14:42:44.836744+0000","src_ip":"192.0.2.1","src_port":32858,"dest_ip":"192.0.2.7","dest_port":80,"proto":"TCP","alert":{"signature":"CURL","category":"Leak"},"http":{"hostname":"example.net","http_method":"GET","status":200}}' \
		'[.protocol, .source_host, .source_port, .dest_host, .dest_port, .message, (.extended | .rule_name, .method, .status, .vhost)] | join(" ")')"
	for line in '{"@timestamp":"2024-06-10T12:00:00Z","source.ip":"192.0.2.1","user.name":"anna","host.name":"web1","log.level":"error","process.pid":7,"message":"m"}' \
		'{"@timestamp":"2024-06-10T12:00:00Z","source":{"ip":"192.0.2.1"},"user":{"name":"anna"},"host":{"name":"web1"},"log":{"level":"error"},"process":{"pid":7},"message":"m"}'; do
		is '192.0.2.1 anna web1 3 7 m' "$(event "$line" '[.source_host, .user, .log_source, .severity, .source_pid, .message] | join(" ")')"
	done
	is '2023-04-11T15:24:00Z 192.0.2.1 anna ConsoleLogin' "$(event '{"userIdentity":{"userName":"anna"},"eventTime":"2023-04-11T15:24:00Z","eventName":"ConsoleLogin","sourceIPAddress":"192.0.2.1"}' \
		'[.date_stamp, .source_host, .user, .extended.action] | join(" ")')"
	is 'PC1 192.0.2.1 49791 Administrator Microsoft-Windows-Security-Auditing 624 6' "$(event '{"win":{"eventdata":{"ipAddress":"192.0.2.1","ipPort":"49791","targetUserName":"Administrator","subjectUserName":"-","processId":"0x0"},"system":{"computer":"PC1","level":"0","processID":"624","providerName":"Microsoft-Windows-Security-Auditing"}}}' \
		'[.log_source, .source_host, .source_port, .user, .source_process, .source_pid, .severity] | join(" ")')"
}

@test "json: Docker, also around JSON; time and stream of the container stand" {
	reads '{"log":"listening\n","stream":"stdout","time":"2024-06-10T12:00:00.123456789Z"}' \
		'{"date_stamp":"2024-06-10T12:00:00.123456Z","format":"json","log_source":"here","message":"listening","extended":{"stream":"stdout"}}'
	reads '{"log":"{\"level\":\"error\",\"time\":\"2000-01-01T00:00:00Z\",\"msg\":\"in \\\"it\\\"\",\"stream\":\"evil\"}\n","stream":"stdout","time":"2024-06-10T12:00:00Z"}' \
		'{"date_stamp":"2024-06-10T12:00:00Z","format":"json","severity":3,"log_source":"here","message":"in \"it\"","extended":{"level":"error","time":"2000-01-01T00:00:00Z","stream":"stdout"}}'
}

@test "json: levels of words and numbers, each logger its own" {
	is '4 6 2 5 3 null null' "$(for level in '"level":"WARN"' '"level":30' '"level":60' '"short_message":"m","level":5' \
		'"severity":"ERROR"' '"level":3' '"severity":7'; do event "{$level}" .severity; done | xargs)"
}

@test "json: what is none is not taken, and stays in extended" {
	reads '{"user":"--","remoteAddr":"","port":70000,"src_port":70000,"pid":-1,"time":20.5,"message":null,"host":{},"proto":"x y"}' \
		"$(printf '{"date_stamp":"2024-06-15T00:00:00Z","format":"json","log_source":"here","extended":%s}' \
			'{"user":"--","remoteAddr":"","port":70000,"src_port":70000,"pid":-1,"time":20.5,"message":null,"host":{},"proto":"x y"}')"
	is 'web1' "$(event '{"host":"web1","message":"m"}' .log_source)"
	is 'here shop.example' "$(event '{"host":"shop.example","method":"GET","uri":"/"}' '[.log_source, .extended.vhost] | join(" ")')"
}

@test "json: of names that stand twice the last is left, and none of ours joins them" {
	out=$(printf '%s\n' '{"a":1,"user":"x","a":2,"user":"y","http":{"method":"GET"},"m\u0065thod":1}' | parse --no-raw)
	[[ $out == *'"user":"y"'* && $out == *'"extended":{"a":2,"http":{"method":"GET"},"m\u0065thod":1}'* ]] || fail "$out"
}

@test "json: an object of the name of a word that rules ask for makes room for it" {
	is '{"event_outcome":{"result":"FAILURE"},"event_category":["a"]}' "$(event '{"outcome":{"result":"FAILURE"},"category":["a"]}' .extended)"
	is '{"outcome":{"a":1},"event_outcome":2,"category":"x"}' "$(event '{"outcome":{"a":1},"event_outcome":2,"category":"x"}' .extended)"
}

@test "json: nothing deeper than what reads it; what is no object is left to others" {
	deep() { printf '{"a":%*s1%*s}' "$1" '' "$1" '' | sed 's/^\(....[^1]*\)1/\1@/;:a;s/^\({"a":\[*\) /\1[/;ta;s/@/1/;:b;s/ \(\]*}\)$/]\1/;tb'; }
	is "json unparsed" "$(for n in 126 127; do deep $n | parse | jq -r .format; done | xargs)"
	deep 126 | parse | siem-helper >/dev/null
	is 'unparsed unparsed unparsed unparsed' "$(printf '%s\n' '{"a":1' '{"a":1} x' "{'a':1}" '[1]' | parse | jq -r .format | xargs)"
}

@test "an event line passes through, parsing twice is parsing once" {
	printf '%s\n' 'Jun 10 12:00:00 web1 su: x' '{"msg":"m","time":"2024-06-10T12:00:01Z"}' 'no stamp' | parse >"$BATS_TEST_TMPDIR/once"
	parse <"$BATS_TEST_TMPDIR/once" >"$BATS_TEST_TMPDIR/twice"
	cmp "$BATS_TEST_TMPDIR/once" "$BATS_TEST_TMPDIR/twice"
	is 'json json json' "$(printf '%s\n' '{"id":"01J00000000000000000000000"}' '{"id":"not an id","date_stamp":"2024-06-10T12:00:00Z"}' \
		'{"id":"01J00000000000000000000000","date_stamp":"yesterday"}' | parse | jq -r .format | xargs)"
}

@test "cri: whole lines and parts, with JSON inside, and no syslog of a machine named stdout" {
	reads '2024-06-10T12:00:00.123456789Z stderr P half of' \
		'{"date_stamp":"2024-06-10T12:00:00.123456Z","format":"cri","log_source":"here","message":"half of","extended":{"stream":"stderr","logtag":"P"}}'
	is 'cri hi 3 stdout' "$(event '2024-06-10T12:00:00Z stdout F {"level":"error","msg":"hi","stream":"evil"}' \
		'[.format, .message, .severity, .extended.stream] | join(" ")')"
	is 'syslogiso cri syslogiso cri' "$(printf '%s\n' '2024-06-10T12:00:00Z web1 su: x' '2024-06-10T12:00:00Z stdout F x' \
		'2024-06-10T12:00:00Z stdout su: x' '2024-06-10T12:00:00Z stdout F' | parse | jq -r .format | xargs)"
}

@test "cef: head and extension with their escapes" {
	reads 'CEF:0|Vendor|Pro\|duct\\|1|100|na=me|9|src=192.0.2.1 spt=1232 suser=anna act=blocked a \= in it request=http://x/?a=b&c=d msg=two\nlines C:\\tmp rt=1718020800123 cs1=a cs1=b' \
		'{"date_stamp":"2024-06-10T12:00:00.123Z","format":"cef","severity":2,"log_source":"here","source_host":"192.0.2.1","source_port":1232,"user":"anna","message":"two\nlines C:\\tmp","extended":{"action":"blocked a = in it","cef":{"version":"0","device_vendor":"Vendor","device_product":"Pro|duct\\","device_version":"1","signature_id":"100","name":"na=me","severity":"9"},"request":"http://x/?a=b&c=d","rt":"1718020800123","cs1":"b"}}'
	is 'CEF' "$(event 'Jun 10 12:00:00 fw CEF: no head' .source_process)"
}

@test "cef and leef behind a syslog head, whose time and machine stand" {
	for head in 'Jun 10 12:00:00 fw1 ' '<134>Jun 10 12:00:00 fw1 ' 'Jun 10 12:00:00 fw1 ASM:' '<134>1 2024-06-10T12:00:00Z fw1 - - - - ' \
		'Jun 10 12:00:00 fw1 cef[1]: '; do
		is '2024-06-10T12:00:00 fw1 192.0.2.1 Name' "$(event "${head}CEF:0|F5|ASM|1|2|Name|2|dvchost=evil src=192.0.2.1 rt=1500000000000" \
			'[.date_stamp[:19], .log_source, .source_host, .message] | join(" ")')"
	done
	is '2024-06-10T12:00:00 fw1 192.0.2.1 anna' "$(event $'Jun 10 12:00:00 fw1 LEEF:1.0|V|P|1|login|src=192.0.2.1\tusrName=anna' \
		'[.date_stamp[:19], .log_source, .source_host, .user] | join(" ")')"
}

@test "leef: tabs, a delimiter of its own, in hexadecimal, none" {
	for line in $'LEEF:1.0|V|P|1|7|src=192.0.2.1\tsev=5\tusrName=an na' 'LEEF:2.0|V|P|1|7|^|src=192.0.2.1^sev=5^usrName=an na' \
		'LEEF:2.0|V|P|1|7|0x5E|src=192.0.2.1^sev=5^usrName=an na' 'LEEF:2.0|V|P|1|7|x5e|src=192.0.2.1^sev=5^usrName=an na' \
		$'LEEF:2.0|V|P|1|7||src=192.0.2.1\tsev=5\tusrName=an na' $'LEEF:2.0|V|P|1|7|src=192.0.2.1\tsev=5\tusrName=an na'; do
		is 'leef 192.0.2.1 an na 4 7' "$(event "$line" '[.format, .source_host, .user, .severity, .extended.leef.event_id] | join(" ")')"
	done
	is 'unparsed' "$(event 'LEEF:3.0|V|P|1|7|src=192.0.2.1' .format)"
}

@test "logfmt: quotes and escapes, FortiOS with date and time apart; a sentence is none" {
	reads 'time="2024-06-10T12:00:00+02:00" level=error msg="user \"anna\" \u00fc\x41 \q" empty= url=http://x/?a=b user=anna' \
		'{"date_stamp":"2024-06-10T12:00:00+02:00","format":"logfmt","severity":3,"log_source":"here","user":"anna","message":"user \"anna\" üA \\q","extended":{"path":"http://x/?a=b","level":"error","empty":""}}'
	is '2024-06-10T12:00:00-05:00 fw1 192.0.2.1 anna login' "$(event '<185>date=2024-06-10 time=12:00:00 devname="fw1" level="alert" srcip=192.0.2.1 user="anna" tz="-0500" eventtime=1728938802127358411 action="login" msg="failed"' \
		'[.date_stamp, .log_source, .source_host, .user, .extended.action] | join(" ")')"
	is 'unparsed' "$(printf '%s\n' 'a=1 b=2' 'time=now level=info and words' 'level=info msg="open' 'level=info msg="a"b' 'level=info, msg=x' \
		'type=USER level=info msg=audit(1.2:3): x' | parse -f logfmt | jq -r .format | uniq)"
}

@test "a message never sets time, machine or program of its line" {
	reads '<38>Jun 10 12:00:00 web1 sshd[77]: {"user":"root","time":"2000-01-01T00:00:00Z","host":"evil","program":"x","pid":1,"level":"debug"}' \
		'{"date_stamp":"2024-06-10T12:00:00+00:00","format":"syslogbsd","facility":4,"severity":6,"log_source":"web1","source_process":"sshd","source_pid":77,"user":"root","message":"{\"user\":\"root\",\"time\":\"2000-01-01T00:00:00Z\",\"host\":\"evil\",\"program\":\"x\",\"pid\":1,\"level\":\"debug\"}","extended":{"time":"2000-01-01T00:00:00Z","host":"evil","program":"x","pid":1,"level":"debug"}}'
	is 'ID47 real' "$(event '<38>1 2024-06-10T12:00:00Z web1 su 1 ID47 [a@1 b="real"] {"msgid":"evil","sd":{"a@1":{"b":"evil"}}}' \
		'.extended | [.msgid, .sd["a@1"].b] | join(" ")')"
}

# objects DOCUMENT FILTER: what sojson makes of it.
objects() {
	printf '%s\n' "$1" | parse -f sojson | jq -cr "$2" | paste -sd ' ' | tr -s ' '
}

@test "sojson: arrays, objects over several lines, one around all of them; what is left over is an event too" {
	document=$'{\n "Records": [\n  {"message":"a {}[]\\\"","user":"x"},\n  {\n   "message": "b",\n "l": [{}]\n  }\n ],\n "next": "x"\n}'
	for line in "$document" "$(tr -d '\n' <<<"$document")"; do
		is 'sojson:a {}[]" sojson:b' "$(objects "$line" 'select(.format == "sojson") | .format + ":" + .message')"
		[[ $(objects "$line" 'select(.format == "unparsed").message') == *next* ]] || fail "what follows is lost"
	done
	is 'a b' "$(objects '[{"message":"a"},{"message":"b"}]' .message)"
	is 'a b' "$(objects $'{"message":"a"} {"message":\n"b"}' .message)"
	is '{"message": "a" ,"x":1}' "$(objects $'{"message":\n"a"\n,"x":1}' .raw_text)"
	is 'sojson' "$(objects '{"answers":[{"message":"a"}],"b":2}' .format)"
	is 'unparsed unparsed' "$(objects $'1\n{"a":' .format)"
	is '' "$(objects '[]' .format)"
}

@test "sojson: each object is cut as a line is, and a document in one line may be longer" {
	long=$(printf '%01100000d' 0)
	printf '[{"a":"%s"},{"a":1}]\n' "$long" | parse -f sojson | jq -c '[.format, .truncated, (.raw_text | length)]' >"$BATS_TEST_TMPDIR/out"
	is '["unparsed",51432,1048576] ["sojson",null,7]' "$(xargs -d '\n' <"$BATS_TEST_TMPDIR/out")"
}

@test "compose: the container is the program; anything else before a bar is none" {
	is 'compose shop-1 failed 4' "$(event 'shop-1  | {"level":"warn","msg":"failed","app":"x"}' '[.format, .source_process, .message, .severity] | join(" ")')"
	is 'compose traefik 192.0.2.1' "$(event 'traefik | time="2024-06-10T12:00:00Z" level=info msg=x client_ip=192.0.2.1' '[.format, .source_process, .source_host] | join(" ")')"
	is 'unparsed' "$(printf '%s\n' 'shop-1| {}' 'a b | {}' '| {}' 'shop-1 | text' 'shop-1 | ' 'shop-1 |' | parse -f compose | jq -r .format | uniq)"
}

@test "an object behind words is kept as context, and sets nothing; the words stay the message" {
	is 'failed {"ip":"192.0.2.1","time":"2000-01-01T00:00:00Z"} [] 192.0.2.1 - 2024-06-10' "$(event 'Jun 10 12:00:00 web1 app: failed {"ip":"192.0.2.1","time":"2000-01-01T00:00:00Z"} []' \
		'[.message, .extended.context.ip, .source_host // "-", .date_stamp[:10]] | join(" ")')"
	is '{"context":{"user":"anna","category":"x"}}' "$(event 'Jun 10 12:00:00 web1 sudo: evil : 3 incorrect password attempts ; COMMAND=/bin/sh {"user":"anna","category":"x"}' .extended)"
	is '{"context":{"b":2},"level":"INFO"}' "$(event '2024-06-10 12:00:00 INFO words {"b":1,"b":2}' .extended)"
	is 'null' "$(event 'Jun 10 12:00:00 web1 app: failed {"ip":"192.0.2.1" }}' .extended)"
	is '{"f1":"1"}' "$(event '@cee: {"f1":"1"}' .extended)"
	is '{"f1":"1"}' "$(event 'Jun 10 12:00:00 web1 app: @cee: {"f1":"1"}' .extended)"
}

@test "a web server's line in a container's log is read; one that would name a machine or a program is not" {
	web='192.0.2.1 - anna [10/Jun/2024:11:59:59 +0000] "GET /a?b HTTP/1.1" 404 12'
	for line in "2024-06-10T12:00:00Z stdout F $web" "$(jq -cn --arg web "$web" '{log: ($web + "\n"), stream: "stdout", time: "2024-06-10T12:00:00Z"}')"; do
		is '2024-06-10T12:00:00Z 192.0.2.1 anna GET 404 stdout' "$(event "$line" \
			'[.date_stamp, .source_host, .user, (.extended | .method, .status, .stream)] | map(tostring) | join(" ")')"
	done
	is 'null null Jun 10 11:00:00 evil sshd[7]: x' "$(event '2024-06-10T12:00:00Z stdout F Jun 10 11:00:00 evil sshd[7]: x' \
		'[.source_process, .source_pid, .message] | map(tostring) | join(" ")')"
	is 'null' "$(event "$(jq -cn --arg web "$web" '{msg: $web}')" .source_host)"
}

# One line each of how they write: Caddy, Traefik, Kubernetes, MongoDB, Okta, GELF, Serilog, NXLog, Winlogbeat, evtx, Envoy.
@test "json: programs as they write" {
	while IFS=$'\t' read -r wanted line; do
		is "$wanted" "$(event "$line" '[.date_stamp[:19], .source_host, .source_port, .user, .severity, .message, (.extended | .method, .path, .status)]
			| map(select(. != null) | tostring) | join(" ")')"
	done <<-'END'
	2022-03-09T21:30:01 127.0.0.1 41342 6 handled GET /a 200	{"level":"info","ts":1646861401.5,"msg":"handled","request":{"remote_ip":"127.0.0.1","remote_port":"41342","proto":"HTTP/2.0","method":"GET","host":"h","uri":"/a","headers":{"User-Agent":["curl"]}},"status":200}
	2024-01-15T18:43:09 192.0.2.9 50123 GET /x 404	{"ClientAddr":"192.0.2.9:50123","ClientUsername":"-","DownstreamStatus":404,"RequestHost":"h","RequestMethod":"GET","RequestPath":"/x","msg":"","time":"2024-01-15T18:43:09Z"}
	2024-06-10T12:00:00 192.0.2.1 admin list /api 200	{"kind":"Event","level":"Metadata","requestURI":"/api","verb":"list","user":{"username":"admin"},"sourceIPs":["192.0.2.1"],"responseStatus":{"code":200},"requestReceivedTimestamp":"2024-06-10T12:00:00.1Z","stageTimestamp":"2024-06-10T12:00:09Z"}
	2024-06-10T12:00:00 127.0.0.1 34234 6 accepted	{"t":{"$date":"2024-06-10T12:00:00.123+00:00"},"s":"I","c":"NETWORK","id":22943,"msg":"accepted","attr":{"remote":"127.0.0.1:34234"}}
	2024-06-10T12:00:00 192.0.2.1 anna@example.com 4 login	{"actor":{"alternateId":"anna@example.com"},"client":{"ipAddress":"192.0.2.1"},"displayMessage":"login","published":"2024-06-10T12:00:00Z","severity":"WARN"}
	2024-06-10T12:00:00 anna 4 hello	{"version":"1.1","host":"web1","short_message":"hello","timestamp":1718020800.123,"level":4,"_user":"anna"}
	2024-06-10T12:00:00 anna 3 Hello {User}	{"@t":"2024-06-10T12:00:00.123Z","@mt":"Hello {User}","@l":"Error","User":"anna"}
	2024-06-10T12:00:00 192.0.2.1 4711 bob 3 failed	{"EventTime":"2024-06-10 12:00:00","Hostname":"PC1","Severity":"ERROR","Message":"failed","TargetUserName":"bob","SubjectUserName":"PC1$","IpAddress":"192.0.2.1","IpPort":"4711"}
	2024-06-10T12:00:00 192.0.2.1 bob 6 failed	{"@timestamp":"2024-06-10T12:00:00Z","winlog":{"event_data":{"TargetUserName":"bob","SubjectUserName":"-","IpAddress":"192.0.2.1","IpPort":"0"}},"log":{"level":"information"},"message":"failed"}
	2024-06-10T12:00:00 192.0.2.1 bob 3	{"Event":{"System":{"Level":2,"TimeCreated":{"#attributes":{"SystemTime":"2024-06-10T12:00:00.123Z"}}},"EventData":{"TargetUserName":"bob","IpAddress":"192.0.2.1"}}}
	2024-06-10T12:00:00 192.0.2.1 4711 GET / 200	{"start_time":"2024-06-10T12:00:00.123Z","method":"GET","path":"/","protocol":"HTTP/1.1","response_code":200,"downstream_remote_address":"192.0.2.1:4711"}
	END
}

@test "logfmt: Sophos, zones that have names, blanks without quotes" {
	is '2020-05-18T14:38:35 SFW1 192.0.2.1 25 6 Virus a b' "$(event 'device="SFW" date=2020-05-18 time=14:38:35 timezone="XYZT" device_name="SFW1" priority=Information log_subtype="Virus" src_ip=192.0.2.1 dst_port=25 subject=a b x=1' \
		'[.date_stamp[:19], .log_source, .source_host, .dest_port, .severity, (.extended | .action, .subject)] | map(tostring) | join(" ")')"
	is 'unparsed' "$(event 'time=12:00:00 level=info a=b words that make a sentence' .format)"
}

@test "json: an object behind the words of a message sets neither machine, program nor pid; one that is the message no machine" {
	is 'here - - -' "$(event '2024-06-10 12:00:00 INFO bad body {"host":"dc1","program":"sshd","pid":1,"src_ip":"192.0.2.6"}' \
		'[.log_source, .source_process // "-", .source_pid // "-", .source_host // "-"] | join(" ")')"
	is 'here evil' "$(event '2024-06-10T12:00:00Z stderr F CEF:0|V|P|1|1|n|5|dvchost=evil src=192.0.2.6' '[.log_source, .extended.dvchost] | join(" ")')"
	is 'here evil' "$(event '2024-06-10T12:00:00Z stderr F {"msg":"x","host":"evil"}' '[.log_source, .extended.host] | join(" ")')"
	is 'here evil' "$(event '2024-06-10T12:00:00Z stderr F time=2020-01-01T00:00:00Z level=info host=evil msg=hi' '[.log_source, .extended.host] | join(" ")')"
	is 'here' "$(event '{"log":"{\"host\":\"evil\",\"msg\":\"x\"}\n","stream":"stdout","time":"2024-06-10T12:00:00Z"}' .log_source)"
}
