# The manual pages: they list what is accepted, mandoc finds no fault, and their examples run.
# SPDX-License-Identifier: MIT

load lib

pages() {
	find "$ROOT/filters" -name '*.[157]' | sort
}

# section NAME PAGE: its lines.
section() {
	awk -v name="$1" '/^\.Sh / { inside = substr($0, 5) == name; next } inside' "$2"
}

# One row an option, "-p --helpers FILE", as the usage has it ..
usage_options() {
	"$1" -h | sed -nE -e 's/^  (-.), (--[a-z-]+)/\1 \2/' -e 's/^      (--[a-z-]+)/\1/' -e 's/^  (-.) /\1 /' \
		-e '/^-/s/^(-. --[a-z-]+|-.|--[a-z-]+)( [A-Z][A-Z=-]*)?( .*)?$/\1\2/p' | tidy
}

# .. and as the page has it.
page_options() {
	sed -nE 's/^\.It Fl //p' "$1" | awk '{
		row = ""
		for (i = 1; i <= NF; i++)
			if ($i == "Ar")
				row = row " " $++i
			else if ($i != ",")
				row = row " -" $i
		print row
	}' | tidy
}

tidy() {
	sed -E 's/ +/ /g; s/^ //; s/ $//' | LC_ALL=C sort
}

# The blocks of shell under EXAMPLES: BLOCK.sh, numbered, in the current folder.
blocks() {
	section EXAMPLES "$1" | awk '
		/^\.Bd -literal/ { file = sprintf("%02d.sh", ++count); next }
		/^\.Ed/ { close(file); file = ""; next }
		file { gsub(/\\e/, "\\"); gsub(/\\\(aq/, "\047"); gsub(/\\\(dq/, "\""); gsub(/\\-/, "-"); gsub(/\\&/, ""); print > file }'
}

# each_page PATTERN CHECK: runs a check for each page whose name matches, and tells which fail.
each_page() {
	local page failed='' pattern=$1 check=$2
	for page in $(pages); do
		# shellcheck disable=SC2053
		[[ $page == $pattern ]] || continue
		"$check" "$page" || failed="$failed ${page#"$ROOT/"}"
	done
	[[ -z $failed ]] || fail "broken by:$failed"
}

# A macro of quotes takes the rest of its line: "(‘F for all, ‘P for a part’’)".
# shellcheck disable=SC1112
quotes_close() {
	! mandoc -T utf8 "$1" 2> /dev/null | sed "s/.\x08//g" | tr -s ' \n\t' ' ' | grep -o '‘[^’]*‘[^’]*'
}

@test "no quotes stand within quotes" {
	each_page '*' quotes_close
}

@test "each program has its page" {
	local name
	for name in $(programs); do
		[[ -f $ROOT/filters/$name.1 ]] || fail "filters/$name.1 is not there"
	done
}

named() {
	local name title
	name=$(basename "$1")
	title=${name%.*}
	grep -qxF ".Dt ${title^^} ${name##*.}" "$1" || fail "$name: .Dt is wrong"
	[[ $(section NAME "$1" | sed -n 's/^\.Nm //p') == "${name%.*}" ]] || fail "$name: NAME is wrong"
}

@test "each page has its own name" {
	each_page '*' named
}

lint() {
	local said
	said=$(mandoc -Tlint -W warning "$1") || fail "$said"
}

@test "mandoc finds no fault" {
	command -v mandoc >/dev/null || skip "no mandoc"
	each_page '*' lint
}

sections() {
	local name
	for name in NAME SYNOPSIS DESCRIPTION 'EXIT STATUS' EXAMPLES 'SEE ALSO'; do
		[[ -n $(section "$name" "$1") ]] || fail "${1##*/}: no $name"
	done
	(($(section EXAMPLES "$1" | grep -c '^\.Bd -literal') >= 3)) || fail "${1##*/}: fewer than three examples"
}

@test "pages of programs have all sections, and three examples" {
	each_page '*.1' sections
}

statuses() {
	local status
	for status in 0 1 2 3; do
		section 'EXIT STATUS' "$1" | grep -qxF ".It $status" || fail "${1##*/}: status $status"
	done
}

@test "pages of programs tell the four statuses" {
	each_page '*.1' statuses
}

options() {
	local name
	name=$(basename "$1" .1)
	diff -u --label "$name -h" --label "${1##*/}" <(usage_options "$name") <(page_options "$1")
}

@test "pages list the options that programs accept" {
	[[ -n $(usage_options siem-table) && -n $(page_options "$ROOT/filters/siem-table.1") ]]
	each_page '*.1' options
}

references() {
	local name part
	sed -nE 's/^\.(.* )?Xr (siem[a-z-]*) ([0-9]).*/\2 \3/p' "$1" | sort -u | while read -r name part; do
		[[ -f $ROOT/filters/$name.$part ]] || fail "${1##*/}: there is no $name($part)" || return 1
	done
}

@test "pages name pages that are there" {
	each_page '*' references
}

# Every block runs in a scratch copy of the data, as somebody would type it there, and shows something.
examples() {
	local page=$1 block status failed=0 place
	place=$BATS_TEST_TMPDIR/$(basename "$page")
	mkdir -p "$place/blocks"
	(cd "$place/blocks" && blocks "$page")
	for block in "$place"/blocks/*.sh; do
		[[ -f $block ]] || continue
		rm -rf "${place:?}/here" "${place:?}/home"
		mkdir -p "$place/here" "$place/home"
		cp -r "$ROOT"/examples "$ROOT"/rules "$place/here" 2>/dev/null || true
		status=0
		(
			cd "$place/here" && export HOME=$place/home TMPDIR=$place/home &&
				timeout 60 sh -e "$block" >"$place/out" 2>"$place/err" </dev/null
		) || status=$?
		# The status of a pipeline is that of its last command: what the others said counts as well.
		if ((status != 0)) || [[ ! -s $place/out && ! -s $place/err ]] ||
			grep -qE 'No such file|see siem-[a-z]+ -h|refused, the first|not found' "$place/err"; then
			printf '%s: status %s, %s bytes shown\n' "${page##*/}" "$status" "$(wc -c <"$place/out")" >&2
			cat "$block" "$place/err" >&2
			failed=1
		fi
	done
	return $failed
}

@test "examples of programs run, and show something" {
	each_page '*.1' examples
}

@test "examples of the other pages run, and show something" {
	each_page '*.[57]' examples
}
