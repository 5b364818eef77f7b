/* Numbers as JSON and logs write them, compared as numbers: 22 is 22.0 is 2.2e1. */
/* SPDX-License-Identifier: MIT */
#include "number.h"

#include <stdlib.h>

static size_t digits(struct slice s)
{
	size_t n = 0;
	while (n < s.len && s.ptr[n] >= '0' && s.ptr[n] <= '9')
		n++;
	return n;
}

static bool skip_digits(struct slice *s)
{
	const size_t n = digits(*s);
	*s = slice_after(*s, n);
	return n > 0;
}

static bool skip_char(struct slice *s, char a, char b)
{
	if (s->len == 0 || (s->ptr[0] != a && s->ptr[0] != b))
		return false;
	*s = slice_after(*s, 1);
	return true;
}

/* strtod takes more than we do: hexadecimal, "inf", "nan", blanks. */
static bool is_number(struct slice s)
{
	skip_char(&s, '-', '-');
	if (!skip_digits(&s))
		return false;
	if (skip_char(&s, '.', '.') && !skip_digits(&s))
		return false;
	if (skip_char(&s, 'e', 'E')) {
		skip_char(&s, '+', '-');
		if (!skip_digits(&s))
			return false;
	}
	return s.len == 0;
}

bool number_read(struct slice text, struct number *number)
{
	char copy[NUMBER_TEXT_MAX + 1];

	number->whole = slice_number(text, INT64_MIN, INT64_MAX, &number->exact);
	if (number->whole) {
		number->about = (double)number->exact;
		return true;
	}
	if (text.len > NUMBER_TEXT_MAX || !is_number(text))
		return false;
	memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	number->about = strtod(copy, NULL);
	return true;
}

int number_compare(const struct number *a, const struct number *b)
{
	if (a->whole && b->whole)
		return (a->exact > b->exact) - (a->exact < b->exact);
	return (a->about > b->about) - (a->about < b->about);
}
