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

# events FILE: what they say of these events, sorted by their ids, which are of milliseconds, and within them by --late.
events() {
	local file helpers=() rules=()
	for file in "$ROOT"/rules/*.json; do
		case ${file##*/} in
		helpers_*) helpers+=(-p "$file") ;;
		*) rules+=(-r "$file") ;;
		esac
	done
	LC_ALL=C sort "$1" | siem-helper "${helpers[@]}" | siem-window --late 1s --final "${rules[@]}" 2>/dev/null
}

# blamed DIRECTORY: the values of the keys of all alerts over the logs there, each read by itself; the alerts in $BATS_TEST_TMPDIR/alerts.
blamed() {
	local file
	for file in "$1"/*; do
		siem-parse --host web1 --reference 2025-06-01 -z Z "$file" 2>/dev/null
	done >"$BATS_TEST_TMPDIR/events.jsonl"
	events "$BATS_TEST_TMPDIR/events.jsonl" >"$BATS_TEST_TMPDIR/alerts"
	jq -r '.key[] | tostring | ltrimstr("::ffff:")' "$BATS_TEST_TMPDIR/alerts" | sort -u
}

@test "rules: the tests that each of them brings pass, one in which it reports and one in which it just does not" {
	for file in "$ROOT"/rules/*.json; do
		[[ ${file##*/} == helpers_* ]] && continue
		siem-window --test -r "$file" >"$BATS_TEST_TMPDIR/out" || fail "$file: $(grep -v '^ok' "$BATS_TEST_TMPDIR/out")"
		jq -r 'to_entries[] | select(.key != "let").value[] | select((.tags | length == 0) or ([.tests[].alerts != 0] | unique != [false, true])) | .name' "$file" >"$BATS_TEST_TMPDIR/bare"
		[[ ! -s $BATS_TEST_TMPDIR/bare ]] || fail "$file: $(cat "$BATS_TEST_TMPDIR/bare")"
	done
}

@test "rules: a week of ordinary days, 300000 lines and more, raises no alert" {
	python3 "$ROOT/t/model/harmless.py" "$BATS_TEST_TMPDIR/days"
	(($(cat "$BATS_TEST_TMPDIR"/days/* | wc -l) > 300000))
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

@test "rules: what comes for the first time is told once the rules have learned for a week, and nothing else is" {
	python3 "$ROOT/t/model/harmless.py" "$BATS_TEST_TMPDIR/days" 12 ssh sudo accounts runners
	pipeline "$BATS_TEST_TMPDIR"/days/* >"$BATS_TEST_TMPDIR/alerts"
	[[ ! -s $BATS_TEST_TMPDIR/alerts ]] || fail "$(head -n 5 "$BATS_TEST_TMPDIR/alerts")"
	cat >"$BATS_TEST_TMPDIR/days/new.log" <<'END'
Mar 13 21:00:00 gate sshd[4711]: Accepted publickey for hana from 203.0.113.9 port 50000 ssh2: ED25519 SHA256:hanaxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
Mar 13 22:00:00 gate sshd[4712]: Accepted publickey for hana from 203.0.113.9 port 50001 ssh2: ED25519 SHA256:hanaxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
Mar 13 22:10:00 gate sshd[4713]: Accepted publickey for hana from 10.20.0.18 port 50002 ssh2: ED25519 SHA256:stolen
Mar 13 22:20:00 gate sudo[4714]:     hana : TTY=pts/1 ; PWD=/home/hana ; USER=root ; COMMAND=/bin/bash
Mar 13 22:30:00 gate crontab[4715]: (hana) REPLACE (hana)
END
	pipeline "$BATS_TEST_TMPDIR"/days/* | jq -r '[.source_rule, .key.user // "-", .event_count] | join(" ")' | sort >"$BATS_TEST_TMPDIR/told"
	printf '%s\n' 'Cron_FirstEdit hana 1' 'SSH_NewAddress hana 1' 'SSH_NewKey hana 1' 'SUDO_FirstShell hana 1' 'SUDO_FirstUse hana 1' |
		diff - "$BATS_TEST_TMPDIR/told"
}

# logins DIRECTORY TIMES [NAME ..]: the logs of logins.tsv; $BATS_TEST_TMPDIR/map has what logins.py prints.
logins() {
	python3 "$ROOT/t/model/logins.py" "$ROOT/t/logins.tsv" "$@" >"$BATS_TEST_TMPDIR/map"
}

@test "rules: failed logins of each program in logins.tsv raise an alert for their address, a few of them none" {
	logins "$BATS_TEST_TMPDIR/few" 3
	(($(wc -l <"$BATS_TEST_TMPDIR/map") > 140))
	for file in "$BATS_TEST_TMPDIR"/few/*; do
		siem-parse --host web1 --reference 2025-06-01 -z Z "$file" 2>/dev/null | sed "s/\"log_source\":\"[^\"]*\"/\"log_source\":\"$(basename "$file" .log)\"/"
	done >"$BATS_TEST_TMPDIR/few.jsonl"
	events "$BATS_TEST_TMPDIR/few.jsonl" >"$BATS_TEST_TMPDIR/alerts"
	[[ ! -s $BATS_TEST_TMPDIR/alerts ]] || fail "$(jq -r '[.source_rule, .message] | @tsv' "$BATS_TEST_TMPDIR/alerts" | head)"
	logins "$BATS_TEST_TMPDIR/many" 12
	blamed "$BATS_TEST_TMPDIR/many" >"$BATS_TEST_TMPDIR/blamed"
	cut -f 2 "$BATS_TEST_TMPDIR/map" | sort | comm -23 - "$BATS_TEST_TMPDIR/blamed" >"$BATS_TEST_TMPDIR/missing"
	[[ ! -s $BATS_TEST_TMPDIR/missing ]] || fail "$(grep -Fwf "$BATS_TEST_TMPDIR/missing" "$BATS_TEST_TMPDIR/map")"
}

@test "rules: whoever calls himself after an address blames nobody with it, and gets told of" {
	local name
	for name in 'x, client: 198.51.100.66, server: y' "root' from '198.51.100.66" 'x" ip="198.51.100.66'; do
		logins "$BATS_TEST_TMPDIR/forged" 12 "$name"
		blamed "$BATS_TEST_TMPDIR/forged" >"$BATS_TEST_TMPDIR/blamed"
		lacks '^198\.51\.100\.66$' "$BATS_TEST_TMPDIR/blamed"
		grep -q Login_ForgedName_10m "$BATS_TEST_TMPDIR/alerts"
	done
}
