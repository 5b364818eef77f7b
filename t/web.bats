# siem-parse: the logs of web servers and proxies.
# SPDX-License-Identifier: MIT

load lib

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# reads FORMAT [ARGS..]: standard input has pairs of lines: one of a log, and what must come of it, as JSON: members of the
# event, or of extended with a dot before their names; null where there must be none.
reads() {
	local format=$1
	shift
	awk 'NR % 2 { print >"log" } NR % 2 == 0 { print >"wanted" }'
	timeout 60 siem-parse --host here -z Z --reference 2024-06-15T00:00:00Z "$@" log >out 2>err
	jq -c --arg format "$format" --slurpfile wanted wanted -n '[inputs] | [., $wanted] | transpose[] | . as [$got, $want]
		| ($want + {format: ($want.format // $format)}) | to_entries[] | . as {$key, $value}
		| (if $key[:1] == "." then $got.extended[$key[1:]] else $got[$key] end) as $found
		| select($found != $value) | {line: $got.raw_text, $key, wanted: $value, got: $found}' out >bad
	[[ ! -s bad ]] || fail "$(cat bad)"
	[[ $(wc -l <log) == $(wc -l <wanted) && $(wc -l <out) == $(wc -l <log) ]] || fail "$(wc -l log wanted out)"
}

@test "webaccess: common, combined, vhost_combined, nginx" {
	reads webaccess <<'END'
127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326
{"date_stamp":"2000-10-10T13:55:36-07:00","log_source":"here","source_host":"127.0.0.1","user":"frank",".user":"frank","message":"GET /apache_pb.gif HTTP/1.0",".method":"GET",".path":"/apache_pb.gif",".query":null,".url":null,".protocol":"HTTP/1.0",".status":200,".byte_count":2326,".referrer":null}
192.0.2.7 - - [10/Oct/2023:13:55:36 +0000] "POST /a?b=c&d?e HTTP/1.1" 301 - "https://example.com/x" "Mozilla/5.0 (X11)"
{"user":null,".user":null,".method":"POST",".path":"/a",".query":"b=c&d?e",".url":"/a?b=c&d?e",".status":301,".byte_count":null,".referrer":"https://example.com/x",".user_agent":"Mozilla/5.0 (X11)"}
www.example.com:443 2001:db8::7 - - [10/Oct/2023:13:55:36 +0200] "GET / HTTP/2.0" 304 0 "-" "-"
{"date_stamp":"2023-10-10T13:55:36+02:00","source_host":"2001:db8::7",".vhost":"www.example.com","dest_port":443,".status":304,".byte_count":0,".referrer":null,".user_agent":null}
www.example.com 192.0.2.7 - 7bde940ef0 - [10/Oct/2023:13:55:36 +0200] "GET / HTTP/2.0" 304 0 "" ""
{"source_host":"192.0.2.7",".vhost":"www.example.com","user":null,"dest_port":null}
192.0.2.7 - - [10/Oct/2023:13:55:36 +0000] "GET / HTTP/1.1" 200 6 "-" "curl/8" "203.0.113.7, 10.0.0.1"
{".user_agent":"curl/8",".forwarded_for":"203.0.113.7, 10.0.0.1"}
203.0.113.7, 10.0.0.1 10.0.0.2 - - [10/Oct/2023:13:55:36 +0000] "GET / HTTP/1.1" 200 6 "-" "curl/8"
{"source_host":"203.0.113.7","user":null,".vhost":null}
client.example.com - Frank Miller [10/Oct/2023:13:55:36 +0000] "OPTIONS * HTTP/1.0" 200 -
{"source_host":"client.example.com","user":"Frank Miller",".method":"OPTIONS",".path":"*"}
192.0.2.7 - - [31/Jan/2015:14:29:44.125 ] www.example.org "GET / HTTP/1.1" 200 814 "-" "bot"
{"date_stamp":"2015-01-31T14:29:44.125+00:00",".vhost":"www.example.org",".status":200}
192.0.2.7 - [08/Jun/2020:08:04:43 +0000] "GET /api HTTP/1.1" 200 100
{"source_host":"192.0.2.7","user":null,".path":"/api"}
END
}

@test "webaccess: quotes, blanks, broken requests, lines that end early" {
	reads webaccess <<'END'
192.0.2.1 - - [10/Oct/2023:13:55:36 -0700] "GET /a\"b HTTP/1.1" 200 - "http://x/\"y" "UA \"quoted\""
{".path":"/a\\\"b",".referrer":"http://x/\\\"y",".user_agent":"UA \\\"quoted\\\"",".status":200}
192.0.2.1 - - [10/Oct/2023:13:55:36 -0700] "GET /a\\" 200 7 "-" "a "b" c"
{".path":"/a\\\\",".protocol":null,".byte_count":7,".user_agent":"a \"b"}
192.0.2.1 - - [10/Oct/2023:13:55:36 -0700] "GET /a b c HTTP/1.1" 200 1
{".method":"GET",".path":"/a b c",".protocol":"HTTP/1.1"}
192.0.2.1 - - [10/Oct/2023:13:55:36 -0700] "GET /" 200 1
{".method":"GET",".path":"/",".protocol":null,".status":200}
192.0.2.1 - - [10/Oct/2023:13:55:36 -0700] "\x16\x03\x01\x02" 400 157 "-" "-"
{".method":null,".path":"\\x16\\x03\\x01\\x02","message":"\\x16\\x03\\x01\\x02",".status":400,".byte_count":157}
192.0.2.1 - - [10/Oct/2023:13:55:36 -0700] "" 400 0 "" ""
{".method":null,".path":null,".status":400,".byte_count":0,"message":null}
192.0.2.1 - - [10/Oct/2023:13:55:36 -0700] "-" 408 -
{".path":null,".status":408}
192.0.2.1 - - [10/Oct/2023:13:55:36 -0700] "HELP" 400 5
{".method":null,".path":"HELP"}
192.0.2.1 - - [10/Oct/2023:13:55:36 -0700] "GET /a HTTP/1.1" 000 99999999999999999999
{".status":"000",".byte_count":"99999999999999999999"}
192.0.2.1 - frank [10/Oct/2023:13:55:36 -0700] "GET /a HTT
{"user":"frank",".path":"/a HTT",".status":null,".parse_error":"line ends inside the request"}
192.0.2.1 - frank [10/Oct/2023:13:55:36 -0700] "GET /a HTTP/1.1" 200
{".status":200,".byte_count":null,".parse_error":null}
192.0.2.1 - frank [10/Oct/2023:13:55:36 -0700]
{"user":"frank","message":null}
192.0.2.1 - - [31/Nov/2023:13:55:36 -0700] "GET / HTTP/1.1" 200 1
{"format":"unparsed"}
some words [10/Oct/2023:13:55:36 -0700] "GET / HTTP/1.1" 200 1
{"format":"unparsed"}
Jun 10 12:00:00 web1 nginx: 192.0.2.1 - - [10/Oct/2023:13:55:36 +0000] "GET / HTTP/1.1" 200 1
{"format":"syslogbsd","log_source":"web1"}
END
}
