/* Texts in which the ASCII letters have no case: comparing them and searching in them. */
/* SPDX-License-Identifier: MIT */
#include "fold.h"

#include <limits.h>

void fold_text(char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		text[i] = fold(text[i]);
}

int fold_compare(struct slice folded, struct slice text, bool cased)
{
	if (cased)
		return slice_compare(folded, text);
	const size_t both = folded.len < text.len ? folded.len : text.len;
	for (size_t i = 0; i < both; i++) {
		const int difference = (unsigned char)folded.ptr[i] - (unsigned char)fold(text.ptr[i]);
		if (difference != 0)
			return difference;
	}
	return (folded.len > text.len) - (folded.len < text.len);
}

void needle_init(struct needle *needle, struct slice text, bool cased)
{
	needle->text = text;
	needle->cased = cased;
	memset(needle->shift, text.len < UCHAR_MAX ? (int)text.len : UCHAR_MAX, sizeof needle->shift);
	for (size_t i = 0; i + 1 < text.len; i++) {
		const size_t left = text.len - 1 - i;
		const unsigned char shift = left < UCHAR_MAX ? (unsigned char)left : UCHAR_MAX;
		const unsigned char c = (unsigned char)text.ptr[i];
		needle->shift[c] = shift;
		if (!cased && c >= 'a' && c <= 'z')
			needle->shift[c - 'a' + 'A'] = shift;
	}
}

bool needle_in(const struct needle *needle, struct slice text)
{
	const size_t len = needle->text.len;
	if (len == 0)
		return true;
	const char last = needle->text.ptr[len - 1];
	for (size_t end = len; end <= text.len;) {
		const char c = text.ptr[end - 1];
		if ((needle->cased ? c : fold(c)) == last &&
		    fold_equal(needle->text, (struct slice){ text.ptr + end - len, len }, needle->cased))
			return true;
		end += needle->shift[(unsigned char)c];
	}
	return false;
}
