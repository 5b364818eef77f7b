/* Names of rotated copies: which of them are, and which is the older one. */
/* SPDX-License-Identifier: MIT */
#include "rotated_name.h"

#include "stamp.h"

#define BEHIND_DATE INT64_C(10000000000) /* room for what stands behind a date: a clock, or seconds since 1970 */

enum {
	NUMBER_DIGITS = 5, /* at most: more are a date, or something else */
	DATE_LEN = sizeof "20240610" - 1,
	DASHED_LEN = sizeof "2024-06-10" - 1,
	EPOCH_DIGITS = 10,
};

static bool ends(struct slice text, struct slice with)
{
	return text.len >= with.len && slice_equal(slice_after(text, text.len - with.len), with);
}

static struct slice without_compression(struct slice name, bool *compressed)
{
	static const struct slice endings[] = { { ".gz", 3 }, { ".xz", 3 }, { ".zst", 4 }, { ".bz2", 4 } };

	*compressed = false;
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
		if (ends(name, endings[i])) {
			*compressed = true;
			return slice_first(name, name.len - endings[i].len);
		}
	return name;
}

static bool all_digits(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	return text.len > 0;
}

/* The digits of a text that is nothing else, so many of them. */
static bool take_digits(struct slice text, size_t len, int64_t *n)
{
	return text.len == len && all_digits(text) && slice_number(text, 0, INT64_MAX, n);
}

/* "1", "12"; "01" is none. */
static bool read_number(struct slice text, int64_t *n)
{
	return text.len <= NUMBER_DIGITS && all_digits(text) && (text.ptr[0] != '0' || text.len == 1) &&
	       slice_number(text, 0, INT64_MAX, n);
}

/* "20240610" or "2024-06-10" at the start of *text, moved behind; *n is 20240610. */
static bool take_date(struct slice *text, int64_t *n)
{
	const char *p = text->ptr;
	struct civil civil = { 0 };
	char plain[DATE_LEN];
	size_t len = text->len > 4 && p[4] == '-' ? DASHED_LEN : DATE_LEN;

	if (text->len < len || (len == DASHED_LEN && p[7] != '-'))
		return false;
	memcpy(plain, p, 4);
	memcpy(plain + 4, p + (len == DASHED_LEN ? 5 : 4), 2);
	memcpy(plain + 6, p + len - 2, 2);
	if (!take_digits((struct slice){ plain, DATE_LEN }, DATE_LEN, n))
		return false;
	civil.year = (int)(*n / 10000);
	civil.month = (int)(*n / 100 % 100);
	civil.day = (int)(*n % 100);
	*text = slice_after(*text, len);
	return civil.year > 0 && civil_valid(&civil);
}

/* What may stand behind a date: "12", "-12", "-1200", "-120000", "-1718000000"; *n is a clock as HHMMSS, or that. */
static bool read_behind(struct slice text, int64_t *n)
{
	const bool dash = text.len > 0 && text.ptr[0] == '-';
	const size_t digits = text.len - dash;

	*n = 0;
	if (text.len == 0)
		return true;
	text = slice_after(text, dash);
	if (dash && take_digits(text, EPOCH_DIGITS, n))
		return true;
	if ((digits != 2 && !(dash && (digits == 4 || digits == 6))) || !take_digits(text, digits, n))
		return false;
	for (size_t len = digits; len < 6; len += 2)
		*n *= 100;
	return *n / 10000 < 24 && *n / 100 % 100 < 60 && *n % 100 < 60;
}

/* ".1", "-20240610" .. */
static bool read_tag(struct slice tag, struct rotated_name *out)
{
	int64_t behind;

	if (tag.len < 2 || (tag.ptr[0] != '.' && tag.ptr[0] != '-'))
		return false;
	out->dated = false;
	if (tag.ptr[0] == '.' && read_number(slice_after(tag, 1), &out->key))
		return true;
	tag = slice_after(tag, 1);
	out->dated = true;
	if (!take_date(&tag, &out->key) || !read_behind(tag, &behind))
		return false;
	out->key = out->key * BEHIND_DATE + behind;
	return true;
}

/* Where the name has an ending, logrotate's "extension" puts number or date before it: base is cut in two there. */
static size_t ending_of(struct slice base)
{
	size_t at = base.len;

	while (at > 1 && base.ptr[at - 1] != '.')
		at--;
	return at > 1 ? at - 1 : base.len;
}

bool rotated_name_read(struct slice base, struct slice name, struct rotated_name *out)
{
	const size_t ending = ending_of(base);
	const struct slice stem = slice_first(base, ending), tail = slice_after(base, ending);

	name = without_compression(name, &out->compressed);
	if (slice_starts(name, base) && read_tag(slice_after(name, base.len), out))
		return true;
	if (tail.len == 0 || name.len < base.len || !slice_starts(name, stem) || !ends(name, tail))
		return false;
	name = slice_after(name, stem.len);
	return read_tag(slice_first(name, name.len - tail.len), out);
}

int rotated_name_compare(const struct rotated_name *a, const struct rotated_name *b)
{
	const int rise = (a->key > b->key) - (a->key < b->key);

	return a->dated ? rise : -rise;
}
