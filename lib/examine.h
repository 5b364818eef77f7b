/* The tools for those who write rules that read events once and tell something else than alerts. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_EXAMINE_H
#define SIEM_EXAMINE_H

#include "output.h"
#include "status.h"
#include "window.h"

struct examine {
	const struct rules *rules;
	const char *advise;	   /* a rule (advise.h); or */
	const char *explain, *key; /* a rule, and a key of it or NULL (explain.h); or */
	double near;		   /* part of a limit, 0: not asked (explain.h); or */
	const struct rules *old;   /* with which the others are compared (differ.h) */
	const struct window_options *options;
	const char *rejects; /* the file for lines that are refused, or NULL */
};

/* The name of the option that asks for one of them, or NULL where none is asked for. */
const char *examine_option(const struct examine *examine);

/*
 * Reads the events of these files, and writes what is asked for to out, which stays open. False with *err filled where
 * nothing was read, as there is no such rule, say; else *status is that of the program.
 */
bool examine_events(const struct examine *examine, char **paths, int count, struct output *out, enum status *status,
		    struct error *err);

#endif
