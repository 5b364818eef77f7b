/* A stamp that has a field of its own, in whatever notation the program that wrote it likes. */
/* SPDX-License-Identifier: MIT */
#include "when.h"

#include "../epoch.h"
#include "../zone.h"

enum {
	TEXT_MAX = 64, /* bytes of a stamp */
	NUMBERS_MAX = 3,
};

/* What the words and numbers of a stamp say, in whatever order they come. */
struct reading {
	struct civil civil;
	int numbers[NUMBERS_MAX]; /* of the date */
	size_t lengths[NUMBERS_MAX];
	int count;
	bool clock, half, afternoon, zoned, shifted, utc;
	int32_t offset;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static size_t digits(struct slice text)
{
	size_t n = 0;

	while (n < text.len && is_digit(text.ptr[n]))
		n++;
	return n;
}

static int number(struct slice text)
{
	int n = 0;

	for (size_t i = 0; i < text.len; i++)
		n = n * 10 + (text.ptr[i] - '0');
	return n;
}

/* 1 to 12 for a month's name, whole or its first three letters; 0 for another word. */
static int month_of(struct slice word)
{
	static const char *const names[] = {
		"january", "february", "march",	    "april",   "may",	   "june",
		"july",	   "august",   "september", "october", "november", "december",
	};

	for (int i = 0; i < 12; i++)
		if (slice_equal_nocase(word, slice_of(names[i])) ||
		    slice_equal_nocase(word, (struct slice){ names[i], 3 }))
			return i + 1;
	return slice_equal_nocase(word, SLICE("sept")) ? 9 : 0;
}

static bool is_weekday(struct slice word)
{
	static const char *const names[] = { "monday", "tuesday",  "wednesday", "thursday",
					     "friday", "saturday", "sunday" };

	for (int i = 0; i < 7; i++)
		if (slice_equal_nocase(word, slice_of(names[i])) ||
		    slice_equal_nocase(word, (struct slice){ names[i], 3 }))
			return true;
	return false;
}

static bool take_word(struct reading *r, struct slice *text)
{
	size_t n = 0;
	struct slice word;

	while (n < text->len && is_letter(text->ptr[n]))
		n++;
	word = slice_first(*text, n);
	*text = slice_after(*text, n);
	if (slice_equal_nocase(word, SLICE("am")) || slice_equal_nocase(word, SLICE("pm"))) {
		r->half = true;
		r->afternoon = (word.ptr[0] | 0x20) == 'p';
		return r->clock;
	}
	if (slice_equal_nocase(word, SLICE("utc")) || slice_equal_nocase(word, SLICE("gmt")) ||
	    slice_equal_nocase(word, SLICE("z"))) {
		r->utc = !r->zoned || r->offset == 0;
		r->zoned = true;
		return r->clock && r->utc;
	}
	if (r->civil.month == 0 && (r->civil.month = month_of(word)) > 0)
		return true;
	return is_weekday(word) || slice_equal_nocase(word, SLICE("at"));
}

/* "7:59:41.239": n digits of the hour were seen. */
static bool take_clock(struct reading *r, struct slice *text, size_t n)
{
	enum { TAIL = sizeof ":59:41" - 1 };
	const char *p = text->ptr + n;
	size_t fraction;

	if (r->clock || n > 2 || text->len < n + TAIL || p[0] != ':' || p[3] != ':' ||
	    digits((struct slice){ p + 1, 2 }) != 2 || digits((struct slice){ p + 4, 2 }) != 2)
		return false;
	r->clock = true;
	r->civil.hour = number(slice_first(*text, n));
	r->civil.minute = number((struct slice){ p + 1, 2 });
	r->civil.second = number((struct slice){ p + 4, 2 });
	*text = slice_after(*text, n + TAIL);
	if (text->len < 2 || (text->ptr[0] != '.' && text->ptr[0] != ',') || !is_digit(text->ptr[1]))
		return true;
	fraction = digits(slice_after(*text, 1));
	r->civil.digits = (unsigned char)(fraction < 6 ? fraction : 6);
	for (size_t i = 0; i < 6; i++)
		r->civil.microsecond = r->civil.microsecond * 10 + (i < fraction ? text->ptr[1 + i] - '0' : 0);
	*text = slice_after(*text, 1 + fraction);
	return true;
}

/* A number of the date, or the hour. */
static bool take_number(struct reading *r, struct slice *text)
{
	size_t n = digits(*text);

	if (n < text->len && text->ptr[n] == ':' && n <= 2)
		return take_clock(r, text, n);
	if (r->count == NUMBERS_MAX || n > 4 || n == 3)
		return false;
	r->numbers[r->count] = number(slice_first(*text, n));
	r->lengths[r->count++] = n;
	*text = slice_after(*text, n);
	return true;
}

/* What stands between words and numbers; an offset stands behind the clock, once. */
static bool take_other(struct reading *r, struct slice *text)
{
	bool utc;

	if (r->clock && (text->ptr[0] == '+' || text->ptr[0] == '-')) {
		if (r->shifted || !zone_read_offset(text, &r->offset, &utc))
			return false;
		r->zoned = r->shifted = true;
		r->utc &= r->offset == 0;
		return true;
	}
	if (memchr(" ,/-:.()[]", text->ptr[0], 10) == NULL)
		return false;
	*text = slice_after(*text, 1);
	return true;
}

/* Which number is the year, which the day: with the month in letters, the one with four digits is the year. */
static bool order_named(struct reading *r)
{
	if (r->count < 1 || r->count > 2)
		return false;
	for (int i = 0; i < r->count; i++)
		if (r->lengths[i] == 4)
			r->civil.year = r->numbers[i];
		else if (r->civil.day == 0)
			r->civil.day = r->numbers[i];
		else
			return false;
	return r->civil.day > 0 && (r->count == 1 || r->civil.year > 0);
}

/* Month in digits: year first, or last with a day above 12, or before a clock of half a day, as in the United States.
 */
static bool order_numbers(struct reading *r)
{
	int month = 0, day = 1;

	if (r->count != NUMBERS_MAX || (r->lengths[0] == 4) == (r->lengths[2] == 4) || r->lengths[1] == 4)
		return false;
	if (r->lengths[2] == 4) {
		month = r->numbers[0] > 12 ? 1 : 0;
		day = 1 - month;
		if (!r->half && r->numbers[0] <= 12 && r->numbers[1] <= 12)
			return false;
	}
	r->civil.year = r->numbers[r->lengths[0] == 4 ? 0 : 2];
	r->civil.month = r->numbers[r->lengths[0] == 4 ? 1 : month];
	r->civil.day = r->numbers[r->lengths[0] == 4 ? 2 : day];
	return r->civil.year > 0;
}

static bool read_words(struct slice text, struct reading *r)
{
	while (text.len > 0) {
		char c = text.ptr[0];
		if (!(is_digit(c) ? take_number(r, &text) : is_letter(c) ? take_word(r, &text) : take_other(r, &text)))
			return false;
	}
	if (!r->clock || !(r->civil.month > 0 ? order_named(r) : order_numbers(r)))
		return false;
	if (r->half && (r->civil.hour < 1 || r->civil.hour > 12))
		return false;
	if (r->half)
		r->civil.hour = r->civil.hour % 12 + (r->afternoon ? 12 : 0);
	return true;
}

/* The point in time that a date is. */
static struct stamp stamp_of(struct format_context *context, const struct reading *r, bool utc)
{
	if (!r->zoned && !utc)
		return zone_stamp(context->zone, &r->civil);
	return (struct stamp){
		.time = civil_time(&r->civil) - r->offset * SECOND,
		.offset = r->offset,
		.digits = r->civil.digits,
		.utc = !r->zoned || r->utc,
		.leap = r->civil.second == 60,
	};
}

static bool read_loose(struct format_context *context, struct slice text, bool utc, struct stamp *stamp)
{
	struct reading r = { 0 };
	bool known;

	if (!read_words(text, &r))
		return false;
	known = r.civil.year != 0;
	if (!known)
		r.civil.year = 2000; /* any leap year */
	if (!civil_valid(&r.civil))
		return false;
	if (!known) {
		r.civil.year = 0;
		year_set(context->year, context->zone, &r.civil);
	}
	*stamp = stamp_of(context, &r, utc);
	return true;
}

/* RFC 3339, or the same without an offset. */
static bool read_iso(struct format_context *context, struct slice text, bool utc, struct stamp *stamp)
{
	struct slice rest = text;
	struct reading r = { 0 };

	if (stamp_read(&rest, stamp) && rest.len == 0)
		return true;
	rest = text;
	if (!civil_read_iso(&rest, &r.civil) || rest.len > 0)
		return false;
	*stamp = stamp_of(context, &r, utc);
	return true;
}

bool when_read(struct format_context *context, struct slice text, bool utc, struct stamp *stamp)
{
	const struct slice date = SLICE("/Date(");

	text = slice_trim(text);
	if (text.len == 0 || text.len > TEXT_MAX)
		return false;
	if (slice_starts(text, date)) {
		text = slice_after(text, date.len);
		text = slice_first(text, digits(text));
	}
	return read_iso(context, text, utc, stamp) || epoch_read(text, stamp) || read_loose(context, text, utc, stamp);
}

bool when_is_clock(struct slice text)
{
	struct reading r = { 0 };
	size_t n = digits(text);

	return n > 0 && n <= 2 && take_clock(&r, &text, n) && text.len == 0;
}
