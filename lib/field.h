/* The one table of fields: reader, writer, SQL columns, criteria and headings follow from it. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FIELD_H
#define SIEM_FIELD_H

#include "slice.h"

enum field {
	/* events, in the order in which they stand in the line */
	FIELD_ID,
	FIELD_DATE_STAMP,
	FIELD_FORMAT,
	FIELD_FACILITY,
	FIELD_SEVERITY,
	FIELD_LOG_SOURCE,
	FIELD_SOURCE_PROCESS,
	FIELD_SOURCE_PID,
	FIELD_SOURCE_HOST,
	FIELD_SOURCE_PORT,
	FIELD_DEST_HOST,
	FIELD_DEST_PORT,
	FIELD_USER,
	FIELD_PROTOCOL,
	FIELD_MESSAGE,
	FIELD_EXTENDED,
	FIELD_RAW_TEXT,
	FIELD_RAW_BASE64,
	FIELD_TRUNCATED,
	FIELD_PARSED_ON,
	FIELD_SOURCE_PATH,
	FIELD_EVENT_END, /* how many fields an event can have */

	/* what SIEM events have besides (id, date_stamp, severity, message, parsed_on are shared) */
	FIELD_PHASE = FIELD_EVENT_END,
	FIELD_SOURCE_RULE,
	FIELD_MAGNITUDE,
	FIELD_EVENT_LIMIT,
	FIELD_EVENT_COUNT,
	FIELD_TIME_INT,
	FIELD_SOURCE_TABLE,
	FIELD_KEY,
	FIELD_FIRST,
	FIELD_LAST,
	FIELD_SOURCE_IDS,
	FIELD_IDS_DROPPED,

	/* what rules and helpers have besides */
	FIELD_NAME,
	FIELD_DESC,
	FIELD_IS_ENABLED,
	FIELD_WHEN,
	FIELD_OUT_TABLE,
	FIELD_REG_EXP,
	FIELD_VAR_NAME,
	FIELD_COUNT,
	FIELD_NONE = FIELD_COUNT, /* not a field of ours */
};

enum field_kind { FIELD_STRING, FIELD_NUMBER, FIELD_OBJECT, FIELD_LIST, FIELD_ANY };

/* The kinds of records that a store keeps and siem-table shows, as bits. */
enum record_kind {
	RECORD_EVENT = 1,
	RECORD_SIEM = 2,
	RECORD_RULE = 4,
	RECORD_HELPER = 8,
};

enum {
	FIELD_NAME_SIZE = 16, /* bytes, with at least one NUL: a name is compared in one step */
};

struct field_row {
	char name[FIELD_NAME_SIZE];
	unsigned char len; /* of name */
	unsigned char kind;
	unsigned char records; /* the record kinds that have it */
	unsigned char width;   /* columns that siem-table gives it at most, 0: what is left of the line */
	const char *heading;   /* of siem-table */
	const char *classic;   /* its name in siemstress 0.7, or NULL */
};

/* Indexed by enum field. */
extern const struct field_row field_table[FIELD_COUNT];

/* The field of that name, or FIELD_NONE. */
enum field field_find(struct slice name);

/* The columns siem-table shows of a kind unless told otherwise, ended by FIELD_NONE. */
const enum field *field_display(enum record_kind kind);

#endif
