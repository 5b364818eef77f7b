# What every program promises (design, section 7), asked of every program there is.
# SPDX-License-Identifier: MIT

load lib

# What a program reads; one that is not listed here fails the first test.
reads() {
	case $1 in
	siem-parse) echo lines ;;
	siem-helper | siem-window | siem-store | siem-table) echo events ;;
	siem-select) echo store ;;
	*) return 1 ;;
	esac
}

# go NAME ARGS..: the program with what it needs to write something for each event.
go() {
	local name=$1
	shift
	case $name in
	siem-parse) set -- -q --host here "$@" ;;
	siem-window) set -- -r "$BATS_FILE_TMPDIR/every.json" "$@" ;;
	siem-store) set -- -d sqlite:store.db --tee "$@" ;;
	siem-select) set -- -d "sqlite:$BATS_FILE_TMPDIR/full.db" "$@" ;;
	esac
	timeout 60 "$name" "$@"
}

# Good input for a program: COUNT lines from FIRST on.
good() {
	if [[ $(reads "$1") == lines ]]; then
		log_lines "$2" "${3:-1}"
	else
		events "$2" "${3:-1}"
	fi
}

# input NAME COUNT: the file in, empty for a program that reads a store.
input() {
	: >in
	[[ $(reads "$1") == store ]] || good "$1" "$2" >in
}

# try COMMAND..: its status in $status, what it wrote in the files out and err.
try() {
	status=0
	"$@" >out 2>err || status=$?
}

# gave STATUS: the status of the last try.
gave() {
	[[ $status == "$1" ]] || fail "status $status, not $1; it said: $(head -c 2000 err)"
}

# wrote NUMBER..: the messages of these lines, each at least once and no others, are in out.
wrote() {
	printf 'Failed password %d\n' "$@" >wanted
	grep -aoE 'Failed password [0-9]+' out | uniq | sort -u -k3n >got || true
	same got wanted
}

# Words came, and nothing in them moves a terminal.
spoke() {
	[[ -s err ]] || fail "not a word"
	quiet_terminal err
	for word; do
		has "$(cat err)" "$word"
	done
}

quiet_terminal() {
	lacks '[\x00-\x08\x0b-\x1f\x7f]' "$1"
}

silent() {
	[[ ! -s err ]] || fail "it said: $(head -c 2000 err)"
}

# each KIND CHECK: runs a check for each program that reads KIND ("any": all of them), each in a folder of its own.
each() {
	local name failed='' kind=$1 check=$2 asked=0
	for name in $(programs); do
		[[ $kind == any || " $kind " == *" $(reads "$name") "* ]] || continue
		asked=1
		mkdir -p "$BATS_TEST_TMPDIR/$name"
		(cd "$BATS_TEST_TMPDIR/$name" &&
			bash -eE -c '. "$0"; trap "echo \"failed: \$BASH_COMMAND\" >&2" ERR; "$@"' \
				"$BATS_FILE_TMPDIR/functions" "$check" "$name") || failed="$failed $name"
	done
	((asked)) || skip "no such program yet"
	[[ -z $failed ]] || fail "broken by:$failed"
}

setup_file() {
	export BATS_FILE_TMPDIR
	cat >"$BATS_FILE_TMPDIR/every.json" <<-'END'
		[{"name": "every", "severity": 5, "when": {"message|contains": "Failed"}, "by": ["source_pid"],
		  "event_limit": 0, "time_int": 1, "message": "{message}"}]
	END
	events 3000 | sed 's/"source_pid"/"mine":[1, 2.50],&/' >"$BATS_FILE_TMPDIR/full.jsonl"
	if [[ -x $SIEM_BUILD/siem-store ]]; then
		siem-store -d "sqlite:$BATS_FILE_TMPDIR/full.db" "$BATS_FILE_TMPDIR/full.jsonl"
	fi
	declare -f >"$BATS_FILE_TMPDIR/functions"
}

@test "every program is known to this suite, and built" {
	local name
	for name in $(programs); do
		reads "$name" || fail "say in reads() what $name reads"
		[[ -x $SIEM_BUILD/$name ]] || fail "$name is not built"
	done
}

# --- options

help() {
	try "$1" -h
	gave 0
	silent
	[[ $(head -n 1 out) == "usage: $1 "* ]] || fail "first line: $(head -n 1 out)"
	mv out short
	try "$1" --help
	gave 0
	same out short
}

@test "-h shows the usage on standard output" {
	each any help
}

version() {
	try "$1" --version
	gave 0
	silent
	grep -qxE "$1 \(siemstress\) [0-9]+\.[0-9]+\.[0-9]+" out
}

@test "--version tells name and version" {
	each any version
}

help_full() {
	local option
	for option in -h --version; do
		status=0
		"$1" "$option" >/dev/full 2>err || status=$?
		gave 3
		spoke
	done
}

@test "-h and --version notice a full disk" {
	each any help_full
}

# Nothing was read from standard input, nothing written.
misuse() {
	good siem-parse 3 >in
	{
		status=0
		timeout 60 "$@" >out 2>err || status=$?
		cat >rest
	} <in
	gave 2
	same rest in
	[[ ! -s out ]] || fail "standard output: $(head out)"
	spoke
}

unknown_option() {
	misuse "$1" --no-such-option-at-all
	misuse "$1" --no-such-option-at-all=1
	misuse "$1" -%
	misuse "$1" $'--\e[31m\xff'
	misuse "$1" $'-\e'
}

@test "an unknown option is misuse: status 2, words, nothing read, nothing written" {
	each any unknown_option
}

long_options() {
	"$1" -h | grep -oE '^ .{5}--[a-z-]+' | grep -oE -- '--[a-z-]+'
}

misspelt() {
	local option
	for option in $(long_options "$1"); do
		misuse "$1" "${option}x"
		has "$(cat err)" "did you mean $option?"
		misuse "$1" "${option%?}" # no abbreviations: they would change their meaning with the next option
	done
}

@test "a misspelt option names the nearest" {
	each any misspelt
}

missing_value() {
	local option
	for option in $("$1" -h | grep -oE -- '^ .{5}--[a-z-]+ [A-Z]+' | grep -oE -- '--[a-z-]+'); do
		misuse "$1" "$option"
		spoke "$option"
	done
	for option in $("$1" -h | grep -oE -- '^  -[A-Za-z](, --[a-z-]+)? [A-Z]+' | grep -oE -- '^  -.'); do
		misuse "$1" "$option"
		spoke "$option"
	done
	for option in $("$1" -h | grep -E '^ .{5}--[a-z-]+( {2}|$)' | grep -oE -- '--[a-z-]+'); do
		misuse "$1" "$option=1"
		spoke "$option"
	done
}

@test "an option without its value, or with one it does not take, is misuse" {
	each any missing_value
}

# --- input

plain_input() {
	good "$1" 5 >in
	try go "$1" in
	gave 0
	wrote 1 2 3 4 5
	try go "$1" <in
	gave 0
	wrote 1 2 3 4 5
	try go "$1" - <in
	gave 0
	wrote 1 2 3 4 5
}

@test "a file, standard input and - are read alike" {
	each "lines events" plain_input
}

several_files() {
	good "$1" 2 >a
	good "$1" 2 3 >b
	good "$1" 2 5 >-c
	try go "$1" a - -- -c <b
	gave 0
	wrote 1 2 3 4 5 6
}

@test "several files are read one after the other, - among them" {
	each "lines events" several_files
}

no_newline() {
	good "$1" 3 | head -c -1 >a
	good "$1" 1 4 | head -c -1 >b
	try go "$1" a b
	gave 0
	wrote 1 2 3 4
}

@test "a last line without newline counts, and does not run into the next file" {
	each "lines events" no_newline
}

byte_order_mark() {
	{
		printf '\xef\xbb\xbf'
		good "$1" 2
	} >in
	try go "$1" in
	gave 0
	wrote 1 2
	lacks '\xef\xbb\xbf' out
	try go "$1" <in
	gave 0
	wrote 1 2
}

@test "a byte order mark at the start is no part of the first line" {
	each "lines events" byte_order_mark
}

compressed() {
	local tool
	for tool in gzip xz zstd bzip2; do
		command -v "$tool" >/dev/null || continue
		good "$1" 4 >"no suffix.plain"
		"$tool" -c <"no suffix.plain" >"no suffix"
		try go "$1" "no suffix"
		gave 0
		wrote 1 2 3 4
		try go "$1" <"no suffix"
		gave 0
		wrote 1 2 3 4
		# A pipe cannot be set back to its start.
		"$tool" -c <"no suffix.plain" | go "$1" >out
		wrote 1 2 3 4
	done
}

@test "gzip, xz, zstd and bzip2 are known by content" {
	each "lines events" compressed
}

damaged() {
	good "$1" 3000 | gzip -c >all.gz
	head -c $(($(wc -c <all.gz) / 2)) all.gz >half.gz
	good "$1" 1 9001 >next
	try go "$1" half.gz next
	gave 3
	spoke half.gz
	grep -q 'Failed password 9001' out
}

@test "a damaged .gz is told, status 3, and the next file is read" {
	each "lines events" damaged
}

unreadable() {
	good "$1" 2 >a
	good "$1" 2 3 >b
	try go "$1" a "no such file" b
	gave 3
	spoke "no such file"
	wrote 1 2 3 4
	mkdir folder
	try go "$1" a folder b
	gave 3
	spoke folder
	wrote 1 2 3 4
	try go "$1" $'no\e[31m\xff' a
	gave 3
	spoke '\x1b[31m\xff'
	wrote 1 2
}

@test "a file that cannot be read, or is a folder, is named, status 3, and the others are read" {
	each "lines events" unreadable
}

empty() {
	try go "$1" </dev/null
	gave 0
	silent
	[[ ! -s out ]]
	printf '\n\n \n' >blank
	try go "$1" blank
	gave 0
	[[ ! -s out ]]
}

@test "no input, or blank lines, are fine and give nothing" {
	each "lines events" empty
}

bad_lines() {
	printf '%s\n' 'no json' '{"id":' '[1]' '"text"' '{"a":1} x' $'{"a":"\xff"}' $'{"\e[31m":\x01}'
}

refused() {
	bad_lines >bad
	{
		good "$1" 2
		head -n 3 bad
		good "$1" 1 3
		tail -n +4 bad
		good "$1" 1 4
	} >in
	try go "$1" --rejects kept in
	gave 1
	wrote 1 2 3 4
	spoke in:3: in:4: in:5: in:7: in:8:
	lacks 'in:(1|2|6|9|10):' err
	has "$(grep -E '(^|[^0-9])7([^0-9]|$)' err)" 7 # the sum
	same kept bad
	try go "$1" --rejects kept bad
	gave 1
	cat bad bad >twice
	same kept twice
}

@test "refused lines: status 1, the first five named, all counted, kept verbatim, the rest goes on" {
	each events refused
}

rejects_nowhere() {
	misuse "$1" --rejects "no such folder/kept"
	spoke "no such folder/kept"
	misuse "$1" --rejects $'no such folder/\e[31m\xff'
}

@test "a file for rejected lines that cannot be made is misuse" {
	each events rejects_nowhere
}

rejects_full() {
	bad_lines >bad
	try go "$1" --rejects /dev/full bad
	gave 3
	spoke /dev/full
}

@test "a full disk under --rejects is status 3" {
	each events rejects_full
}

# --- output

full_disk() {
	local count
	for count in 1 3000; do
		input "$1" "$count"
		status=0
		go "$1" <in >/dev/full 2>err || status=$?
		gave 3
		spoke
		rm -f store.db*
	done
}

@test "a full disk is status 3, on the last flush too" {
	each any full_disk
}

closed_reader() {
	input "$1" 3000
	(go "$1" <in 2>err || true) | head -n 1 >first
	silent
	[[ -s first ]]
	rm -f store.db*
	(
		trap '' PIPE
		go "$1" <in 2>err || true
	) | head -n 1 >first
	silent
	[[ -s first ]]
	rm -f store.db*
	# The reader is gone before the first byte.
	(
		sleep 0.2
		status=0
		go "$1" <in 2>err || status=$?
		echo "$status" >status
	) | true
	silent
	[[ $(cat status) != 3 ]] || fail "status $(cat status)"
}

@test "a closed reader ends a program quietly, SIGPIPE ignored or not" {
	each any closed_reader
}

closed_from_the_start() {
	input "$1" 3
	status=0
	go "$1" <in 2>err >&- || status=$?
	gave 3
	spoke
	rm -f store.db*
	[[ $(reads "$1") != store ]] || return 0
	try go "$1" <&-
	gave 3
	spoke
	[[ $(reads "$1") == events ]] || return 0
	bad_lines >bad
	go "$1" --rejects kept bad 2>&- >out || true
	same kept bad
	rm kept
	cat in bad >both # in a pipe, the output might fail before the bad lines come
	go "$1" --rejects kept both 2>err >&- || true
	same kept bad
}

@test "a closed standard descriptor is told, and no file gets what was meant for it" {
	each any closed_from_the_start
}

unchanged() {
	[[ $1 != siem-window && $1 != siem-table ]] || return 0
	cat >in <<-'END'
		{"id":"01J00000000000000000000001","date_stamp":"2024-06-10T12:00:01+00:00" , "mine" : [1, 2.50,"\u00e4\/"],"message":"m","x":{"y":null},"raw_text":"ä","zz":-0.0e+1}
		{"geo":{"cc":"DE"}, "id":"01J00000000000000000000002","date_stamp":"2024-06-10T12:00:02+00:00","message":"\ud83d\ude00 \u0000","Message":"other","":1}
	END
	try go "$1" in
	gave 0
	same out in
	[[ $1 != siem-store ]] || ! command -v siem-select || siem-select -d sqlite:store.db >out
	same out in
}

@test "what a program does not change it passes on byte for byte" {
	each events unchanged
}

# --- any bytes

random_bytes() {
	perl -e 'srand(7); binmode STDOUT; print chr(rand 256) for 1..300000' >in
	try go "$1" in
	((status <= 1)) || fail "status $status; it said: $(head -c 2000 err)"
	quiet_terminal err
	perl -e 'srand(8); binmode STDOUT; @p = ("{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "d83d", "\n", "\0", "\"id\"",
		"\"message\"", "null", "1", "e", "-", ".", "\xc3", "\xa4", "\xff", "{\"id\":\"01J00000000000000000000001\",");
		print $p[rand @p] for 1..100000' >in
	try go "$1" in
	((status <= 1)) || fail "status $status; it said: $(head -c 2000 err)"
	quiet_terminal err
}

@test "random bytes neither crash a program nor move the terminal" {
	each "lines events" random_bytes
}

zeros() {
	{
		good "$1" 1
		head -c 100000 /dev/zero
		echo
		good "$1" 1 2
	} >in
	try go "$1" in
	((status <= 1)) || fail "status $status; it said: $(head -c 2000 err)"
	grep -aq 'Failed password 2' out
}

@test "NULs do not end a line" {
	each "lines events" zeros
}

# long_message BYTES: a line of that many.
long_message() {
	if [[ $(reads "$1") == lines ]]; then
		log_lines 1 1 | tr -d '\n'
	else
		event 1 | head -c -3
	fi
	head -c "$2" /dev/zero | tr '\0' x
	[[ $(reads "$1") == lines ]] || printf '"}'
	echo
}

long_line() {
	{
		long_message "$1" 1000000
		good "$1" 1 2
	} >in
	try go "$1" in
	gave 0
	wrote 1 2
	{
		long_message "$1" 20000000
		good "$1" 1 2
	} >in
	try go "$1" in
	if [[ $(reads "$1") == lines ]]; then
		gave 0
		wrote 1 2
	else
		gave 1
		wrote 2
		spoke in:1: longer
	fi
}

@test "a line of 1 MB is used; one of 20 MB is refused, or cut and says so; the next is read" {
	each "lines events" long_line
}

hostile_json() {
	perl -e '
		print "{\"a\":", "[" x 1000000, "\n";
		print "{\"a\":", "[" x 900, "]" x 900, "}\n";
		print "{\"a\":", "{\"a\":" x 300000, "\n";
		print "{\"id\":", "9" x 1000000, ",\"severity\":1e999999,\"source_pid\":-0.", "0" x 10000, "1}\n";
		print "{", join(",", map("\"k$_\":$_", 1..100000)), "}\n";
		print "{", join(",", map("\"message\":\"$_\"", 1..10000)), "}\n";
		print "{\"", "k" x 1000000, "\":1,\"date_stamp\":\"", "2" x 1000000, "\",\"message\":\"", "\\u0000" x 100000, "\"}\n";
		print "{\"extended\":{\"users\":[", join(",", map("\"u$_\"", 1..100000)), "]},\"message\":7,\"user\":{\"a\":[]},\"id\":[1]}\n";
	' >in
	good "$1" 1 >>in
	try go "$1" in
	((status <= 1)) || fail "status $status; it said: $(head -c 2000 err)"
	quiet_terminal err
	grep -aq 'Failed password 1\b' out
}

@test "deep, wide, long and odd JSON is passed or refused, and the next line is read" {
	each "lines events" hostile_json
}

# --- live

# live NAME ARGS..: starts a program on a pipe that stays open as descriptor 7; its process in $pid.
live() {
	rm -f pipe out err
	mkfifo pipe
	exec 7<>pipe
	case $1 in
	siem-parse) set -- "$@" --host here ;;
	siem-window) set -- "$@" -r "$BATS_FILE_TMPDIR/every.json" ;;
	siem-store) set -- "$@" -d sqlite:store.db --tee ;;
	siem-select) set -- "$@" -d "sqlite:$PWD/live.db" --follow ;;
	esac
	if [[ $1 == siem-select ]]; then
		cp "$BATS_FILE_TMPDIR/full.db" live.db
		# shellcheck disable=SC2094
		"$@" >out 2>err 7>&- &
	else
		"$@" <pipe >out 2>err 7>&- &
	fi
	pid=$!
}

# feed NAME COUNT FIRST: what a live program shall read next.
feed() {
	if [[ $(reads "$1") == store ]]; then
		events "$2" "$3" | siem-store -d "sqlite:$PWD/live.db"
	else
		good "$1" "$2" "$3" >&7
	fi
}

# came NUMBER: that message is in out within ten seconds.
came() {
	wait_until 10 grep -aq "Failed password $1\b" out || {
		kill -KILL "$pid"
		fail "message $1 did not come; it said: $(cat err)"
	}
}

# ends SECONDS: the live program comes to its end; its status in $status.
ends() {
	wait_until "$1" eval '! kill -0 "$pid" 2>/dev/null' || {
		kill -KILL "$pid"
		fail "it does not end"
	}
	status=0
	wait "$pid" || status=$?
}

stops() {
	local signal
	for signal in TERM INT; do
		rm -f store.db*
		live "$1"
		feed "$1" 3 5001
		came 5003
		kill -"$signal" "$pid"
		ends 10
		gave 0
		grep -aq 'Failed password 5001\b' out
		# It did not wait, nor was it killed, with something in hand.
		[[ $(tail -c 1 out | od -An -c) == *'\n'* ]] || fail "the last line is cut"
	done
}

@test "SIGTERM and SIGINT end a live program: flushed, status 0" {
	each any stops
}

counters() {
	live "$1"
	feed "$1" 2 6001
	came 6002
	kill -USR1 "$pid"
	wait_until 10 test -s err || fail "no counters"
	feed "$1" 1 6003
	came 6003
	kill -TERM "$pid"
	ends 10
	gave 0
	spoke
	grep -q '[0-9]' err
}

@test "SIGUSR1 shows counters, and the program goes on" {
	each any counters
}

end_of_pipe() {
	[[ $(reads "$1") != store ]] || return 0
	live "$1"
	feed "$1" 2 7001
	came 7002
	good "$1" 1 7003 | head -c -1 >&7 # half a line so far
	sleep 0.2
	exec 7>&-
	ends 10
	gave 0
	grep -aq 'Failed password 7003\b' out
}

@test "the end of a pipe ends a live program, the last line included" {
	each "lines events" end_of_pipe
}

# many COUNT: as "good", but a lot of them fast.
many() {
	good "$1" 1 5 | perl -e '
		$line = <STDIN>;
		for $n (1..$ARGV[0]) {
			($next = $line) =~ s/12:00:05/sprintf("%02d:%02d:%02d", $n \/ 3600, $n \/ 60 % 60, $n % 60)/e;
			$next =~ s/000005"/sprintf("%06d\"", $n)/e;
			$next =~ s/password 5\b/password $n/;
			$next =~ s/(sshd\[|source_pid":)5/$1$n/;
			print $next;
		}' "$2"
}

flat_memory() {
	local peak
	live "$1"
	many "$1" 50000 >&7
	came 50000
	peak=$(awk '/^VmHWM/ { print $2 }' "/proc/$pid/status")
	kill -TERM "$pid"
	ends 10
	((peak < 16384)) || fail "peak of $peak KiB"
	echo "# $1: peak memory $peak KiB" >&3
}

@test "memory does not grow with the input: under 16 MiB" {
	[[ -r /proc/self/status ]] || skip "no /proc"
	lacks __asan_init <(nm "$SIEM_BUILD/siem-parse" 2>/dev/null) || skip "sanitizers need memory of their own"
	each "lines events" flat_memory
}

@test "an event comes out of four stages well under 0.1 s after its line went in" {
	local name stages='' rules="$BATS_FILE_TMPDIR/every.json"
	for name in siem-parse siem-helper siem-window siem-table; do
		[[ -x $SIEM_BUILD/$name ]] || skip "$name is not there yet"
	done
	stages="siem-parse --host here | siem-helper | siem-window -r $rules | siem-table"
	perl "$ROOT/t/latency.pl" 0.1 50 "$stages" >&3
	[[ -x $SIEM_BUILD/siem-store ]] || return 0
	stages="siem-parse --host here | siem-helper | siem-store -d sqlite:$BATS_TEST_TMPDIR/s.db --tee | siem-window -r $rules"
	perl "$ROOT/t/latency.pl" 0.5 20 "$stages" >&3
}

rejects_into_input() {
	echo junk >rr
	misuse "$1" --rejects rr rr
	[[ $(cat rr) == junk ]]
}

@test "what is refused is not written into what is read" {
	each events rejects_into_input
}
