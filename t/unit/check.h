/* Counting what holds: a unit test is a main that checks and ends with check_end. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_CHECK_H
#define SIEM_CHECK_H

#include "../../lib/slice.h"

#include <stdio.h>

/* One per program; the counters of its checks. */
static unsigned check_passed, check_failed;

#define CHECK(what)		check_true(__FILE__, __LINE__, #what, (what))
#define CHECK_NUMBER(got, want) check_number(__FILE__, __LINE__, #got, (long long)(got), (long long)(want))
#define CHECK_TEXT(got, want)	check_text(__FILE__, __LINE__, #got, (got), (want))

static inline bool check_count(bool ok)
{
	check_passed += ok;
	check_failed += !ok;
	return ok;
}

static inline bool check_true(const char *file, int line, const char *what, bool ok)
{
	if (!check_count(ok))
		printf("%s:%d: does not hold: %s\n", file, line, what);
	return ok;
}

static inline bool check_number(const char *file, int line, const char *what, long long got, long long want)
{
	if (!check_count(got == want))
		printf("%s:%d: %s: %lld, not %lld\n", file, line, what, got, want);
	return got == want;
}

static inline bool check_text(const char *file, int line, const char *what, struct slice got, const char *want)
{
	const bool ok = check_count(slice_is(got, want));
	if (!ok)
		printf("%s:%d: %s:\n  got  %.*s\n  want %s\n", file, line, what, (int)got.len, got.ptr ? got.ptr : "",
		       want);
	return ok;
}

/* The last line of a test, and its exit status. */
static inline int check_end(void)
{
	printf("%u passed, %u failed\n", check_passed, check_failed);
	return check_failed != 0;
}

#endif
