/* What went wrong, in words a user can act on, filled in by the place that knows. */
/* SPDX-License-Identifier: MIT */
#include "error.h"

#include <stdarg.h>
#include <stdio.h>

enum {
	WORD_MAX = 64, /* longer words are never compared */
};

bool error_set(struct error *err, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(err->text, sizeof err->text, format, args);
	va_end(args);
	return false;
}

bool error_within(struct error *err, const char *format, ...)
{
	char outer[sizeof err->text / 2];
	size_t len, inner = strlen(err->text);
	va_list args;

	va_start(args, format);
	vsnprintf(outer, sizeof outer - 2, format, args);
	va_end(args);
	memcpy(outer + strlen(outer), ": ", 3);
	len = strlen(outer);
	if (inner > sizeof err->text - 1 - len)
		inner = sizeof err->text - 1 - len;
	memmove(err->text + len, err->text, inner);
	memcpy(err->text, outer, len);
	err->text[len + inner] = '\0';
	return false;
}

static unsigned least(unsigned a, unsigned b, unsigned c)
{
	unsigned ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* Optimal string alignment distance; both at most WORD_MAX long. */
static unsigned distance(struct slice a, struct slice b)
{
	unsigned row[3][WORD_MAX + 1];

	for (size_t j = 0; j <= b.len; j++)
		row[0][j] = (unsigned)j;
	for (size_t i = 1; i <= a.len; i++) {
		unsigned *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];
		now[0] = (unsigned)i;
		for (size_t j = 1; j <= b.len; j++) {
			bool same = a.ptr[i - 1] == b.ptr[j - 1];
			now[j] = least(last[j] + 1, now[j - 1] + 1, last[j - 1] + !same);
			if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1])
				now[j] = least(now[j], before[j - 2] + 1, now[j]);
		}
	}
	return row[a.len % 3][b.len];
}

const char *nearest_word(struct slice word, const char *const *words)
{
	const char *nearest = NULL;
	unsigned best = (unsigned)(word.len + 2) / 3 + 1;

	if (word.len == 0 || word.len > WORD_MAX)
		return NULL;
	for (; *words != NULL; words++) {
		struct slice other = slice_of(*words);
		unsigned d = other.len <= WORD_MAX ? distance(word, other) : best;
		if (d < best) {
			best = d;
			nearest = *words;
		}
	}
	return nearest;
}
