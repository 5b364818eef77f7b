/* A range of time as siemquery writes it: YYYYmmddHHMMSS-YYYYmmddHHMMSS. */
/* SPDX-License-Identifier: MIT */
#include "range.h"

#include "terminal.h"

enum {
	LONG_STAMP = 14,  /* digits */
	SHORT_STAMP = 12, /* with a year of two */
	PIVOT = 69,	  /* the first such year that is of 19.., as POSIX has it */
};

/* Takes digits from the front of text; they are digits. */
static int take(struct slice *text, size_t digits)
{
	int64_t n = 0;

	slice_number(slice_first(*text, digits), 0, 9999, &n);
	*text = slice_after(*text, digits);
	return (int)n;
}

static bool all_digits(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	return true;
}

static bool read_point(struct slice text, struct zone *zone, int64_t *time)
{
	struct civil civil = { 0 };

	if ((text.len != LONG_STAMP && text.len != SHORT_STAMP) || !all_digits(text))
		return false;
	if (text.len == LONG_STAMP) {
		civil.year = take(&text, 4);
	} else {
		const int year = take(&text, 2);
		civil.year = year < PIVOT ? 2000 + year : 1900 + year;
	}
	civil.month = take(&text, 2);
	civil.day = take(&text, 2);
	civil.hour = take(&text, 2);
	civil.minute = take(&text, 2);
	civil.second = take(&text, 2);
	if (!civil_valid(&civil))
		return false;
	*time = zone_stamp(zone, &civil).time;
	return true;
}

bool range_read(struct range *range, struct zone *zone, struct slice text, struct error *err)
{
	const size_t dash = slice_find(text, '-');
	char shown[80];

	if (dash < text.len && read_point(slice_first(text, dash), zone, &range->from) &&
	    read_point(slice_after(text, dash + 1), zone, &range->to)) {
		range->to += SECOND - 1;
		return range->from <= range->to || error_set(err, "the range ends before it starts");
	}
	terminal_text(shown, sizeof shown, text);
	return error_set(err, "'%s' is no range: write YYYYmmddHHMMSS-YYYYmmddHHMMSS", shown);
}
