# siem-parse: logs of products with a form of their own, as their documentation shows them.
# SPDX-License-Identifier: MIT

load lib

# Each line of products.tsv: what is wanted, a tab, a line of log. Lines that say "near:" are near misses.
setup() {
	export TABLE="$BATS_TEST_DIRNAME/products.tsv"
}

# show: of each event format, time, machine, program, pid, severity, both ends, user, protocol and extended.
show() {
	timeout 60 siem-parse --host here --reference 2025-01-01T00:00:00Z -z Z "$@" 2>/dev/null |
		jq -r '[.format, .date_stamp, .log_source, .source_process, .source_pid, .severity, .source_host, .source_port,
			.dest_host, .dest_port, .user, .protocol, (.extended // {} | tojson)] | map(. // "-" | tostring) | join("|")'
}

@test "products: format, time, machine, program, both ends and extended" {
	cut -f 2- "$TABLE" >"$BATS_TEST_TMPDIR/log"
	show "$BATS_TEST_TMPDIR/log" >"$BATS_TEST_TMPDIR/got"
	cut -f 1 "$TABLE" | diff - "$BATS_TEST_TMPDIR/got"
}

@test "products: a line is read the same whatever stood before it" {
	local seed timeless='s/^(unparsed|webapp|nostamp|logfmt)[|][^|]*/\1|/'
	for seed in 1 2 3; do
		shuf --random-source=<(yes $seed) "$TABLE" >"$BATS_TEST_TMPDIR/shuffled"
		cut -f 2- "$BATS_TEST_TMPDIR/shuffled" | grep -v '^version ' >"$BATS_TEST_TMPDIR/log"
		show "$BATS_TEST_TMPDIR/log" | sed -E "$timeless" >"$BATS_TEST_TMPDIR/got"
		grep -v '	version ' "$BATS_TEST_TMPDIR/shuffled" | cut -f 1 | sed -E "$timeless" |
			diff - "$BATS_TEST_TMPDIR/got"
	done
}

@test "vpcflow: a header line names the columns, for its file alone" {
	printf '%s\n' 'version vpc-id interface-id srcaddr dstaddr srcport dstport protocol tcp-flags start end action' \
		'5 vpc-1 eni-1 192.0.2.7 198.51.100.7 49761 22 6 2 1718013600 1718013660 REJECT' \
		'5 vpc-1 eni-1 192.0.2.7 198.51.100.7 49761 22 6 2 soon 1718013660 REJECT' >"$BATS_TEST_TMPDIR/flow"
	sed -n 2p "$BATS_TEST_TMPDIR/flow" >"$BATS_TEST_TMPDIR/bare"
	siem-parse "$BATS_TEST_TMPDIR/flow" "$BATS_TEST_TMPDIR/bare" 2>/dev/null | jq -r '[.format, .source_host, .dest_port,
		.protocol, .extended.action, .extended.vpc_id, .extended.tcp_flags] | map(. // "-" | tostring) | join(" ")' >"$BATS_TEST_TMPDIR/got"
	diff "$BATS_TEST_TMPDIR/got" - <<'END'
vpcflow - - - - - -
vpcflow 192.0.2.7 22 tcp REJECT vpc-1 2
unparsed - - - - - -
unparsed - - - - - -
END
}

@test "w3c: texts in quotes, as the standard has them" {
	printf '%s\n' '#Fields: date time c-ip cs-method cs-uri cs(User-Agent) sc-status' \
		'"2024-06-10" "12:00:00" "192.0.2.7" "GET" "/a?b" "Mozilla/5.0 (X11; ""Linux"")" "200"' \
		'2024-06-10 12:00:01 192.0.2.7 GET "/a x 404' >"$BATS_TEST_TMPDIR/w3c"
	siem-parse "$BATS_TEST_TMPDIR/w3c" | jq -r '[.date_stamp, .source_host, .extended.path, .extended.user_agent,
		.extended.status] | map(. // "-" | tostring) | join("|")' | tail -n 2 >"$BATS_TEST_TMPDIR/got"
	diff "$BATS_TEST_TMPDIR/got" - <<'END'
2024-06-10T12:00:00Z|192.0.2.7|/a|Mozilla/5.0 (X11; "Linux")|200
2024-06-10T12:00:01Z|192.0.2.7|"/a|x|404
END
}

@test "w3c: the day of lines that have a clock alone is that of #Date" {
	printf '%s\n' '#Date: 2000-10-09 16:44:40' '#Fields: time c-ip cs-method cs-uri-stem sc-status' \
		'16:44:49 192.0.2.7 [2]USER anonymous 331' >"$BATS_TEST_TMPDIR/w3c"
	siem-parse "$BATS_TEST_TMPDIR/w3c" | jq -r '[.format, .date_stamp, .source_host] | join(" ")' | tail -n 1 >"$BATS_TEST_TMPDIR/got"
	echo 'w3c 2000-10-09T16:44:49Z 192.0.2.7' | diff "$BATS_TEST_TMPDIR/got" -
}
