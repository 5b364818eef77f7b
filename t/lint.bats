#!/usr/bin/env bats
# --lint: what an author cannot have meant is told with the rule and how to mend it, and nothing else is.
# SPDX-License-Identifier: MIT

bats_require_minimum_version 1.5.0
load lib

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# rule NAME MEMBERS: one rule, as JSON.
rule() {
	printf '{"name": "%s", "severity": 5, %s}' "$1" "$2"
}

# rules RULE..: a file of them.
rules() {
	local IFS=,
	printf '[%s]\n' "$*" >r.json
}

# found STATUS PART..: siem-window --lint ends so and tells each of these, a line each.
found() {
	local status=$1 part
	shift
	run "-$status" siem-window --lint -r r.json
	(($# == ${#lines[@]})) || fail "not $# lines: $output"
	for part; do
		has "$output" "$part"
	done
}

# when STATUS CRITERIA [PART]: of a rule with these.
when() {
	rules "$(rule one "\"when\": $2, \"by\": \"source_host\"")"
	found "$1" "${@:3}"
}

never() {
	when 1 "$1" 'r.json: rule "one": when: can never match: '
}

fine() {
	when 0 "$1"
}

@test "shipped rules and helpers are clean" {
	local file rules=() helpers=()
	for file in "$ROOT"/rules/*.json; do
		case ${file##*/} in
		helpers_*) helpers+=(-p "$file") ;;
		*) rules+=(-r "$file") ;;
		esac
	done
	run -0 siem-window --lint "${rules[@]}"
	[ -z "$output" ] || fail "$output"
	run -0 siem-helper --lint "${helpers[@]}"
	[ -z "$output" ] || fail "$output"
}

@test "all that is invalid in a file is told, not only the first of it" {
	rules "$(rule one '"when": {"message|contians": "x", "user|startwith": "y"}, "evnt_limit": 3, "time_it": 1')" \
		"$(rule two '"when": {"a": 1}, "severty": 3')" "$(rule three '"when": {"a": 1}')"
	found 2 "evnt_limit: a rule has no such member; did you mean 'event_limit'?" \
		"time_it: a rule has no such member; did you mean 'time_int'?" "did you mean '|contains'" \
		"did you mean '|startswith'" "rule \"two\": severty: a rule has no such member; did you mean 'severity'?"
	echo '{"rules": [' >r.json
	found 2 "r.json:"
	echo '{"helpers": []}' >r.json
	found 2 "'helpers' is no list of rules"
}

@test "tests that contradict each other are told, and no others" {
	never '{"severity": 3, "severity|gt": 4}'
	never '{"severity|all": [3, 4]}'
	never '{"source_process": "sshd", "not": {"source_process": ["sshd", "su"]}}'
	never '{"source_port|gt": 5, "source_port|lt": 3}'
	never '{"source_port|gt": 5, "source_port|lte": 5}'
	never '{"user|exists": false, "user": "root"}'
	never '{"extended.x|exists": false, "extended.x|contains": "y"}'
	never '{"source_host|cidr": "192.0.2.0/24", "source_host": "198.51.100.7"}'
	never '{"source_host|cidr": ["192.0.2.0/24", "2001:db8::/32"], "not": {"not": {"source_host|cidr": "198.51.100.0/24"}}}'
	never '{"message|startswith": "Failed", "message": ["Accepted", "failing"]}'
	never '{"message|startswith": "Failed", "not": {"not": {"message|startswith": "Accepted"}}}'
	never '{"message|endswith|all": ["x1", "y1"]}'
	never '{"user": "root", "user|contains": "adm"}'
	never '[{"severity": 3, "severity|gt": 4}, {"user|exists": false, "user": "x"}]'
	never '{"severity": 3, "not": [{"severity|lt": 5}, {"user": "x"}]}'
	never '{"extended.x": "a", "not": {"extended.x": "a"}}'
	never '{"source_port|gt": 3, "source_port|lt": 4}'
	never '{"source_host|startswith": ["192.168.", "10."], "source_host|cidr": ["192.0.2.0/24", "2001:db8::/32"]}'
	never '{"message|startswith": "Failed password", "not": {"message|contains": "fail"}}'
	never '{"extended.x|gt": 5, "not": {"extended.x|gte": 4}}'
	never '{"source_host|cidr": "192.0.2.0/25", "not": {"source_host|cidr": "192.0.2.0/24"}}'
	when 1 '{"message|re": "a^b"}' "'a^b' never matches" "no text matches 'message|re'"
}

@test "tests that only look so are not told" {
	fine '{"extended.severity|all": [3, 4]}'
	fine '{"severity": [3, 5], "severity|gt": 4}'
	fine '{"source_port|gt": 3, "source_port|lt": 5}'
	fine '{"extended.x|gt": 3, "extended.x|lt": 4}'
	fine '{"source_host|startswith": "192.0.", "source_host|cidr": "192.0.2.0/24"}'
	fine '{"source_host|startswith": "192.16", "source_host|cidr": "192.168.0.0/16"}'
	fine '{"message|startswith": "Failed", "not": {"message|contains|cased": "fail"}}'
	fine '{"extended.x|gt": 4, "not": {"extended.x|gt": 5}}'
	fine '{"source_port|gte": 5, "source_port|lte": 5}'
	fine '{"user": "Root", "user|contains|cased": "root"}'
	fine '{"user": "root", "user|re": "^R"}'
	fine '{"user": "r*", "user|endswith": "t"}'
	fine '{"source_host|cidr": "192.0.0.0/16", "not": {"source_host|cidr": "192.0.2.0/24"}}'
	fine '{"message|startswith": ["Failed", "Accepted"], "message": "accepted x"}'
	fine '[{"severity": 3, "severity|gt": 4}, {"user": "x"}]'
	fine '{"severity": 3, "not": {"severity": 3, "user": "x"}}'
	fine '{"user|exists": true, "not": {"user": "x"}}'
	fine '{"message|re": ["^a", "b$", "(?m)a\\n^b", "$\\n"]}'
}

@test "steps are held together with when, unless takes away" {
	rules "$(rule one '"when": {"severity": 3}, "sequence": [{"user": "a"}, {"severity|gt": 4}], "time_int": 1')"
	found 1 "sequence[1]: can never match: 'severity' and 'severity|gt' contradict each other"
	rules "$(rule one '"when": {"user": "a"}, "unless": {"user|startswith": "a"}')"
	found 1 "'user' and not 'user|startswith' contradict each other"
	rules "$(rule one '"when": {"user": "a"}, "expect": {"user": "b", "user|gt": 3}, "time_int": 1')"
	found 1 "expect: can never match"
}

@test "a limit that its field cannot reach, a rule that nobody wrote" {
	rules "$(rule one '"when": {"source_port": ["22", "23"]}, "distinct": "source_port", "event_limit": 2, "time_int": 1')"
	found 1 "distinct: 'source_port' has 2 values at most"
	rules "$(rule one '"when": {"source_port": ["22", "23"]}, "distinct": "source_port", "event_limit": 1, "time_int": 1')"
	found 0
	rules "$(rule one '"when": {"user": ["a", "b"]}, "distinct": "user", "event_limit": 2, "time_int": 1')"
	found 0 # A and B are values of their own
	rules "$(rule one '"when": {"a": 1}, "by": ["user", "source_host"], "distinct": "user", "event_limit": 2, "time_int": 1')"
	found 1 "'user' stands in \"by\" too"
	rules "$(rule one '"when": {"source_rule": ["tow", "t*"]}')" "$(rule two '"when": {"a": 1}')"
	found 1 "no rule of these files is named 'tow'; did you mean 'two'?"
}

@test "rules that do the same, and those that tell of nothing new" {
	local limit='"when": {"a": 1}, "by": "user", "event_limit"'
	rules "$(rule one "$limit: 3, \"time_int\": 5")" "$(rule two "$limit: 3, \"time_int\": 5")"
	found 1 'rule "two": does the same as rule "one" (r.json)'
	rules "$(rule one "$limit: 3, \"time_int\": 5")" "$(rule two "$limit: 5, \"time_int\": 4")"
	found 1 'rule "two": tells of nothing that rule "one" (r.json) does not tell of'
	rules "$(rule one "$limit: 3, \"time_int\": 5")" "$(rule two "$limit: 5, \"time_int\": 6")"
	found 0
	rules "$(rule one "$limit: 3, \"time_int\": 5")" \
		"{\"name\": \"two\", \"severity\": 2, $limit: 50, \"time_int\": 5}"
	found 0 # it says how bad it is
	rules "$(rule one "$limit: 3, \"time_int\": 5")" "$(rule two "$limit: 3, \"time_int\": 5, \"is_enabled\": 0")"
	found 0
}

# shadows WHEN WHEN [MORE [MORE]]: each event of the first rule matches the second; it alone is told.
shadows() {
	rules "$(rule one "\"when\": $1${3:+, $3}")" "$(rule two "\"when\": $2${4:+, $4}")"
	found 1 'rule "one": reports only when rule "two" (r.json) does'
}

# differ WHEN WHEN [MORE [MORE]]: the first has something of its own.
differ() {
	rules "$(rule one "\"when\": $1${3:+, $3}")" "$(rule two "\"when\": $2${4:+, $4}")"
	run siem-window --lint -r r.json
	[[ $status -le 1 && $output != *'r.json: rule "one"'* ]] || fail "$output"
}

@test "rules whose criteria imply those of another, and those that match something of their own" {
	shadows '{"user": "root", "message": "x*"}' '{"user": ["admin", "Root"]}'
	shadows '{"user|startswith": "rooty"}' '{"user|contains": ["OOT"]}'
	shadows '{"source_port|gt": 10}' '{"source_port|gte": 10}'
	shadows '{"source_host|cidr": "192.0.2.0/25"}' '{"source_host|cidr": ["192.0.2.0/24", "2001:db8::/32"]}'
	shadows '{"user": "root", "not": {"message": "a*"}}' '{"user|exists": true, "not": {"message": "a*", "log_source": "b"}}'
	shadows '[{"user": "a"}, {"user": "b"}]' '[{"user": ["b", "c"]}, {"user|re": "[a]", "message": "m"}, {"user": "a"}]'
	shadows '{"user": "a", "message": "x"}' '{"user": "a"}' '"event_limit": 9, "time_int": "1m"' '"event_limit": 5, "time_int": "2m"'
	shadows '{"user": "a"}' '{"user": "a"}' '"unless": {"message": ["x", "y"]}' '"unless": {"message": "x"}'
	differ '{"user": "root"}' '{"user|cased": "root"}'
	differ '{"user": "root"}' '{"user|re": "root"}' # ROOT
	differ '{"user": "root*"}' '{"user": "root"}'
	differ '{"user|contains": "root"}' '{"user|startswith": "root"}'
	differ '{"source_port|gte": 10}' '{"source_port|gt": 10}'
	differ '{"source_port|lt": 10}' '{"source_port|gt": 5}'
	differ '{"user": "a"}' '{"user": "a"}' '"unless": {"message": "x"}' '"unless": {"message": ["x", "y"]}'
	differ '{"user": "a", "message": "x"}' '{"user": "a"}' '"by": "source_host"' '"by": "user"'
	differ '{"user": "a", "message": "x"}' '{"user": "a"}' '"by": "user"' '"by": "user", "event_limit": 2, "time_int": 1'
	differ '{"user": "a", "message": "x"}' '{"user": "a"}' '"event_limit": 9, "time_int": "3m"' '"event_limit": 5, "time_int": "2m"'
	differ '{"user": "a", "source_rule": "two"}' '{"user": "a"}'
}

@test "expressions that give up: each finding does, and those of the same look that cannot are not told" {
	local expression
	for expression in '(a+)+$' '(a|a)*b' '^(\\w+\\s?)*!' '^(?:a|b|ab)*c' '\\s*\\s*\\s*x' '^\\d+\\d+\\d+z' \
		'x(?:[a-z]+[0-9]*)+y' '^(?:(?:ab)+)+$' '"(?:[^"]|\\\\.|\\\\)*"z'; do
		when 1 "{\"message|re\": \"${expression//\"/\\\"}\"}" "gives up on a text of"
	done
	for expression in '(a+)+' '(?:a+)++$' '(a|b)*c' '^(?:[a-z]+,)*x' '.*foo.*bar' '^\\S+ \\S+ \\S+$' '(?>a+)+b' \
		'(?:[^"\\\\]|\\\\.)*"' '\\d+\\.\\d+\\.\\d+' '^\\s*[a-z]+\\s*=\\s*\\S+\\s*$'; do
		fine "{\"message|re\": \"${expression//\"/\\\"}\"}"
	done
}

# helper MEMBERS: a file with one.
helper() {
	printf '[{"name": "one", %s}]\n' "$1" >h.json
}

@test "helpers: what stands behind .* alone can be faked; notes tell of what is only likely" {
	local expression
	for expression in '.*from (?<source_host>\\S+)' '^.*? from (?<user>\\w+)' '(?:a|.*)=(?<user>x+)'; do
		helper "\"reg_exp\": \"$expression\""
		run -1 siem-helper --lint -p h.json
		has "$output" "h.json: helper 'one': reg_exp: '"
		has "$output" "who writes a part of the text can fake it"
	done
	for expression in 'from (?<source_host>\\S+)' '^.*? from (?<source_host>\\S+)$' '^(?<user>.*) from' \
		'^(?!.* from .* from ).* from (?<user>\\w+)' '^(?:a .*b (?<user>x)|.* (?<host>y))$'; do
		helper "\"reg_exp\": \"$expression\""
		run -0 siem-helper --lint --notes -p h.json
		[ -z "$output" ] || fail "$output"
	done
	helper '"reg_exp": "^Failed for .* from (?<source_host>\\S+)"'
	run -0 siem-helper --lint -p h.json
	[ -z "$output" ] || fail "$output"
	run -0 siem-helper --lint --notes -p h.json
	has "$output" "helper 'one': note: reg_exp: 'source_host' is taken from wherever"
	helper '"reg_exp": "^(a+)+$", "var_name": "x", "when": {"user": "x", "user|exists": false}'
	run -1 siem-helper --lint -p h.json
	has "$output" "gives up on a text"
	has "$output" "when: can never match"
	helper '"reg_exp": "^(a+$", "var_name": "x"'
	run -2 siem-helper --lint -p h.json
}

@test "helpers: what is taken from the first place behind a text that somebody chose can be faked" {
	local expression
	for expression in '^login of (?<user>.*?) from (?<source_host>\\S+) port' 'user[ =]?.+? from (?<source_host>\\S+)' \
		'Failed for .*? from (?<source_host>[0-9.]+) via .*' '^(?:a|b) (?<user>.*?) (?<dest_host>\\S+), (?<note>.*)$'; do
		helper "\"reg_exp\": \"$expression\""
		run -1 siem-helper --lint -p h.json
		has "$output" "is taken from the first place that fits behind a text that somebody chose"
	done
	for expression in '^login of (?<user>.*) from (?<source_host>\\S+) port' '^login of (?<user>.*?) from (?<source_host>\\S+)$' \
		'^user (?!.* from .* from )(?<user>.*?) from (?<source_host>\\S+)' '^user (?<user>.*?), .* from (?<source_host>\\S+) ' \
		'^ACCEPT.*? from (?<source_host>\\S+)' '^user (?<user>\\S+?) from (?<source_host>\\S+)'; do
		helper "\"reg_exp\": \"$expression\""
		run -0 siem-helper --lint -p h.json
		[ -z "$output" ] || fail "$output"
	done
}

@test "notes: what is missing, what is switched off" {
	rules "$(rule one '"when": {"a": 1}, "event_limit": 3, "time_int": 1, "is_enabled": 0')"
	found 0
	run -0 siem-window --lint --notes -r r.json
	[ "${#lines[@]}" -eq 4 ] || fail "$output"
	has "$output" 'rule "one": note: is_enabled: it is switched off'
	run -2 siem-window --lint
	has "$output" "there are no rules"
}

@test "options that would be without effect are misuse" {
	rules "$(rule one '"when": {"a": 1}')"
	helper '"reg_exp": "a(?<user>b)"'
	: >events
	for asked in "--notes -r r.json events" "--lint -r r.json events" "--test -r r.json events"; do
		# shellcheck disable=SC2086
		run -2 siem-window $asked
	done
	for asked in "--notes -p h.json events" "--lint -p h.json events" "--lint"; do
		# shellcheck disable=SC2086
		run -2 siem-helper $asked
	done
}
