# The shape of the sources: who includes whom, what nobody calls, what every file begins with.
# SPDX-License-Identifier: MIT

load lib

# Files of ours under these folders, by ending: sources FOLDER.. -- ENDING..
sources() {
	local folders=()
	while [[ $1 != -- ]]; do
		folders+=("$ROOT/$1")
		shift
	done
	shift
	local ending folder
	for ending; do
		for folder in "${folders[@]}"; do
			[[ ! -d $folder ]] || find "$folder" -name "*.$ending"
		done
	done | sort
}

# file:line:name of each "included" header, the name as a path from the repository's root.
includes() {
	local file line
	while read -r file; do
		grep -n '^#include "' "$file" | while IFS=: read -r line rest; do
			rest=${rest#*\"}
			rest=$(realpath -m --relative-to "$ROOT" "$(dirname "$file")/${rest%\"*}")
			printf '%s:%s: %s\n' "${file#"$ROOT/"}" "$line" "$rest"
		done
	done
}

# No line is left, or they are shown.
none() {
	local found
	found=$(cat)
	[[ -z $found ]] || fail "$1:"$'\n'"$found"
}

@test "lib includes only lib" {
	sources lib -- c h | includes | grep -v ': lib/' | none "lib reaches out"
}

@test "sinks include only sinks and lib" {
	sources sinks -- c h | includes | grep -vE ': (sinks|lib)/' | none "sinks reach out"
}

@test "filters include only sinks and lib, never each other" {
	sources filters -- c h | includes | grep -vE ': (sinks|lib)/' | none "filters reach out"
}

@test "included headers exist, and are included once" {
	sources lib sinks filters -- c h | includes >"$BATS_TEST_TMPDIR/all"
	[ -s "$BATS_TEST_TMPDIR/all" ]
	while read -r place header; do
		[[ -f $ROOT/$header ]] || echo "$place $header"
	done <"$BATS_TEST_TMPDIR/all" | none "not there"
	sed 's/:[0-9]*://' "$BATS_TEST_TMPDIR/all" | sort | uniq -d | none "twice"
}

@test "a database is known to sinks alone" {
	grep -nE '#include <(sqlite3|mysql|mariadb|libpq)' -r "$ROOT/lib" "$ROOT/filters" | none "a database's header"
}

@test "there are programs, and none in lib or sinks" {
	[ -n "$(programs)" ]
	sources lib sinks -- c | xargs -r grep -nE '^int main\(' | none "a main"
}

@test "functions nobody can use safely are not called" {
	local words='sprintf|vsprintf|strcpy|stpcpy|strcat|strncat|strncpy|atoi|atol|atoll|atof|sscanf|scanf|strtok'
	words="$words|strtok_r|setlocale|gets|system|popen|tmpnam|mktemp|alloca"
	sources lib sinks filters -- c h | xargs -r grep -nE "(^|[^[:alnum:]_])($words)[[:space:]]*\(" | none "called"
}

@test "typedef hides nothing" {
	sources lib sinks filters -- c h | xargs -r grep -nE '^[[:space:]]*typedef' | none "typedef"
}

@test "each room of lib and sinks begins with its header, so that headers stand alone" {
	local file header
	sources lib sinks -- c | while read -r file; do
		header=$(grep -m 1 '^#include' "$file")
		[[ $header =~ ^#include\ \"([a-z0-9_]+\.h)\"$ && -f $(dirname "$file")/${BASH_REMATCH[1]} ]] ||
			echo "${file#"$ROOT/"}: $header"
	done | none "no header of its own"
}

@test "each source says first what the room is for, then its licence" {
	local file first second
	sources lib sinks filters t -- c h | while read -r file; do
		{ read -r first && read -r second; } <"$file"
		[[ $first =~ ^/\*\ [A-Z0-9a-z].{15,}\.\ \*/$ && $second == '/* SPDX-License-Identifier: MIT */' ]] ||
			echo "${file#"$ROOT/"}: $first"
	done | none "first lines"
}

@test "each page, script and suite has its licence" {
	{
		sources filters -- 1 5 7
		sources t .ci examples -- bats bash sh py awk
		echo "$ROOT/Makefile"
	} | while read -r file; do
		head -n 4 "$file" | grep -q 'SPDX-License-Identifier: MIT' || echo "${file#"$ROOT/"}"
	done | none "no SPDX line"
}

@test "headers are guarded, by a name of ours" {
	sources lib sinks filters -- h | xargs -r grep -LE '^#ifndef SIEM_[A-Z0-9_]+_H$' | none "no guard"
}

@test "no line ends in blanks" {
	sources lib sinks filters t -- c h bats bash | xargs -r grep -nE '[[:blank:]]$' | none "blanks at the end"
}

@test "files are no longer than people can hold in their head" {
	local file lines
	sources lib sinks filters -- c h | while read -r file; do
		lines=$(wc -l <"$file")
		((lines <= 400)) || echo "${file#"$ROOT/"}: $lines lines"
	done | none "too long"
}

@test "nothing at file scope can change, but for the flags of signals" {
	local objects
	objects=$(find "$SIEM_BUILD/lib" "$SIEM_BUILD/sinks" "$SIEM_BUILD/filters" -name '*.o' 2>/dev/null) || true
	[ -n "$objects" ]
	# shellcheck disable=SC2086
	! objdump -t $objects | grep -qE '__(asan|ubsan|tsan|sanitizer)_' || skip "sanitizers have variables of their own"
	# shellcheck disable=SC2086
	objdump -t $objects | awk '
		/file format/ { file = $1; next }
		/ O +\.(data|bss|tdata|tbss|data\..*|bss\..*)\t/ && !/\.data\.rel\.ro/ { print file, $NF }' |
		grep -vE 'lib/signal\.o: signal_flags$' | none "can change"
}

@test "the top level has no other names than it needs" {
	local allowed='Makefile|README\.md|LICENSE|CHANGELOG\.md|filters|lib|sinks|rules|examples|t|\.ci|\.clang-format|\.gitignore'
	git -C "$ROOT" rev-parse --git-dir >/dev/null 2>&1 || skip "no git here: build folders cannot be told from ours"
	git -C "$ROOT" ls-files | sed 's|/.*||' | sort -u | grep -vxE "$allowed" | none "not in the design"
}
