/* The one table of fields: reader, writer, SQL columns, criteria and headings follow from it. */
/* SPDX-License-Identifier: MIT */
#include "field.h"

#define E RECORD_EVENT
#define S RECORD_SIEM
#define R RECORD_RULE
#define H RECORD_HELPER
#define ROW(id, name, kind, records, width, heading, classic)                                                          \
	[FIELD_##id] = { name, sizeof name - 1, FIELD_##kind, records, width, heading, classic }

const struct field_row field_table[FIELD_COUNT] = {
	ROW(ID, "id", STRING, E | S, 26, "ID", "Id"),
	ROW(DATE_STAMP, "date_stamp", STRING, E | S, 32, "TIME", "DateStamp"),
	ROW(FORMAT, "format", STRING, E, 14, "FORMAT", NULL),
	ROW(FACILITY, "facility", NUMBER, E, 8, "FACILITY", "Facility"),
	ROW(SEVERITY, "severity", NUMBER, E | S | R, 8, "SEVERITY", "Severity"),
	ROW(LOG_SOURCE, "log_source", STRING, E, 18, "MACHINE", "SourceHost"),
	ROW(SOURCE_PROCESS, "source_process", STRING, E, 18, "PROCESS", "Process"),
	ROW(SOURCE_PID, "source_pid", NUMBER, E, 10, "PID", "PID"),
	ROW(SOURCE_HOST, "source_host", STRING, E, 24, "FROM", NULL),
	ROW(SOURCE_PORT, "source_port", NUMBER, E, 9, "FROM PORT", "SourcePort"),
	ROW(DEST_HOST, "dest_host", STRING, E, 24, "TO", "DestHost"),
	ROW(DEST_PORT, "dest_port", NUMBER, E, 7, "TO PORT", "DestPort"),
	ROW(USER, "user", STRING, E, 16, "USER", NULL),
	ROW(PROTOCOL, "protocol", STRING, E, 8, "PROTOCOL", "Protocol"),
	ROW(MESSAGE, "message", STRING, E | S | R, 0, "MESSAGE", "Message"),
	ROW(EXTENDED, "extended", OBJECT, E, 40, "EXTENDED", "Extended"),
	ROW(RAW_TEXT, "raw_text", STRING, E, 0, "LINE", NULL),
	ROW(RAW_BASE64, "raw_base64", STRING, E, 0, "LINE (BASE64)", NULL),
	ROW(TRUNCATED, "truncated", NUMBER, E, 10, "CUT OFF", NULL),
	ROW(PARSED_ON, "parsed_on", STRING, E | S, 18, "PARSED ON", NULL),
	ROW(SOURCE_PATH, "source_path", STRING, E, 30, "FILE", NULL),

	ROW(PHASE, "phase", STRING, S, 6, "PHASE", NULL),
	ROW(SOURCE_RULE, "source_rule", STRING, S, 28, "RULE", "SourceRule"),
	ROW(MAGNITUDE, "magnitude", NUMBER, S, 9, "MAGNITUDE", "Magnitude"),
	ROW(EVENT_LIMIT, "event_limit", NUMBER, S | R, 6, "LIMIT", "EventLimit"),
	ROW(EVENT_COUNT, "event_count", NUMBER, S, 8, "EVENTS", "EventCount"),
	ROW(TIME_INT, "time_int", ANY, S | R, 8, "WITHIN", "TimeInt"),
	ROW(SOURCE_TABLE, "source_table", STRING, S | R, 14, "TABLE", "SourceTable"),
	ROW(KEY, "key", OBJECT, S, 36, "KEY", NULL),
	ROW(FIRST, "first", STRING, S, 32, "FIRST", NULL),
	ROW(LAST, "last", STRING, S, 32, "LAST", NULL),
	ROW(SOURCE_IDS, "source_ids", LIST, S, 0, "SOURCE IDS", "SourceIDs"),
	ROW(IDS_DROPPED, "ids_dropped", NUMBER, S, 8, "NOT LISTED", NULL),

	ROW(NAME, "name", STRING, R | H, 28, "NAME", "RuleName"),
	ROW(DESC, "desc", STRING, R | H, 40, "DESCRIPTION", NULL),
	ROW(IS_ENABLED, "is_enabled", ANY, R, 7, "ENABLED", "IsEnabled"),
	ROW(WHEN, "when", ANY, R | H, 60, "WHEN", NULL),
	ROW(OUT_TABLE, "out_table", STRING, R, 14, "OUT TABLE", "OutTable"),
	ROW(REG_EXP, "reg_exp", STRING, H, 0, "EXPRESSION", NULL),
	ROW(VAR_NAME, "var_name", STRING, H, 16, "NAME IN EVENT", NULL),
};

#undef E
#undef S
#undef R
#undef H

enum field field_find(struct slice name)
{
	for (int i = 0; i < FIELD_COUNT; i++)
		if (field_table[i].len == name.len && memcmp(field_table[i].name, name.ptr, name.len) == 0)
			return (enum field)i;
	return FIELD_NONE;
}

const enum field *field_display(enum record_kind kind)
{
	static const enum field event[] = { FIELD_DATE_STAMP,  FIELD_LOG_SOURCE, FIELD_SOURCE_PROCESS, FIELD_SOURCE_PID,
					    FIELD_SOURCE_HOST, FIELD_USER,	 FIELD_MESSAGE,	       FIELD_NONE };
	static const enum field siem[] = { FIELD_DATE_STAMP,  FIELD_PHASE, FIELD_SOURCE_RULE, FIELD_MAGNITUDE,
					   FIELD_EVENT_COUNT, FIELD_KEY,   FIELD_MESSAGE,     FIELD_NONE };
	static const enum field rule[] = { FIELD_IS_ENABLED, FIELD_NAME, FIELD_SEVERITY, FIELD_EVENT_LIMIT,
					   FIELD_TIME_INT,   FIELD_WHEN, FIELD_MESSAGE,	 FIELD_NONE };
	static const enum field helper[] = { FIELD_NAME, FIELD_VAR_NAME, FIELD_REG_EXP, FIELD_NONE };

	switch (kind) {
	case RECORD_SIEM:
		return siem;
	case RECORD_RULE:
		return rule;
	case RECORD_HELPER:
		return helper;
	default:
		return event;
	}
}
