# What the bats suites share: where things are, event lines to feed, a quiet environment.
# SPDX-License-Identifier: MIT
# shellcheck shell=bash

ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
case ${SIEM_BUILD:=build} in
/*) ;;
*) SIEM_BUILD=$ROOT/$SIEM_BUILD ;;
esac
PATH=$SIEM_BUILD:$PATH
export SIEM_BUILD PATH

# Nothing of who runs the tests, or where, may change what comes out; no store but a test's own is touched.
unset COLUMNS NO_COLOR SIEM_STORE XDG_DATA_HOME XDG_CONFIG_HOME BASH_ENV
export TZ=UTC LC_ALL=C.UTF-8 TERM=xterm HOME="${BATS_TEST_TMPDIR:-${BATS_FILE_TMPDIR:-/nonexistent}}"

# Sanitizers tell of leaks too, and a finding is a status of its own.
export ASAN_OPTIONS="detect_leaks=1:exitcode=99" UBSAN_OPTIONS="print_stacktrace=1"

# Names of all programs there are.
programs() {
	local file
	for file in "$ROOT"/filters/*.c; do
		basename "$file" .c
	done
}

# events COUNT [FIRST]: event lines, one a second, of one machine.
events() {
	local i first=${2:-1}
	for ((i = first; i < first + $1; i++)); do
		event "$i"
	done
}

# event N [MEMBERS]: one event line; MEMBERS is JSON text behind its message, with a comma before it.
event() {
	printf '{"id":"01J00%021d","date_stamp":"2024-06-10T12:%02d:%02d+00:00","format":"syslogiso",' \
		"$1" $(($1 / 60 % 60)) $(($1 % 60))
	printf '"log_source":"web1","source_process":"sshd","source_pid":%d,"message":"Failed password %d"%s}\n' \
		"$1" "$1" "${2:-}"
}

# log_lines COUNT [FIRST]: lines of a log.
log_lines() {
	local i first=${2:-1}
	for ((i = first; i < first + $1; i++)); do
		printf '2024-06-10T12:%02d:%02d+00:00 web1 sshd[%d]: Failed password %d\n' \
			$((i / 60 % 60)) $((i % 60)) "$i" "$i"
	done
}

# same GOT WANTED: two files hold the same, or the difference is shown.
same() {
	diff -u --label wanted --label got "$2" "$1"
}

# fail WORDS: tells why a test fails.
fail() {
	printf '%s\n' "$*" >&2
	return 1
}

# has TEXT PART: the part stands in the text.
has() {
	[[ $1 == *"$2"* ]] || fail "not there: $2"$'\n'"in: $1"
}

# lacks PATTERN FILE: no line of the file matches, as bytes ("! grep" would not end a test: bash -e passes over it).
lacks() {
	local found
	found=$(LC_ALL=C grep -naP -e "$1" "$2") || return 0
	fail "there, but should not be: $found"
}

# wait_until SECONDS COMMAND..: true as soon as the command is, false when the time is over.
wait_until() {
	local end=$((SECONDS + $1))
	shift
	until "$@"; do
		((SECONDS < end)) || return 1
		sleep 0.05
	done
}
