/* How bad a message is, in the words and numbers of loggers. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_LEVEL_H
#define SIEM_LEVEL_H

#include "slice.h"

/* The severity (RFC 5424, 0 worst to 7) of a word in any case: "warn", "ERROR", "Informational", "FATAL"; -1 where it
 * is none. */
int level_word(struct slice word);

/* The severity of a number of the loggers that count 10 trace, 20 debug .. 60 fatal (bunyan, pino; Python one step
 * less). */
int level_tens(struct slice number);

/* The severity of a level of the Windows event log: 1 critical .. 5 verbose; 0 is for audits. */
int level_windows(struct slice number);

/* The severity of the grades of appliances: "low", "medium", "high", "very-high"; -1 for another word. */
int level_grade(struct slice word);

/* The severity of a CEF event: 0 to 10, "Low" .. "Very-High". */
int level_cef(struct slice text);

/* The facility (RFC 5424) of a word or number, -1 where it is none. */
int level_facility(struct slice text);

#endif
