/* What is too long to stand in slice.h. */
/* SPDX-License-Identifier: MIT */
#include "slice.h"

#include "fold.h"

enum {
	SAFE_DIGITS = 18,
};

struct slice slice_trim(struct slice s)
{
	while (s.len > 0 && (s.ptr[0] == ' ' || s.ptr[0] == '\t'))
		s = slice_after(s, 1);
	while (s.len > 0 && (s.ptr[s.len - 1] == ' ' || s.ptr[s.len - 1] == '\t'))
		s.len--;
	return s;
}

bool slice_equal_nocase(struct slice a, struct slice b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (fold(a.ptr[i]) != fold(b.ptr[i]))
			return false;
	return true;
}

int slice_compare(struct slice a, struct slice b)
{
	size_t shorter = a.len < b.len ? a.len : b.len;
	int order = shorter > 0 ? memcmp(a.ptr, b.ptr, shorter) : 0;

	if (order != 0)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

/* Digits that 64 bits hold whatever they are: nothing can overflow. */
static bool few_digits(struct slice s, bool minus, int64_t min, int64_t max, int64_t *out)
{
	int64_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		const unsigned digit = (unsigned char)s.ptr[i] - '0';
		if (digit > 9)
			return false;
		n = n * 10 + digit;
	}
	n = minus ? -n : n;
	if (n < min || n > max)
		return false;
	*out = n;
	return true;
}

bool slice_number(struct slice s, int64_t min, int64_t max, int64_t *out)
{
	bool minus = s.len > 0 && s.ptr[0] == '-';
	int64_t n = 0;

	if (minus)
		s = slice_after(s, 1);
	if (s.len == 0)
		return false;
	if (s.len <= SAFE_DIGITS)
		return few_digits(s, minus, min, max, out);
	/* Counted downwards: the lowest number has no positive twin. */
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
		if (__builtin_mul_overflow(n, 10, &n) || __builtin_sub_overflow(n, s.ptr[i] - '0', &n))
			return false;
	}
	if (!minus && __builtin_sub_overflow(0, n, &n))
		return false;
	if (n < min || n > max)
		return false;
	*out = n;
	return true;
}
