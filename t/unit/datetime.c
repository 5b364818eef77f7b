/* Time stamps of all notations: each sample is read whole, and what is none is left alone. */
/* SPDX-License-Identifier: MIT */
#include "../../lib/datetime.h"
#include "../../lib/input.h"
#include "../../lib/memory.h"
#include "check.h"

#include <stdlib.h>

#define LATEST (INT64_C(1750000000) * SECOND) /* 15 June 2025 */

/* What is read of a text, as "2024-06-10 12:00:00.000000+7200 rest"; "no" where it is no stamp. */
static void describe(const char *text, enum datetime_place place, char *to, size_t size)
{
	size_t len = strlen(text);
	char *line = memory_new(1 + len + INPUT_SLACK, 1);
	struct slice rest = { line + 1, len };
	struct datetime read = { 0 };
	char stamp[STAMP_TEXT_MAX + 1] = "", offset[16] = "";
	const struct civil *civil = &read.civil;

	line[0] = ' ';
	memcpy(line + 1, text, len);
	if (!datetime_read(&rest, place, LATEST, &read)) {
		snprintf(to, size, "no");
		CHECK(rest.ptr == line + 1);
	} else if (read.absolute) {
		stamp[stamp_print(stamp, &read.stamp)] = '\0';
		snprintf(to, size, "%s|%.*s", stamp, (int)rest.len, rest.ptr);
	} else {
		if (read.has_offset)
			snprintf(offset, sizeof offset, "%s%d", read.utc ? "Z" : "+", (int)read.offset);
		snprintf(to, size, "%04d-%02d-%02d %02d:%02d:%02d.%06d%s|%.*s", civil->year, civil->month, civil->day,
			 civil->hour, civil->minute, civil->second, civil->microsecond, offset, (int)rest.len,
			 rest.ptr);
	}
	free(line);
}

static void reads(const char *text, const char *wanted)
{
	char got[200];

	describe(text, DATETIME_FIRST, got, sizeof got);
	if (!CHECK_TEXT(slice_of(got), wanted))
		printf("  %s\n", text);
}

static void refuses(const char *text, enum datetime_place place)
{
	char got[200];

	describe(text, place, got, sizeof got);
	if (!CHECK_TEXT(slice_of(got), "no"))
		printf("  %s\n", text);
}

/* Each row reads its sample to the end; all are of June 10 (or May 31), at noon or at nine. */
static void test_samples(void)
{
	for (size_t i = 0; datetime_sample(i) != NULL; i++) {
		char got[200];
		describe(datetime_sample(i), DATETIME_FIRST, got, sizeof got);
		bool day =
		    strstr(got, "-06-10 ") != NULL || strstr(got, "-05-31 ") != NULL || strstr(got, "-00-00 ") != NULL;
		bool clock = strstr(got, " 12:00:00") != NULL || strstr(got, " 21:00:00") != NULL ||
			     strstr(got, " 09:00:00") != NULL;
		if (!CHECK(day && clock && got[strlen(got) - 1] == '|'))
			printf("  %s: %s\n", datetime_sample(i), got);
	}
}

static void test_zones(void)
{
	reads("2024-06-10 12:00:00 +0200 x", "2024-06-10 12:00:00.000000+7200| x");
	reads("2024-06-10 12:00:00 -10:45 x", "2024-06-10 12:00:00.000000+-38700| x");
	reads("2024-06-10 12:00:00-03 x", "2024-06-10 12:00:00.000000+-10800| x");
	reads("2024-06-10 12:00:00 -03 x", "2024-06-10 12:00:00.000000| -03 x");
	reads("2024-06-10 12:00:00 UTC x", "2024-06-10 12:00:00.000000Z0| x");
	reads("2024-06-10 12:00:00 CEST x", "2024-06-10 12:00:00.000000+7200| x");
	reads("2024-06-10 12:00:00 GMT+02:00 x", "2024-06-10 12:00:00.000000+7200| x");
	reads("2024-06-10 12:00:00 MDT-10 x", "no");
	reads("2024-06-10 12:00:00 CET+0130] x", "2024-06-10 12:00:00.000000+9000|] x");
	reads("2024-06-10 12:00:00 ESTABLISHED", "2024-06-10 12:00:00.000000| ESTABLISHED");
	reads("2024-06-10 12:00:00,5 - INFO", "2024-06-10 12:00:00.500000| - INFO");
	reads("2024-06-10 12:00:00 -1234 x", "2024-06-10 12:00:00.000000| -1234 x");
}

static void test_names(void)
{
	reads("Tue, 04 June 2024 01:02:03 GMT", "2024-06-04 01:02:03.000000+0|");
	reads("Sept 3, 2024 12:00:00 AM", "2024-09-03 00:00:00.000000|");
	reads("Sep. 3, 2024 12:30:00 PM", "2024-09-03 12:30:00.000000|");
	reads("SEP  3 12:00:00 host", "0000-09-03 12:00:00.000000| host");
	refuses("Sepia 3 12:00:00", DATETIME_FIRST);
	refuses("Jun 31 12:00:00", DATETIME_FIRST);
	refuses("Jan 3, 2024 0:00:00 PM", DATETIME_FIRST);
}

/* The order of day and month is not guessed. */
static void test_orders(void)
{
	reads("17/06/09 20:10:40 INFO x", "2017-06-09 20:10:40.000000| INFO x");
	reads("23/06/05 20:10:40 x", "no");
	reads("31/01/05 20:10:40 x", "2005-01-31 20:10:40.000000| x");
	reads("23/01/2005 21:59:59 x", "2005-01-23 21:59:59.000000| x");
	reads("01/23/2005 21:59:59 x", "2005-01-23 21:59:59.000000| x");
	reads("05/05/2005 21:59:59 x", "2005-05-05 21:59:59.000000| x");
	refuses("05/06/2005 21:59:59 x", DATETIME_FIRST);
	reads("05/06/2005 9:59:59 PM x", "2005-05-06 21:59:59.000000| x");
	reads("5.6.2005 21:59:59 x", "2005-06-05 21:59:59.000000| x");
}

static void test_counts(void)
{
	reads("1106513999 x", "2005-01-23T20:59:59Z| x");
	reads("1106513999.25] x", "2005-01-23T20:59:59.25Z|] x");
	reads("1106513999123:x", "2005-01-23T20:59:59.123Z|:x");
	reads("1106513999123456 x", "2005-01-23T20:59:59.123456Z| x");
	reads("1106513999123456789 x", "2005-01-23T20:59:59.123456Z| x");
	reads("32535244799 x", "3001-01-01T07:59:59Z| x");
	reads("@400000004245e1c90a8b3c14 x", "2005-03-26T22:27:11.176897Z| x");
	refuses("123456789 x", DATETIME_FIRST);
	refuses("9999999999999999 x", DATETIME_FIRST);
	refuses("1106513999 x", DATETIME_WITHIN);
	refuses("1106513999.1.2 x", DATETIME_FIRST);
	refuses("1106513999abc", DATETIME_FIRST);
	refuses("@400000004245e1c90a8b3cg4 x", DATETIME_FIRST);
}

static void test_refused(void)
{
	static const char *const lines[] = { "",
					     "2",
					     "2024-06-1",
					     "2007-01-01T120:00:00Z x",
					     "2007-13-01T12:00:00Z x",
					     "2023-02-29 12:00:00",
					     "0000-12-30 00:00:00",
					     "2024-06-10 24:00:00",
					     "2024-06-10 12:60:00",
					     "2024-06-10T12:00:00+25:00 x",
					     "2024-06-10 12:00:00x",
					     "20241310 12:00:00",
					     "12:00",
					     "1.2.3.4 12:00:00",
					     "99999999999999999999 x",
					     "Monday morning",
					     "May we go 12:00:00" };

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		refuses(lines[i], DATETIME_FIRST);
	refuses("12:00:00 x", DATETIME_WITHIN);
}

int main(void)
{
	test_samples();
	test_zones();
	test_names();
	test_orders();
	test_counts();
	test_refused();
	return check_end();
}
