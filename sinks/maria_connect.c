/* The store on a MariaDB server: connecting, and coming back when the server does. */
/* SPDX-License-Identifier: MIT */
#include "maria.h"

#include "../lib/signal.h"

#include <err.h>
#include <errmsg.h>
#include <stdio.h>
#include <mysqld_error.h>
#include <time.h>

enum {
	CONNECT_SECONDS = 10,  /* until a server that does not answer is not there */
	READ_SECONDS = 120,    /* until one that has stopped in the middle is lost */
	LOCK_SECONDS = 60,     /* less than that: others may write for so long */
	PAUSE_LEAST = 100,     /* milliseconds between two tries, .. */
	PAUSE_MOST = 5000,     /* .. doubled each time */
	STOPPED_AFTER = 5000,  /* milliseconds that the wait goes on once a signal asks us to end */
	TRIES_CONNECTED = 100, /* of a batch, on a server that is there */
};

/* What is over soon, or heals on a new connection. */
static bool is_passing(unsigned code)
{
	static const unsigned codes[] = {
		CR_CONNECTION_ERROR,	      CR_CONN_HOST_ERROR,   CR_SERVER_GONE_ERROR,	CR_SERVER_LOST,
		CR_SERVER_LOST_EXTENDED,      CR_IPSOCK_ERROR,	    ER_LOCK_DEADLOCK,		ER_LOCK_WAIT_TIMEOUT,
		ER_SERVER_SHUTDOWN,	      ER_NORMAL_SHUTDOWN,   ER_CONNECTION_KILLED,	ER_CON_COUNT_ERROR,
		ER_TOO_MANY_USER_CONNECTIONS, ER_QUERY_INTERRUPTED, ER_NEW_ABORTING_CONNECTION, ER_ABORTING_CONNECTION,
		ER_UNKNOWN_STMT_HANDLER,
	};

	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (codes[i] == code)
			return true;
	return false;
}

static const char *name_of(const struct maria *maria)
{
	return maria->place.socket != NULL ? maria->place.socket
	       : maria->place.host != NULL ? maria->place.host
					   : "localhost";
}

static bool fault(struct maria *maria, unsigned code, const char *words, struct error *err)
{
	const char *server = name_of(maria), *database = maria->place.database;

	maria->lost = is_passing(code);
	if (code == ER_RECORD_FILE_FULL || code == ER_DISK_FULL)
		return error_set(err,
				 "mariadb %s/%s: no space left (%s); what was committed is safe: make room, then run "
				 "this again, it goes on where it ended",
				 server, database, words);
	if (code == ER_ACCESS_DENIED_ERROR || code == ER_ACCESS_DENIED_NO_PASSWORD_ERROR)
		return error_set(err,
				 "mariadb %s/%s: %s; the password comes from the config file of -c, $MARIADB_PASSWORD "
				 "or ~/.my.cnf",
				 server, database, words);
	return error_set(err, "mariadb %s/%s: %s", server, database, words);
}

bool maria_fault(struct maria *maria, struct error *err)
{
	return fault(maria, mysql_errno(maria->db), mysql_error(maria->db), err);
}

bool maria_statement_fault(struct maria *maria, MYSQL_STMT *statement, struct error *err)
{
	return fault(maria, mysql_stmt_errno(statement), mysql_stmt_error(statement), err);
}

static void close_statement(MYSQL_STMT **statement)
{
	if (*statement != NULL)
		mysql_stmt_close(*statement);
	*statement = NULL;
}

void maria_disconnect(struct maria *maria)
{
	for (struct maria_table *table = maria->tables; table != NULL; table = table->next) {
		close_statement(&table->insert);
		close_statement(&table->lookup);
		close_statement(&table->replace);
		close_statement(&table->remove);
	}
	if (maria->db != NULL)
		mysql_close(maria->db);
	maria->db = NULL;
}

static void set_tls(const struct maria_place *place, MYSQL *db)
{
	const my_bool on = 1, verify = place->tls == TLS_VERIFY;

	if (place->ca != NULL || place->certificate != NULL || place->key != NULL)
		mysql_ssl_set(db, place->key, place->certificate, place->ca, NULL, NULL);
	if (place->tls >= TLS_ON)
		mysql_optionsv(db, MYSQL_OPT_SSL_ENFORCE, &on);
	if (place->tls >= TLS_ON)
		mysql_optionsv(db, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify);
}

/*
 * READ COMMITTED: nobody is kept from writing by a reader, and no gap is locked. STRICT: a value that does not fit
 * is an error, never cut. Text goes over the wire and into the table as UTF-8.
 */
static bool set_up(struct maria *maria, struct error *err)
{
	uint64_t packet = 0;
	char sql[160];

	snprintf(sql, sizeof sql,
		 "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_BACKSLASH_ESCAPES,ANSI_QUOTES', time_zone = '+00:00', "
		 "innodb_lock_wait_timeout = %d",
		 LOCK_SECONDS);
	if (!maria_run(maria, sql, err) ||
	    !maria_run(maria, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED", err) ||
	    !maria_number(maria, "SELECT @@max_allowed_packet", &packet, err))
		return false;
	/* A record goes in one packet, with its key and some bytes of the protocol. */
	maria->store.line_max = (size_t)packet - (size_t)packet / 16;
	return true;
}

static bool log_in(struct maria *maria, struct error *err)
{
	const struct maria_place *place = &maria->place;
	const unsigned connect_seconds = CONNECT_SECONDS, seconds = READ_SECONDS;

	maria->db = mysql_init(NULL);
	if (maria->db == NULL)
		errx(STATUS_FAILED, "out of memory");
	if (place->options != NULL)
		mysql_optionsv(maria->db, MYSQL_READ_DEFAULT_FILE, place->options);
	mysql_optionsv(maria->db, MYSQL_READ_DEFAULT_GROUP, "siemstress");
	mysql_optionsv(maria->db, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	mysql_optionsv(maria->db, MYSQL_OPT_CONNECT_TIMEOUT, &connect_seconds);
	mysql_optionsv(maria->db, MYSQL_OPT_READ_TIMEOUT, &seconds);
	mysql_optionsv(maria->db, MYSQL_OPT_WRITE_TIMEOUT, &seconds);
	set_tls(place, maria->db);
	return mysql_real_connect(maria->db, place->host, place->user, maria->password, place->database, place->port,
				  place->socket, 0) != NULL ||
	       maria_fault(maria, err);
}

bool maria_connect(struct maria *maria, struct error *err)
{
	maria_disconnect(maria);
	if (!log_in(maria, err) || !set_up(maria, err)) {
		maria_disconnect(maria);
		return false;
	}
	maria->lost = false;
	return true;
}

/* Let go on or give up: a pause, longer each time; false where a signal has asked us to end, and time is up. */
static bool wait_a_while(int *pause, int64_t *stopped)
{
	const struct timespec time = { *pause / 1000, *pause % 1000 * 1000000L };

	if (signal_stop() && *stopped >= STOPPED_AFTER)
		return false;
	/* SIGUSR1 is answered where lines are read: until then it would end every wait at once. */
	if (!signal_came())
		signal_wait(-1, *pause);
	else
		nanosleep(&time, NULL);
	*stopped += signal_stop() ? *pause : 0;
	*pause = *pause * 2 < PAUSE_MOST ? *pause * 2 : PAUSE_MOST;
	return true;
}

bool maria_recover(struct store *store, struct error *err)
{
	struct maria *maria = (struct maria *)store;
	int pause = PAUSE_LEAST;
	int64_t stopped = 0;
	bool told = false;

	if (maria->lost && ++maria->failed > TRIES_CONNECTED)
		return false;
	while (maria->lost && wait_a_while(&pause, &stopped)) {
		if (maria_connect(maria, err)) {
			if (told)
				warnx("the server is there again");
			return true;
		}
		if (!told && maria->lost)
			warnx("%s: waiting for the server, nothing is lost", err->text);
		told = true;
	}
	/* On the connection that is there, nothing of the batch may be left open. */
	maria_disconnect(maria);
	return false;
}
