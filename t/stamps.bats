#!/usr/bin/env bats
# Stamps in all notations, in all kinds of zones and years: siem-parse says what Python's datetime and zoneinfo say.
# SPDX-License-Identifier: MIT

load lib

@test "664 stamps are read as Python reads them" {
	[[ -e /usr/share/zoneinfo/Europe/Berlin ]] || skip "no time zones here"
	run python3 "$ROOT/t/model/stamps.py"
	[[ $status == 0 ]] || fail "$output"
	[[ $output == "664 stamps, 0 of them wrong" ]] || fail "$output"
}

# The same with a zone that the model does not know of must not pass.
@test "a zone that is another one is found" {
	mkdir "$BATS_TEST_TMPDIR/bin"
	printf '#!/bin/sh\nexec "%s" -z +0100 "$@"\n' "$(command -v siem-parse)" > "$BATS_TEST_TMPDIR/bin/siem-parse"
	chmod +x "$BATS_TEST_TMPDIR/bin/siem-parse"
	PATH=$BATS_TEST_TMPDIR/bin:$PATH run python3 "$ROOT/t/model/stamps.py"
	[[ $status == 1 ]] || fail "$output"
}
