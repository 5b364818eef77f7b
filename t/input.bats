#!/usr/bin/env bats
# Signals reach a program wherever its input makes it wait: at a named pipe, at a decompressor, while it reads ahead.
# SPDX-License-Identifier: MIT

bats_require_minimum_version 1.5.0
load lib

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	printf 'Jun 10 12:00:0%d web1 sshd[1]: x\n' 1 2 3 > log
}

teardown() {
	exec 7>&-
	[[ -z ${pid:-} ]] || kill -KILL "$pid" 2> /dev/null || :
}

# gone PID: it has ended (it may still be waited for).
gone() {
	! kill -0 "$1" 2> /dev/null || [[ $(ps -o stat= -p "$1") == Z* ]]
}

# ends STATUS: the program does, within five seconds, and so.
ends() {
	local status=0
	wait_until 5 gone "$pid" || fail "it still runs"
	wait "$pid" || status=$?
	((status == $1)) || fail "status $status: $(< err)"
}

@test "SIGUSR1 before anybody writes to a named pipe shows counters, and the pipe is read" {
	mkfifo pipe
	siem-parse pipe > out 2> err &
	pid=$!
	sleep 0.3
	kill -USR1 "$pid"
	wait_until 5 grep -q ' lines' err || fail "no counters: $(< err)"
	timeout 5 sh -c 'cat log > pipe' || fail "nobody reads the pipe"
	ends 0
	[[ $(wc -l < out) == 3 ]]
}

@test "SIGTERM before anybody writes to a named pipe ends the program, status 0, nothing said" {
	mkfifo pipe
	siem-parse -q pipe > out 2> err &
	pid=$!
	sleep 0.3
	kill -TERM "$pid"
	ends 0
	[[ ! -s err ]] || fail "$(< err)"
}

@test "SIGTERM ends a program whose compressed input stands still" {
	mkfifo pipe
	siem-parse -q - < pipe > out 2> err &
	pid=$!
	exec 7> pipe
	gzip -c log >&7
	sleep 0.5
	kill -TERM "$pid"
	ends 0
	[[ ! -s err ]] || fail "$(< err)"
}

# slow_gzip: a decompressor that takes a second.
slow_gzip() {
	local real
	real=$(command -v gzip)
	mkdir -p bin
	printf '#!/bin/sh\nsleep 1\nexec %s "$@"\n' "$real" > bin/gzip
	chmod +x bin/gzip
	gzip -k log
	PATH=$PWD/bin:$PATH
}

@test "SIGUSR1 while a slow decompressor is read ahead shows counters, and the program goes on" {
	slow_gzip
	siem-parse log.gz > out 2> err &
	pid=$!
	sleep 1.4
	kill -USR1 "$pid"
	wait_until 5 grep -q ' lines' err || fail "no counters: $(< err)"
	ends 0
	[[ $(wc -l < out) == 3 ]]
}

@test "SIGTERM while a file is read ahead leaves its lines for the next time: none is given a year by guess" {
	printf '%s 10 12:00:00 web1 sshd[1]: x\n' Dec Jan Dec Jan > log
	touch -d 2024-06-01 log
	slow_gzip
	siem-parse log.gz > out 2> err &
	pid=$!
	sleep 1.4
	kill -TERM "$pid"
	ends 0
	[[ ! -s out ]] || fail "$(cut -c1-70 out)"
}

@test "no log counts back beyond 1970, and no file was changed after 9999" {
	local i
	for ((i = 0; i < 3000; i++)); do
		printf '%s 12:00:00 web1 sshd[1]: x\n' 'Dec 16' 'Apr 10' 'Aug 18'
	done > log
	siem-parse log > out
	[[ $(jq -r '.date_stamp[:4]' out | sort -u | head -n 1) == 1970 ]] || fail "$(head -n 1 out)"
	head -n 1 log > late
	touch -d 12000-01-01 late 2> /dev/null || skip "this file system knows no such year"
	[[ $(siem-parse late | jq -r '.date_stamp[:4]') == @(9999|2446|2445) ]]
}

# bounded: runs siem-parse in 64 MiB, unless sanitizers need more.
bounded() {
	if ! nm "$SIEM_BUILD/siem-parse" 2> /dev/null | grep -q __asan_init; then
		ulimit -v 65536
	fi
	siem-parse "$@"
}

@test "a line of 1 GiB takes no more memory than others, and the next one is whole" {
	{
		head -c 1G /dev/zero | tr '\0' x
		printf '\n2024-06-10T12:00:00Z web1 su: next\n'
	} | bounded > out
	diff <(jq -c '[.truncated, (.message | length)]' out) <(printf '%s\n' '[1072693248,1048576]' '[null,4]')
}

@test "a million lines take no more memory than others, nor do a thousand of 100 KiB" {
	awk 'BEGIN { for (i = 0; i < 1000000; i++) print "Jun 10 12:00:00 web1 su: " i }' | bounded | wc -l | grep -qx 1000000
	awk 'BEGIN { x = sprintf("%102400s", ""); for (i = 0; i < 1000; i++) print "Jun 10 12:00:00 web1 su: x" x i }' |
		bounded | wc -l | grep -qx 1000
}
