# siem-parse: logs of applications, as the layouts of logging libraries write them.
# SPDX-License-Identifier: MIT

load lib

# Each line of applog.tsv: what is wanted, a tab, a line of log.
setup() {
	export TABLE="$BATS_TEST_DIRNAME/applog.tsv"
}

# show: of each event its time, level, program, pid, thread, component and message.
show() {
	timeout 60 siem-parse --host here --reference 2025-01-01T00:00:00Z -z Z "$@" 2>/dev/null |
		jq -r '[.date_stamp, .extended.level, .severity, .source_process, .source_pid, (.extended.tid // .extended.thread),
			.extended.component, .message] | map(. // "-" | tostring) | join("|")'
}

@test "applog: time, level, program, pid, thread, component and message, in the layouts of programs" {
	cut -f 2- "$TABLE" >"$BATS_TEST_TMPDIR/log"
	show -f applog "$BATS_TEST_TMPDIR/log" >"$BATS_TEST_TMPDIR/got"
	cut -f 1 "$TABLE" | diff - "$BATS_TEST_TMPDIR/got"
}

@test "applog: -f auto finds it" {
	cut -f 2- "$TABLE" >"$BATS_TEST_TMPDIR/log"
	show "$BATS_TEST_TMPDIR/log" >"$BATS_TEST_TMPDIR/got"
	cut -f 1 "$TABLE" | diff - "$BATS_TEST_TMPDIR/got"
	[ "$(siem-parse -z Z "$BATS_TEST_TMPDIR/log" | jq -r .format | sort -u)" = applog ]
}

@test "applog: no line of syslog is taken for one" {
	[ "$(siem-parse "$ROOT/examples/auth.log" | jq -r .format | grep -c applog)" -eq 0 ]
}

@test "applog: what has no stamp, or one that may be two, is none" {
	local line
	for line in 'hello world' '07/06/2024 12:00:00 x' '2024-13-10 12:00:00 INFO x' 'app.log.2024-06-10-12:00:00 INFO x' \
		'123456789 INFO x' 'INFO main: x'; do
		[ "$(printf '%s\n' "$line" | siem-parse --reference 2025-01-01T00:00:00Z 2>/dev/null | jq -r .format)" = unparsed ] ||
			fail "$line"
	done
}

@test "applog: a line whose start is not understood is a message as a whole, with its time" {
	[ "$(printf 'some words 2024-06-10 12:00:00 INFO x: y\n' | show)" = \
		'2024-06-10T12:00:00+00:00|-|-|-|-|-|-|some words 2024-06-10 12:00:00 INFO x: y' ]
}

@test "applog: a clock alone belongs to the latest day before the reference" {
	[ "$(printf '23:59:59.5 x\n00:00:00 y\n' | timeout 60 siem-parse --reference 2025-01-01T12:00:00Z -z Z | jq -r .date_stamp | xargs)" = \
		'2024-12-31T23:59:59.5+00:00 2025-01-01T00:00:00+00:00' ]
}
