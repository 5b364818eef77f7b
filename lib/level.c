/* How bad a message is, in the words and numbers of loggers. */
/* SPDX-License-Identifier: MIT */
#include "level.h"

enum { EMERGENCY, ALERT, CRITICAL, ERROR, WARNING, NOTICE, INFO, DEBUG };

struct word {
	const char *text;
	int severity;
};

static const struct word words[] = {
	{ "info", INFO },	   { "debug", DEBUG },
	{ "warn", WARNING },	   { "warning", WARNING },
	{ "error", ERROR },	   { "err", ERROR },
	{ "notice", NOTICE },	   { "trace", DEBUG },
	{ "fatal", CRITICAL },	   { "crit", CRITICAL },
	{ "critical", CRITICAL },  { "alert", ALERT },
	{ "emerg", EMERGENCY },	   { "emergency", EMERGENCY },
	{ "panic", EMERGENCY },	   { "information", INFO },
	{ "informational", INFO }, { "verbose", DEBUG },
	{ "severe", ERROR },	   { "eror", ERROR },
	{ "dbug", DEBUG },	   { "trce", DEBUG },
	{ "fine", DEBUG },	   { "finer", DEBUG },
	{ "finest", DEBUG },	   { "config", DEBUG },
	{ "dpanic", CRITICAL },	   { "failure", ERROR },
	{ "success", INFO },	   { "default", INFO },
	{ "log", INFO },	   { "silly", DEBUG },
	{ "http", INFO },	   { "i", INFO },
	{ "w", WARNING },	   { "e", ERROR },
	{ "f", CRITICAL },	   { "d", DEBUG },
	{ "d1", DEBUG },	   { "d2", DEBUG },
	{ "d3", DEBUG },	   { "d4", DEBUG },
	{ "d5", DEBUG },
};

static const char *const facilities[] = {
	"kern",	  "user",   "mail",	"daemon", "auth",   "syslog",	"lpr",	   "news",
	"uucp",	  "cron",   "authpriv", "ftp",	  "ntp",    "security", "console", "clock",
	"local0", "local1", "local2",	"local3", "local4", "local5",	"local6",  "local7",
};

static int find(const struct word *rows, size_t count, struct slice text)
{
	for (size_t i = 0; i < count; i++)
		if (slice_equal_nocase(text, slice_of(rows[i].text)))
			return rows[i].severity;
	return -1;
}

int level_word(struct slice word)
{
	return find(words, sizeof words / sizeof *words, word);
}

int level_tens(struct slice number)
{
	static const int severities[] = { DEBUG, DEBUG, INFO, WARNING, ERROR, CRITICAL };
	int64_t n;

	if (!slice_number(number, 10, 60, &n))
		return -1;
	return severities[n / 10 - 1];
}

int level_windows(struct slice number)
{
	static const int severities[] = { INFO, CRITICAL, ERROR, WARNING, INFO, DEBUG };
	int64_t n;

	return slice_number(number, 0, 5, &n) ? severities[n] : -1;
}

int level_grade(struct slice word)
{
	static const struct word grades[] = {
		{ "low", INFO },   { "medium", WARNING },     { "moderate", WARNING },
		{ "high", ERROR }, { "very-high", CRITICAL }, { "very high", CRITICAL },
	};

	return find(grades, sizeof grades / sizeof *grades, word);
}

int level_cef(struct slice text)
{
	static const int severities[] = { INFO,	   INFO,  INFO,	 INFO,	   WARNING, WARNING,
					  WARNING, ERROR, ERROR, CRITICAL, CRITICAL };
	int64_t n;

	return slice_number(text, 0, 10, &n) ? severities[n] : level_grade(text);
}

int level_facility(struct slice text)
{
	enum { COUNT = sizeof facilities / sizeof *facilities };
	int64_t n;

	for (int i = 0; i < COUNT; i++)
		if (slice_equal_nocase(text, slice_of(facilities[i])))
			return i;
	return slice_number(text, 0, COUNT - 1, &n) ? (int)n : -1;
}
