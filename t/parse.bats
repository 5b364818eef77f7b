# siem-parse: any line becomes one event, with its time, its year, its id and all of its bytes.
# SPDX-License-Identifier: MIT

load lib

bats_require_minimum_version 1.5.0

# Every test has its own folder; nothing depends on the day or the machine.
setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# parse ARGS..: with a host, a zone and a reference of its own.
parse() {
	timeout 60 siem-parse --host here --reference 2024-06-15T00:00:00Z "$@"
}

# fields FILTER: that of each event in the file out, one a line.
fields() {
	jq -r "$1" out
}

# is WANTED GOT
is() {
	[[ $1 == "$2" ]] || fail "wanted: $1"$'\n'"got:    $2"
}

# dates FILE: seconds since 1970 of each line, as date(1) understands it.
dates() {
	TZ=${2:-UTC} date -f "$1" +%s.%6N
}

# A log of COUNT lines; the same line comes again now and then, stamp and all.
auth_log() {
	awk -v count="$1" 'BEGIN {
		for (i = 0; i < count; i++)
			printf "Jun %2d %02d:%02d:00 web%d sshd[%d]: Failed password %d\n", 1 + i / 1440 % 9, i / 60 % 24, i % 60, i % 3, i % 50, i % 97
		for (i = 0; i < 20; i++)
			printf "Jun 10 12:00:00 web1 su: again\n"
	}'
}

# --- one event a line, with the fields in their order

@test "an event has its fields in the order of siem-event(5)" {
	echo '<38>Jun 10 12:00:00 web1 sshd[77]: hello' | parse >out
	is 'id,date_stamp,format,facility,severity,log_source,source_process,source_pid,message,raw_text,parsed_on' \
		"$(fields 'keys_unsorted | join(",")')"
	is '{"id":"' "$(head -c 7 out)"
	is '2024-06-10T12:00:00+00:00 syslogbsd 4 6 web1 sshd 77 hello' \
		"$(fields '[.date_stamp, .format, .facility, .severity, .log_source, .source_process, .source_pid, .message] | join(" ")')"
	is "$(uname -n)" "$(fields .parsed_on)"
}

@test "the formats are listed, each with a sample that it reads itself" {
	siem-parse -l >list
	is "$(sed -n 's/^\t\.name = "\(.*\)",$/\1/p' "$ROOT"/lib/formats/*.c | sort | xargs)" "$(awk 'NR % 2 { print $1 }' list | sort | xargs)"
	sed -n 'n;s/^ *//p' list | parse >out
	is "$(awk 'NR % 2 { print $1 }' list)" "$(fields .format)"
}

@test "-f reads one format alone, and an unknown one names the nearest" {
	printf '%s\n' 'Jun 10 12:00:00 web1 su: x' '2024-06-10T12:00:00Z web1 su: x' | parse -f syslogiso >out 2>err
	is 'unparsed syslogiso' "$(fields .format | xargs)"
	is 'siem-parse: 2 lines: 1 syslogiso, 1 unparsed; 0 blank, 0 refused' "$(cat err)"
	run siem-parse -f syslogbds
	is 2 "$status"
	has "$output" 'did you mean syslogbsd'
}

@test "lines of several formats may be mixed" {
	for i in 1 2 3; do
		printf '%s\n' "Jun 10 12:00:0$i web1 su: x" "2024-06-10T12:00:0${i}Z web1 su: x" "what is this $i" \
			"<34>1 2024-06-10T12:00:0${i}Z web1 su - - - x" "Jun 10 12:00:0$i kernel: x"
	done | parse >out 2>/dev/null
	is "$(printf 'syslogbsd\nsyslogiso\nunparsed\nsyslog5424\nnohost\n%.0s' 1 2 3)" "$(fields .format)"
}

@test "a line that no format knows has its text, its priority, and the time of the line before" {
	printf '%s\n' 'first of all' 'Jun 10 12:00:00 web1 su: x' '<34>then that' 'Nov 31 12:00:00 web1 su: x' | parse >out 2>err
	is '2024-06-15T00:00:00Z 2024-06-10T12:00:00+00:00 2024-06-10T12:00:00+00:00 2024-06-10T12:00:00+00:00' \
		"$(fields .date_stamp | xargs)"
	is 'unparsed syslogbsd unparsed unparsed' "$(fields .format | xargs)"
	is 'first of all,x,then that,Nov 31 12:00:00 web1 su: x' "$(fields .message | paste -sd,)"
	is '4 2' "$(fields 'select(.facility) | "\(.facility) \(.severity)"')"
	is 'siem-parse: 4 lines: 1 syslogbsd, 3 unparsed; 0 blank, 0 refused' "$(cat err)"
}

@test "unparsed lines of a pipe before any stamp have the time of now; of a file a time that stays, and so their ids" {
	echo what | timeout 20 siem-parse >out 2>/dev/null
	local at now
	at=$(date -d "$(fields .date_stamp)" +%s) now=$(date +%s)
	((at <= now && at > now - 60)) || fail "$(cat out)"
	# Once there was a stamp, it holds, also for what comes later.
	{ echo 2020-02-03T04:05:06Z web1 su: x && sleep 0.3 && echo what; } | timeout 20 siem-parse >out 2>/dev/null
	is '2020-02-03T04:05:06Z 2020-02-03T04:05:06Z' "$(fields .date_stamp | xargs)"
	echo what >file
	touch -d 2020-02-03T04:05:06Z file
	siem-parse file >out 2>/dev/null
	is 1970-01-01T00:00:00Z "$(fields .date_stamp)"
	local id
	id=$(fields .id)
	echo more >>file
	siem-parse file >out 2>/dev/null
	is "$id" "$(fields .id | head -n 1)"
	siem-parse --reference 2020-02-03T04:05:06Z file >out 2>/dev/null
	is '2020-02-03T04:05:06Z 2020-02-03T04:05:06Z' "$(fields .date_stamp | xargs)"
}

@test "blank lines are no events, but counted; a last line needs no newline" {
	printf 'Jun 10 12:00:00 web1 su: a\n\n  \t\n\r\nJun 10 12:00:00 web1 su: b' | parse >out 2>err
	is 'a b' "$(fields .message | xargs)"
	is 'siem-parse: 2 lines: 2 syslogbsd; 3 blank, 0 refused' "$(cat err)"
	mkfifo pipe
	siem-parse -q <pipe >got 2>said 3>&- &
	exec 9>pipe
	printf 'Jun 10 12:00:00 web1 su: a\n\n\n' >&9
	wait_until 10 test -s got
	kill -USR1 $!
	wait_until 10 test -s said
	exec 9>&-
	wait $!
	is 'siem-parse: 1 line: 1 syslogbsd; 2 blank, 0 refused' "$(cat said)"
}

@test "at the end stands how many lines each format has read; -q leaves it out, and nothing else" {
	local event
	printf '%s\n' 'Jun 10 12:00:00 web1 su: x' '' '2024-06-10T12:00:00Z web1 su: x' 'what is this' >a
	printf '%s\n' '2024-06-10T12:00:00Z web1 su: x' '2024-06-10T12:00:01Z web1 su: x' | gzip >b.gz
	parse a b.gz >out 2>err
	is 'siem-parse: 5 lines: 3 syslogiso, 1 syslogbsd, 1 unparsed; 1 blank, 0 refused' "$(cat err)"
	is 'unparsed 1 syslogbsd 1 syslogiso 3' "$(fields .format | sort | uniq -c | sort -n | awk '{ print $2, $1 }' | sort -k 2,2n -k 1,1r | xargs)"
	run -3 --separate-stderr siem-parse -q a missing
	is 'siem-parse: missing: No such file or directory' "$stderr"
	parse </dev/null 2>err
	is 'siem-parse: 0 lines; 0 blank, 0 refused' "$(cat err)"
	# Our own events pass; what comes before --since is counted, too.
	parse --since 2024-06-10T12:00:01Z b.gz >event 2>err
	is 'siem-parse: 2 lines: 1 syslogiso, 1 before --since; 0 blank, 0 refused' "$(cat err)"
	cat event a | parse >out 2>err
	is 'siem-parse: 4 lines: 1 syslogiso, 1 syslogbsd, 1 passed as events, 1 unparsed; 1 blank, 0 refused' "$(cat err)"
	# Several events of one line, one event of several.
	printf '[{"a":1},\n{"b":2},{"c":3}]\n\n{"d":\n4}' | parse -f sojson >out 2>err
	is 'siem-parse: 4 lines: 4 sojson; 1 blank, 0 refused' "$(cat err)"
	echo '[{"a":1},{"b":2}]' | parse -f sojson >out 2>err
	is 'siem-parse: 1 line, 2 events: 2 sojson; 0 blank, 0 refused' "$(cat err)"
}

@test "a file that was named stands in source_path, and standard input does not" {
	echo 'Jun 10 12:00:00 web1 su: a' >'a "b'
	parse 'a "b' >out
	is 'a "b' "$(fields .source_path)"
	parse - <'a "b' >out
	is null "$(fields .source_path)"
}

@test "--host is refused where it is empty or cannot be seen" {
	local name
	for name in '' ' ' $'a\nb' $'\e[31mred' $'a\x7f' $'a\xff'; do
		run -2 siem-parse --host "$name" < /dev/null
		[[ $output == *--host:\ the\ name* ]] || fail "$output"
		[[ $output != *$'\e'* ]] || fail "it moves the terminal"
	done
	run -0 siem-parse -q --host 'web 1' < /dev/null
}

@test "--host is the log_source of lines that name no machine, --no-raw leaves the line out" {
	printf '%s\n' 'Jun 10 12:00:00 kernel: x' 'Jun 10 12:00:00 web1 su: x' '?' | parse --host "a\"b" --no-raw >out 2>/dev/null
	is 'a"b web1 a"b' "$(fields .log_source | paste -sd' ')"
	is 0 "$(fields 'select(has("raw_text") or has("raw_base64"))' | wc -l)"
}

# --- bytes

@test "raw_text, or raw_base64, gives back any bytes" {
	LC_ALL=C awk 'BEGIN {
		for (i = 0; i < 256; i++)
			if (i != 10)
				printf "Jun 10 12:00:00 web1 su: byte %d: %c.\n%c\303\251 %c\342\202\254%c\n", i, i, i, i, i
	}' >in
	head -c 100000 /dev/urandom >>in
	parse in >out 2>/dev/null
	jq -e . out >/dev/null
	# A blank line is none; the mark behind each line shows a CR at its end.
	LC_ALL=C grep -av $'^[ \t\r]*$' in | LC_ALL=C sed 's/$/$/' >wanted
	while IFS= read -r line; do
		case $line in
		b*) printf '%s' "${line#b}" | base64 -d ;;
		*) jq -rj . <<<"${line#t}" ;;
		esac
		printf '$\n'
	done < <(jq -r 'if has("raw_base64") then "b" + .raw_base64 else "t" + (.raw_text | tojson) end' out) >got
	cmp got wanted
}

@test "raw_base64 is there only where raw_text is not the line" {
	printf 'Jun 10 12:00:00 web1 su: %b\n' 'caf\303\251' 'caf\351' '\001\033[31m' 'a"b\\c' >in
	parse in >out
	is 'false true false false' "$(fields 'has("raw_base64")' | xargs)"
	is $'caf\xef\xbf\xbd' "$(fields .message | sed -n 2p)"
	lacks '[\x00-\x09\x0b-\x1f\x7f]' out
}

@test "a CR at the end is part of the line, not of the message" {
	printf 'Jun 10 12:00:00 web1 su: x\r\n2024-06-10T12:00:00Z web1 su: \r\n<13>1 - - - - - - y\r\n' | parse >out
	is '["x","Jun 10 12:00:00 web1 su: x\r"]' "$(jq -c 'select(.message == "x") | [.message, .raw_text]' out)"
	is 0 "$(fields 'select(.message | test("\r"))' | wc -l)"
}

@test "a byte order mark at the start of a file is skipped" {
	printf '\357\273\277Jun 10 12:00:00 web1 su: x\n' >in
	parse in in >out
	is 'Jun 10 12:00:00 web1 su: x,Jun 10 12:00:00 web1 su: x' "$(fields .raw_text | paste -sd,)"
}

@test "a line of 1 MiB is whole, a longer one is cut and says so, the next is whole" {
	{
		printf 'Jun 10 12:00:00 web1 su: %1048550s|' x
		printf '\nJun 10 12:00:00 web1 su: %3000000s\n' x
		printf 'Jun 10 12:00:00 web1 su: short\n'
	} >in
	parse in >out
	is 'null 1951449 null' "$(fields .truncated | xargs)"
	is '1048576 1048576 30' "$(fields '.raw_text | length' | xargs)"
	is short "$(fields .message | tail -n 1)"
}

# --- ids

@test "ids are the same from a file, standard input, compressed, and in two runs" {
	auth_log 3000 >log
	parse log | cut -c 1-33 >wanted
	is 3020 "$(sort -u wanted | wc -l)"
	parse <log | cut -c 1-33 | cmp - wanted
	# shellcheck disable=SC2002
	cat log | parse | cut -c 1-33 | cmp - wanted
	gzip -k log
	parse log.gz | cut -c 1-33 | cmp - wanted
	parse <log.gz | cut -c 1-33 | cmp - wanted
	{ head -n 2000 log | parse && tail -n +2001 log | parse; } | cut -c 1-33 | cmp - wanted
}

@test "each file counts its repeated lines anew" {
	auth_log 10 >log
	parse log log >out
	is "$(head -n 30 out | cut -c 1-33)" "$(tail -n 30 out | cut -c 1-33)"
}

@test "the time in ids is sorted where the log is" {
	auth_log 3000 | parse | cut -c 8-17 | LC_ALL=C sort -c
	awk 'BEGIN { for (i = 0; i < 2000; i++) printf "2024-06-10T12:%02d:%02d.%03dZ web1 su: %d\n", i / 60 % 60, i % 60, i % 1000, i }' |
		parse >out
	LC_ALL=C sort -c out
}

@test "how lines come in, in which pieces, changes nothing" {
	{ auth_log 300 && head -c 20000 /dev/urandom; } >log
	parse log 2>/dev/null | jq -c 'del(.source_path)' >wanted
	# shellcheck disable=SC2002
	cat log | dd bs=7 status=none | parse 2>/dev/null | jq -c . | same /dev/stdin wanted
}

# --- time: date(1) is the oracle

@test "500 stamps with an offset are what date(1) says" {
	awk 'BEGIN {
		srand(7)
		for (i = 0; i < 500; i++) {
			printf "%04d-%02d-%02dT%02d:%02d:%02d", 1970 + rand() * 130, 1 + rand() * 12, 1 + rand() * 28, rand() * 24, rand() * 60, rand() * 60
			if (i % 3)
				printf ".%0*d", 1 + i % 6, rand() * 10 ^ (1 + i % 6)
			printf "%s\n", i % 5 ? sprintf("%s%02d:%02d", rand() < .5 ? "+" : "-", rand() * 15, int(rand() * 4) * 15) : "Z"
		}
	}' >stamps
	sed 's/$/ web1 su: x/' stamps | parse >out
	fields .date_stamp >shown
	sed 's/-00:00$/+00:00/' stamps | same shown /dev/stdin
	sed 's/T/ /' stamps >readable
	dates readable >wanted
	dates shown | cmp - wanted
	# The time in the id is that of the stamp, in milliseconds.
	fields '[.id[:10] | explode[] | [.] | implode | . as $c | "0123456789ABCDEFGHJKMNPQRSTVWXYZ" | index($c)] | reduce .[] as $d (0; . * 32 + $d)' >got
	sed 's/\.\(...\).*/\1/' wanted | same got /dev/stdin
}

# steady NAME: of points in time those around which the clocks of that zone do not change, for a fold shows two alike.
steady() {
	local shift
	cat >all
	for shift in -14400 0 14400; do
		awk -v shift="$shift" '{ printf "@%d\n", substr($1, 2) + shift }' all >shifted
		TZ=$1 date -f shifted +%z >"offset$shift"
	done
	paste all offset-14400 offset0 offset14400 | awk '$2 == $3 && $3 == $4 { print $1 }'
}

# in_zone NAME: 300 points in time, as that zone shows them, and what becomes of them.
in_zone() {
	awk -v seed="$2" 'BEGIN { srand(seed); for (i = 0; i < 300; i++) printf "@%d\n", 946684800 + rand() * 800000000 }' | steady "$1" >points
	TZ=$1 date -f points '+%Y-%m-%dT%H:%M:%S' >local
	TZ=$1 date -f points '+%Y-%m-%dT%H:%M:%S%:z' >wanted
	sed 's/$/ web1 su: x/' local | TZ=$1 parse >out
	fields .date_stamp | same /dev/stdin wanted
	# The same without a year, in one year.
	awk -v seed="$2" 'BEGIN { srand(seed); for (i = 0; i < 300; i++) printf "@%d\n", 1672617600 + rand() * 31000000 }' | steady "$1" >points
	TZ=$1 date -f points '+%b %e %H:%M:%S' >local
	TZ=$1 date -f points '+%Y-%m-%dT%H:%M:%S%:z' >wanted
	sed 's/$/ web1 su: x/' local | TZ=$1 siem-parse --reference 2023-12-31T12:00:00Z >out
	fields .date_stamp | same /dev/stdin wanted
}

@test "stamps without an offset are what date(1) says, in zones of all kinds" {
	[[ -e /usr/share/zoneinfo/Europe/Berlin ]] || skip "no time zones here"
	in_zone Europe/Berlin 1
	in_zone America/New_York 2
	in_zone Australia/Lord_Howe 3
	in_zone Asia/Kathmandu 4
	in_zone America/St_Johns 5
	in_zone Pacific/Apia 6
}

@test "in a gap the offset before it holds, in a fold the first of the two" {
	[[ -e /usr/share/zoneinfo/Europe/Berlin ]] || skip "no time zones here"
	printf '%s web1 su: x\n' 'Mar 31 01:59:59' 'Mar 31 02:30:00' 'Mar 31 03:00:00' | TZ=Europe/Berlin parse >out
	is '2024-03-31T01:59:59+01:00 2024-03-31T03:30:00+02:00 2024-03-31T03:00:00+02:00' "$(fields .date_stamp | xargs)"
	printf '%s web1 su: x\n' 'Oct 29 01:59:59' 'Oct 29 02:30:00' 'Oct 29 03:00:00' | TZ=Europe/Berlin parse >out
	is '2023-10-29T01:59:59+02:00 2023-10-29T02:30:00+02:00 2023-10-29T03:00:00+01:00' "$(fields .date_stamp | xargs)"
}

@test "-z is the offset of stamps that have none" {
	printf '%s web1 su: x\n' 'Jun 10 12:00:00' 2024-06-10T12:00:00 2024-06-10T12:00:00Z 2024-06-10T12:00:00+01:00 |
		TZ=Europe/Berlin parse -z -0330 >out
	is '2024-06-10T12:00:00-03:30 2024-06-10T12:00:00-03:30 2024-06-10T12:00:00Z 2024-06-10T12:00:00+01:00' \
		"$(fields .date_stamp | xargs)"
	run siem-parse -z Berlin
	is 2 "$status"
}

@test "a stamp in the minute of the one before is the stamp that it is alone" {
	local stamp
	for stamp in 2024-06-10T12:00:{00,59}{,.5,.123456,.1234567}{Z,+00:00,+02:00,-0330,z} \
		2024-06-10T12:00:{60Z,61Z,5xZ,00,00+99:00,00.Z} '2024-06-10 12:00:01Z' 2024-06-10t12:00:01Z \
		1969-12-31T23:59:58.25{Z,+01:00} 0000-06-10T12:00:00Z; do
		echo "$stamp web1 sshd[77]: x"
	done >lines
	shuf --random-source=<(yes) -r -n 2000 lines >many
	siem-parse -z Z --reference 2024-06-15T00:00:00Z many 2>/dev/null |
		jq -r 'if .format == "syslogiso" then .date_stamp else "none" end' >together
	# Each alone, with nothing to remember.
	sort -u lines | while IFS= read -r line; do
		printf '%s\t%s\n' "$line" "$(printf '%s\n' "$line" | siem-parse -z Z --reference 2024-06-15T00:00:00Z 2>/dev/null |
			jq -r 'if .format == "syslogiso" then .date_stamp else "none" end')"
	done >alone
	awk -F '\t' 'NR == FNR { stamp[$1] = $2; next } { print stamp[$0] }' alone many >expected
	diff expected together
	# Nothing remembered is no stamp either.
	! printf '%s\n' "$(printf 'x%.0s' {1..13})00 web1 sshd[77]: x" "$(printf 'x%.0s' {1..16}):00Z web1 sshd[77]: x" |
		tr x '\000' | siem-parse 2>/dev/null | jq -r .format | grep -v unparsed
}

@test "dates are strict, a second of 60 is one" {
	printf '%s web1 su: x\n' 'Feb 30 12:00:00' 'Jun 31 12:00:00' 'Jun 10 24:00:00' 'Jun 10 12:60:00' 'Jun 10 12:00:61' \
		2023-02-29T12:00:00Z 2024-13-01T12:00:00Z 2024-00-01T12:00:00Z | parse >out 2>/dev/null
	is 8 "$(fields 'select(.format == "unparsed")' | jq -s length)"
	printf '%s web1 su: x\n' 'Jun 30 23:59:60' 2016-12-31T23:59:60Z 'Feb 29 12:00:00' | parse >out
	is '2023-06-30T23:59:60+00:00 2016-12-31T23:59:60Z 2024-02-29T12:00:00+00:00' "$(fields .date_stamp | xargs)"
}

# --- years

# year_of STAMP REFERENCE: in a pipe.
year_of() {
	echo "$1 web1 su: x" | siem-parse -z Z --reference "$2" | jq -r '.date_stamp[:4]'
}

@test "a stamp without a year has the latest that does not put it after the reference and a day" {
	is 2023 "$(year_of 'Dec 31 23:59:59' 2024-01-01T00:00:05Z)"
	is 2024 "$(year_of 'Jan  1 00:00:05' 2023-12-31T23:59:58Z)"
	is 2024 "$(year_of 'Jan  1 23:59:58' 2023-12-31T23:59:58Z)"
	is 2023 "$(year_of 'Jan  1 23:59:59' 2023-12-31T23:59:58Z)"
	is 2024 "$(year_of 'Feb 29 12:00:00' 2026-06-01T00:00:00Z)"
	is 1896 "$(year_of 'Feb 29 12:00:00' 1904-02-01)"
	# The first and the last stamp of one minute, and the limit between them.
	printf 'Jun 10 12:00:%02d web1 su: x\n' 0 29 30 31 59 | siem-parse -z Z --reference 2024-06-09T12:00:30Z >out
	is '2024 2024 2024 2023 2023' "$(fields '.date_stamp[:4]' | xargs)"
}

@test "the reference of a file is when it was changed last, also where it is compressed" {
	echo 'Dec 31 23:59:59 web1 su: x' >log
	touch -d 2020-06-01 log
	siem-parse log >out
	is 2019 "$(fields '.date_stamp[:4]')"
	siem-parse <log >out
	is 2019 "$(fields '.date_stamp[:4]')"
	gzip log
	siem-parse log.gz >out
	is 2019 "$(fields '.date_stamp[:4]')"
}

@test "in a pipe each stamp stands for itself, and now is the reference" {
	date -u '+%b %e %H:%M:%S web1 su: x' >log
	date -u -d '2 days' '+%b %e %H:%M:%S web1 su: x' >>log
	# shellcheck disable=SC2002
	cat log | siem-parse -z Z >out
	is "$(date -u +%Y)" "$(fields '.date_stamp[:4]' | head -n 1)"
	[[ $(fields .date_stamp | tail -n 1) < $(date -u +%FT%T) ]] || fail "$(cat out)"
}

# A log over years, of a machine whose clock jumps back a little now and then; with its true years before it.
years_log() {
	awk -v seed="$1" -v from="$2" -v count="$3" 'BEGIN {
		srand(seed)
		t = from
		for (i = 0; i < count; i++) {
			t += int(rand() ^ 8 * 150 * 86400)
			print "@" (rand() < .1 ? t - int(rand() * 20 * 86400) : t)
		}
	}' >points
	date -u -f points '+%Y %b %e %H:%M:%S web1 su: x'
}

@test "in a file over several New Years the years count backwards from its end" {
	local seed last
	for seed in 1 2 3 4 5; do
		years_log "$seed" 1000000000 400 >true
		cut -d ' ' -f 2- true >log
		last=$(tail -n 1 points)
		touch -d "$last" log
		cut -c 1-4 true >wanted
		[[ $(sort -u wanted | wc -l) -ge 3 ]] || fail "seed $seed: only $(sort -u wanted | xargs)"
		siem-parse -z Z log >out
		fields '.date_stamp[:4]' | same /dev/stdin wanted
		# The position of standard input is not moved by reading ahead, and a compressed file is one as well.
		siem-parse -z Z <log | jq -r '.date_stamp[:4]' | same /dev/stdin wanted
		gzip -kf log
		touch -d "$last" log.gz
		siem-parse -z Z log.gz | jq -r '.date_stamp[:4]' | same /dev/stdin wanted
	done
}

# years DATE STAMP..: of a file that was changed at that date; one line for each stamp.
years() {
	local date=$1
	shift
	printf '%s 12:00:00 web1 su: x\n' "$@" >log
	touch -d "$date" log
	siem-parse log | jq -r '.date_stamp[:4]' | paste -sd ' '
}

@test "a wrong clock at the end of a file does not move the years before it" {
	[[ $(years 2024-07-11 'Jul  8' 'Jul 10' 'Jan  1') == "2024 2024 2024" ]]
	[[ $(years 2024-07-11 'Dec 30' 'Jul 10' 'Jan  1' 'Jan  1' 'Jan  2') == "2023 2024 2024 2024 2024" ]]
	[[ $(years 2024-08-11 'Aug  8' 'Aug 10' 'Dec 31') == "2024 2024 2023" ]]
	[[ $(years 2024-06-11 'Jun  8' 'Jun 10' 'Aug 10') == "2024 2024 2023" ]]
	# These are New Years, even where a file was changed later on.
	[[ $(years 2024-01-01 'Dec 30' 'Dec 31' 'Jan  1') == "2023 2023 2024" ]]
	[[ $(years 2024-01-02 'Jul 10' 'Jan  1') == "2023 2024" ]]
	[[ $(years 2024-07-01 'Dec 20' 'Dec 31' 'Jan  1') == "2023 2023 2024" ]]
	[[ $(years 2024-07-01 'Jul 10' 'Jan  1') == "2023 2024" ]]
	[[ $(years 2024-07-01 'Jan  1') == "2024" ]]
}

@test "late lines around New Year belong to the year before" {
	printf '%s web1 su: x\n' 'Dec 31 23:59:58' 'Jan  1 00:00:01' 'Dec 31 23:59:59' 'Jan  1 00:00:02' 'Jun  1 12:00:00' \
		'Sep  1 12:00:00' 'Dec 31 23:00:00' 'Jan  1 00:00:00' 'Dec 31 23:59:59.5' 'Jan  1 00:00:03' >log
	siem-parse -z Z --reference 2020-02-01 log >out
	is '2018 2019 2018 2019 2019 2019 2019 2020 2019 2020' "$(fields '.date_stamp[:4]' | xargs)"
}

# --- formats: each line of the samples and what it gives

@test "RFC 5424: structured data, escapes, byte order mark" {
	printf '%s\n' '<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut="3" eventSource="App\"lication" eventID="1\]\\0"][x y="1" y="2"] An event' |
		sed 's/An event/\xef\xbb\xbf&/' | parse >out
	is '{"exampleSDID@32473":{"iut":"3","eventSource":"App\"lication","eventID":"1]\\0"},"x":{"y":["1","2"]}}' "$(jq -c .extended.sd out)"
	is 'An event 20 5 ID47' "$(fields '"\(.message) \(.facility) \(.severity) \(.extended.msgid)"')"
}

@test "what is read in spite of a fault says so" {
	printf '%s\n' '<192>Jun 10 12:00:00 web1 su: x' '<13>1 2024-06-10T12:00:00Z web1 app 77 ID1 [a b="c] x' \
		'<999>1 2024-06-10T12:00:00Z web1 app 77 ID1 [a b="c] x' | parse >out
	is 3 "$(fields 'select(.extended.parse_error).format' | wc -l)"
	is '[a b="c] x' "$(fields .message | tail -n 1)"
	jq -c . out >/dev/null
}

@test "a text that JSON must escape comes out as it went in" {
	printf '%s\n' 'Jun 10 12:00:00 "we\b1" s"u\[7]: C:\dir "quoted" {"a":1}' | parse >out
	is '"we\b1" s"u\ 7 C:\dir "quoted" {"a":1}' "$(fields '"\(.log_source) \(.source_process) \(.source_pid) \(.message)"')"
}

# --- failures

@test "a file that cannot be read is told, the others are read, and the status is 3" {
	echo 'Jun 10 12:00:00 web1 su: x' >log
	run -3 parse --no-raw nowhere log
	has "$output" 'nowhere: No such file'
	has "$output" '"message":"x"'
	head -c 50 /dev/urandom | cat <(printf '\037\213\010') - >bad.gz
	run -3 parse bad.gz
	run -3 parse .
}

@test "--progress shows nothing where standard error is no terminal, and ends on a clean line where it is" {
	auth_log 2000 >log
	parse -q --progress log 2>err >/dev/null
	[[ ! -s err ]] || fail "$(cat err)"
	command -v script >/dev/null || skip "no script(1)"
	mkfifo pipe
	{ cat log && sleep 0.8 && cat log && sleep 0.8 && cat log; } >pipe &
	script -qec "siem-parse -q --progress pipe >/dev/null" /dev/null >said </dev/null
	grep -qF 'kB/s' said || fail "$(cat -v said)"
	is $'\r\e[K' "$(tail -c 4 said)"
}
