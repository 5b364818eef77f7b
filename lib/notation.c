/* One notation of time stamps: a pattern of letters, and the pieces that they stand for. */
/* SPDX-License-Identifier: MIT */
#include "notation.h"

#include <strings.h>

enum {
	FRACTION_DIGITS = 6, /* that are kept */
	FIRST_YEAR = 1970,
	LAST_YEAR = 2199,
	MINUTES_MAX = 14 * 60, /* Kiribati */
	PIVOT = 69,	       /* years of two digits from here on are of the last century */
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* From min to max digits at the start of *text. */
static bool take_number(struct slice *text, size_t min, size_t max, int *number)
{
	size_t n = 0;

	*number = 0;
	for (; n < text->len && n < max && is_digit(text->ptr[n]); n++)
		*number = *number * 10 + (text->ptr[n] - '0');
	if (n < min)
		return false;
	*text = slice_after(*text, n);
	return true;
}

static bool take_year(struct slice *text, int *year)
{
	return take_number(text, 4, 4, year) && *year >= FIRST_YEAR && *year <= LAST_YEAR;
}

static bool take_short_year(struct slice *text, int *year)
{
	if (!take_number(text, 2, 2, year))
		return false;
	*year += *year < PIVOT ? 2000 : 1900;
	return true;
}

static inline bool same_three(const char *p, const char *name)
{
	return (p[0] | 0x20) == (name[0] | 0x20) && (p[1] | 0x20) == name[1] && (p[2] | 0x20) == name[2];
}

/* The number, from 1, of the name in *text whose first three letters are these, moved behind its short or long form. */
static int take_name(struct slice *text, const char *const *names, int count)
{
	for (int i = 0; i < count; i++) {
		size_t n = 0;
		if (text->len < 3 || !same_three(text->ptr, names[i]))
			continue;
		while (n < text->len && is_letter(text->ptr[n]))
			n++;
		/* "Sept", "Thurs", "juin": forms between the two are in use. */
		if (n > strlen(names[i]) || strncasecmp(text->ptr, names[i], n) != 0)
			return 0;
		*text = slice_after(*text, n);
		return i + 1;
	}
	return 0;
}

static const char *const months[] = { "January", "February", "March",	  "April",   "May",	 "June",
				      "July",	 "August",   "September", "October", "November", "December" };
static const char *const weekdays[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };

enum { MONTHS = sizeof months / sizeof months[0], WEEKDAYS = sizeof weekdays / sizeof weekdays[0] };

bool notation_may_start(const char *p)
{
	for (int i = 0; i < MONTHS; i++)
		if (same_three(p, months[i]))
			return true;
	for (int i = 0; i < WEEKDAYS; i++)
		if (same_three(p, weekdays[i]))
			return true;
	return false;
}

static bool take_month(struct slice *text, int *month)
{
	*month = take_name(text, months, MONTHS);
	if (*month > 0 && text->len > 0 && text->ptr[0] == '.')
		*text = slice_after(*text, 1);
	return *month > 0;
}

static bool take_fraction(struct slice *text, struct civil *civil)
{
	int unit = 100000;
	size_t n = 1;

	if (text->len < 2 || !is_digit(text->ptr[1]))
		return false;
	for (; n < text->len && is_digit(text->ptr[n]); n++, unit /= 10)
		civil->microsecond += unit * (text->ptr[n] - '0');
	civil->digits = (unsigned char)(n - 1 < FRACTION_DIGITS ? n - 1 : FRACTION_DIGITS);
	*text = slice_after(*text, n);
	return true;
}

/* ".123", ",123", ":123": a colon needs three digits. */
static bool has_fraction(struct slice text)
{
	if (text.len > 3 && text.ptr[0] == ':')
		return is_digit(text.ptr[1]) && is_digit(text.ptr[2]) && is_digit(text.ptr[3]);
	return text.len > 1 && (text.ptr[0] == '.' || text.ptr[0] == ',');
}

/* "PM" behind a blank or none: the hour is one of twelve. */
static bool take_half(struct slice *text, int *hour)
{
	struct slice rest = *text;
	bool pm;

	if (rest.len > 0 && rest.ptr[0] == ' ')
		rest = slice_after(rest, 1);
	if (rest.len < 2 || (rest.ptr[1] | 0x20) != 'm' || *hour < 1 || *hour > 12)
		return false;
	pm = (rest.ptr[0] | 0x20) == 'p';
	if (!pm && (rest.ptr[0] | 0x20) != 'a')
		return false;
	*hour = *hour % 12 + (pm ? 12 : 0);
	*text = slice_after(rest, 2);
	return true;
}

static bool take_blanks(struct slice *text)
{
	size_t n = 0;

	while (n < text->len && (text->ptr[n] == ' ' || text->ptr[n] == '\t'))
		n++;
	*text = slice_after(*text, n);
	return n > 0;
}

/* A zone that may be there, behind a blank or none. */
static bool take_zone(struct slice *text, struct datetime *out)
{
	struct slice rest = *text;

	take_blanks(&rest);
	if (notation_zone(&rest, out))
		*text = rest;
	return true;
}

static bool take_zone_name(struct slice *text, struct datetime *out)
{
	out->has_offset = notation_zone_name(text, &out->offset);
	return out->has_offset;
}

/* "+060", "-300": so DB2 writes offsets, in minutes. */
static bool take_minutes(struct slice *text, struct datetime *out)
{
	struct slice rest = slice_after(*text, text->len > 0);
	int minutes;

	if (text->len == 0 || (text->ptr[0] != '+' && text->ptr[0] != '-') || !take_number(&rest, 3, 3, &minutes))
		return false;
	out->offset = 60 * (text->ptr[0] == '-' ? -minutes : minutes);
	*text = rest;
	return out->has_offset = minutes <= MINUTES_MAX;
}

static bool take_piece(struct slice *text, char letter, struct datetime *out)
{
	struct civil *civil = &out->civil;

	switch (letter) {
	case 'Y':
		return take_year(text, &civil->year);
	case 'y':
		return take_short_year(text, &civil->year);
	case 'm':
		return take_number(text, 2, 2, &civil->month);
	case 'n':
		return take_number(text, 1, 2, &civil->month);
	case 'b':
		return take_month(text, &civil->month);
	case 'd':
		return take_number(text, 2, 2, &civil->day);
	case 'D':
		return take_number(text, 1, 2, &civil->day);
	case 'a':
		return take_name(text, weekdays, WEEKDAYS) > 0;
	case 'H':
		return take_number(text, 2, 2, &civil->hour);
	case 'k':
		return take_number(text, 1, 2, &civil->hour);
	case 'M':
		return take_number(text, 2, 2, &civil->minute);
	case 'S':
		return take_number(text, 2, 2, &civil->second);
	case 'f':
		if (has_fraction(*text))
			take_fraction(text, civil);
		return true;
	case 'p':
		return take_half(text, &civil->hour);
	case 'z':
		return take_zone(text, out);
	case 'Z':
		return take_zone_name(text, out);
	case 'o':
		return take_minutes(text, out);
	case ' ':
		return take_blanks(text);
	default:
		if (text->len == 0 || text->ptr[0] != letter)
			return false;
		*text = slice_after(*text, 1);
		return true;
	}
}

/* Is it a date, where it has one, and a time of day? A year that it lacks may be a leap year. */
static bool is_valid(const struct civil *read)
{
	enum { ANY_LEAP_YEAR = 2000 };
	struct civil civil = *read;

	if (civil.month == 0 && civil.day == 0 && civil.year == 0)
		civil.month = civil.day = 1;
	if (civil.year == 0)
		civil.year = ANY_LEAP_YEAR;
	return civil_valid(&civil);
}

bool notation_read(struct slice *text, const char *pattern, struct datetime *out)
{
	struct slice rest = *text;

	*out = (struct datetime){ 0 };
	for (; *pattern != '\0'; pattern++)
		if (!take_piece(&rest, *pattern, out))
			return false;
	if (!is_valid(&out->civil))
		return false;
	*text = rest;
	return true;
}
