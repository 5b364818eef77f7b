#!/usr/bin/env bats
# siem-parse --rotated: all copies of a log in the order they were written, each once, whatever is renamed meanwhile.
# SPDX-License-Identifier: MIT

bats_require_minimum_version 1.5.0
load lib

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

teardown() {
	[[ -z ${pid:-} ]] || kill -KILL "$pid" 2> /dev/null || :
}

# log NAME WORD [DATE]: a file with one line, changed at that date.
log() {
	printf '2024-06-10T12:00:00Z web1 test[7]: %s\n' "$2" > "$1"
	touch -d "${3:-2024-06-10}" "$1"
}

# reads WORDS [OPTION OPERAND ..]: these messages come, in this order.
reads() {
	local wanted=$1
	shift
	siem-parse --rotated "$@" > out 2> err || fail "$(< err)"
	diff <(jq -r .message out | paste -sd ' ') <(echo "$wanted")
}

@test "a named pipe is no log that rotates: what waits to be written into it is read" {
	local i
	mkfifo f
	log f.1 one
	for i in {1..20}; do
		printf '2024-06-10T12:00:00Z web1 test[7]: piped\n' > f &
		pid=$!
		sleep 0.05
		timeout 10 siem-parse --rotated f > out 2> err || fail "turn $i: status $?"
		diff <(jq -r .message out | paste -sd ' ') <(echo one piped)
		wait "$pid"
	done
}

@test "numbers count down, however compressed; nothing else is a copy" {
	local name
	log f now
	log f.1 one
	log f.2 two && gzip f.2
	log f.3 three && xz f.3
	log f.9 nine && bzip2 f.9
	log f.10 ten && zstd -q --rm f.10
	log f.100 hundred
	for name in f.bak f.1.swp f.01 f.1~ f.old f.gz f.1.gz.tmp f.123456 f1 f.1.2 g.1 f.-1 .f.1 f.20241310 f-2024 \
		f-20240610x f-20240610-1 f-202406101 f-202406102412; do
		log "$name" wrong
	done
	mkdir f.4
	mkfifo f.5
	ln -s nowhere f.6
	reads "hundred ten nine three two one now" f
	diff <(jq -r .source_path out | paste -sd ' ') <(echo f.100 f.10.zst f.9.bz2 f.3.xz f.2.gz f.1 f)
}

@test "dates, with hours, clocks and seconds behind" {
	log f now
	log f-20231231 a
	log f-20240101 b && gzip f-20240101
	log f-2024010105 c
	log f-20240102-06 d
	log f.20240103 e
	log f-2024-01-04 f
	log f-20240105-0700 g
	log f-20240105-070001 h
	log f-20240106-1704550000 i
	reads "a b c d e f g h i now" f
}

@test "numbers and dates before the ending of a name; in another folder" {
	mkdir d
	log d/access.log now
	log d/access.1.log one
	log d/access.2.log two && gzip d/access.2.log
	log d/access.log.3 three
	log d/access.1.log.bak wrong
	log d/access.x.log wrong
	reads "three two one now" d/access.log
	rm d/*
	log d/access.log now
	log d/access-20240609.log yesterday
	reads "yesterday now" d/access.log
}

@test "who has changed from numbers to dates, or back, has both" {
	log f now
	log f.1 one 2024-01-01
	log f.2 two 2023-12-01
	log f-20240501 may 2024-05-01
	reads "two one may now" f
	touch -d 2024-06-01 f.1
	reads "may two one now" f
}

@test "a copy that is being compressed is read once, a file named twice as well" {
	log f now
	log f.1 one
	gzip -c f.1 | head -c 20 > f.1.gz
	log f.2 two && gzip f.2
	reads "two one now" f
	rm f.1.gz
	reads "two one now" f f.1 f.2.gz f ./f
	ln f f.3
	reads "now two one" f
}

@test "each file has its own years; ids are those of the single files" {
	printf '%s 12:00:00 web1 test[7]: x\n' 'Dec 30' 'Dec 31' > f.2
	touch -d '2022-12-31 13:00' f.2
	printf '%s 12:00:00 web1 test[7]: x\n' 'Dec 30' 'Jan  1' 'Jan  1' 'Jun  1' > f.1
	touch -d '2024-06-01 13:00' f.1
	printf '%s 12:00:00 web1 test[7]: x\n' 'Jun  1' 'Jun  2' > f
	touch -d '2024-06-03' f
	gzip f.2
	siem-parse --rotated --host here f > chain
	diff <(jq -r '.date_stamp[:10]' chain) <(printf '%s\n' 2022-12-30 2022-12-31 2023-12-30 2024-01-01 2024-01-01 \
		2024-06-01 2024-06-01 2024-06-02)
	siem-parse --host here f.2.gz f.1 f > single
	same chain single
}

@test "a file that cannot be read is told, the rest is read; what is not there at all too" {
	[[ $EUID -ne 0 ]] || skip "root reads everything"
	log f now
	log f.1 one
	chmod 0 f.1
	run -3 --separate-stderr siem-parse --rotated f
	has "$output" '"message":"now"'
	has "$stderr" 'f.1: Permission denied'
}

@test "a log that is not there is told, its copies are read" {
	log f.1 one
	run -3 --separate-stderr siem-parse --rotated f
	has "$output" '"message":"one"'
	has "$stderr" 'f: No such file'
	run -2 siem-parse --rotated
}

@test "two compressed copies of one number: of one time they are one log, else two" {
	log f now
	log f.1 one 2024-06-09
	xz -k f.1 && gzip f.1
	reads "one now" f
	touch -d 2024-06-01 f.1.xz
	printf '2024-06-01T12:00:00Z web1 test[7]: other\n' | gzip > f.1.gz
	touch -d 2024-06-02 f.1.gz
	reads "other one now" f
}

@test "more copies than descriptors" {
	local i
	for ((i = 1; i <= 150; i++)); do
		log "f.$i" "$i"
	done
	log f 0
	ulimit -Sn 60
	siem-parse --rotated f > out
	diff <(jq -r .message out) <(seq 150 -1 0)
}

# All files go one name on every 20 ms, while they are read again and again: each time all of them are there.
@test "files that are renamed between listing and opening are neither lost nor read twice" {
	local i
	for i in 1 2 3 4 5 6 7 8; do
		log "f.$i" "$i"
	done
	log f 0
	python3 - << 'PYTHON' &
import os, time
for copies in range(8, 2000):
    for n in range(copies, 0, -1): os.rename(f'f.{n}', f'f.{n + 1}')
    os.rename('f', 'f.1')
    open('f', 'w').write(f'2024-06-10T12:00:00Z web1 test[7]: new {copies}\n')
    time.sleep(0.02)
PYTHON
	pid=$!
	for i in $(seq 40); do
		siem-parse --rotated f > out 2> err || :
		[[ ! -s err ]] || continue # it may say that it gave up, not be wrong
		jq -r .message out > got
		[[ $(sort got | uniq -d | wc -l) == 0 ]] || fail "twice: $(< got)"
		[[ $(grep -c '^[0-9]' got) == 9 ]] || fail "lost: $(< got)"
	done
	kill "$pid"
	wait "$pid" || :
	pid=
}

@test "--follow reads the copies first, then follows; ids are those of a plain run" {
	log f now
	log f.1 one
	log f.2 two && gzip f.2
	siem-parse --rotated --host here f > plain
	siem-parse -F --rotated --host here f > out 2> err 3>&- &
	pid=$!
	wait_until 10 test "$(wc -l < plain)" -le 3
	wait_until 10 eval '[[ $(wc -l < out) == 3 ]]'
	mv f.2.gz f.3.gz
	mv f.1 f.2
	mv f f.1
	log f later
	wait_until 10 eval '[[ $(wc -l < out) == 4 ]]'
	kill "$pid"
	wait "$pid"
	pid=
	diff <(jq -r .message out | paste -sd ' ') <(echo two one now later)
	diff <(jq -r .id plain) <(head -n 3 out | jq -r .id)
}

@test "--whole leaves out a last line without newline, and says so; compressed files and pipes end as they are" {
	printf '2024-06-10T12:00:00Z web1 test[7]: %s' whole$'\n' half > f
	siem-parse --whole f > out 2> err
	[[ $(jq -r .message out) == whole ]]
	has "$(< err)" "f: its last line has no newline yet"
	[[ $(siem-parse f | wc -l) == 2 ]]
	[[ $(siem-parse --whole < f 2> err | wc -l) == 1 ]]
	[[ $(cat f | siem-parse --whole | wc -l) == 2 ]]
	gzip f
	[[ $(siem-parse --whole f.gz | wc -l) == 2 ]]
}
