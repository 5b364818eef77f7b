#!/usr/bin/env bats
# siem-parse --follow: no line is lost and none comes twice, whatever becomes of the file's name.
# SPDX-License-Identifier: MIT

bats_require_minimum_version 1.5.0
load lib

setup() {
	cd "$BATS_TEST_TMPDIR"
}

teardown() {
	if [ -n "${follower:-}" ]; then
		kill -9 "$follower" 2>/dev/null || true
	fi
}

follow() { # follows the files in the background, into out and err
	siem-parse --follow --host here "$@" >out 2>err 3>&- &
	follower=$!
}

until_lines() { # waits until there are so many events, at most 20 s
	for _ in $(seq 400); do
		[ "$(wc -l <out)" -ge "$1" ] && return
		sleep 0.05
	done
	echo "only $(wc -l <out) of $1 events; $(cat err)"
	return 1
}

stop() {
	kill -TERM "$follower"
	wait "$follower"
	follower=
}

line() { # a syslog line with this text
	echo "2024-06-10T12:00:00Z web1 test[7]: $*"
}

messages() {
	jq -r .message out
}

rotated() { # 200,000 lines, rotated in this way: each comes once
	follow a.log
	sleep 0.2
	python3 "$ROOT/t/model/rotate.py" a.log 200000 7 "$1"
	until_lines 200000
	sleep 0.2
	stop
	[ "$(wc -l <out)" -eq 200000 ]
	messages | grep -o '^line [0-9]*' | sort -u >numbers
	[ "$(wc -l <numbers)" -eq 200000 ]
}

@test "a file that is renamed: 200,000 lines, each once" {
	rotated rename
}

@test "a file that is renamed while its writer goes on: 200,000 lines, each once" {
	rotated create
}

@test "a file that is copied and truncated: 200,000 lines, each once" {
	rotated copytruncate
}

@test "a file that is deleted and made again: 200,000 lines, each once" {
	rotated delete
}

@test "a file that is renamed again and again at once: 200,000 lines, each once" {
	rotated burst
}

@test "what is there already comes first, then what is added" {
	line one >a.log
	follow a.log
	until_lines 1
	line two >>a.log
	until_lines 2
	stop
	diff <(messages) <(printf '%s\n' one two)
}

@test "a line without its newline waits for it" {
	printf '%s' "$(line half)" >a.log
	follow a.log
	sleep 0.3
	[ "$(wc -l <out)" -eq 0 ]
	echo " and half" >>a.log
	until_lines 1
	stop
	diff <(messages) <(echo "half and half")
}

@test "a file that is not there yet is waited for, and told once" {
	follow later.log
	sleep 0.3
	line here >later.log
	until_lines 1
	stop
	[ "$(grep -c 'waiting for it' err)" -eq 1 ]
}

@test "several files are followed at once" {
	touch a.log b.log
	follow a.log b.log
	for n in 1 2 3; do
		line "a $n" >>a.log
		line "b $n" >>b.log
	done
	until_lines 6
	stop
	diff <(messages | grep a) <(printf 'a %s\n' 1 2 3)
	diff <(messages | grep b) <(printf 'b %s\n' 1 2 3)
	[ "$(jq -r .source_path out | sort -u | tr '\n' ' ')" = "a.log b.log " ]
}

@test "a file that is moved away and back is not read again" {
	line one >a.log
	follow a.log
	until_lines 1
	mv a.log b.log
	sleep 0.2
	mv b.log a.log
	line two >>a.log
	until_lines 2
	sleep 0.2
	stop
	diff <(messages) <(printf '%s\n' one two)
}

@test "the ids are those of a plain run" {
	cp "$ROOT/examples/syslog-iso.log" a.log
	siem-parse --host here a.log >plain
	follow a.log
	until_lines "$(wc -l <plain)"
	stop
	diff <(jq -r .id plain) <(jq -r .id out)
}

@test "standard input cannot be followed, and no file is misuse" {
	run -2 siem-parse -F -
	run -2 siem-parse -F
}

@test "--since begins with the first event that is not earlier, and goes on from there" {
	for at in 10 11 12 11 13; do
		echo "2024-06-10T$at:00:00Z web1 test[7]: at $at"
	done >a.log
	siem-parse --since 2024-06-10T12:00:00Z a.log >out
	diff <(messages) <(printf 'at %s\n' 12 11 13)
	siem-parse -z +0200 --since '2024-06-10 14:00' a.log >out
	diff <(messages) <(printf 'at %s\n' 12 11 13)
	siem-parse --since 2025-01-01 a.log >out
	[ ! -s out ]
	run -2 siem-parse --since yesterday a.log
}
