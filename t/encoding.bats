# siem-parse: lines that are not plain text: UTF-16, byte order marks, NULs before a line, colours in it.
# SPDX-License-Identifier: MIT

bats_require_minimum_version 1.5.0
load lib

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	python3 - << 'PYTHON'
import random
random.seed(7)
def line(n): return ''.join(random.choice('abc d\u00e4\u20ac\u4e2d\U0001d11e\t"\\') for _ in range(random.choice((0, 5, 80, 4000))))
text = ''.join(f'2024-06-10T12:{n // 60 % 60:02}:{n % 60:02}Z web1 test[7]: {line(n)}x\r\n' for n in range(900))
open('utf8', 'w', newline='').write(text)
open('le', 'wb').write(b'\xff\xfe' + text.encode('utf-16-le'))
open('be', 'wb').write(b'\xfe\xff' + text.encode('utf-16-be'))
PYTHON
	siem-parse -q --host here < utf8 > wanted
}

teardown() {
	[[ -z ${pid:-} ]] || kill -KILL "$pid" 2> /dev/null || :
}

@test "UTF-16 gives the events, and ids, of the same text in UTF-8: files, pipes in pieces, compressed" {
	local name
	for name in le be; do
		siem-parse -q --host here < "$name" > out
		same out wanted
		cat "$name" | siem-parse -q --host here > out
		same out wanted
		gzip -c "$name" | siem-parse -q --host here > out
		same out wanted
		{ head -c 1 "$name"; sleep 0.1; tail -c +2 "$name" | head -c 4444; sleep 0.1; tail -c +4446 "$name"; } |
			siem-parse -q --host here > out
		same out wanted
		dd if="$name" bs=777 status=none | siem-parse -q --host here > out
		same out wanted
	done
}

@test "UTF-16 that grows is followed, and sought in from its start" {
	head -c 5001 le > log
	siem-parse -F --host here log > out 2> err &
	pid=$!
	sleep 0.3
	tail -c +5002 le >> log
	wait_until 20 eval '[[ $(wc -l < out) == 900 ]]' || fail "$(wc -l < out) events"
	kill -TERM "$pid"
	wait "$pid"
	pid=
	same <(jq -r .id out) <(jq -r .id wanted)
	siem-parse -q --host here --since 2024-06-10T12:10:00Z le > out
	same <(jq -r .id out) <(tail -n +601 wanted | jq -r .id)
}

@test "UTF-16 with halves of pairs, and cut within a character: U+FFFD" {
	printf '\xff\xfea\0\x00\xd8b\0\x00\xdcc\0\n\0d\0\x3d\xd8' > log
	siem-parse -q --no-raw log | jq -r .message > out
	same out <(printf 'a\ufffdb\ufffdc\nd\ufffd\n')
	printf '\xfe\xff\0a\0' | siem-parse -q | jq -r .message > out
	same out <(printf 'a\ufffd\n')
	printf '\xff\xfe' | siem-parse > out 2> err
	[[ ! -s out ]]
	grep -q '^siem-parse: 0 lines' err
}

# show: what siem-parse makes of its input: format, time, level, program, message; and that raw_text is the line.
show() {
	cat > in
	siem-parse -q --host here --reference 2024-06-15T00:00:00Z < in > got
	jq -r '[.format, .date_stamp, (.extended.level // "-"), (.source_process // "-"), .message] | join("|")' got
	same <(jq -j '.raw_text + "\n"' got) in
}

@test "NULs and a byte order mark before a line, which raw_text keeps" {
	printf 'x\n\0\0\0Jun 10 12:00:00 web1 su: nulls\n\xef\xbb\xbfJun 10 12:00:00 web1 su: joined\n\0\0\n' | show > out
	same <(tr '\0' '#' < out) <(printf '%s|-|%s\n' 'unparsed|2024-06-15T00:00:00Z' '-|x' \
		'syslogbsd|2024-06-10T12:00:00+00:00' 'su|nulls' 'syslogbsd|2024-06-10T12:00:00+00:00' 'su|joined' \
		'unparsed|2024-06-10T12:00:00+00:00' '-|##')
}

@test "a byte order mark at the start of a file belongs to none of its lines" {
	printf '\xef\xbb\xbfJun 10 12:00:00 web1 su: x\n' | siem-parse -q --host here > out
	printf 'Jun 10 12:00:00 web1 su: x\n' | siem-parse -q --host here > wanted
	same out wanted
}

@test "colours are passed over where a line is read, and stand in raw_text" {
	local e=$'\e'
	show > out << END
$e[32mJun 10 12:00:00$e[0m web1 su: one
2024-06-10 12:00:00 $e[1;33mWARN$e[0m app: two
$e[36m[2024-06-10T12:00:00Z INFO  app::server]$e[0m three
{"log":"2024-06-10 12:00:00 $e[31mERROR$e[0m main: four\n","stream":"stdout","time":"2024-06-10T12:00:01Z"}
Jun 10 12:00:00 web1 su: $e[1mfive$e[0m
$e[31mno stamp$e[0m
2024-06-10 12:00:00 six $e[2J
$e[31m
END
	same out /dev/stdin << END
syslogbsd|2024-06-10T12:00:00+00:00|-|su|one
applog|2024-06-10T12:00:00+00:00|WARN|-|two
applog|2024-06-10T12:00:00Z|INFO|-|three
json|2024-06-10T12:00:01Z|ERROR|-|four
syslogbsd|2024-06-10T12:00:00+00:00|-|su|$e[1mfive$e[0m
unparsed|2024-06-10T12:00:00+00:00|-|-|$e[31mno stamp$e[0m
applog|2024-06-10T12:00:00+00:00|-|-|six $e[2J
unparsed|2024-06-10T12:00:00+00:00|-|-|$e[31m
END
}
