#!/usr/bin/env bats
# The tour in README.md prints what it says it prints.
# SPDX-License-Identifier: MIT

load lib

# Blocks ```sh become N.sh, the ```text after each N.out (none: it prints nothing).
blocks() {
	awk '
		/^```sh$/ { n++; file = n ".sh"; printf "" >n ".out"; next }
		/^```text$/ { file = n ".out"; next }
		/^```/ { file = ""; next }
		file != "" { print >file }' "$ROOT/README.md"
}

setup() {
	cd "$BATS_TEST_TMPDIR"
	ln -s "$ROOT/examples" "$ROOT/rules" .
	blocks
}

@test "the tour in README.md prints what it says" {
	local n
	[[ -f 5.sh ]]
	for ((n = 1; n <= $(ls ./*.sh | grep -c .); n++)); do
		echo ". ./$n.sh >$n.got 2>&1"
	done >all
	timeout 120 bash -e all 2>err </dev/null || fail "status $?: $(cat err "$(ls -t ./*.got | head -n 1)")"
	[[ ! -s err ]] || fail "it said: $(cat err)"
	for ((n = 1; n <= $(ls ./*.sh | grep -c .); n++)); do
		same "$n.got" "$n.out" || fail "$(cat "$n.sh")"
	done
}

@test "README.md names files that are there" {
	local file
	for file in $(grep -oE '\]\([^)#h][^)]*\)' "$ROOT/README.md" | tr -d ']()'); do
		[[ -e $ROOT/$file ]] || fail "$file is not there"
	done
}

@test "README.md has a row for each program" {
	local name
	for name in $(programs); do
		grep -q "^| \`$name\` |" "$ROOT/README.md" || fail "$name is not in the table"
	done
}
