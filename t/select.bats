# siem-select: what is asked for comes back, as jq finds it in the same events, on each kind of store.
# SPDX-License-Identifier: MIT

bats_require_minimum_version 1.5.0

load lib
load lib-stores

setup_file() {
	export BATS_FILE_TMPDIR
	stores_begin
	cd "$BATS_FILE_TMPDIR" || return
	siem-parse --reference 2026-01-15T00:00:00Z "$ROOT/examples/auth.log" |
		siem-helper -p "$ROOT/rules/helpers_auth.json" >parsed
	# Some of what no sshd logs: ports, protocols, severities, offsets, numbers and lists in extended.
	jq -c 'select(.source_pid != null and .source_pid % 7 == 0 and .id[25:] != "Z")
		| .dest_host = "10.0.0.\(.source_pid % 5)" | .dest_port = 22 + .source_pid % 3 | .protocol = "tcp"
		| .severity = .source_pid % 8 | .id = .id[0:25] + "Z"' parsed >odd
	LC_ALL=C sort -u parsed odd >all
	store_name all >name
	siem-store -d "$(cat name)" all
	siem-window -r "$ROOT/rules/auth.json" parsed | siem-store -d "$(cat name)"
	jq -c '.rules_auth[]' "$ROOT/rules/auth.json" | siem-store -d "$(cat name)"
}

teardown_file() {
	stores_end
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	STORE=$(cat "$BATS_FILE_TMPDIR/name")
}

selected() {
	timeout 60 siem-select -d "$STORE" "$@"
}

# own NAME: a store of this test alone.
own() {
	OWN=$(store_name "$1")
}

# agrees JQ ARGS..: siem-select with ARGS gives the events for which JQ is true, and there are some.
agrees() {
	local filter=$1
	shift
	# jq writes numbers and texts its own way, so it says which events, and the lines are taken from the file.
	jq -c "select($filter) | .id" "$BATS_FILE_TMPDIR/all" | tr -d '"' >ids
	LC_ALL=C grep -F -f ids "$BATS_FILE_TMPDIR/all" >wanted || true
	[[ -s ids ]] || fail "jq finds nothing: $filter"
	selected "$@" >got || fail "nothing found: $*"
	same got wanted
}

@test "without options: all events, byte for byte, sorted" {
	selected >got
	same got "$BATS_FILE_TMPDIR/all"
	LC_ALL=C sort -c got
}

@test "each word of siemquery" {
	agrees '.source_host == "203.0.113.66" or .log_source == "203.0.113.66" or .log_source == "web1"' --shost web1 --shost 203.0.113.66
	agrees '.source_process == "sshd"' --process sshd
	agrees '.source_process == "sshd" or .source_process == "sudo"' --process sshd --process SUDO
	agrees '.source_pid == 15968' --pid 15968
	agrees '.dest_host == "10.0.0.1"' --dhost 10.0.0.1
	agrees '.dest_port == 23' --dport 23
	agrees '.protocol == "tcp"' --protocol TCP
	agrees '.message | test("failed|incorrect"; "i")' --grep 'FAILED|incorrect'
	local port
	port=$(jq -r '.source_port // empty' "$BATS_FILE_TMPDIR/all" | head -n 1)
	agrees ".source_port == $port" --sport "$port"
}

@test "the opposites filter out, also what lacks the field" {
	agrees '.source_host != "203.0.113.66" and .log_source != "web1"' --rshost web1 --rshost 203.0.113.66
	agrees '.source_process != "sshd" and .source_process != "CRON"' --rprocess sshd --rprocess cron
	agrees '.source_pid != 15968' --rpid 15968
	agrees '.dest_host != "10.0.0.1"' --rdhost 10.0.0.1
	agrees '.dest_port != 23' --rdport 23
	agrees '.protocol != "tcp"' --rprotocol tcp
	agrees '.message | test("pam|session"; "i") | not' --rgrep pam --rgrep SESSION
	local port
	port=$(jq -r '.source_port // empty' "$BATS_FILE_TMPDIR/all" | head -n 1)
	agrees ".source_port != $port" --rsport "$port"
}

@test "values of one option are alternatives, options must all hold" {
	agrees '(.source_process == "sshd" or .source_process == "sudo") and .log_source == "web1" and
		(.message | test("fail"; "i")) and (.message | test("invalid") | not)' \
		--process sshd --process sudo --shost web1 --grep fail --rgrep invalid
}

@test "ids are found at once, any of several, whatever else is asked" {
	local first last
	first=$(head -n 1 "$BATS_FILE_TMPDIR/all" | cut -c 8-33)
	last=$(tail -n 1 "$BATS_FILE_TMPDIR/all" | cut -c 8-33)
	agrees ".id == \"$first\" or .id == \"$last\"" --id "$last" --id "$first"
	agrees ".id == \"$first\"" --id "${first,,}"
	run selected --id "$first" --rprocess '*'
	[[ $status == 1 && -z $output ]]
}

@test "criteria of rules: -w and --where" {
	agrees '.severity != null and .severity <= 4' -w 'severity|lte=4'
	agrees '.user == "root"' -w user=ROOT
	agrees '(.extended.users // []) | any(. == "root")' -w extended.users=root
	agrees '.user == "root" and .source_process == "sshd"' -w user=root -w source_process=sshd
	agrees '.user == null' -w 'user|exists=false'
	agrees '(.message | startswith("Failed")) and .source_process == "sshd"' -w 'message|startswith|cased=Failed' --process sshd
	echo '{"source_process": ["sshd", "su*"], "not": {"message|contains": "invalid"}}' >where.json
	agrees '(.source_process | IN("sshd", "su", "sudo")) and (.message | ascii_downcase | contains("invalid") | not)' --where where.json
	mkdir sub
	jq -r '.user // empty' "$BATS_FILE_TMPDIR/all" | sort -u | head -n 2 >sub/users
	echo '{"user|in": "users"}' >sub/where.json
	agrees "(.user // \"\") | IN($(jq -Rc . sub/users | paste -sd,))" --where sub/where.json
}

# --- time

@test "--range: both ends included, four- and two-digit years" {
	agrees '.date_stamp >= "2025-12-30T10:00:00" and .date_stamp < "2025-12-30T12:00:01"' \
		--range 20251230100000-20251230120000
	agrees '.date_stamp >= "2025-12-30T10:00:00" and .date_stamp < "2025-12-30T12:00:01"' \
		--range 251230100000-20251230120000
	local one
	one=$(jq -r .date_stamp "$BATS_FILE_TMPDIR/all" | sed -n 2000p | cut -c 1-19)
	agrees ".date_stamp[0:19] == \"$one\"" --range "${one//[-T:]/}-${one//[-T:]/}"
}

@test "--range is local time, daylight saving included, or that of -z" {
	local wanted='.date_stamp >= "2025-12-30T10:00:00" and .date_stamp < "2025-12-30T12:00:01"'
	agrees "$wanted" -z +0500 --range 20251230150000-20251230170000
	TZ=America/New_York agrees "$wanted" --range 20251230050000-20251230070000
	# In summer it is another hour.
	printf '2024-06-10T%s:30:00Z here x: summer\n' 07 08 09 | siem-parse | siem-store -d sqlite:summer.db
	TZ=Europe/Berlin siem-select -d sqlite:summer.db --range 20240610100000-20240610105959 >got
	[[ $(jq -r .date_stamp got) == 2024-06-10T08:30:00Z ]]
}

@test "--last is what came before now" {
	agrees '.date_stamp >= "2025-12-31T22:00:00" and .date_stamp <= "2026-01-01T01:00:00"' \
		--last 3h --now 2026-01-01T01:00:00Z
	agrees '.date_stamp >= "2025-12-31T22:00:00" and .date_stamp <= "2026-01-01T01:00:00"' \
		--last 180m --now '2026-01-01 06:00' -z +0500
	# With the clock of the machine, what comes from the future is not hidden.
	printf '%s here future: hello\n' "$(date -u -d '+1 hour' +%FT%TZ)" | siem-parse | siem-store -d sqlite:now.db
	printf '%s here past: hello\n' "$(date -u -d '-1 hour' +%FT%TZ)" | siem-parse | siem-store -d sqlite:now.db
	siem-select -d sqlite:now.db --last 10m >got
	grep -q future got
	[[ $(wc -l <got) == 1 ]]
}

@test "--last of no length is misuse, not everything" {
	run siem-select -d sqlite:m.db --last 0s
	[[ $status == 2 ]]
	has "$output" "--last 0s"
}

@test "the last moment of a range belongs to it" {
	printf '2024-06-10T12:00:0%sZ here x: hello\n' 0.000000 0.999999 1.000000 | siem-parse | siem-store -d sqlite:m.db
	[[ $(siem-select -d sqlite:m.db --range 20240610120000-20240610120000 | wc -l) == 2 ]]
	[[ $(siem-select -d sqlite:m.db --last 1s --now 2024-06-10T12:00:00.999999Z | wc -l) == 2 ]]
	[[ $(siem-select -d sqlite:m.db --last 1ms --now 2024-06-10T12:00:01Z | wc -l) == 2 ]]
}

@test "years of two digits are 1969 to 2068" {
	printf '%s-06-10T12:00:00Z here x: hello\n' 1970 1999 2024 2068 | siem-parse | siem-store -d sqlite:y.db
	years() {
		siem-select -d sqlite:y.db --range "$1" | jq -r '.date_stamp[0:4]' | paste -sd' '
	}
	[[ $(years 690101000000-991231235959) == "1970 1999" ]]
	[[ $(years 000101000000-681231235959) == "2024 2068" ]]
	[[ $(years 690101000000-681231235959) == "1970 1999 2024 2068" ]]
}

@test "a range that holds nothing: status 1, nothing written" {
	run selected --range 19700101000000-19700102000000
	[[ $status == 1 && -z $output ]]
	run selected --process nobody
	[[ $status == 1 && -z $output ]]
}

@test "times that are none are misuse" {
	local range
	for range in 2025 20251230100000 20251230100000-2025 20251330100000-20251330100001 20250230000000-20250301000000 \
		20251230120000-20251230100000 'x-y' -- ' 20251230100000-20251230120000' 20251230100000-20251230120000-; do
		run selected --range "$range"
		[[ $status == 2 ]] || fail "$range: $status"
	done
	run selected --last 5x
	[[ $status == 2 ]]
	run selected --last 5m --now yesterday-ish
	[[ $status == 2 ]]
	run selected --last 5m --range 20251230100000-20251230120000
	[[ $status == 2 ]]
	run selected -t rules --last 5m
	[[ $status == 2 ]]
	has "$output" "rules, which have no time"
}

# --- how it comes

@test "--reverse and --limit: the latest, the first" {
	selected --reverse >got
	tac "$BATS_FILE_TMPDIR/all" >wanted
	same got wanted
	selected --reverse --limit 3 --process sshd >got
	selected --process sshd | tail -n 3 | tac >wanted
	same got wanted
	selected --limit 5 >got
	head -n 5 "$BATS_FILE_TMPDIR/all" >wanted
	same got wanted
}

@test "tables of other kinds: SIEM events by time, rules by name" {
	selected -t siem | jq -r .id >got
	sort -c got
	[[ -s got ]]
	selected -t rules | jq -r .name >got
	LC_ALL=C sort -c got
	[[ $(selected -t rules | wc -l) == $(jq '.rules_auth | length' "$ROOT/rules/auth.json") ]]
	selected -t rules -w "name=$(head -n 1 got)" | jq -e .when >/dev/null
}

@test "--verbose shows the SQL, and what is decided about each record" {
	run selected --verbose --process sshd --limit 1
	has "$output" 'SELECT id, line, seq FROM "siemstress_events"'
	has "$output" '"source_process":["sshd"]'
}

@test "the evidence of an alert is found by its ids" {
	selected -t siem -w 'phase=close' --limit 1 | jq -r '.source_ids[]' >ids
	[[ -s ids ]]
	mapfile -t ids < <(sed 's/^/--id=/' ids)
	[[ $(selected "${ids[@]}" | wc -l) == $(sort -u ids | wc -l) ]]
}

@test "hostile values are only values" {
	local value
	for value in "'" '"' "' or '1'='1" "'; drop table events; --" '%' '_' '\' '*[' $'\xff' $'\e[31m' '(?{1})' 'a{1,99999}' \
		"$(printf 'x%.0s' {1..5000})"; do
		for option in --id --shost --sport --process --pid --dhost --protocol --grep --rgrep; do
			run selected $option "$value" --limit 1
			((status <= 2)) || fail "$option '$value': $status $output"
			! LC_ALL=C grep -qP '[\x00-\x08\x0b-\x1f\x7f]' <<<"$output" || fail "control characters: $option"
		done
	done
	selected >got
	same got "$BATS_FILE_TMPDIR/all"
}

@test "an expression that would take for ever gives up, and that is told" {
	own f
	printf '2024-06-10T12:00:00Z here x: %s!\n' "$(printf 'a%.0s' {1..40})" | siem-parse | siem-store -d "$OWN"
	run timeout 20 siem-select -d "$OWN" --grep '^(a+)+$'
	[[ $status == 1 ]]
	has "$output" "gave up on 1 record"
}

@test "a missing table is told, with the tables that there are" {
	run selected -t nope
	[[ $status == 3 ]]
	has "$output" "no table nope; there are: events, rules, siem"
	run selected events
	[[ $status == 2 ]]
}

@test "a damaged record is told and passed over, the others are found" {
	own f
	events 3 | siem-store -d "$OWN"
	ask "update siemstress_events set line = 'x' where id like '%2'" f
	run siem-select -d "$OWN" --process sshd
	[[ $status == 1 ]]
	has "$output" "a record is damaged"
	[[ $(grep -c Failed <<<"$output") == 2 ]]
}

# --- what is told of records instead of them

# counts JQ: how often each value that jq gives was there, the top first, as lines of values with tabs, then the count.
counts() {
	jq -r "$1" "$BATS_FILE_TMPDIR/all" | LC_ALL=C sort | uniq -c | awk '{ n = $1; sub(/^ *[0-9]+ /, ""); print n "\t" $0 }' |
		LC_ALL=C sort -t "$(printf '\t')" -k 1,1nr -k 2
}

@test "--count: as many as come without it" {
	for asked in "" "--process sshd" "-w user=root --rgrep invalid" "--last 7d --now 2025-12-31T00:00:00Z"; do
		# shellcheck disable=SC2086
		[[ $(selected --count $asked) == "$(selected $asked | wc -l)" ]] || fail "$asked"
	done
	[[ $(selected --count --limit 7) == 7 ]]
	run selected --count --process nobody
	[[ $status == 1 && $output == 0 ]]
}

@test "--by: how often each value was found, the top first" {
	selected --by user | jq -r '[.count, (.user | tojson)] | @tsv' | tr -d '"' >got
	counts '.user // "null"' >wanted
	same got wanted
	selected --by user --limit 3 | jq -r '[.count, (.user | tojson)] | @tsv' | tr -d '"' >got
	same got <(head -n 3 wanted)
	selected --by source_process --by severity -w 'severity|exists=true' |
		jq -r '[.count, .source_process, .severity] | @tsv' >got
	counts 'select(.severity != null) | "\(.source_process)\t\(.severity)"' >wanted
	same got wanted
}

@test "--by: each member of a list counts, and once where it stands twice" {
	own l
	cat >in <<-'END'
		{"id":"01J00000000000000000000001","date_stamp":"2024-06-10T12:00:00Z","extended":{"users":["a","b","a"]}}
		{"id":"01J00000000000000000000002","date_stamp":"2024-06-10T12:00:00Z","extended":{"users":["b","x\"\u0001"]}}
		{"id":"01J00000000000000000000003","date_stamp":"2024-06-10T12:00:00Z","extended":{"users":[]}}
		{"id":"01J00000000000000000000004","date_stamp":"2024-06-10T12:00:00Z","extended":{"users":12}}
	END
	siem-store -d "$OWN" in
	siem-select -d "$OWN" --by extended.users >got
	cat >wanted <<-'END'
		{"extended.users":"b","count":2}
		{"extended.users":"a","count":1}
		{"extended.users":"x\"\u0001","count":1}
		{"extended.users":12,"count":1}
		{"extended.users":null,"count":1}
	END
	same got wanted
}

@test "--histogram: each span has its count, empty ones too, and the sum is that of --count" {
	selected --histogram 1h -z +0530 >got
	# In India, hours begin at half past in UTC.
	jq -r '.date_stamp | sub("\\.[0-9]+"; "") | sub("Z$"; "+00:00")' "$BATS_FILE_TMPDIR/all" |
		python3 -c 'import sys
from datetime import datetime, timedelta, timezone
zone, count = timezone(timedelta(hours=5.5)), {}
for line in sys.stdin:
    hour = datetime.fromisoformat(line.strip()).astimezone(zone).replace(minute=0, second=0)
    count[hour] = count.get(hour, 0) + 1
hour = min(count)
while hour <= max(count):
    print("{\"date_stamp\":\"%s\",\"count\":%d}" % (hour.isoformat(), count.get(hour, 0)))
    hour += timedelta(hours=1)' >wanted
	same got wanted
	[[ $(jq .count got | paste -sd+ | bc) == "$(selected --count)" ]]
}

@test "--histogram with --by: for each span what --by gives of it" {
	selected --histogram 1d -z UTC --by source_process --limit 2 >got
	local day
	selected --histogram 1d -z UTC | jq -r 'select(.count > 0) | .date_stamp[0:10]' | while read -r day; do
		selected --since "$day" --until "$(date -u -d "$day + 1 day" +%F)" -z UTC --by source_process --limit 2 |
			jq -c "{date_stamp: \"${day}T00:00:00+00:00\"} + ."
	done >wanted
	same got wanted
}

@test "--histogram: days are those of the clock, also where it is changed; one wrong stamp writes no million lines" {
	own d
	stamped() {
		printf '{"id":"%s","date_stamp":"%s"}\n' "$2" "$1"
	}
	# 2024-03-30T23:30Z, 2024-03-31T21:59Z and 22:00Z: in Berlin that day has 23 hours.
	{
		stamped 2024-03-30T23:30:00Z 01HT8V5N600000000000000001
		stamped 2024-03-31T21:59:59Z 01HTB8DHRR0000000000000001
		stamped 2024-03-31T22:00:00Z 01HTB8DJR00000000000000001
	} | siem-store -d "$OWN"
	TZ=Europe/Berlin siem-select -d "$OWN" --histogram 1d >got
	cat >wanted <<-'END'
		{"date_stamp":"2024-03-31T00:00:00+01:00","count":2}
		{"date_stamp":"2024-04-01T00:00:00+02:00","count":1}
	END
	same got wanted
	stamped 1970-01-01T00:00:00Z 00000000000000000000000001 | siem-store -d "$OWN"
	siem-select -d "$OWN" --histogram 1s >got 2>told
	[[ $(wc -l <got) == 20004 ]]
	has "$(cat told)" "empty spans are not shown"
}

@test "--ids-from: the evidence of alerts, that of plain ids, and what is missing is told" {
	selected -t siem --limit 3 >alerts
	jq -r '.source_ids[]' alerts | LC_ALL=C sort -u >ids
	LC_ALL=C grep -F -f ids "$BATS_FILE_TMPDIR/all" >wanted
	selected --ids-from - <alerts >got
	same got wanted
	selected --ids-from ids >got
	same got wanted
	selected --ids-from <(cut -c 1-40 wanted | cut -c 8-33 | sed 's/^/ /; s/$/\r/') --reverse >got
	same got <(tac wanted)
	[[ $(selected --ids-from ids --process sshd --count) == "$(jq -r 'select(.source_process == "sshd") | .id' wanted | wc -l)" ]]
	[[ $(selected --ids-from ids --limit 2 | wc -l) == 2 ]]
	{
		cat ids
		echo 01ARZ3NDEKTSV4RRFFQ69G5FAV
		echo "what is this"
	} >more
	run --separate-stderr selected --ids-from more
	[[ $status == 1 && $output == "$(cat wanted)" ]]
	# shellcheck disable=SC2154
	has "$stderr" "1 of $(($(wc -l <ids) + 1)) ids are not there"
	has "$stderr" "more:$(wc -l <more): no id"
	run selected --ids-from missing
	[[ $status == 3 ]]
}

@test "--since and --until: from the one on, and earlier than the other" {
	agrees '.date_stamp[0:19] >= "2025-12-29T00:00:00" and .date_stamp[0:19] < "2025-12-29T12:00:00"' \
		--since 2025-12-29 --until "2025-12-29 12:00" -z UTC
	agrees '.date_stamp[0:19] < "2025-12-29T12:00:00"' --until 2025-12-29T12:00:00Z
	[[ $(($(selected --until 2025-12-29 --count) + $(selected --since 2025-12-29 --count))) == "$(selected --count)" ]]
}

@test "--stats: each table, its rows, its times" {
	selected --stats -z UTC >got
	[[ $(jq -r '.table + " " + .kind' got | paste -sd,) == "events events,rules rules,siem siem" ]]
	local table
	for table in events siem rules; do
		[[ $(jq "select(.table == \"$table\") | .rows" got) == "$(selected -t "$table" --count)" ]]
		[[ $(jq "select(.table == \"$table\") | .bytes" got) -gt 1000 ]]
	done
	[[ $(jq -r 'select(.table == "events") | .first[0:23]' got) == "$(jq -r .date_stamp "$BATS_FILE_TMPDIR/all" | LC_ALL=C sort | head -n 1 | cut -c 1-19).000" ]]
	[[ $(jq -r 'select(.table == "events") | .last[0:19]' got) == "$(jq -r .date_stamp "$BATS_FILE_TMPDIR/all" | LC_ALL=C sort | tail -n 1 | cut -c 1-19)" ]]
	[[ $(jq -r 'select(.table == "rules") | .first' got) == null ]]
	selected --stats -t siem -z UTC >one
	same one <(grep '"siem"' got)
	run selected --stats -t nothing
	[[ $status == 3 ]]
	has "$output" "no table nothing"
}

@test "what cannot be meant together is misuse" {
	for asked in "--last 1h --since 2024-06-10" "--since 2024-06-10 --until 2024-06-10" "--since 31.12." "--count --by user" \
		"--histogram 1h --reverse" "--follow --count" "--follow --ids-from x" "--by a..b" "--histogram 10us" \
		"-t rules --histogram 1h" "-t rules --ids-from /dev/null"; do
		# shellcheck disable=SC2086
		run selected $asked
		[[ $status == 2 ]] || fail "$asked: $status"
	done
}

@test "what is asked for is found however it is written: escapes, any case, signs of SQL" {
	own w
	cat >in <<-'END'
		{"id":"01J00000000000000000000001","date_stamp":"2024-06-10T12:00:00Z","message":"Failed 100%_sure|yes"}
		{"id":"01J00000000000000000000002","date_stamp":"2024-06-10T12:00:00Z","message":"\u0046AILED 100%_sure|yes"}
		{"id":"01J00000000000000000000003","date_stamp":"2024-06-10T12:00:00Z","message":"failed 100x_sure|yes"}
		{"id":"01J00000000000000000000004","date_stamp":"2024-06-10T12:00:00Z","message":"f\u00e4iled \/etc\/passwd ß Ärger"}
		{"id":"01J00000000000000000000005","date_stamp":"2024-06-10T12:00:00Z","message":"fäiled /etc/passwd ss arger \\ it's \"quoted\""}
		{"id":"01J00000000000000000000006","date_stamp":"2024-06-10T12:00:00Z","user":"passwd","message":"😀 nothing"}
		{"id":"01J00000000000000000000007","date_stamp":"2024-06-10T12:00:00Z","message":"aſk 5K, or 5K"}
	END
	siem-store -d "$OWN" in
	found() { # IDS ARGS..: the last digits of what is found
		[[ $(siem-select -d "$OWN" "${@:2}" 2>told | jq -r '.id[25:]' | paste -sd' ') == "$1" ]] || fail "${*:2}: wanted $1; $(cat told)"
	}
	found "1 2 3" --grep failed
	found "1 2" --grep '100%_sure\|yes'
	found "1 2" -w 'message|contains=FAILED 100%_SURE|YES'
	found "4 5" --grep 'fäiled'
	found "4 5" --grep '/etc/passwd'
	found "4 5" -w 'message|contains=/etc/passwd'
	found "4" -w 'message|contains=ß'
	found "5" -w 'message|contains=\ it'
	found "5" --grep '\\ it'\''s "quoted"'
	found "6" -w 'user=PASSWD'
	found "6" --grep 😀
	found "7" --grep 'ask 5k'
	found "1 2 3 6" --grep failed --grep nothing
	found "1 2" -w 'message|cased=F*'
	echo '[{"message|contains": "sure"}, {"user": "passwd"}]' >or.json
	found "1 2 3 6" --where or.json
	echo '{"not": {"message|contains": "sure"}}' >not.json
	found "4 5 6 7" --where not.json
}

# --- following

@test "--follow gives what is there, then what is stored, in that order, until SIGTERM" {
	own f
	event 5 | siem-store -d "$OWN"
	siem-select -d "$OWN" --follow >got &
	local pid=$!
	wait_until 5 grep -q 'password 5"' got
	event 9 | siem-store -d "$OWN"
	wait_until 5 grep -q 'password 9"' got
	event 2 | siem-store -d "$OWN" # a late one
	wait_until 5 grep -q 'password 2"' got
	kill -TERM "$pid"
	wait "$pid"
	[[ $(jq -r .source_pid got | paste -sd' ') == "5 9 2" ]]
}

@test "--follow keeps to what is asked, and sees changed SIEM events again" {
	own f
	alert() {
		printf '{"id":"01J0000000000000000000000%d","date_stamp":"2024-06-10T12:00:00Z","phase":"%s","source_rule":"r%d","event_count":%d}\n' \
			"$1" "$2" "$1" "$3" | siem-store -d "$OWN"
	}
	alert 1 open 8
	alert 2 open 8
	siem-select -d "$OWN" -t siem -w source_rule=r1 --follow --limit 2 >got &
	local pid=$!
	wait_until 5 grep -q open got
	alert 2 close 9
	alert 1 close 9
	wait "$pid"
	[[ $(jq -r '.source_rule + " " + .phase' got | paste -sd,) == "r1 open,r1 close" ]]
}

@test "--follow ends when nobody reads any more" {
	own f
	event 1 | siem-store -d "$OWN"
	# shellcheck disable=SC2216
	timeout 10 siem-select -d "$OWN" --follow | head -n 1 >got
	[[ ${PIPESTATUS[0]} != 124 ]]
	[[ -s got ]]
}

@test "--follow misses and doubles nothing while others write" {
	own f
	seq 1 3000 | awk '{ printf "{\"id\":\"01J00%021d\",\"date_stamp\":\"2024-06-10T12:00:00Z\"}\n", $1 }' >in
	head -n 1000 in | siem-store -d "$OWN"
	tail -n +1001 in | siem-store -d "$OWN" --batch 20 &
	timeout 30 siem-select -d "$OWN" --follow --limit 3000 >got
	wait
	LC_ALL=C sort got >sorted
	same sorted in
}
