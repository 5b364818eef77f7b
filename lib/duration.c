/* Lengths of time as people write them: 90s, 10m, 24h, 7d, 2w, 500ms. */
/* SPDX-License-Identifier: MIT */
#include "duration.h"

#include "stamp.h"

#define DURATION_MAX (100 * 366 * DAY)

/* The unit at the start of text; its length in *len. 0 where there is none. */
static int64_t unit_of(struct slice text, size_t *len)
{
	static const struct {
		struct slice name;
		int64_t length;
	} units[] = {
		{ { "us", 2 }, MICROSECOND }, { { "ms", 2 }, 1000 * MICROSECOND },
		{ { "s", 1 }, SECOND },	      { { "m", 1 }, MINUTE },
		{ { "h", 1 }, HOUR },	      { { "d", 1 }, DAY },
		{ { "w", 1 }, 7 * DAY },
	};

	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
		if (slice_starts(text, units[i].name)) {
			*len = units[i].name.len;
			return units[i].length;
		}
	return 0;
}

/* One number and its unit at the start of *text, moved behind. */
static bool read_part(struct slice *text, int64_t *length)
{
	size_t digits = 0, letters = 0;
	int64_t n, unit;

	while (digits < text->len && text->ptr[digits] >= '0' && text->ptr[digits] <= '9')
		digits++;
	if (!slice_number(slice_first(*text, digits), 0, INT64_MAX, &n))
		return false;
	unit = unit_of(slice_after(*text, digits), &letters);
	if (unit == 0 || n > DURATION_MAX / unit)
		return false;
	*length = n * unit;
	*text = slice_after(*text, digits + letters);
	return true;
}

bool duration_read(struct slice text, int64_t *microseconds)
{
	int64_t sum = 0, part;

	if (text.len == 0)
		return false;
	while (text.len > 0) {
		if (!read_part(&text, &part))
			return false;
		sum += part;
		if (sum > DURATION_MAX)
			return false;
	}
	*microseconds = sum;
	return true;
}
