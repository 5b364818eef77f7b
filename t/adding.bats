# A new format is a file and a row: the one that siem-parse(1) shows is built, and reads what the page says.
# SPDX-License-Identifier: MIT

load lib

# block N: the text of the Nth display of the section.
block() {
	awk -v want="$1" '
		/^\.Sh / { inside = $0 == ".Sh ADDING A FORMAT" }
		inside && /^\.Bd -literal/ { count++; showing = 1; next }
		/^\.Ed/ { showing = 0 }
		inside && showing && count == want { gsub(/\\e/, "\\"); print }' "$ROOT/filters/siem-parse.1"
}

# insert FILE BEFORE TEXT: a line before the first that has BEFORE in it; the file keeps its time.
insert() {
	touch -r "$1" time
	awk -v before="$2" -v text="$3" 'index($0, before) && !done++ { print text } { print }' "$1" >new
	cat new >"$1"
	touch -r time "$1"
}

# A copy of the tree and what was built of it, with the format in it.
setup() {
	cd "$BATS_TEST_TMPDIR"
	mkdir tree
	cp -a "$ROOT"/{Makefile,lib,filters,sinks} tree
	cp -a "$SIEM_BUILD" tree/built
	block 1 >tree/lib/formats/door.c
	# The header keeps its time, since nothing but the table needs the new line; else all formats would be built anew.
	insert tree/lib/formats/table.h format_elb "$(block 2)"
	insert tree/lib/formats/formats.c '&format_json,' "$(block 3)"
	touch tree/lib/formats/formats.c
}

# make with the flags of the build that is copied, whatever they were.
build() {
	local flags link=
	flags=$(cat tree/built/flags)
	[[ $flags != *-fsanitize=* ]] || link=$(grep -oE -e '-fsanitize=[a-z,]+' tree/built/flags | head -n 1)
	unset MAKEFLAGS MFLAGS MAKELEVEL
	make -s -C tree BUILD=built COMPILE="$flags" LDFLAGS="$link" built/siem-parse
}

@test "the format that siem-parse(1) adds is built, is listed, reads its lines, and says why not" {
	timeout 120 bash -c "$(declare -f build); build" 3>&- >said 2>&1 || fail "$(cat said)"
	[ ! -s said ] || fail "it warns: $(cat said)"
	local parse=tree/built/siem-parse
	"$parse" -l | grep -A 1 '^door ' >listed
	[ "$(wc -l <listed)" -eq 2 ] || fail "$("$parse" -l)"
	printf '%s\n' 'D3 2024-06-10T12:00:00+02:00 opened for anna, card 4711' 'D3 2024-06-10T12:00:07+02:00 closed' \
		'Jun 10 12:00:00 web1 su: x' | "$parse" -q --reference 2024-06-15 -z +0000 |
		jq -r '[.format, .date_stamp, .log_source, .user, .extended.action, .message] | map(. // "-") | join(" ")' >got
	cat >want <<-'END'
		door 2024-06-10T12:00:00+02:00 D3 anna opened opened for anna, card 4711
		door 2024-06-10T12:00:07+02:00 D3 - closed closed
		syslogbsd 2024-06-10T12:00:00+00:00 web1 - - x
	END
	same got want
	echo 'D3 2024-06-10T12:60:00+02:00 closed' | "$parse" -q --why 2>&1 >/dev/null | grep -qF \
		'nearest is door, up to column 18: expected a minute, 00 to 59, found "60:00+02:00 closed"' ||
		fail "$(echo 'D3 2024-06-10T12:60:00+02:00 closed' | "$parse" --why 2>&1 >/dev/null)"
}
