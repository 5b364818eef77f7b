/* Where a MariaDB store is: "//user@host:port/database?socket=PATH&tls=verify&ca=FILE", taken apart. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_MARIA_PLACE_H
#define SIEM_MARIA_PLACE_H

#include "../lib/error.h"

enum maria_tls {
	TLS_UNSAID, /* as the option files and the client library have it */
	TLS_OFF,
	TLS_ON,	    /* the connection is encrypted, or there is none */
	TLS_VERIFY, /* and the server's certificate is of the host, signed by one we trust */
};

/* Texts are owned; NULL where unsaid. */
struct maria_place {
	char *user, *host, *database;
	char *socket, *ca, *certificate, *key;
	char *options; /* file of the form of ~/.my.cnf, read instead of the usual ones */
	unsigned port; /* 0: unsaid */
	enum maria_tls tls;
};

/* %XX stands for a byte. False with *err filled; maria_place_clear releases in either case. */
bool maria_place_read(struct maria_place *place, const char *text, struct error *err);
void maria_place_clear(struct maria_place *place);

#endif
