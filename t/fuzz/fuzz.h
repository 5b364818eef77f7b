/* What is tried with any bytes at all: each target says what must hold then, and ends the program where it does not. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FUZZ_H
#define SIEM_FUZZ_H

#include "../../lib/error.h"
#include "../../lib/formats/format.h"

struct fuzz_target {
	const char *name;
	size_t max_len; /* bytes that are worth trying */
	/* The bytes are a copy of exactly that length: what reads behind them is seen. */
	void (*run)(const struct fuzz_target *target, struct slice bytes);
	const char *const *seeds;    /* what to start from, ended by NULL, or NULL; those of a format are its samples */
	const struct format *format; /* of those that every format has */
};

/* The i-th target, false behind the last: first one for each format of the table, then those of the rooms of lib. */
bool fuzz_target(size_t i, struct fuzz_target *target);

/* The target of that name; false where there is none. */
bool fuzz_find(struct slice name, struct fuzz_target *target);

/* Runs a target on a copy of the bytes. */
void fuzz_run(const struct fuzz_target *target, struct slice bytes);

/* What must hold. Where it does not, it is told and the program aborts, which a fuzzer notices. */
#define MUST(what) ((what) ? (void)0 : fuzz_broken(__FILE__, __LINE__, #what))
_Noreturn void fuzz_broken(const char *file, int line, const char *what);

/* The same for two texts that must be equal: both are shown. */
#define MUST_SAME(a, b) fuzz_same(__FILE__, __LINE__, (a), (b))
void fuzz_same(const char *file, int line, struct slice a, struct slice b);

/* The next part of *bytes, up to a mark that stands there or to their end; false when they are used up. */
bool fuzz_part(struct slice *bytes, char mark, struct slice *part);

/*
 * A copy of a line with INPUT_SLACK bytes behind it, filled with what nobody should look at in earnest: another
 * filling for another number. To be freed.
 */
char *fuzz_line(struct slice line, unsigned filling);

enum {
	FUZZ_PATH = 32, /* bytes of a path below */
};

/* A file of these bytes that only we can read, and no disk holds: its descriptor, to be closed, and its path. */
int fuzz_file(struct slice bytes, char path[static FUZZ_PATH]);

/* Words about what was refused: there are some, and they move no terminal. */
void fuzz_words(const struct error *err);

extern const struct fuzz_target fuzz_parse, fuzz_joined, fuzz_stamp, fuzz_datetime, fuzz_when, fuzz_times, fuzz_zone;
extern const struct fuzz_target fuzz_json, fuzz_event, fuzz_names, fuzz_sd, fuzz_audit, fuzz_input;
extern const struct fuzz_target fuzz_criteria, fuzz_rules, fuzz_helpers, fuzz_config, fuzz_query;
extern const struct fuzz_target fuzz_pattern, fuzz_wildcard, fuzz_cidr, fuzz_number;
extern const struct fuzz_target fuzz_terminal, fuzz_table, fuzz_template, fuzz_enrich, fuzz_window;

#endif
