/* Texts in which the ASCII letters have no case: comparing them and searching in them. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FOLD_H
#define SIEM_FOLD_H

#include "slice.h"

/* A capital as its small letter, any other byte as it is. */
static inline char fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* Folds len bytes in place. */
void fold_text(char *text, size_t len);

/* Order by bytes, a prefix first, of folded with text; text is folded on the way unless cased. */
int fold_compare(struct slice folded, struct slice text, bool cased);

static inline bool fold_equal(struct slice folded, struct slice text, bool cased)
{
	return folded.len == text.len && fold_compare(folded, text, cased) == 0;
}

/* What is searched for again and again (R. N. Horspool, "Practical fast searching in strings", 1980). */
struct needle {
	struct slice text; /* folded unless cased; borrowed */
	bool cased;
	unsigned char shift[256]; /* how far the window moves when it ends with this byte */
};

void needle_init(struct needle *needle, struct slice text, bool cased);

/* Does it stand anywhere in text? An empty one does. */
bool needle_in(const struct needle *needle, struct slice text);

#endif
