/* Points in time as numbers: seconds, milliseconds, microseconds or nanoseconds since 1970. */
/* SPDX-License-Identifier: MIT */
#include "epoch.h"

enum {
	DIGITS = 6,			     /* of a fraction that are kept */
	DIGITS_MIN = sizeof "100000000" - 1, /* of seconds; each smaller unit has three more */
	DIGITS_MAX = sizeof "99999999999" - 1,
	UNITS = 4,
};

/* Microseconds from up to six digits of a fraction, and how many there were. */
static int64_t read_fraction(struct slice text, unsigned char *digits)
{
	int64_t n = 0;

	for (unsigned i = 0; i < DIGITS; i++)
		n = n * 10 + (i < text.len ? text.ptr[i] - '0' : 0);
	*digits = (unsigned char)(text.len < DIGITS ? text.len : DIGITS);
	return n;
}

static bool all_digits(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	return text.len > 0;
}

/* 0 seconds, 1 milliseconds ..; -1: it is no point in time. */
static int unit_of(struct slice whole)
{
	for (int unit = 0; unit < UNITS; unit++)
		if (whole.len >= (size_t)(DIGITS_MIN + 3 * unit) && whole.len <= (size_t)(DIGITS_MAX + 3 * unit))
			return whole.ptr[0] != '0' ? unit : -1;
	return -1;
}

bool epoch_read(struct slice text, struct stamp *stamp)
{
	static const int64_t microseconds[UNITS] = { SECOND, SECOND / 1000, 1, 1 };
	size_t point = slice_find(text, '.');
	struct slice whole = slice_first(text, point),
		     fraction = slice_after(text, point < text.len ? point + 1 : point);
	int unit = unit_of(whole);
	int64_t n;

	if (unit < 0 || !all_digits(whole) || (point < text.len && !all_digits(fraction)))
		return false;
	if (!slice_number(whole, 0, INT64_MAX, &n))
		return false;
	*stamp = (struct stamp){ .utc = true, .digits = (unsigned char)(3 * unit < DIGITS ? 3 * unit : DIGITS) };
	stamp->time = unit == UNITS - 1 ? n / 1000 : n * microseconds[unit];
	if (unit == 0)
		stamp->time += read_fraction(fraction, &stamp->digits);
	return true;
}
