# A pipeline killed anywhere and run again: each line is in the store exactly once.
# SPDX-License-Identifier: MIT

load lib

# How often each log's pipeline is killed before it is let through; a longer night can say more.
: "${KILLS:=21}"

REFERENCE=2026-01-15T00:00:00Z # for stamps without a year

setup_file() {
	local log count=0
	mkdir "$BATS_FILE_TMPDIR/logs"
	# The samples that came with the task, or else our own.
	for log in "$ROOT"/../shared/cases/logs/* "$ROOT"/../../shared/cases/logs/* "$ROOT/examples/auth.log"; do
		[[ -f $log ]] || continue
		cp -p "$log" "$BATS_FILE_TMPDIR/logs"
		count=$((count + 1))
	done
	((count > 0)) || log_lines 3000 >"$BATS_FILE_TMPDIR/logs/made.log"
	export BATS_FILE_TMPDIR
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# begin LOG: starts the pipeline with a process number for each stage. Short batches, so that most kills hit one.
# The parser is slowed down by what feeds it in pieces, else it would be done before anybody kills it.
begin() {
	rm -f parsed helped
	mkfifo parsed helped
	perl -e '$| = 1; while (read STDIN, $b, 4000) { print $b; select undef, undef, undef, 0.004 }' <"$1" |
		siem-parse --reference "$REFERENCE" >parsed 2>>said &
	pids=($!)
	siem-helper -p "$ROOT/rules/helpers_auth.json" <parsed >helped 2>>said &
	pids+=($!)
	siem-store -d sqlite:s.db --batch 50 <helped 2>>said &
	pids+=($!)
}

straight() {
	# From a pipe, as above: in a regular file the years count backwards from its end.
	# shellcheck disable=SC2002
	cat "$1" | siem-parse --reference "$REFERENCE" | siem-helper -p "$ROOT/rules/helpers_auth.json"
}

# kill_once LOG STAGE: kills a stage at a random moment; the others come to their end by themselves.
kill_once() {
	local delay
	begin "$1"
	# As long as the whole takes: a millisecond for 1000 bytes.
	printf -v delay '%d.%03d' 0 $((RANDOM % ($(stat -c %s "$1") / 1000 % 1000 + 1)))
	sleep "$delay"
	if kill -KILL "${pids[$2]}" 2>/dev/null; then
		killed[$2]=$((killed[$2] + 1))
	fi
	wait "${pids[@]}" 2>/dev/null || true
}

# complete LOG: after a last run the table holds each line once, as a straight run gives them.
complete() {
	straight "$1" >straight
	siem-store -d sqlite:s.db <straight
	siem-select -d sqlite:s.db >got
	LC_ALL=C sort straight >wanted
	same got wanted
	[[ $(wc -l <got) == $(grep -c . "$1") ]] || fail "$(wc -l <got) events, $(grep -c . "$1") lines"
	[[ $(sqlite3 s.db 'pragma integrity_check') == ok ]]
}

@test "kill -9 of each stage at random moments, then again: each line exactly once" {
	local log i killed
	RANDOM=$$
	for log in "$BATS_FILE_TMPDIR"/logs/*; do
		rm -f s.db*
		killed=(0 0 0)
		for ((i = 0; i < KILLS; i++)); do
			kill_once "$log" $((i % 3))
			# What is there is never wrong, only incomplete.
			[[ ! -s s.db ]] || [[ $(sqlite3 s.db 'pragma integrity_check') == ok ]]
		done
		echo "# ${log##*/}: killed siem-parse ${killed[0]}, siem-helper ${killed[1]}, siem-store ${killed[2]} times" >&3
		((killed[0] + killed[1] + killed[2] > KILLS / 2)) || fail "most runs were over before they were killed"
		complete "$log"
	done
}

@test "a store that was killed once holds a prefix of what came, whole lines only" {
	local log i
	for log in "$BATS_FILE_TMPDIR"/logs/*; do
		straight "$log" | LC_ALL=C sort >wanted
		for i in 1 2 3 4 5; do
			rm -f s.db*
			begin "$log"
			sleep "0.0$((i * 2 - 1))"
			kill -KILL "${pids[2]}" 2>/dev/null || true
			wait "${pids[@]}" 2>/dev/null || true
			[[ -s s.db ]] || continue
			siem-select -d sqlite:s.db 2>/dev/null | LC_ALL=C comm -23 - wanted >strange || true
			[[ ! -s strange ]] || fail "$(head -n 3 strange)"
		done
	done
}

@test "two pipelines over one log at once, one of them killed: each line exactly once" {
	local log first
	for log in "$BATS_FILE_TMPDIR"/logs/*; do
		rm -f s.db*
		straight "$log" >straight
		siem-store -d sqlite:s.db --batch 20 <straight &
		first=$!
		begin "$log"
		sleep 0.05
		kill -KILL "${pids[2]}" 2>/dev/null || true
		wait "$first"
		wait "${pids[@]}" 2>/dev/null || true
		complete "$log"
	done
}
