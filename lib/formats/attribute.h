/* What programs call things, and what of ours each of them is: the one table for JSON, CEF, LEEF and key=value logs. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_ATTRIBUTE_H
#define SIEM_FORMAT_ATTRIBUTE_H

#include "../field.h"

enum attribute {
	ATTRIBUTE_TIME,
	ATTRIBUTE_TIME_UTC, /* the same; without an offset it is UTC */
	ATTRIBUTE_DATE,	    /* a day, and the clock stands elsewhere */
	ATTRIBUTE_CLOCK,    /* no row has it: what was to be a time, and is the clock alone */
	ATTRIBUTE_OFFSET,   /* of date and clock */
	ATTRIBUTE_LEVEL,    /* a word, or 10 to 60 */
	ATTRIBUTE_LEVEL_GELF,
	ATTRIBUTE_LEVEL_WINDOWS,
	ATTRIBUTE_LEVEL_CEF,
	ATTRIBUTE_SEVERITY, /* syslog's */
	ATTRIBUTE_FACILITY,
	ATTRIBUTE_LOG_SOURCE,
	ATTRIBUTE_PROCESS,
	ATTRIBUTE_PID,
	ATTRIBUTE_SOURCE_HOST,
	ATTRIBUTE_SOURCE_PORT,
	ATTRIBUTE_DEST_HOST,
	ATTRIBUTE_DEST_PORT,
	ATTRIBUTE_USER,
	ATTRIBUTE_PROTOCOL,
	ATTRIBUTE_MESSAGE,
	/* these go to extended, under one name whatever the program calls them */
	ATTRIBUTE_METHOD,
	ATTRIBUTE_PATH,
	ATTRIBUTE_STATUS,
	ATTRIBUTE_BYTE_COUNT,
	ATTRIBUTE_REFERRER,
	ATTRIBUTE_USER_AGENT,
	ATTRIBUTE_VHOST,
	ATTRIBUTE_HTTP_VERSION,
	ATTRIBUTE_ACTION,
	ATTRIBUTE_TARGET_USER,
	ATTRIBUTE_RULE_NAME,
	ATTRIBUTE_RULE_ID,
	ATTRIBUTE_LEVEL_NAME, /* no row has it: the word that ATTRIBUTE_LEVEL is, if it is one */
	ATTRIBUTE_COUNT,
	ATTRIBUTE_INSIDE =
	    ATTRIBUTE_COUNT, /* an object around what matters: its members are looked at as if it were not there */
};

enum {
	ATTRIBUTE_EXTENDED = ATTRIBUTE_METHOD, /* the first that goes there */
	ATTRIBUTE_NAME_MAX = 52,	       /* bytes of a name, with its NUL */
	ATTRIBUTE_DOUBTFUL = 3, /* from this weight on a name is used for other things too: its value must show it */
};

/* A name is the path of a member, in lower case, without '_' and '-', steps joined by points. */
struct attribute_row {
	char name[ATTRIBUTE_NAME_MAX];
	unsigned char attribute;
	unsigned char weight; /* of several in one line the lightest counts */
};

/* The first row of that name, or NULL; rows of the same name follow it. */
const struct attribute_row *attribute_find(struct slice name);

/* Is this the next row of the same name? */
bool attribute_same(const struct attribute_row *row, const struct attribute_row *next);

/* Its name in extended. */
struct slice attribute_name(enum attribute attribute);

/* For tests: all rows, in the order of their names. */
extern const struct attribute_row attribute_rows[];
extern const size_t attribute_count;

#endif
