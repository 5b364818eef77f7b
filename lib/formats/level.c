/* Levels as logging libraries name them. */
/* SPDX-License-Identifier: MIT */
#include "level.h"

enum severity { CRIT = 2, ERR, WARNING, NOTICE, INFO, DEBUG };

static const struct level {
	struct slice name;
	int severity;
	bool odd; /* a word of messages too */
} levels[] = {
	{ { "INFO", 4 }, INFO, false },	   { { "WARN", 4 }, WARNING, false },	 { { "ERROR", 5 }, ERR, false },
	{ { "DEBUG", 5 }, DEBUG, false },  { { "WARNING", 7 }, WARNING, false }, { { "TRACE", 5 }, DEBUG, false },
	{ { "FATAL", 5 }, CRIT, false },   { { "NOTICE", 6 }, NOTICE, false },	 { { "CRITICAL", 8 }, CRIT, false },
	{ { "CRIT", 4 }, CRIT, false },	   { { "ALERT", 5 }, 1, true },		 { { "EMERG", 5 }, 0, false },
	{ { "EMERGENCY", 9 }, 0, true },   { { "PANIC", 5 }, CRIT, true },	 { { "ERR", 3 }, ERR, false },
	{ { "EROR", 4 }, ERR, false },	   { { "SEVERE", 6 }, ERR, false },	 { { "FAILURE", 7 }, ERR, true },
	{ { "INF", 3 }, INFO, false },	   { { "WRN", 3 }, WARNING, false },	 { { "DBG", 3 }, DEBUG, false },
	{ { "DBUG", 4 }, DEBUG, false },   { { "TRC", 3 }, DEBUG, false },	 { { "VRB", 3 }, DEBUG, false },
	{ { "FTL", 3 }, CRIT, false },	   { { "NOTE", 4 }, NOTICE, true },	 { { "CONFIG", 6 }, INFO, true },
	{ { "FINE", 4 }, DEBUG, true },	   { { "FINER", 5 }, DEBUG, false },	 { { "FINEST", 6 }, DEBUG, false },
	{ { "VERBOSE", 7 }, DEBUG, true }, { { "AUDIT", 5 }, NOTICE, true },	 { { "INFORMATION", 11 }, INFO, true },
	{ { "SYSTEM", 6 }, INFO, true },   { { "LOG", 3 }, INFO, true },	 { { "DETAIL", 6 }, INFO, true },
	{ { "HINT", 4 }, INFO, true },	   { { "STATEMENT", 9 }, INFO, true },
};

/* "LOG5": stunnel, by the numbers of syslog; "DEBUG1", "TRACE8": PostgreSQL, Apache. */
static int with_number(struct slice name)
{
	const char last = name.ptr[name.len - 1];

	if (last < '0' || last > '9')
		return LEVEL_NONE;
	name.len--;
	if (slice_is(name, "LOG"))
		return last < '8' ? last - '0' : LEVEL_NONE;
	return slice_equal_nocase(name, SLICE("DEBUG")) || slice_equal_nocase(name, SLICE("TRACE")) ? DEBUG
												    : LEVEL_NONE;
}

static const struct level *find_level(struct slice name)
{
	if (name.len < 3 || name.len > 11)
		return NULL;
	for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
		if (name.len == levels[i].name.len && (name.ptr[0] | 0x20) == (levels[i].name.ptr[0] | 0x20) &&
		    slice_equal_nocase(name, levels[i].name))
			return &levels[i];
	return NULL;
}

int level_severity(struct slice name)
{
	const struct level *level = find_level(name);

	if (level != NULL)
		return level->severity;
	return name.len > 3 ? with_number(name) : LEVEL_NONE;
}

bool level_stands_alone(struct slice name)
{
	const struct level *level = find_level(name);

	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i] < 'A' || name.ptr[i] > 'Z')
			return false;
	return level != NULL && !level->odd;
}

int level_letter(char c)
{
	switch (c) {
	case 'F':
	case 'C':
		return CRIT;
	case 'E':
		return ERR;
	case 'W':
		return WARNING;
	case 'N':
		return NOTICE;
	case 'I':
		return INFO;
	case 'D':
	case 'V':
	case 'T':
		return DEBUG;
	default:
		return LEVEL_NONE;
	}
}

void level_set(struct slice name, int severity, struct parsed *out)
{
	parsed_extend(out, "level", name);
	if (out->severity < 0)
		out->severity = severity;
}
