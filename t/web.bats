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
192.0.2.1 - - [10/Oct/2023:13:55:36 -0700] "GET /a\" HTTP/1.1" 200 1 "-" "say \"hi\" now"
{".path":"/a\\\"",".protocol":"HTTP/1.1",".status":200,".user_agent":"say \\\"hi\\\" now"}
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
{"format":"applog"}
Jun 10 12:00:00 web1 nginx: 192.0.2.1 - - [10/Oct/2023:13:55:36 +0000] "GET / HTTP/1.1" 200 1
{"format":"syslogbsd","log_source":"web1"}
END
}

@test "webaccess: users that look like a stamp, a request, or have many words move no time" {
	reads webaccess <<'END'
192.0.2.1 - a [01/Jan/2020:00:00:00 +0000] - [10/Oct/2024:13:55:36 +0000] "GET /a HTTP/1.1" 401 5
{"date_stamp":"2024-10-10T13:55:36+00:00","source_host":"192.0.2.1",".path":"/a",".status":401}
192.0.2.1 - a [01/Jan/2020:00:00:00 +0000] \"GET /x HTTP/1.1\" 200 7 [10/Oct/2024:13:55:36 +0000] "GET /a HTTP/1.1" 401 5
{"date_stamp":"2024-10-10T13:55:36+00:00","user":"a [01/Jan/2020:00:00:00 +0000] \\\"GET /x HTTP/1.1\\\" 200 7",".path":"/a",".status":401}
192.0.2.1 - a [01/Jan/2020:00:00:00 +0000] \x22GET / HTTP/1.1\x22 200 [10/Oct/2024:13:55:36 +0000] "GET /a HTTP/1.1" 401 5
{"date_stamp":"2024-10-10T13:55:36+00:00",".path":"/a"}
192.0.2.1 - a [99/Jan/2020:00:00:00 +0000] [10/Oct/2024:13:55:36 +0000] www.example.org "GET /a HTTP/1.1" 401 5
{"date_stamp":"2024-10-10T13:55:36+00:00",".vhost":"www.example.org","user":"a [99/Jan/2020:00:00:00 +0000]"}
client.example.com - CN=Anna Maria,O=Example GmbH,C=DE a b c [10/Oct/2024:13:55:36 +0000] "GET /a HTTP/1.1" 200 5
{"source_host":"client.example.com","user":"CN=Anna Maria,O=Example GmbH,C=DE a b c"}
192.0.2.1 - bob [10/Oct/2024:13:55:36 +0000] "GET /[01/Jan/2020:00:00:00 HTTP/1.1" 200 5 "- [01/Jan/2020:00:00:00 +0000] " "x"
{"date_stamp":"2024-10-10T13:55:36+00:00","user":"bob",".path":"/[01/Jan/2020:00:00:00"}
END
	local name
	name=$(printf 'n%.0s' {1..9000})
	printf '192.0.2.1 - %s [01/Jan/2020:00:00:00 +0000] %s [10/Oct/2024:13:55:36 +0000] "GET / HTTP/1.1" 200 5\n' \
		"$name" "$name" | "$BIN/siem-parse" -q | jq -e '.format == "webaccess" and (.date_stamp | startswith("2024-10-10"))'
}

@test "w3c: of columns that have one name the first counts" {
	printf '%s\n' '#Fields: date time c-ip c-ip cs-method cs-method cs-username cs-username cs-uri-stem path x x X' \
		'2024-06-10 12:00:00 192.0.2.1 192.0.2.2 GET POST anna bob /a /b 1 2 3' | siem-parse -q --no-raw | tail -n 1 > out
	[[ $(jq -c '[.source_host, .user, .extended]' out) == \
		'["192.0.2.1","anna",{"method":"GET","user":"anna","path":"/a","x":1}]' ]] || fail "$(< out)"
	[[ $(grep -o '"x":' out | wc -l) == 1 && $(grep -o '"path":' out | wc -l) == 1 ]] || fail "$(< out)"
}

@test "weberror: Apache 2.2 and 2.4" {
	reads weberror <<'END'
[Fri Sep 09 10:42:29.902022 2011] [core:error] [pid 35708:tid 4328636416] [client 89.160.20.156:4711] AH00128: File does not exist: /usr/local/apache2/htdocs/favicon.ico, referer: http://example.com/a,b
{"date_stamp":"2011-09-09T10:42:29.902022+00:00","severity":3,".level":"error",".component":"core","source_pid":35708,".tid":4328636416,"source_host":"89.160.20.156","source_port":4711,".code":"AH00128",".referrer":"http://example.com/a,b","message":"AH00128: File does not exist: /usr/local/apache2/htdocs/favicon.ico, referer: http://example.com/a,b"}
[Wed Jul 31 16:44:52 2019] [notice] suEXEC mechanism enabled
{"date_stamp":"2019-07-31T16:44:52+00:00","severity":5,".component":null,"source_host":null,"message":"suEXEC mechanism enabled"}
[Sun Dec  4 04:47:44 2005] [:trace3] [pid 7] [client [2001:db8::7]:51548] [client 2001:db8::7] ModSecurity: Warning. [file "x"]
{"severity":7,".level":"trace3","source_host":"2001:db8::7","source_port":51548,"message":"ModSecurity: Warning. [file \"x\"]"}
[Thu May 12 08:28:57.652118 2011] [core:error] [pid 8777] [client ::1:58619] x
{"source_host":"::1","source_port":58619}
[01/Mar/2021:12:00:19 +0100] [ab:alert] [pid 4803:tid 3814] [client eda7:35d:3ceb:ef1e:2133:e7bf:116e:24cc:24259] x
{"date_stamp":"2021-03-01T12:00:19+01:00","severity":1,"source_host":"eda7:35d:3ceb:ef1e:2133:e7bf:116e:24cc","source_port":24259}
[2021-06-04 15:40:27.138633] [php7:emerg] [pid 4803] PHP Parse error
{"date_stamp":"2021-06-04T15:40:27.138633+00:00","severity":0,".component":"php7"}
[Fri Sep 31 10:42:29 2011] [error] no such day
{"format":"unparsed"}
[Fri Sep 09 10:42:29 2011] [client 192.0.2.7] no level
{"format":"applog"}
[Fri Sep 09 10:42:29] [error] no year
{"format":"applog"}
END
}

@test "weberror: nginx, and who writes what looks like a client's address" {
	reads weberror <<'END'
2022/05/14 19:55:51 [error] 6689#6690: *17 open() "/var/www/x" failed (2: No such file), client: 10.1.1.1, server: example.com, request: "GET /x?y=1 HTTP/1.1", upstream: "fastcgi://unix:/run/php.sock:", host: "www.example.com:81", referrer: "http://a/"
{"date_stamp":"2022-05-14T19:55:51+00:00","severity":3,".level":"error","source_pid":6689,".tid":6690,".connection":17,"source_host":"10.1.1.1",".vhost":"example.com",".method":"GET",".path":"/x",".query":"y=1",".protocol":"HTTP/1.1",".upstream":"fastcgi://unix:/run/php.sock:",".host":"www.example.com:81",".referrer":"http://a/"}
2022/05/14 19:55:51 [notice] 7#0: using the "kqueue" event method
{"severity":5,"source_pid":7,"source_host":null,"message":"using the \"kqueue\" event method"}
2022/05/14 19:55:51 [error] 7#7: *1 open() "/var/www/a, client: 6.6.6.6, server: b" failed (2: No such file), client: 192.0.2.7, server: example.com, request: "GET /a,%20client:%206.6.6.6,%20server:%20b HTTP/1.1"
{"source_host":"192.0.2.7",".vhost":"example.com",".path":"/a,%20client:%206.6.6.6,%20server:%20b"}
2022/05/14 19:55:51 [error] 7#7: *1 open() failed, client: 192.0.2.7, server: example.com, request: "GET /a HTTP/1.1", host: "b", referrer: "http://a, client: 6.6.6.6, server: evil"
{"source_host":"192.0.2.7",".vhost":"example.com",".path":"/a"}
2022/05/14 19:55:51 [error] 7#7: *1 open() "/a, client: 6.6.6.6, server: b, request: "GET" failed (2: No such file), client: 192.0.2.7, server: example.com, request: "GET /a, client: 6.6.6.6, server: evil HTTP/1.1", host: "b"
{"source_host":"192.0.2.7",".vhost":"example.com"}
2022/04/02 15:45:25 [info] 8#8: *2 client login failed, client: 2001:db8::7, server: 0.0.0.0:25, login: "anna@example.com"
{"source_host":"2001:db8::7","user":"anna@example.com",".vhost":"0.0.0.0:25"}
2022/04/02 15:45:23 [info] 8#8: *15950 client 172.77.77.254:53044 connected to 0.0.0.0:25
{"source_host":"172.77.77.254","source_port":53044}
2005/01/23 21:59:59 [sshd] error: PAM: Authentication failure
{"format":"applog"}
2005/02/30 21:59:59 [error] 1#1: no such day
{"format":"unparsed"}
2005/01/23 21:59:59 [error] somebody else's log
{"format":"applog"}
END
}

@test "squid" {
	reads squid <<'END'
1525334330.556      3 120.65.1.1 TCP_REFRESH_MISS/200 2014 GET http://www.sample.com/hello.txt?a=b public-user DIRECT/www.sample.com text/plain 902351708.872
{"date_stamp":"2018-05-03T07:58:50.556Z","source_host":"120.65.1.1",".duration":3,".result":"TCP_REFRESH_MISS",".status":200,".byte_count":2014,".method":"GET",".path":"http://www.sample.com/hello.txt",".query":"a=b",".url":"http://www.sample.com/hello.txt?a=b","user":"public-user",".hierarchy":"DIRECT","dest_host":"www.sample.com",".content_type":"text/plain","message":"GET http://www.sample.com/hello.txt?a=b"}
1525344856.899  16867 2001:db8::7 TCP_TUNNEL/200 6256 CONNECT example.com:443 - HIER_NONE/- -
{"source_host":"2001:db8::7","user":null,"dest_host":null,".hierarchy":"HIER_NONE",".path":"example.com:443",".content_type":null}
1525344856.899  16867 192.0.2.7 TCP_TUNNEL 6256 CONNECT example.com:443 - HIER_NONE/- -
{"format":"applog"}
END
}

@test "haproxy, bare and in syslog" {
	reads haproxy <<'END'
10.0.1.2:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} "GET /index.html?a HTTP/1.1"
{"date_stamp":"2009-02-06T12:14:14.655+00:00","source_host":"10.0.1.2","source_port":33317,".frontend":"http-in",".backend":"static",".server":"srv1",".timers":"10/0/30/69/109",".status":200,".byte_count":2750,".termination_state":"----",".connections":"1/1/1/1/0",".queues":"0/0",".method":"GET",".path":"/index.html",".query":"a"}
[2001:db8::7]:33312 [06/Feb/2009:12:12:09.296] fnt bck/<NOSRV> 0/0/+5007 +212 -- 0/0/0/0/3 0/0
{"source_host":"2001:db8::7","source_port":33312,".backend":"bck",".server":null,".byte_count":212,".termination_state":"--"}
10.0.1.2:33317 [06/Feb/2009:12:14:14.655] https-in/1: SSL handshake failure
{"source_host":"10.0.1.2",".frontend":"https-in","message":"SSL handshake failure"}
<134>Jun 10 12:00:00 lb1 haproxy[7]: 10.0.1.2:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/109 503 2750 - - SC-- 1/1/1/1/0 0/0 "<BADREQ>"
{"format":"syslogbsd","date_stamp":"2024-06-10T12:00:00+00:00","log_source":"lb1","severity":6,"source_pid":7,"source_host":"10.0.1.2",".status":503,".path":"<BADREQ>",".termination_state":"SC--"}
Jun 10 12:00:00 lb1 haproxy[7]: Connect from 192.0.2.7:33312 to 198.51.100.7:8012 (www/HTTP)
{"format":"syslogbsd","source_host":"192.0.2.7","source_port":33312,"dest_host":"198.51.100.7","dest_port":8012,".frontend":"www"}
Jun 10 12:00:00 lb1 haproxy[7]: Proxy www started.
{"format":"syslogbsd","message":"Proxy www started.","extended":null}
END
}

@test "web servers' lines in syslog: the head's stamp, machine and message stay" {
	reads syslogbsd <<'END'
Jun 10 12:00:00 web1 nginx: 127.0.0.1 - anna [28/Dec/2019:16:49:07 +0000] "GET /a HTTP/1.1" 304 0 "-" "Mozilla/5.0"
{"date_stamp":"2024-06-10T12:00:00+00:00","log_source":"web1","source_host":"127.0.0.1","user":"anna",".method":"GET",".status":304,".user_agent":"Mozilla/5.0","message":"127.0.0.1 - anna [28/Dec/2019:16:49:07 +0000] \"GET /a HTTP/1.1\" 304 0 \"-\" \"Mozilla/5.0\""}
<187>Jun 10 12:00:00 web1 nginx: 2022/05/14 19:55:51 [warn] 6689#0: *17 x, client: 10.1.1.1, server: example.com, request: "GET / HTTP/1.1"
{"date_stamp":"2024-06-10T12:00:00+00:00","severity":3,".level":"warn","source_pid":6689,"source_host":"10.1.1.1",".vhost":"example.com"}
Jun 10 12:00:00 web1 httpd[9]: [error] [client 192.0.2.7] File does not exist: /x
{"source_pid":9,"severity":3,"source_host":"192.0.2.7","message":"[error] [client 192.0.2.7] File does not exist: /x"}
Jun 10 12:00:00 web1 nginx: 192.0.2.7 - anna [28/Dec/2019:16:49:07 +0000] and then nothing of it
{"source_host":null,"user":null,"extended":null}
END
}

@test "w3c: the header names the columns; IIS's and CloudFront's are known without one" {
	reads w3c <<'END'
#Software: Microsoft Internet Information Services 10.0
{"message":"#Software: Microsoft Internet Information Services 10.0"}
#Date: 2024-06-10 11:59:00
{"date_stamp":"2024-06-10T11:59:00Z"}
#Fields: date time s-computername c-ip c-port cs-username cs-method cs-uri-stem cs-uri-query cs(User-Agent) cs(Cookie) sc-status x-a--b
{"date_stamp":"2024-06-10T11:59:00Z"}
2024-06-10 12:00:00 WEB7 192.0.2.7 4711 CORP\anna GET /a.aspx id=7 Mozilla/5.0+(X11) x=y 404 -
{"date_stamp":"2024-06-10T12:00:00Z","log_source":"WEB7","source_host":"192.0.2.7","source_port":4711,"user":"CORP\\anna",".method":"GET",".path":"/a.aspx",".query":"id=7",".user_agent":"Mozilla/5.0+(X11)",".cs_cookie":"x=y",".status":404,".x_a_b":null}
2015-03-11 21:59:09 1.2.3.4 GET /console/version_30.jsp - 80 - 31.3.3.7 Sun+Web/7.15 - 404 0 2 0
{"date_stamp":"2015-03-11T21:59:09Z","dest_host":"1.2.3.4","dest_port":80,"source_host":"31.3.3.7",".path":"/console/version_30.jsp",".user_agent":"Sun+Web/7.15",".status":404,".sc_win32_status":2,".time_taken":0,"log_source":"here"}
2015-07-28 15:07:26 1.2.3.4 GET /Default.aspx a=b 80 - 31.3.3.7 OpenSystems/1.0;+x="85" 302 0 0 624
{"source_host":"31.3.3.7",".status":302,".time_taken":624}
2011-07-28 15:07:26 W3SVC1 1.2.3.4 POST /Default.aspx - 443 anna 31.3.3.7 UA 200 0 64
{".s_sitename":"W3SVC1","dest_host":"1.2.3.4",".method":"POST","source_host":"31.3.3.7","user":"anna",".status":200}
2011-07-28 15:07:26 W3SVC1 1.2.3.4 POST /Default.aspx - 443 anna 31.3.3.7 UA 200 0 64 7
{"format":"applog"}
2024-06-31 12:00:00 WEB7 192.0.2.7 4711 - GET /a.aspx id=7 Mozilla/5.0+(X11) x=y 404 -
{"format":"unparsed"}
END
}

@test "w3c: what a header said holds for its file alone" {
	printf '%s\n' '#Fields: date time c-ip cs-uri' '2024-06-10 12:00:00 192.0.2.7 /a?b' >a
	printf '%s\n' '2024-06-10 12:00:00 192.0.2.7 /a?b' >b
	siem-parse a b 2>/dev/null | jq -r '.format + " " + (.extended.path // "")' >got
	printf '%s\n' 'w3c ' 'w3c /a' 'applog ' | same got /dev/stdin
}

@test "zeek: header, types, and the usual columns without one" {
	printf '%b' '#separator \\x09\n{}\n#set_separator\t,\n{}\n#path\tconn\n{}\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\tlocal_orig\ttunnel_parents\tcount\n{}\n' \
		'#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\tbool\tset[string]\tcount\n{}\n' \
		'1541350796.901974\tC54z\t192.168.0.26\t54855\t2001:db8::7\t443\ttcp\tssl\t0.15\tT\tCa,Cb\t7\n' \
		'{"date_stamp":"2018-11-04T16:59:56.901974Z","source_host":"192.168.0.26","source_port":54855,"dest_host":"2001:db8::7","dest_port":443,"protocol":"tcp",".uid":"C54z",".service":"ssl",".local_orig":true,".tunnel_parents":["Ca","Cb"],".count":7,".dataset":"conn"}\n' \
		'1541350796.901974\tC54z\t192.168.0.26\t54855\t2001:db8::7\t443\ttcp\t-\t-\t-\t(empty)\t-\n{".service":null,".tunnel_parents":null}\n' \
		'1602165002.455618\tCWG\t192.168.122.59\t44136\t216.58.201.110\t80\t1\tGET\texample.com\t/a?b\t-\t1.1\tMozilla/5.0 (X11)\thttps://example.com\t0\t219\t301\tMoved\n' \
		'{"dest_host":"216.58.201.110",".vhost":"example.com",".path":"/a",".query":"b",".protocol":"1.1",".user_agent":"Mozilla/5.0 (X11)",".byte_count":219,".status":301,".dataset":null}\n' \
		'1541350796.901974\tC54z\tthis\tis\tanother\tlog\n{"format":"applog"}\n' | reads zeek
}

@test "webproxy: Nginx Proxy Manager, NPMplus, ssl_request_log" {
	reads webproxy <<'END'
[24/Jan/2022:16:51:02 +0000] - 404 403 - GET http openresty.local "/a?b" [Client 1.2.3.4] [Length 192] [Gzip 3.10] [Sent-to openresty] "Mozilla/5.0 (X11)" "http://r/"
{"date_stamp":"2022-01-24T16:51:02+00:00","source_host":"1.2.3.4",".status":403,".method":"GET",".vhost":"openresty.local",".path":"/a",".query":"b",".byte_count":192,".upstream":"openresty",".user_agent":"Mozilla/5.0 (X11)",".referrer":"http://r/"}
[01/Oct/2025:14:32:15 +0000] HIT 200 200 - POST https example.com "/" [Client 2001:db8::7] [Length 0] [Gzip -] "-" "-"
{"source_host":"2001:db8::7",".status":200,".byte_count":0,".user_agent":null}
[01/Oct/2025:14:32:21 +0000] 404 - GET https app.example.com "/robots.txt" [Client 198.51.100.42] [Length 169
{".status":404,"source_host":"198.51.100.42",".byte_count":169}
[10/Feb/2024:21:23:40 +0100] wings.example.com 192.168.1.101 0.002 "GET /x HTTP/1.1" 401 77 935 - Uptime Kuma/1.23.11
{"source_host":"192.168.1.101",".vhost":"wings.example.com",".path":"/x",".status":401,".byte_count":77,".referrer":null,".user_agent":"Uptime Kuma/1.23.11"}
[10/Dec/2020:08:45:56 +0000] 172.31.0.120 TLSv1.2 ECDHE-RSA "GET /a?b HTTP/1.1" 1375
{"source_host":"172.31.0.120",".tls_version":"TLSv1.2",".method":"GET",".byte_count":1375,".status":null}
[13/Dec/2013:00:22:45 +0000] Attempt to deliver to unknown recipient
{"format":"applog"}
END
}

@test "elb: classic and for applications" {
	reads elb <<'END'
https 2023-04-26T12:23:00.186641Z app/x/490 192.168.1.11:44740 - -1 -1 -1 404 - 5 57 "GET https://www.example.com:443/robots.txt?a HTTP/1.1" "curl/7.46.0" ECDHE TLSv1.2 -
{"date_stamp":"2023-04-26T12:23:00.186641Z","source_host":"192.168.1.11","source_port":44740,"dest_host":null,".status":404,".target_status":null,".byte_count":57,".method":"GET",".path":"/robots.txt",".query":"a",".url":"https://www.example.com:443/robots.txt?a",".vhost":"www.example.com",".protocol":"HTTP/1.1",".user_agent":"curl/7.46.0",".balancer":"app/x/490"}
2014-02-15T23:39:43.945958Z my-balancer 192.168.131.39:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 29 "GET http://www.example.com:80/ HTTP/1.1"
{"dest_host":"10.0.0.1","dest_port":80,".path":"/",".user_agent":null}
2014-02-15T23:39:43.945958Z web1 app:7 x 1 2 y 200 200 0 29 "GET / HTTP/1.1"
{"format":"syslogiso"}
END
}
