# Lines that nobody should write, thousands of them, through every stage: nothing lost, nothing made up, nothing breaks.
# SPDX-License-Identifier: MIT

load lib

HOSTILE=$ROOT/t/model/hostile.py

# make SEED COUNT: lines made of samples of all formats, of our own events, and of the example logs.
make_log() {
	{
		siem-parse -l | sed -n 's/^ \{13\}//p'
		head -q -n 15 "$ROOT"/examples/*.log
		siem-parse --host here "$ROOT/examples/syslog-iso.log" | head -n 5
	} >samples
	python3 "$HOSTILE" make "$1" "$2" <samples >log
}

# go COMMAND..: its status is 0, or 1 if some lines were refused; no sanitizer speaks, no terminal moves.
go() {
	local status=0
	"$@" 2>err || status=$?
	((status <= 1)) || fail "status $status: $(tail -n 20 err)"
	lacks '[\x00-\x08\x0b-\x1f\x7f]' err
}

parse() {
	go siem-parse --host here --reference 2024-06-15T00:00:00Z --audit-records "$@"
}

# check LOG EVENTS: how many, and that there are enough to mean something.
check() {
	local count
	count=$(python3 "$HOSTILE" check "$@") || return
	((count > 100)) || fail "only $count"
}

packs() {
	printf -- '-p %s ' "$ROOT"/rules/helpers_*.json
}

setup_file() {
	cd "$BATS_FILE_TMPDIR"
	make_log 1 4000
	parse log >events
	LC_ALL=C sort events >sorted
}

setup() {
	cd "$BATS_FILE_TMPDIR"
}

@test "each line that is not blank has its event, in order, and is given back byte for byte" {
	check log events
}

@test "other lines, other days: the same holds" {
	cd "$BATS_TEST_TMPDIR"
	make_log 2 2000
	parse log >events
	check log events
}

@test "each format alone reads them, or leaves them, one event for each" {
	local name
	head -n 400 log >few
	for name in $(siem-parse -l | sed -n 's/^\([a-z0-9]\{1,\}\) .*/\1/p'); do
		# A document is no lines.
		[[ $name != sojson ]] || continue
		parse -f "$name" few >"$BATS_TEST_TMPDIR/events"
		check few "$BATS_TEST_TMPDIR/events" || fail "-f $name"
	done
	parse -f sojson few >"$BATS_TEST_TMPDIR/events"
	python3 "$HOSTILE" json "$BATS_TEST_TMPDIR/events"
}

@test "records that belong together are joined, and none is lost" {
	go siem-parse --host here --reference 2024-06-15T00:00:00Z log >"$BATS_TEST_TMPDIR/joined"
	check log "$BATS_TEST_TMPDIR/joined" records
}

@test "however the bytes arrive, the events are the same" {
	local size
	# shellcheck disable=SC2002 # a pipe is asked for
	cat log | parse >wanted
	for size in 977 65536; do
		perl -e 'binmode STDIN; binmode STDOUT; $| = 1; print $b while read STDIN, $b, $ARGV[0]' "$size" <log |
			parse | cmp wanted || fail "in pieces of $size"
	done
	head -n 100 log | parse >wanted
	head -n 100 log | perl -e 'binmode STDIN; binmode STDOUT; $| = 1; print $b while read STDIN, $b, 1' | parse | cmp wanted
}

@test "helpers leave every event whole, and refuse none" {
	# shellcheck disable=SC2046
	go siem-helper $(packs) events >"$BATS_TEST_TMPDIR/enriched"
	[[ ! -s err ]] || ! grep -q refused err || fail "$(head err)"
	(($(python3 "$HOSTILE" same events "$BATS_TEST_TMPDIR/enriched") > 1000))
}

@test "rules that ship make whole alerts of them" {
	local rules=() file
	for file in "$ROOT"/rules/*.json; do
		[[ $file == */helpers_* ]] || rules+=(-r "$file")
	done
	go siem-window "${rules[@]}" sorted >"$BATS_TEST_TMPDIR/alerts"
	python3 "$HOSTILE" json "$BATS_TEST_TMPDIR/alerts"
}

@test "a table of them moves no terminal" {
	go siem-table events >"$BATS_TEST_TMPDIR/table"
	(($(wc -l <"$BATS_TEST_TMPDIR/table") > 1000))
	lacks '[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]' "$BATS_TEST_TMPDIR/table"
}

@test "a store gives back what it was given, byte for byte" {
	[[ -x $SIEM_BUILD/siem-select ]]
	# Events of ours that somebody changed have the ids of others: they would get new ones.
	LC_ALL=C cut -b 1-33 events | LC_ALL=C sort | uniq -u >ids
	LC_ALL=C grep -aFf ids events | LC_ALL=C sort >"$BATS_TEST_TMPDIR/wanted"
	go siem-store -d "sqlite:$BATS_TEST_TMPDIR/store.db" "$BATS_TEST_TMPDIR/wanted"
	go siem-select -d "sqlite:$BATS_TEST_TMPDIR/store.db" | LC_ALL=C sort >"$BATS_TEST_TMPDIR/got"
	(($(wc -l <"$BATS_TEST_TMPDIR/got") > 3000))
	cmp "$BATS_TEST_TMPDIR/wanted" "$BATS_TEST_TMPDIR/got"
}
