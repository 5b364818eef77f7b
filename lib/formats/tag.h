/* The program that logged: "sshd(pam_unix)[123]: message" and what comes near to it. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_TAG_H
#define SIEM_FORMAT_TAG_H

#include "format.h"

enum {
	TAG_MAX = 256, /* bytes of a program's name; RFC 3164 says 32, machines write more */
};

struct tag {
	struct slice name;
	struct slice pid; /* what stands in brackets, ptr NULL where there are none */
	struct slice message;
	bool words; /* the name is of several words */
};

/*
 * Takes a text apart; false where it does not start with a program. Names of several words ("Google Chrome[35628]: x",
 * "syslogd 1.4.1: restart.") need a pid or a version to be told from a message.
 */
bool tag_split(struct slice text, struct tag *tag);

/*
 * Fills program, pid if it is a number of 32 bits (else it goes to extended as "procid"), and message. True where the
 * program's name is one word; false where it is several, or there is none.
 */
bool tag_read(struct slice text, struct parsed *out);

/* The text of a pid, wherever it stands. */
void tag_pid(struct slice pid, struct parsed *out);

#endif
