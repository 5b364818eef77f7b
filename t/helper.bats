#!/usr/bin/env bats
# siem-helper: what helpers find, how it is merged, what is refused.
# SPDX-License-Identifier: MIT

setup() {
	ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	BUILD=${SIEM_BUILD:-build}
	case $BUILD in /*) ;; *) BUILD=$ROOT/$BUILD ;; esac
	PATH=$BUILD:$PATH
	cd "$BATS_TEST_TMPDIR"
}

# helpers JSON ...: writes a helper file, each argument a record.
helpers() {
	local IFS=,
	printf '[%s]\n' "$*" >helpers.json
}

# enriched LINE: what becomes of it with helpers.json.
enriched() {
	printf '%s\n' "$1" | timeout -k 5 20 siem-helper -p helpers.json
}

# is WANT GOT
is() {
	[ "$1" = "$2" ] || { printf 'want %s\ngot  %s\n' "$1" "$2"; return 1; }
}

# A line of a table as an event: program and message, or a whole event in place of the message.
AS_EVENT='split("\t") | (if .[0] == "" then {} else {source_process: .[0]} end) +
	(if .[1] | startswith("{") then .[1] | fromjson else {message: .[1]} end)'

# refused REGEX: helpers.json is refused with status 2, and the words match.
refused() {
	run siem-helper -p helpers.json </dev/null
	[ "$status" -eq 2 ] || { printf 'status %s: %s\n' "$status" "$output"; return 1; }
	[[ $output =~ $1 ]] || { printf 'want %s\ngot  %s\n' "$1" "$output"; return 1; }
}

@test "shipped helpers: every line of helper-*.tsv gives what stands beside it" {
	local table name
	for table in "$ROOT"/t/helper-*.tsv; do
		name=${table##*/helper-} name=${name%.tsv}
		grep -v '^#' "$table" >want
		jq -Rc "$AS_EVENT" want >in
		siem-helper -p "$ROOT/rules/helpers_$name.json" in | paste want in - |
			jq -Rr 'split("\t") as [$process, $text, $_, $_, $in, $out] | ($in | fromjson) as $in | ($out | fromjson) as $out
				| ($in.extended // {}) as $had | ($out.extended // {}) as $e
				| [$process, $text, (($out | del(.extended) | with_entries(select(.key | in($in) | not))) +
					($e | del(.users, .ips) | with_entries(select(.key | in($had) | not))) |
					to_entries | map("\(.key)=\(.value)") | join(" ")),
				($e.users // [] | join(","))] | join("\t")' >got
		diff want got
		[ "$(wc -l <want)" -gt 5 ]
	done
	[ "$(wc -l <"$ROOT/t/helper-auth.tsv")" -gt 80 ]
}

@test "shipped helpers: every pack has its table, and all go together" {
	local pack packs=()
	for pack in "$ROOT"/rules/helpers_*.json; do
		packs+=(-p "$pack")
		pack=${pack##*/helpers_}
		[ -s "$ROOT/t/helper-${pack%.json}.tsv" ] || { echo "no table for $pack"; return 1; }
	done
	is '{"message":"x"}' "$(echo '{"message":"x"}' | siem-helper "${packs[@]}")"
}

@test "shipped helpers: all addresses of a message are in ips, and nothing that only looks like one" {
	is '["1.2.3.4","::1","2001:db8::1","::ffff:10.0.0.1","1:2:3:4:5:6:7:8","10.0.0.2"]' "$(
		printf '%s\n' '{"message":"1.2.3.4 ::1, 2001:db8::1: x ::ffff:10.0.0.1 1:2:3:4:5:6:7:8 10.0.0.2:22 1.2.3.4.5 v9.9.9.9 10.0.0.256 12:00:00 a:b MD5:8c:e3:aa:0f:64:51:02:f7:14:79:89:3f:65:84:7c:30"}' |
			siem-helper -p "$ROOT/rules/helpers_auth.json" | jq -c .extended.ips)"
}

@test "without helpers, and where nothing is found, lines pass byte for byte" {
	printf '%s\n' '{}' '{ "z" : [1 , 2], "message" : "caf\u00e9 \/" ,"extended":{ } }' '{"id":"x","new":null}' >in
	siem-helper <in | cmp - in
	helpers '{"reg_exp":"nowhere","var_name":"a"}' '{"reg_exp":"(?<user>nobody)"}'
	siem-helper -p helpers.json <in | cmp - in
}

@test "the file of siemstress 0.8 is taken as it is, and a plain list too" {
	printf '%s' '{"helpers_auth":[{"reg_exp":"user[=\\s]([A-Za-z0-9-_]+)","var_name":"users"},{"reg_exp":"[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}","var_name":"ip4s"}],"helpers_vis":[{"reg_exp":"length: (\\d\\d:\\d\\d)","var_name":"lengths"}]}' >helpers.json
	is '{"message":"user anna, user=bob from 10.0.0.1 length: 01:02","extended":{"users":["anna","bob"],"ip4s":["10.0.0.1"],"lengths":["01:02"]}}' \
		"$(enriched '{"message":"user anna, user=bob from 10.0.0.1 length: 01:02"}')"
	jq '[.[][]]' helpers.json >list.json
	is '["anna"]' "$(echo '{"message":"user anna"}' | siem-helper --helpers list.json | jq -c .extended.users)"
}

@test "lists: each value once, in the order of the helpers, then of the text; first takes one" {
	helpers '{"reg_exp":"b=(\\w+)","var_name":"v"}' '{"reg_exp":"a=(\\w+)","var_name":"v"}' '{"reg_exp":"\\w=","var_name":"f","values":"first"}'
	is '{"v":["2","4","1","3"],"f":["a="]}' "$(enriched '{"message":"a=1 b=2 a=3 b=4 a=2 b=4"}' | jq -c .extended)"
	helpers '{"reg_exp":".","var_name":"v"}' '{"reg_exp":".","field":"user","var_name":"v"}' '{"reg_exp":"..","var_name":"v"}'
	is '["m","n","u","mn"]' "$(enriched '{"user":"u","message":"mn"}' | jq -c .extended.v)"
}

@test "lists are merged with what stands there, which stays as it is" {
	helpers '{"reg_exp":"u=(\\w+)","var_name":"users"}'
	is '{"message":"u=a u=b","extended":{"k":1 ,"users":[ "x\u0041" , 7,"b","a"],"z":{"users":2}},"new":0}' \
		"$(enriched '{"message":"u=a u=b","extended":{"k":1 ,"users":[ "x\u0041" , 7,"b"],"z":{"users":2}},"new":0}')"
	is '{"users":["xA"]}' "$(enriched '{"message":"u=xA","extended":{"users":["x\u0041"]}}' | jq -c .extended)"
	is '{"users":["root","a"]}' "$(enriched '{"message":"u=a","extended":{"users":"root"}}' | jq -c .extended)"
	is '{"users":["a"]}' "$(enriched '{"message":"u=a","extended":{"users":"a"}}' | jq -c .extended)"
	is '{"users":["a"]}' "$(enriched '{"message":"u=a","extended":{"users":[ ]}}' | jq -c .extended)"
	is '{"users":["a"]}' "$(enriched '{"message":"u=a","extended":{"users":null}}' | jq -c .extended)"
	is '{"users":["a"]}' "$(enriched '{"message":"u=a","extended":null}' | jq -c .extended)"
}

@test "named groups: first match wins, what is there stays, fields go to their place" {
	helpers '{"reg_exp":"c=(?<command>\\w+)"}' '{"reg_exp":"h=(?<source_host>\\S+)"}' '{"reg_exp":"u=(?<user>\\w*)"}'
	is '{"id":"1","source_host":"\"x\"","user":"c","message":"c=1 c=2 h=\"x\" h=y u= u=c","extended":{"command":"1"},"raw_text":"r"}' \
		"$(enriched '{"id":"1","message":"c=1 c=2 h=\"x\" h=y u= u=c","raw_text":"r"}')"
	is '{"source_host":"there","message":"c=1 h=x","extended":{"command":["there"]}}' \
		"$(enriched '{"source_host":"there","message":"c=1 h=x","extended":{"command":["there"]}}')"
}

@test "set: constants where the expression matches; first wins, what is there stays, none is set elsewhere" {
	helpers '{"reg_exp":"^Failed","set":{"outcome":"failure","protocol":"ssh"}}' '{"reg_exp":"user (?<user>\\w+)","set":{"outcome":"unknown","category":"authentication"}}'
	is '{"user":"a","protocol":"ssh","message":"Failed user a","extended":{"outcome":"failure","category":"authentication"}}' "$(enriched '{"message":"Failed user a"}')"
	is '{"protocol":"ftp","message":"Failed","extended":{"outcome":{"x":1}}}' "$(enriched '{"protocol":"ftp","message":"Failed","extended":{"outcome":{"x":1}}}')"
	is '{"message":"nothing"}' "$(enriched '{"message":"nothing"}')"
	is '{"user":"a","message":"user a user b","extended":{"outcome":"unknown","category":"authentication"}}' "$(enriched '{"message":"user a user b"}')"
}

@test "numbers: only within the range of the field, else the next match" {
	helpers '{"reg_exp":"p=(?<source_port>\\S+)"}' '{"reg_exp":"s=(?<severity>\\S+)"}' '{"reg_exp":"f=(?<facility>\\S+)"}' '{"reg_exp":"d=(?<status>\\d+)"}'
	is '{"source_port":65535,"message":"p=65536 p=99999 p=-1 p=x p=99999999999999999999 p=65535"}' "$(enriched '{"message":"p=65536 p=99999 p=-1 p=x p=99999999999999999999 p=65535"}')"
	is '{"facility":0,"severity":7,"message":"s=8 s=7 f=24 f=0"}' "$(enriched '{"message":"s=8 s=7 f=24 f=0"}')"
	is '{"status":"404"}' "$(enriched '{"message":"d=404"}' | jq -c .extended)"
}

@test "the decoded text is matched, of any field, of each member of a list; what helpers set is not seen by others" {
	helpers '{"reg_exp":"^é\"(.)$","var_name":"a"}' '{"field":"extended.sd.names","reg_exp":"n(\\d)$","var_name":"n"}' '{"field":"source_pid","reg_exp":"^(4)2$","var_name":"p"}' '{"field":"user","reg_exp":".+","var_name":"u"}' '{"reg_exp":"(?<user>x)"}'
	is '{"sd":{"names":["n1",["n9"],"\u006e2"]},"a":["x"],"n":["1","2"],"p":["4"]}' \
		"$(enriched '{"source_pid":42,"message":"\u00e9\"x","extended":{"sd":{"names":["n1",["n9"],"\u006e2"]}}}' | grep -o '{"sd".*[^}]}' )"
}

@test "when: only events that match" {
	helpers '{"when":{"source_process":["sshd","su*"]},"reg_exp":"(?<user>\\w+)"}' '{"when":{"source_process":["sshd","su*"]},"reg_exp":"\\w+","var_name":"w"}'
	is '{"source_process":"sudo","user":"a","message":"a","extended":{"w":["a"]}}' "$(enriched '{"source_process":"sudo","message":"a"}')"
	is '{"source_process":"cron","message":"a"}' "$(enriched '{"source_process":"cron","message":"a"}')"
}

@test "empty matches are no values and come to an end, also between characters of several bytes" {
	helpers '{"reg_exp":"x*","var_name":"x"}' '{"reg_exp":"(?=.)","var_name":"y"}' '{"reg_exp":"()(?<z>)","var_name":"w"}'
	is '{"message":"éxxé","extended":{"x":["xx"]}}' "$(enriched '{"message":"éxxé"}')"
	is '{"message":""}' "$(enriched '{"message":""}')"
}

@test "nothing depends on which other helpers are loaded" {
	jq -Rc 'split("\t") | {source_process: .[0], message: .[1]}' "$ROOT/t/helper-auth.tsv" >in
	jq -nc '[range(60) | {reg_exp: "(?<own\(.)>[a-z]\(. % 7)*)\\w", var_name: "list\(.)"}, {reg_exp: "\\d+", var_name: "num\(.)", field: "source_process"}]' >others.json
	siem-helper -p "$ROOT/rules/helpers_auth.json" in >alone
	siem-helper -p others.json -p "$ROOT/rules/helpers_auth.json" -p others.json in |
		jq -c 'if .extended then .extended |= with_entries(select(.key | test("^(own|list|num)[0-9]") | not)) else . end | if .extended == {} then del(.extended) else . end' >among
	jq -c . alone | diff - among
}

@test "a second run changes nothing" {
	jq -Rc 'split("\t") | {source_process: .[0], message: .[1]}' "$ROOT/t/helper-auth.tsv" >in
	siem-helper -p "$ROOT/rules/helpers_auth.json" in >once
	siem-helper -p "$ROOT/rules/helpers_auth.json" once | cmp - once
}

@test "many values: 1000 are kept of a list, the rest is told" {
	helpers '{"reg_exp":"\\d+","var_name":"n"}'
	jq -nc '{message: ([range(50000)] | map(tostring) | join(" "))}' >in
	timeout -k 5 20 siem-helper -p helpers.json in >out 2>err
	is '[1000,"0","999"]' "$(jq -c '.extended.n | [length, first, last]' out)"
	grep -q 'n: 1 events have more values than the 1000' err
	jq -nc '{message: ([range(50000)] | map("7") | join(" "))}' >in
	is '["7"]' "$(timeout -k 5 20 siem-helper -p helpers.json in 2>&1 | jq -c .extended.n)"
}

@test "an expression that takes too many steps gives up: told by name, the event passes" {
	helpers '{"name":"slow one","reg_exp":"^(a+)+$","var_name":"x"}' '{"reg_exp":"!","var_name":"mark"}'
	jq -nc '{message: ("a" * 5000 + "!")}' >in
	run timeout -k 5 20 siem-helper -p helpers.json in
	[ "$status" -eq 0 ]
	[[ $output == *"helpers.json: helper 'slow one': reg_exp: gave up on 1 texts"* ]]
	[[ $output == *'"mark":["!"]'* ]]
}

@test "an expression that matches everywhere and each time reads all of a long text gives up as well" {
	helpers '{"name":"far","reg_exp":"x(?=[^y]*y)","var_name":"x"}'
	jq -nc '{message: ("x" * 1000000 + "y")}' >in
	run timeout -k 5 30 siem-helper -p helpers.json in
	[ "$status" -eq 0 ]
	[[ $output == *"helpers.json: helper 'far': reg_exp: gave up on 1 texts"* ]]
	[[ $output == *'"extended":{"x":["x"]}'* ]]
}

@test "an extended that is no object stays as it is, and that is told" {
	helpers '{"reg_exp":"(?<user>\\w+)","var_name":"u"}'
	run enriched '{"message":"a","extended":[1]}'
	[ "$status" -eq 0 ]
	[[ $output == *'1 events have an "extended" that is no object'* ]]
	[[ $output == *'{"user":"a","message":"a","extended":[1]}'* ]]
}

@test "a line that would become too long for the next filter passes as it came" {
	jq -nc '[range(120) | {reg_exp: "^(.*)\(.)$", var_name: "v\(.)"}, {reg_exp: "(?<g\(.)>.*)"}]' >helpers.json
	jq -nc '{message: ("\u0001" * 60000)}' >in
	timeout -k 5 30 siem-helper -p helpers.json in >out 2>err
	cmp in out
	grep -q '1 events would have become longer than' err
}

@test "mistakes in a helper file are named with file, helper and key, and the nearest word" {
	helpers '{"name":"n","regexp":"x","var_name":"a"}'; refused "helpers.json: helper 'n': key 'regexp' is not known; did you mean 'reg_exp'"
	helpers '{"reg_exp":"x","var_name":"a"}' '{"var_name":"a"}'; refused "helpers.json: helper 2: reg_exp: is missing"
	helpers '{"name":"n","reg_exp":"a(b","var_name":"a"}'; refused "helper 'n': reg_exp: at 3: missing closing parenthesis"
	helpers '{"name":"n","reg_exp":"x"}'; refused "helper 'n': var_name: is missing, and there is neither"
	helpers '{"name":"n","reg_exp":"x","set":{}}'; refused "helper 'n': set: must be an object"
	helpers '{"name":"n","reg_exp":"x","set":["a"]}'; refused "helper 'n': set: must be an object"
	helpers '{"name":"n","reg_exp":"x","set":{"a":""}}'; refused "helper 'n': set: 'a' must be a text"
	helpers '{"name":"n","reg_exp":"x","set":{"a":1}}'; refused "helper 'n': set: 'a' must be a text"
	helpers '{"name":"n","reg_exp":"x","set":{"a.b":"c"}}'; refused "helper 'n': set: 'a.b' must be a name"
	helpers '{"name":"n","reg_exp":"x","set":{"raw_text":"c"}}'; refused "helper 'n': set: 'raw_text' is a field that helpers cannot set"
	helpers '{"name":"n","reg_exp":"x","set":{"source_port":"22"}}'; refused "helper 'n': set: 'source_port' is a field for numbers"
	helpers '{"name":"n","reg_exp":"x","set":{"v":"22"}}' '{"reg_exp":"x","var_name":"v"}'; refused "'v' is var_name here, but a single text in helpers.json: helper 'n'"
	helpers '{"name":"n","reg_exp":"x","var_name":7}'; refused "helper 'n': var_name: must be a text"
	helpers '{"name":"n","reg_exp":"x","var_name":"a.b"}'; refused "helper 'n': var_name: 'a.b' has a dot"
	helpers '{"name":"n","reg_exp":"x","var_name":""}'; refused "helper 'n': var_name: is empty"
	helpers '{"name":"n","reg_exp":"x","var_name":"a","values":"frist"}'; refused "helper 'n': values: word 'frist' is not known; did you mean 'first'"
	helpers '{"name":"n","reg_exp":"x","var_name":"a","field":"a..b"}'; refused "helper 'n': field: "
	helpers '{"name":"n","reg_exp":"x","var_name":"a","when":{"message|contain":"x"}}'; refused "helper 'n': when: .*contains"
	helpers '{"name":"n","reg_exp":"(?<id>x)"}'; refused "helper 'n': reg_exp: group 'id' has the name of a field that helpers cannot set"
	helpers '{"name":"n","reg_exp":"x","var_name":"a"}' '{"name":"m","reg_exp":"(?<a>x)"}'; refused "helper 'm': 'a' is a single text here, but var_name in helpers.json: helper 'n'"
	helpers 7; refused "helpers.json: helper 1: must be an object"
	echo '{"t":7}' >helpers.json; refused "helpers.json: 't': must be a list"
	echo '{"t":[{"reg_exp":1}]}' >helpers.json; refused "helpers.json: helper 1 of 't': reg_exp: must be a text"
	printf '[\n{,}]' >helpers.json; refused "helpers.json:2:[0-9]+: "
	echo '[{"reg_exp":"x","reg_exp":"y","var_name":"a"}]' >helpers.json; refused "helpers.json:1:[0-9]+: duplicate"
	rm helpers.json; refused "helpers.json: No such file"
	printf '[{"\\u001b[2J":1}]' >helpers.json; refused 'x1b\[2J'
}

@test "lines that are no events are refused: counted, kept, status 1; the rest goes on" {
	printf '%s\n' '{"message":"a"}' 'no' '{"message":"b"}' '[1]' >in
	run siem-helper --rejects kept in
	[ "$status" -eq 1 ]
	[[ $output == *"in:2: "* && $output == *"in:4: "* && $output == *'{"message":"b"}'* ]]
	is "$(printf 'no\n[1]')" "$(cat kept)"
}
