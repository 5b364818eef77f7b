/* The command line: one table gives what is accepted, the usage text and the words of errors. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_OPTION_H
#define SIEM_OPTION_H

#include "error.h"
#include "status.h"

/* A row of a program's table, which ends with {0}. id is an enum of the program, from 1. */
struct option_row {
	int id;
	char letter;	   /* or 0 */
	const char *name;  /* without "--", or NULL */
	const char *value; /* what stands for its value in the usage text, "FILE"; NULL: it takes none */
	const char *help;  /* one line, lower case, no full stop */
};

struct option_table {
	const char *program;  /* "siem-helper" */
	const char *operands; /* "[file ...]" */
	const char *what;     /* one sentence: what the program does */
	const struct option_row *rows;
};

/*
 *	struct options options = options_of(&table, argc, argv);
 *	int id;
 *	while ((id = option_next(&options)) != 0)
 *		switch (id) ..                  // options.value
 *	input_init(&in, options.operands, options.count, ..)
 *
 * Letters can be joined (-xf FILE, -fFILE), names take "--name VALUE" or "--name=VALUE", "--" ends
 * the options, and operands may stand anywhere. -h, --help and --version are built in and end the
 * program with status 0; an unknown option ends it with status 2 and names the nearest.
 */
struct options {
	const struct option_table *table;
	char **argv;
	int argc, at;
	const char *letters; /* rest of a joined group */
	const char *value;   /* of the option in hand */
	char **operands;     /* collected so far: the front of argv */
	int count;
	bool ended;
};

struct options options_of(const struct option_table *table, int argc, char **argv);
int option_next(struct options *options);

/* Ends the program with status 2: "siem-window: ..", then "see siem-window -h". */
void option_misuse(const struct option_table *table, const char *format, ...)
    __attribute__((format(printf, 2, 3), noreturn));

/* The value in hand as a whole number, or misuse. */
int64_t option_number(const struct options *options, int64_t min, int64_t max);

/* The value in hand as a duration (duration.h) in microseconds, or misuse. */
int64_t option_duration(const struct options *options);

/* The value in hand as a part of one, above 0 and at most 1 ("0.8"), or misuse. */
double option_part(const struct options *options);

#endif
