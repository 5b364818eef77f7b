# The rules that ship: they name an attack, and are silent on ordinary days.
# SPDX-License-Identifier: MIT

load lib

# pipeline FILE..: what the shipped helpers and rules say of these logs, merged by their times.
pipeline() {
	local file helpers=() rules=()
	for file in "$ROOT"/rules/*.json; do
		case ${file##*/} in
		helpers_*) helpers+=(-p "$file") ;;
		*) rules+=(-r "$file") ;;
		esac
	done
	for file; do
		siem-parse --host web1 --reference 2025-06-01 "$file" 2>/dev/null
	done | LC_ALL=C sort | siem-helper "${helpers[@]}" | siem-window --final "${rules[@]}"
}

@test "rules: the tests that each of them brings pass, one in which it reports and one in which it just does not" {
	for file in "$ROOT"/rules/*.json; do
		[[ ${file##*/} == helpers_* ]] && continue
		siem-window --test -r "$file" >"$BATS_TEST_TMPDIR/out" || fail "$file: $(grep -v '^ok' "$BATS_TEST_TMPDIR/out")"
		jq -r '.[][] | objects | select((.tags | length == 0) or ([.tests[].alerts != 0] | unique != [false, true])) | .name' "$file" >"$BATS_TEST_TMPDIR/bare"
		[[ ! -s $BATS_TEST_TMPDIR/bare ]] || fail "$file: $(cat "$BATS_TEST_TMPDIR/bare")"
	done
}

@test "rules: a week of ordinary days, 200000 lines and more, raises no alert" {
	python3 "$ROOT/t/model/harmless.py" "$BATS_TEST_TMPDIR/days"
	(($(cat "$BATS_TEST_TMPDIR"/days/* | wc -l) > 200000))
	pipeline "$BATS_TEST_TMPDIR"/days/* >"$BATS_TEST_TMPDIR/alerts"
	[[ ! -s $BATS_TEST_TMPDIR/alerts ]] || fail "$(siem-table -f date_stamp,source_rule,message "$BATS_TEST_TMPDIR/alerts" | head -n 30)"
}

@test "rules: the same days with one attack among them raise its alerts alone" {
	python3 "$ROOT/t/model/harmless.py" "$BATS_TEST_TMPDIR/days" 1
	for second in {10..39}; do
		echo "Mar  3 12:00:$second gate sshd[4711]: Failed password for root from 203.0.113.45 port 40$second ssh2"
	done >"$BATS_TEST_TMPDIR/days/attack.log"
	pipeline "$BATS_TEST_TMPDIR"/days/* | jq -r '.key | tostring' | sort -u >"$BATS_TEST_TMPDIR/keys"
	[[ -s $BATS_TEST_TMPDIR/keys ]]
	lacks '^(?!.*(203\.0\.113\.45|root|gate))' "$BATS_TEST_TMPDIR/keys"
}
