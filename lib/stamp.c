/* Points in time as logs write them: strict dates, microseconds, the writer's own offset. */
/* SPDX-License-Identifier: MIT */
#include "stamp.h"

enum {
	FRACTION_DIGITS = 6, /* that are kept; further ones are passed over */
	OFFSET_HOURS_MAX = 23,
};

int64_t civil_days(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void civil_from_days(int64_t days, int *year, int *month, int *day)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t of_era = z - era * 146097;
	int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t shifted = (5 * of_year + 2) / 153; /* 0 is March */

	*day = (int)(of_year - (153 * shifted + 2) / 5 + 1);
	*month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
	*year = (int)(year_of_era + era * 400 + (*month <= 2));
}

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_of_month(int year, int month)
{
	static const char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool civil_valid(const struct civil *civil)
{
	if (civil->month < 1 || civil->month > 12 || civil->day < 1)
		return false;
	if (civil->day > days_of_month(civil->year, civil->month))
		return false;
	return civil->hour >= 0 && civil->hour < 24 && civil->minute >= 0 && civil->minute < 60 && civil->second >= 0 &&
	       civil->second <= 60;
}

int64_t civil_time(const struct civil *civil)
{
	int64_t days = civil_days(civil->year, civil->month, civil->day);

	return days * DAY + civil->hour * HOUR + civil->minute * MINUTE + civil->second * SECOND + civil->microsecond;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Two digits at p; false where one is none. The caller knows that they are there. */
static inline int take_two(const char *p, int *n)
{
	unsigned tens = (unsigned)p[0] - '0', ones = (unsigned)p[1] - '0';

	*n = (int)(tens * 10 + ones);
	return (tens <= 9) & (ones <= 9);
}

/* "12:00:00" at p, eight bytes. All of it is looked at in one go: it is right nearly always. */
static inline int take_clock(const char *p, struct civil *civil)
{
	return take_two(p, &civil->hour) & (p[2] == ':') & take_two(p + 3, &civil->minute) & (p[5] == ':') &
	       take_two(p + 6, &civil->second);
}

/* "2024-06-10" at p, ten bytes. */
static inline int take_date(const char *p, struct civil *civil)
{
	int century, year;
	int ok = take_two(p, &century) & take_two(p + 2, &year) & (p[4] == '-') & take_two(p + 5, &civil->month) &
		 (p[7] == '-') & take_two(p + 8, &civil->day);

	civil->year = century * 100 + year;
	return ok;
}

void civil_read_fraction(struct slice *text, struct civil *civil)
{
	size_t n = 1;
	int first, second, third;

	civil->microsecond = 0;
	civil->digits = 0;
	if (text->len < 2 || (text->ptr[0] != '.' && text->ptr[0] != ',') || !is_digit(text->ptr[1]))
		return;
	/* Six digits, as most write that write any. */
	if (text->len > FRACTION_DIGITS + 1 && !is_digit(text->ptr[FRACTION_DIGITS + 1]) &&
	    take_two(text->ptr + 1, &first) && take_two(text->ptr + 3, &second) && take_two(text->ptr + 5, &third)) {
		civil->microsecond = (first * 100 + second) * 100 + third;
		civil->digits = FRACTION_DIGITS;
		*text = slice_after(*text, FRACTION_DIGITS + 1);
		return;
	}
	for (; n < text->len && is_digit(text->ptr[n]); n++)
		if (n <= FRACTION_DIGITS)
			civil->microsecond = civil->microsecond * 10 + (text->ptr[n] - '0');
	civil->digits = (unsigned char)(n - 1 < FRACTION_DIGITS ? n - 1 : FRACTION_DIGITS);
	for (int i = civil->digits; i < FRACTION_DIGITS; i++)
		civil->microsecond *= 10;
	*text = slice_after(*text, n);
}

bool civil_read_iso(struct slice *text, struct civil *civil)
{
	enum { LEN = sizeof "2024-06-10T12:00:00" - 1 };
	const char *p = text->ptr;
	struct slice rest;

	if (text->len < LEN || (p[10] != 'T' && p[10] != 't' && p[10] != ' '))
		return false;
	if (!take_date(p, civil) || !take_clock(p + 11, civil))
		return false;
	if (civil->year == 0 || !civil_valid(civil))
		return false;
	rest = slice_after(*text, LEN);
	civil_read_fraction(&rest, civil);
	*text = rest;
	return true;
}

/* Month of three letters in any case, 0 where it is none. */
static int month_of(const char *p)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
	char a = p[0] | 0x20, b = p[1] | 0x20, c = p[2] | 0x20;

	for (int i = 0; i < 12; i++)
		if (names[3 * i] == a && names[3 * i + 1] == b && names[3 * i + 2] == c)
			return i + 1;
	return 0;
}

/* " 1", "01", "1", "10" and the blank behind, at the start of *text, moved behind. */
static bool take_day(struct slice *text, int *day)
{
	size_t n = text->len > 0 && text->ptr[0] == ' ' ? 1 : 0, digits = 0;

	*day = 0;
	for (; n < text->len && is_digit(text->ptr[n]) && digits < 2; n++, digits++)
		*day = *day * 10 + (text->ptr[n] - '0');
	if (digits == 0 || n == text->len || text->ptr[n] != ' ')
		return false;
	*text = slice_after(*text, n + 1);
	return true;
}

/* "2024" at p, four bytes, in the years that computers write. */
static bool take_year(const char *p, int *year)
{
	enum { FIRST = 1970, LAST = 2099 };
	int century, of_century;

	if (!take_two(p, &century) || !take_two(p + 2, &of_century))
		return false;
	*year = century * 100 + of_century;
	return *year >= FIRST && *year <= LAST;
}

/* Does a word end at p? An address such as 2001:db8::1 goes on behind its colon. */
static bool word_ends(const char *p, const char *end)
{
	return p == end || *p == ' ' || (*p == ':' && (p + 1 == end || p[1] == ' '));
}

/* " 2024" behind the clock, moved behind, if a word ends there. */
static void take_year_behind(struct slice *text, struct civil *civil)
{
	enum { LEN = sizeof " 2024" - 1 };
	int year;

	if (text->len < LEN || text->ptr[0] != ' ' || !word_ends(text->ptr + LEN, text->ptr + text->len))
		return;
	if (!take_year(text->ptr + 1, &year))
		return;
	civil->year = year;
	*text = slice_after(*text, LEN);
}

bool civil_read_bsd(struct slice *text, struct civil *civil)
{
	enum { CLOCK = sizeof "12:00:00" - 1, YEAR = sizeof "2024 " - 1, ANY_LEAP_YEAR = 2000 };
	struct slice rest = *text;
	int year;

	civil->year = 0;
	if (rest.len > YEAR && is_digit(rest.ptr[0]) && rest.ptr[YEAR - 1] == ' ' && take_year(rest.ptr, &civil->year))
		rest = slice_after(rest, YEAR);
	if (rest.len < sizeof "Jun 1 12:00:00" - 1 || rest.ptr[3] != ' ')
		return false;
	civil->month = month_of(rest.ptr);
	rest = slice_after(rest, 4);
	if (civil->month == 0 || !take_day(&rest, &civil->day))
		return false;
	if (civil->year == 0 && rest.len > YEAR && rest.ptr[YEAR - 1] == ' ' && take_year(rest.ptr, &civil->year))
		rest = slice_after(rest, YEAR);
	if (rest.len < CLOCK || !take_clock(rest.ptr, civil))
		return false;
	rest = slice_after(rest, CLOCK);
	civil_read_fraction(&rest, civil);
	if (civil->year == 0)
		take_year_behind(&rest, civil);
	year = civil->year;
	civil->year = year != 0 ? year : ANY_LEAP_YEAR;
	if (!civil_valid(civil))
		return false;
	civil->year = year;
	*text = rest;
	return true;
}

bool zone_read_offset(struct slice *text, int32_t *offset, bool *utc)
{
	int hours, minutes = 0;
	size_t n = 3;
	const char *p = text->ptr;

	*utc = text->len > 0 && (p[0] == 'Z' || p[0] == 'z');
	if (*utc) {
		*offset = 0;
		*text = slice_after(*text, 1);
		return true;
	}
	if (text->len < 3 || (p[0] != '+' && p[0] != '-') || !take_two(p + 1, &hours))
		return false;
	if (text->len >= 6 && p[3] == ':' && take_two(p + 4, &minutes))
		n = 6;
	else if (text->len >= 5 && take_two(p + 3, &minutes))
		n = 5;
	else
		minutes = 0;
	if (hours > OFFSET_HOURS_MAX || minutes > 59)
		return false;
	*offset = (p[0] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
	*text = slice_after(*text, n);
	return true;
}

bool stamp_read(struct slice *text, struct stamp *stamp)
{
	struct slice rest = *text;
	struct civil civil;

	if (!civil_read_iso(&rest, &civil) || !zone_read_offset(&rest, &stamp->offset, &stamp->utc))
		return false;
	stamp->time = civil_time(&civil) - stamp->offset * SECOND;
	stamp->digits = civil.digits;
	stamp->leap = civil.second == 60;
	*text = rest;
	return true;
}
