#!/bin/sh
# Each stage alone on ready files, output to nowhere, beside tools that everybody knows: bench.sh BUILD
# SPDX-License-Identifier: MIT
#
# LINES (1000000) and ROUNDS (5) can be set. M is mawk printing three fields of the raw log, and each log has its own; a
# ratio is taken within a round, and the median of all rounds is shown with the least and the largest. Targets are
# those of the project. Then come curves: a hundred times the rules take three times as long; ten times the lines take
# ten times as long, and no more memory.
set -eu
cd "$(dirname "$0")/../.."
build=$(cd "$1" && pwd)
lines=${LINES:-1000000} rounds=${ROUNDS:-5}
data=$build/bench/data
PATH=$build:$PATH
mkdir -p "$data"
cd "$data"

parse='siem-parse -z +0000 --reference 2025-06-30'
helpers=$OLDPWD/rules/helpers_auth.json
rules=$OLDPWD/rules/auth.json
all=$(for file in "$OLDPWD"/rules/*.json; do case $file in */helpers_*) ;; *) printf " -r '%s'" "$file" ;; esac; done)

echo "making $lines lines .."
"$build/bench/gen" "$lines" >raw.log
"$build/bench/gen" "$lines" 1 5424 >5424.log
"$build/bench/gen" "$lines" 1 web >web.log
$parse raw.log >events.jsonl
siem-helper -p "$helpers" events.jsonl >enriched.jsonl
rm -f select.db*
siem-store -d sqlite:select.db events.jsonl
printf '%s\n' version=2 'rule=:%date:date-rfc3164% %host:word% %tag:char-to:\x3a%: %message:rest%' >header.rulebase

# name, target, what to do before, command
list() {
	printf '%s\t%s\t%s\t%s\n' \
		M - '' "LC_ALL=C exec mawk '{print \$1,\$4,\$5}' raw.log" \
		'cat, raw' - '' 'exec cat raw.log' \
		'cat, events' - '' 'exec cat events.jsonl' \
		siem-parse 0.7 '' "exec $parse raw.log" \
		'M, RFC 5424' - '' "LC_ALL=C exec mawk '{print \$1,\$4,\$5}' 5424.log" \
		'siem-parse, RFC 5424' '1.0 of M, RFC 5424' '' "exec $parse 5424.log" \
		'M, web access' - '' "LC_ALL=C exec mawk '{print \$1,\$4,\$5}' web.log" \
		'siem-parse, web access' '1.0 of M, web access' '' "exec $parse web.log" \
		'siem-helper' 0.8 '' 'exec siem-helper events.jsonl' \
		'siem-helper -p helpers_auth.json' - '' "exec siem-helper -p '$helpers' events.jsonl" \
		'siem-window' 0.8 '' 'exec siem-window events.jsonl' \
		'siem-window -r auth.json' '2.0 of siem-parse' '' "exec siem-window -r '$rules' enriched.jsonl" \
		'siem-window, all rules that ship' - '' "exec siem-window $all enriched.jsonl" \
		insert - 'rm -f insert.db*' "exec $build/bench/insert events.jsonl insert.db" \
		siem-store '2.0 of insert' 'rm -f store.db*' 'exec siem-store -d sqlite:store.db events.jsonl' \
		'siem-select, all' - '' 'exec siem-select -d sqlite:select.db' \
		'lognormalizer, header only' '5+ of siem-parse' '' 'exec lognormalizer -r header.rulebase <raw.log' \
		'jq -c .' - '' 'exec jq -c . events.jsonl'
}

# So many rules of four kinds, none of which finds anything: RULES
made_rules() {
	awk -v count="$1" 'BEGIN {
		kinds[0] = "\"message|contains\":\"failure %d of\""
		kinds[1] = "\"message|startswith\":\"refused %d\""
		kinds[2] = "\"message|re\":\"^Rejected(?:,| )+code %d\""
		kinds[3] = "\"user\":\"nobody%d\""
		for (i = 0; i < count; i++) {
			printf "%s{\"name\":\"made_%d\",\"severity\":5,", (i > 0 ? "," : "["), i
			printf "\"when\":{\"source_process\":[\"sshd\",\"p%d\"],", i % 50
			printf kinds[i % 4], i
			print "},\"by\":[\"source_host\"],\"event_limit\":5,\"time_int\":10}"
		}
		print "]"
	}'
}

# name, target, nothing to do before, command
rule_curve() {
	printf '%s\t%s\t\t%s\n' '10 rules' '1.1 of 10 rules' 'exec siem-window -r made10.json enriched.jsonl'
	for n in 1 100 1000 3000; do
		target="- of 10 rules"
		[ "$n" != 1000 ] || target="3.0 of 10 rules"
		printf '%s\t%s\t\t%s\n' "$n rules" "$target" "exec siem-window -r made$n.json enriched.jsonl"
	done
}

# The same through a pipe, for ever more lines: name, target, nothing to do before, command
curve() {
	before=- last="$((lines / 10)) lines"
	for n in $((lines / 10)) "$lines" $((lines * 10)); do
		printf '%s\t%s\t\t%s\n' "$n lines" "$before of $last" "'$build/bench/gen' $n | $parse"
		before=13 last="$n lines"
	done
}

echo "$(wc -c <raw.log) bytes of log, $(wc -c <events.jsonl) as events; $rounds rounds of everything"
list | "$build/bench/measure" "$rounds" 16
for n in 1 10 100 1000 3000; do
	made_rules "$n" >"made$n.json"
done
rule_curve | "$build/bench/measure" "$rounds" 64
curve | "$build/bench/measure" 1 16
rm -f ./*.db* ./*.log ./*.jsonl ./made*.json
