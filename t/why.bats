# siem-parse --why: of lines that a format does not read, how far it got, and what it wanted there.
# SPDX-License-Identifier: MIT

load lib

# why LINE ARGS..: what is told of it.
why() {
	local line=$1
	shift
	printf '%s\n' "$line" | timeout 20 siem-parse -q --why --host here --reference 2024-06-15T00:00:00Z "$@" 2>&1 >/dev/null
}

# format LINE
format() {
	printf '%s\n' "$1" | timeout 20 siem-parse -q --host here --reference 2024-06-15T00:00:00Z | jq -r .format
}

# is WANT GOT
is() {
	[ "$1" = "$2" ] || fail "want $1"$'\n'"got  $2"
}

# rows: why.tsv without its comments: format, column, words, what -f auto says, line (its tabs written as \t).
rows() {
	grep -v '^#' "$BATS_TEST_DIRNAME/why.tsv"
}

@test "each near miss of why.tsv is told with its column and what was expected there" {
	local name column words line failed=
	while IFS=$'\t' read -r name column words _ line; do
		printf -v line '%b' "$line"
		got=$(why "$line" -f "$name")
		[[ $got == "siem-parse: standard input:1: unparsed; nearest is $name, up to column $column: $words, found "* ]] ||
			failed+="$line"$'\n'"want $name $column $words"$'\n'"got  $got"$'\n'
	done < <(rows)
	[ -z "$failed" ] || fail "$failed"
}

@test "among all formats the nearest is told, - where none reads how a line starts, =FORMAT where one reads it" {
	local auto line got failed=
	while IFS=$'\t' read -r _ _ _ auto line; do
		printf -v line '%b' "$line"
		got=$(why "$line" | sed -E -e 's/.* nearest is ([a-z0-9]+), .*/\1/' -e 's/.*no format reads how it starts.*/-/')
		is "${auto#=}" "${got:-$(format "$line")}" || failed+="$line"$'\n'
		[[ $auto != =* || -z $got ]] || failed+="$line: told, though it was read"$'\n'
	done < <(rows)
	[ -z "$failed" ] || fail "$failed"
}

@test "every format has near misses in why.tsv" {
	is "$(siem-parse -l | awk 'NR % 2 { print $1 }' | sort)" "$(rows | cut -f 1 | sort -u)"
}

@test "lines that are read are not told of; the others all are, by file and line, with what is there" {
	cd "$BATS_TEST_TMPDIR"
	printf '%s\n' 'Jun 10 12:00:00 web1 su: x' 'Jun 31 12:00:00 web1 su: x' >a
	{ for i in 1 2 3 4 5 6 7 8; do echo "Jun 10 12:0$i:0 web1 su: x"; done; printf 'Jun 10 1\e]0;x\a\xff\n'; } | gzip >"b c.gz"
	siem-parse -q --why a "b c.gz" 2>err >out
	is 11 "$(wc -l <out)"
	is 10 "$(wc -l <err)"
	is 'siem-parse: a:2: unparsed; nearest is syslogbsd, up to column 5: expected a day that the month has, found "31 12:00:00 web1 su: x"' \
		"$(head -n 1 err)"
	has "$(sed -n 3p err)" 'b c.gz:2: unparsed; nearest is syslogbsd, up to column 14: expected a second, 00 to 60, found "0 web1 su: x"'
	is 'siem-parse: b c.gz:9: unparsed; nearest is syslogbsd, up to column 8: expected an hour, 00 to 23, found "1\x1b]0;x\x07\xff"' \
		"$(tail -n 1 err)"
	# The events are the same, and what comes before --since is no one's concern.
	siem-parse -q a "b c.gz" | cmp - out
	is '' "$(siem-parse -q --why --since 2100-01-01 a 2>&1)"
}
