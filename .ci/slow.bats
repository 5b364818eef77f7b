#!/usr/bin/env bats
# What takes longer: other compilers and flags, installing, the demo, every script.
# SPDX-License-Identifier: MIT

load ../t/lib

setup() {
	unset MAKEFLAGS MFLAGS MAKELEVEL WERROR
	ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	cd "$ROOT"
	build=$BATS_TEST_TMPDIR/build
}

# builds ARGS..: everything is built from nothing, without a warning.
builds() {
	make -j2 BUILD="$build" "$@" all units benches >"$BATS_TEST_TMPDIR/said" 2>&1 || fail "$(tail -n 30 "$BATS_TEST_TMPDIR/said")"
	! grep -A 5 -iE 'warning|unused' "$BATS_TEST_TMPDIR/said"
}

@test "gcc builds everything without a warning, whatever it optimises" {
	builds CC=gcc CFLAGS=-O3
	builds CC=gcc CFLAGS='-O0 -g'
}

@test "clang builds everything without a warning" {
	builds CC=clang
}

@test "compile_commands.json has a command for each source, and it works" {
	make BUILD="$build" compile_commands.json
	[[ $(jq length compile_commands.json) == $(find filters lib sinks t -name '*.c' | grep -c .) ]]
	jq -r '.[] | select(.file | startswith("filters/")) | .command + " -fsyntax-only"' compile_commands.json | sh -e
}

@test "what is installed works on its own, and is gone after uninstalling" {
	local to=$BATS_TEST_TMPDIR/to
	make -s BUILD="$build" DESTDIR="$to" PREFIX=/usr install
	for name in $(programs); do
		[[ -x $to/usr/bin/$name && -f $to/usr/share/man/man1/$name.1 ]] || fail "$name or its page is not installed"
	done
	for file in "$to"/usr/share/siemstress/examples/*.sh; do
		PATH=$to/usr/bin:/usr/bin:/bin sh "$file" >"$BATS_TEST_TMPDIR/got"
		same "$BATS_TEST_TMPDIR/got" "${file%.sh}.out"
	done
	touch "$to/usr/share/siemstress/rules/mine.json"
	make -s BUILD="$build" DESTDIR="$to" PREFIX=/usr uninstall
	[[ $(find "$to" -type f) == "$to/usr/share/siemstress/rules/mine.json" ]] || fail "$(find "$to" -type f)"
}

@test "make demo shows alerts and an answer; run twice, nothing is there twice" {
	local lines first=$BATS_TEST_TMPDIR/first second=$BATS_TEST_TMPDIR/second
	lines=$(grep -c . examples/auth.log)
	make -s BUILD="$build" demo >"$first" 2>&1
	make -s BUILD="$build" demo >"$second" 2>&1
	has "$(cat "$first")" "siem-store: $lines read, $lines stored"
	has "$(cat "$second")" "siem-store: $lines read, 0 stored"
	has "$(cat "$second")" "$lines lines in the log, $lines events in the store, $lines different ones"
	has "$(cat "$second")" 'SSH_AuthFail_10m'
	same <(tail -n 2 "$second") <(tail -n 2 "$first")
}

@test "the benchmark runs" {
	make -s BUILD="$build" LINES=20000 ROUNDS=1 bench >"$BATS_TEST_TMPDIR/said" 2>&1 || fail "$(cat "$BATS_TEST_TMPDIR/said")"
	has "$(cat "$BATS_TEST_TMPDIR/said")" 'siem-select, all'
}

@test "shellcheck finds nothing in scripts and suites" {
	shellcheck .ci/deps .ci/run t/run t/fuzz/run t/bench/bench.sh examples/*.sh examples/demo
	shellcheck -x -s bash -e SC2030,SC2031,SC2154,SC2317 t/lib.bash
	shellcheck -s bats -e SC2016,SC2030,SC2031,SC2154,SC2317 t/contract.bats t/layers.bats t/pages.bats t/table.bats
}
