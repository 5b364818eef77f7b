/* How far formats get in a line that they do not read, for siem-parse --why. */
/* SPDX-License-Identifier: MIT */
#include "miss.h"

#include "format.h"

void miss_begin(struct miss *miss, bool lone)
{
	*miss = (struct miss){ .lone = lone };
}

void miss_note(struct miss *miss, const char *at, const char *what, bool fault)
{
	if (miss->format != NULL && (at < miss->at || (at == miss->at && !(miss->trying->sure && !miss->format->sure))))
		return;
	miss->format = miss->trying;
	miss->at = at;
	miss->what = what;
	miss->fault = fault;
}

/* An element of a stamp: its letter in shapes, digits (least and most), range, and what it is called. */
struct element {
	char letter;
	size_t least, most;
	int64_t min, max;
	const char *what;
};

static const struct element elements[] = {
	{ 'Y', 4, 4, 1, 9999, "a year of four digits" },
	{ 'm', 2, 2, 1, 12, "a month, 01 to 12" },
	{ 'd', 2, 2, 1, 31, "a day of the month, 01 to 31" },
	{ 'e', 1, 2, 1, 31, "a day of the month, 1 to 31" },
	{ 'H', 2, 2, 0, 23, "an hour, 00 to 23" },
	{ 'M', 2, 2, 0, 59, "a minute, 00 to 59" },
	{ 'S', 2, 2, 0, 60, "a second, 00 to 60" },
};

/* A number at the start of *text, moved behind it; of a day the blank before it may be two. */
static bool take_number(struct slice *text, const struct element *element)
{
	int64_t number;
	size_t n = 0;

	if (element->letter == 'e' && text->len > 0 && text->ptr[0] == ' ')
		*text = slice_after(*text, 1);
	while (n < text->len && n < element->most && text->ptr[n] >= '0' && text->ptr[n] <= '9')
		n++;
	if (n < element->least || !slice_number(slice_first(*text, n), element->min, element->max, &number))
		return false;
	*text = slice_after(*text, n);
	return true;
}

/* One of the names of three letters that stand in the list, in any case. */
static bool take_name(struct slice *text, const char *names)
{
	const struct slice word = slice_first(*text, text->len < 3 ? text->len : 3);

	for (; *names != '\0'; names += 3)
		if (slice_equal_nocase(word, (struct slice){ names, 3 })) {
			*text = slice_after(*text, 3);
			return true;
		}
	return false;
}

/* What the letter stands for, off the start of *text; NULL, or what was expected instead (whole: the stamp). */
static const char *take(struct slice *text, char letter, const char *whole)
{
	if (letter == 'b')
		return take_name(text, "JanFebMarAprMayJunJulAugSepOctNovDec") ? NULL : "the name of a month";
	if (letter == 'a')
		return take_name(text, "MonTueWedThuFriSatSun") ? NULL : "the name of a day of the week";
	for (size_t i = 0; i < sizeof elements / sizeof elements[0]; i++)
		if (elements[i].letter == letter)
			return take_number(text, &elements[i]) ? NULL : elements[i].what;
	if (text->len == 0 ||
	    !(text->ptr[0] == letter || (letter == 't' && (text->ptr[0] == 'T' || text->ptr[0] == ' '))))
		return whole;
	*text = slice_after(*text, 1);
	return NULL;
}

void miss_stamp(struct miss *miss, struct slice text, const char *shape, const char *what)
{
	const char *const begin = shape, *const start = text.ptr;
	const char *day = start, *expected;

	for (; *shape != '\0'; shape++) {
		if (*shape == 'd' || *shape == 'e')
			day = text.ptr;
		expected = take(&text, *shape, what);
		if (expected != NULL) {
			/* A number or a name alone is no sign of a stamp. */
			const bool sign = shape - begin > 1;
			miss_note(miss, sign ? text.ptr : start, sign ? expected : what, false);
			return;
		}
	}
	miss_note(miss, day, "a day that the month has", false);
}
