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

@test "a file that is truncated and longer than before at the next look begins anew, even with lines of one length" {
	for n in $(seq 100 299); do line "old $n and more of what is the same in each"; done >a.log
	follow a.log
	until_lines 200
	kill -STOP "$follower"
	for n in $(seq 300 699); do line "new $n and more of what is the same in each"; done >a.log
	kill -CONT "$follower"
	until_lines 600
	stop
	diff <(messages | cut -d ' ' -f 2) <(seq 100 699)
}

@test "a link that is pointed at another file: the new one is read from its start, the old one to its end" {
	mkdir one two
	line one >one/a
	line two >two/a
	ln -s one/a a.log
	follow a.log
	until_lines 1
	ln -sfn two/a a.log
	until_lines 2
	line late >>one/a
	until_lines 3
	line two again >>two/a
	until_lines 4
	stop
	diff <(messages) <(printf '%s\n' one two late 'two again')
}

@test "a folder, then a named pipe of that name are waited out" {
	line one >a.log
	follow a.log
	until_lines 1
	rm a.log
	mkdir a.log
	sleep 0.3
	rmdir a.log
	mkfifo a.log
	sleep 0.3
	rm a.log
	line two >a.log
	until_lines 2
	stop
	diff <(messages) <(printf '%s\n' one two)
}

@test "200 files" {
	files=$(seq -f f%g.log 200)
	# shellcheck disable=SC2086
	touch $files
	# shellcheck disable=SC2086
	follow $files
	for file in $files; do line "$file" >>"$file"; done
	until_lines 200
	for file in $files; do mv "$file" "$file.1"; done
	for file in $files; do line "$file again" >>"$file"; done
	until_lines 400
	stop
	[ "$(messages | sort -u | wc -l)" -eq 400 ]
}

@test "more files than descriptors at first; where there are no more to be had, that is told" {
	files=$(seq -f f%g.log 90)
	for file in $files; do line "$file" >"$file"; done
	# shellcheck disable=SC2086
	(ulimit -Sn 60 && exec siem-parse -F --host here $files) >out 2>err 3>&- &
	follower=$!
	until_lines 90
	stop
	# shellcheck disable=SC2086
	(ulimit -n 60 && exec siem-parse -F --host here $files) >out 2>err 3>&- &
	follower=$!
	until_lines 30
	for _ in $(seq 100); do grep -q '^siem-parse: f90.log: ' err && break; sleep 0.05; done
	stop
	grep '^siem-parse: f90.log: no more than 60 files may be open at once (see ulimit -Hn); waiting for it$' err
}

@test "rotation is not told, nor what is gone for a moment" {
	line one >a.log
	follow a.log
	until_lines 1
	mv a.log a.log.1
	sleep 0.7
	line two >a.log
	until_lines 2
	stop
	[ "$(grep -c 'waiting for it' err)" -eq 0 ]
}

@test "with --rotated the youngest copy is followed too, for its writer may not know yet" {
	line one >a.log.2
	line two >a.log.1
	line three >a.log
	follow --rotated a.log
	until_lines 3
	line late >>a.log.1
	until_lines 4
	line four >>a.log
	until_lines 5
	stop
	diff <(messages) <(printf '%s\n' one two three late four)
}

@test "a pipe beside a truncated file is not opened" {
	for n in $(seq 50); do line "$n"; done >a.log
	follow a.log
	until_lines 50
	mkfifo a.log.1
	(line piped >a.log.1) &
	writer=$!
	sleep 0.2
	line new >a.log
	until_lines 51
	sleep 0.2
	kill -0 "$writer"
	timeout 5 cat a.log.1 | grep -q piped
	stop
}

@test "where the system gives no notices, files are looked at" {
	unshare -r true 2>/dev/null || skip "name spaces of users are not allowed here"
	line one >a.log
	# shellcheck disable=SC2016
	unshare -r sh -c 'echo 0 >/proc/sys/user/max_inotify_instances && exec siem-parse -F a.log' >out 2>err 3>&- &
	follower=$!
	until_lines 1
	line two >>a.log
	until_lines 2
	mv a.log a.log.1
	line three >a.log
	until_lines 3
	stop
	diff <(messages) <(printf '%s\n' one two three)
}

@test "killed again and again while its log is rotated, and started with --rotated: a store has each line once" {
	python3 "$ROOT/t/model/rotate.py" a.log 20000 7 rename &
	writer=$!
	for _ in 1 2 3 4 5; do
		siem-parse -F --rotated --host here a.log 2>err 3>&- >events &
		follower=$!
		sleep 0.3
		kill -9 "$follower"
		wait "$follower" || true
		cat events >>all
	done
	wait "$writer"
	siem-parse --rotated --host here a.log >>all 2>err
	# A line that kill -9 cut in two is refused.
	siem-store -d sqlite:s.db all 2>err || [ $? -eq 1 ]
	[ "$(siem-select -d sqlite:s.db | wc -l)" -eq 20000 ]
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
