# The same tests on each kind of store: a suite named *-mariadb.bats (a link) runs on a server of its own.
# SPDX-License-Identifier: MIT
# shellcheck shell=bash

case ${BATS_TEST_FILENAME##*/} in
*mariadb.bats) BACKEND=mariadb ;;
*) BACKEND=sqlite ;;
esac

# A server on a socket in the suite's folder: no network, no user but root, and no other server is asked.
server_start() {
	local dir=$BATS_FILE_TMPDIR/server
	mkdir -p "$dir"
	[[ -d $dir/data ]] ||
		mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$dir/data" --skip-test-db \
			--auth-root-authentication-method=normal >"$dir/install" 2>&1 || fail "$(cat "$dir/install")"
	mariadbd --no-defaults --user="$(id -un)" --datadir="$dir/data" --socket="$dir/socket" --pid-file="$dir/pid" \
		--skip-networking --innodb-buffer-pool-size=64M --log-error="$dir/log" "$@" >/dev/null 2>&1 3>&- 4>&- &
	wait_until 60 server_answers || fail "$(tail "$dir/log")"
}

server_answers() {
	server_sql 'select 1' >/dev/null 2>&1
}

# server_stop [SIGNAL]: by its own pid, until it is gone.
server_stop() {
	local pid
	pid=$(cat "$BATS_FILE_TMPDIR/server/pid" 2>/dev/null) || return 0
	kill "-${1:-TERM}" "$pid" 2>/dev/null
	wait_until 60 eval "! kill -0 $pid 2>/dev/null"
}

# server_sql SQL [DATABASE]
server_sql() {
	mariadb --no-defaults -N -u root -S "$BATS_FILE_TMPDIR/server/socket" -e "$1" ${2:+"$2"}
}

# stores_begin, stores_end: for setup_file and teardown_file.
stores_begin() {
	[[ $BACKEND != mariadb ]] || server_start
}

stores_end() {
	[[ $BACKEND != mariadb ]] || server_stop
}

# store_name NAME: where a store of the test is; it is empty when the test begins.
store_name() {
	if [[ $BACKEND == sqlite ]]; then
		echo "sqlite:$PWD/$1.db"
	else
		local database
		database=$(database_of "$1")
		server_sql "create database if not exists $database"
		echo "mariadb://root@localhost/$database?socket=$BATS_FILE_TMPDIR/server/socket"
	fi
}

database_of() {
	echo "t${BATS_TEST_NUMBER:-0}_$1"
}

# ask SQL [NAME]: as a person would; columns with '|' between them.
ask() {
	if [[ $BACKEND == sqlite ]]; then
		sqlite3 "${2:-s}.db" "$1"
	else
		server_sql "$1" "$(database_of "${2:-s}")" | tr '\t' '|'
	fi
}

# sound [NAME]: the database finds nothing wrong with itself.
sound() {
	if [[ $BACKEND == sqlite ]]; then
		[[ $(ask 'pragma integrity_check' "$@") == ok ]]
	else
		[[ $(ask 'check table siemstress_events' "$@") == *'|OK' ]]
	fi
}
